"""A store: objects under one address, whole or not there, with writes on condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import ObjectStore, from_url

_BLOCK = 1 << 20


class StoreError(RuntimeError):
    """The store could not do what was asked; the message says what to look at."""


class OvertakenError(StoreError):
    """A write on condition was refused: the object is no longer what was read."""


class Item(NamedTuple):
    """An object as a listing names it."""

    key: str
    size: int
    tag: str
    """Its ETag: another for other bytes."""
    modified: datetime


class Store:
    """The objects under an address such as s3://bucket/prefix, read from and written to by key.

    Where it is and who may enter it is said by the environment: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY, AWS_ALLOW_HTTP.
    """

    def __init__(self, address: str, objects: ObjectStore | None = None) -> None:
        self.address = address
        try:
            self.objects = from_url(address) if objects is None else objects
        except (BaseError, ValueError) as error:
            raise StoreError(f"{address} is no address of an object store: {_first_line(error)}") from None

    def read(self, key: str) -> tuple[bytes, str] | None:
        """The bytes of a small object and its tag; None where there is none."""
        try:
            got = obstore.get(self.objects, key)
            return bytes(got.bytes()), got.meta["e_tag"] or ""
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise self._failed("read", key, error) from error

    def write_if(self, key: str, data: bytes, tag: str | None) -> str:
        """Write a small object if it still has `tag`, or with None if there is none yet; returns its new tag.

        Raises:
            OvertakenError: it is another by now.

        """
        try:
            # A `version` of None beside the tag is refused by the store.
            return obstore.put(self.objects, key, data, mode={"e_tag": tag} if tag else "create")["e_tag"] or ""
        except (AlreadyExistsError, PreconditionError):
            raise OvertakenError(f"{key} in {self.address} was written by another meanwhile.") from None
        except (BaseError, OSError, NotImplementedError) as error:
            raise self._failed("write", key, error) from error

    def upload(self, file: Path, key: str) -> None:
        """Make a file an object; it is there whole or not at all."""
        try:
            obstore.put(self.objects, key, file)
        except (BaseError, OSError) as error:
            raise self._failed("write", key, error) from error

    def copy(self, key: str, other: str) -> None:
        """Copy an object within the store."""
        try:
            obstore.copy(self.objects, key, other)
        except (BaseError, OSError) as error:
            raise self._failed("copy", key, error) from error

    def download(self, key: str, file: Path, tag: str | None = None) -> None:
        """Write an object into a file that is not there yet; with `tag` only if it is still that one.

        Raises:
            FileNotFoundError: there is no such object.
            OvertakenError: it has another tag by now.

        """
        try:
            got = obstore.get(self.objects, key, options={"if_match": tag} if tag else None)
            with file.open("wb") as stream:
                for block in got.stream(min_chunk_size=_BLOCK):
                    stream.write(block)
        except PreconditionError:
            raise OvertakenError(f"{key} in {self.address} was written by another meanwhile.") from None
        except FileNotFoundError:
            raise
        except BaseError as error:
            raise self._failed("read", key, error) from error

    def listed(self, prefix: str = "") -> Iterator[Item]:
        """Every object below a prefix, in no order."""
        try:
            for chunk in obstore.list(self.objects, prefix or None):
                for meta in chunk:
                    yield Item(meta["path"], meta["size"], meta["e_tag"] or "", meta["last_modified"])
        except (BaseError, OSError) as error:
            raise self._failed("list", prefix or "everything", error) from error

    def remove(self, keys: Iterable[str]) -> None:
        """Delete objects; one that is gone already is no error."""
        for key in keys:
            try:
                obstore.delete(self.objects, key)
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                raise self._failed("delete", key, error) from error

    def _failed(self, what: str, key: str, error: Exception) -> StoreError:
        return StoreError(f"{self.address} could not {what} {key}: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
