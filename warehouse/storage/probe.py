"""Whether a store keeps its conditions: several S3 servers take If-None-Match and If-Match, and write all the same."""

from __future__ import annotations

from uuid import uuid4

from warehouse.storage.store import OvertakenError, Store, StoreError

REMEDY = (
    "Two publishers would undo each other's work there, so nothing is published to it. Take a store with conditional"
    " writes (AWS S3, MinIO, Cloudflare R2, Ceph from 19 on by their documentation)."
)


def require_conditional_writes(store: Store) -> None:
    """Try both conditions on an object of its own, which is removed again.

    Raises:
        StoreError: the store has none, or cannot be written to.

    """
    key = f"probe/{uuid4().hex}"
    try:
        first = store.write_if(key, b"1", None)
        if _writes(store, key, None):
            raise StoreError(f"{store.address} ignores If-None-Match. {REMEDY}")
        try:
            second = store.write_if(key, b"two", first)
        except OvertakenError:
            raise StoreError(f"{store.address} refuses If-Match with the tag that it gave. {REMEDY}") from None
        except StoreError as error:
            raise StoreError(f"{store.address} has no If-Match: {error} {REMEDY}") from None
        if second == first or _writes(store, key, first):
            raise StoreError(f"{store.address} ignores If-Match. {REMEDY}")
    finally:
        store.remove([key])


def _writes(store: Store, key: str, tag: str | None) -> bool:
    try:
        store.write_if(key, b"three", tag)
    except OvertakenError:
        return False
    return True
