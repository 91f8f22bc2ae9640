"""A folder that is kept as the objects below an address are: the landing zone (报告落地区) of a store, brought here.

An index beside the folder says which object each file is, by its tag, so that only what changed is fetched. The folder is the
mirror's own: what is no object there is deleted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from warehouse.storage.store import Item, OvertakenError, Store, StoreError

_LONGEST_NAME = 255
"""Bytes that a name may have on the file systems of Linux."""
_INCOMING = ".incoming"


class Left(NamedTuple):
    """An object that was not brought here, and why."""

    key: str
    reason: str
    detail: str


class Brought(NamedTuple):
    """What changed in the folder."""

    fetched: list[str]
    deleted: list[str]
    left: list[Left]


def bring(store: Store, folder: Path, most_bytes: int) -> Brought:
    """Make the files of `folder` the objects of the store, but for those larger than that or without a name for a file.

    A process that is killed leaves whole files only, and the next one goes on.

    Raises:
        StoreError: the store cannot be read or has no object at all, or the folder cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        return _bring(store, folder, most_bytes)


def _bring(store: Store, folder: Path, most_bytes: int) -> Brought:
    index_file = folder.with_name(f"{folder.name}.index.json")
    index = _read(index_file, store.address)
    items = {item.key: item for item in store.listed() if not item.key.endswith("/")}
    if not items:  # a wrong address looks the same, and must not end as "every report was withdrawn"
        raise StoreError(f"{store.address} holds no object. Put the reports there, or name another address.")
    left = [*_unfit(items.values(), most_bytes)]
    for fault in left:
        items.pop(fault.key, None)
    here = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()]
    deleted = sorted(set(here) - set(items))
    for key in deleted:
        _delete(folder, key)
    wanted = [key for key, item in items.items() if index.get(key) != item.tag or not (folder / key).is_file()]
    index = {key: tag for key, tag in index.items() if key in items and key not in wanted}
    fetched = []
    incoming = folder.with_name(f"{folder.name}{_INCOMING}")
    try:
        _write(
            index_file, store.address, index
        )  # first: a file of a process that was killed is never taken for another
        for key in sorted(wanted):
            if _fetch(store, items[key], incoming, folder / key):  # else the next listing takes it as it is then
                index[key] = items[key].tag
                fetched.append(key)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error}") from error
    finally:
        incoming.unlink(missing_ok=True)
        _write(index_file, store.address, index)
    return Brought(fetched, deleted, left)


def _fetch(store: Store, item: Item, incoming: Path, file: Path) -> bool:
    """One object as a file with the object's time; False where it is another, or gone, by now."""
    incoming.parent.mkdir(parents=True, exist_ok=True)
    try:
        store.download(item.key, incoming, item.tag or None)
    except (OvertakenError, FileNotFoundError):
        return False
    if incoming.stat().st_size != item.size:
        raise StoreError(f"{store.address} gave {incoming.stat().st_size:,} of {item.size:,} bytes of {item.key}.")
    os.utime(incoming, (item.modified.timestamp(),) * 2)
    file.parent.mkdir(parents=True, exist_ok=True)
    incoming.replace(file)
    return True


def _unfit(items: Iterable[Item], most_bytes: int) -> Iterator[Left]:
    """Objects that cannot be files here: keys are free text, and one may be another's folder."""
    keys = [item.key for item in items]
    folders = {key[:place] for key in keys for place, character in enumerate(key) if character == "/"}
    for item in items:
        parts = item.key.split("/")
        if any(part in ("", ".", "..") or "\0" in part or len(part.encode()) > _LONGEST_NAME for part in parts):
            yield Left(item.key, "no_file_name", f"The key {item.key[:200]!r} is no path of a file.")
        elif item.key in folders:
            yield Left(item.key, "no_file_name", f"{item.key} is an object and, by other keys, a folder.")
        elif item.size > most_bytes:
            said = f"The object has {item.size:,} bytes; at most {most_bytes:,} are read."
            yield Left(item.key, "file_too_large", said)


def _delete(folder: Path, key: str) -> None:
    """A file and the folders that it leaves empty."""
    file = folder / key
    file.unlink(missing_ok=True)
    for parent in file.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()


def _read(file: Path, address: str) -> dict[str, str]:
    """Key -> tag; nothing where the files are of another address."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return dict(found["tags"]) if found["address"] == address else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _write(file: Path, address: str, tags: dict[str, str]) -> None:
    aside = file.with_name(f".{file.name}")
    aside.parent.mkdir(parents=True, exist_ok=True)
    aside.write_text(json.dumps({"address": address, "tags": tags}, ensure_ascii=False), encoding="utf-8")
    aside.replace(file)
