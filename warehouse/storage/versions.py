"""Publish to a store and read from it: objects of a version first, then the pointer; whoever reads sees the old or the new.

    live.json                          the pointer: the versions that are kept, the live one first
    versions/<name>/zhengbao.duckdb    the warehouse
    versions/<name>/exports/…          the files for other tools

The name of a version ends in digits of its content, so that a step done twice writes the same bytes to the same keys.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any

from warehouse.publishing import LIVE_NAME, PublishError, remove_old, switch_live
from warehouse.storage.store import OvertakenError, Store, StoreError

POINTER = "live.json"
FOLDER = "versions"
EXPORTS = "exports"
ORPHAN_AGE = timedelta(days=1)
"""Objects that no pointer names may belong to a publication that is under way; older ones are of publishers that died."""
ATTEMPTS = 5
"""A reader whose version was swept away between pointer and download reads the pointer again, so many times."""


@dataclass(frozen=True)
class Version:
    """A published warehouse as the pointer names it."""

    name: str
    size: int
    sha256: str
    exports: dict[str, str]
    """Path below exports/ -> SHA-256."""

    @property
    def key(self) -> str:
        """The object of its warehouse."""
        return f"{FOLDER}/{self.name}/{LIVE_NAME}"

    def export(self, path: str) -> str:
        """The object of one of its exports."""
        return f"{FOLDER}/{self.name}/{EXPORTS}/{path}"


def pointed(store: Store) -> tuple[list[Version], str | None]:
    """The kept versions, the live one first, and the tag of the pointer; none and None before the first publication.

    Raises:
        StoreError: the pointer cannot be read, or is no pointer.

    """
    found = store.read(POINTER)
    if found is None:
        return [], None
    data, tag = found
    try:
        return [Version(**version) for version in json.loads(data)["versions"]], tag
    except (ValueError, TypeError, KeyError):
        raise StoreError(f"{POINTER} in {store.address} is no pointer of Zhengbao: {data[:80]!r}") from None


def publish_to_store(store: Store, warehouse: Path, exports: Path | None = None, keep: int = 5) -> Version:
    """Put a published file, and the folder of its exports, on the store and point to it; keep the last `keep` versions.

    Raises:
        OvertakenError: another publisher has pointed to a version of its own meanwhile; nothing of this one is to be seen.

    """
    before, tag = pointed(store)
    version = described(warehouse, exports)
    if before and before[0] == version:
        return version
    store.upload(warehouse, version.key)
    known = {digest: old.export(path) for old in before for path, digest in old.exports.items()}
    for path, digest in version.exports.items():
        if digest in known:
            store.copy(known[digest], version.export(path))
        else:
            store.upload((exports or Path()) / path, version.export(path))
    point_to(store, [version, *(old for old in before if old.name != version.name)][: max(1, keep)], tag)
    return version


def described(warehouse: Path, exports: Path | None) -> Version:
    """The version that a published file and its exports are."""
    digest = _digest(warehouse)
    files = sorted(file for file in exports.rglob("*") if file.is_file()) if exports and exports.is_dir() else []
    own = {file.relative_to(exports).as_posix(): _digest(file) for file in files if exports}
    name = f"{warehouse.stem.removeprefix('zhengbao-')}-{digest[:12]}"
    return Version(name, warehouse.stat().st_size, digest, own)


def point_to(store: Store, versions: list[Version], tag: str | None) -> None:
    """Replace the pointer if it still has `tag`.

    Raises:
        OvertakenError: it is another by now, and not this one.

    """
    data = json.dumps({"versions": [asdict(version) for version in versions]}, indent=1).encode()
    try:
        store.write_if(POINTER, data, tag)
    except OvertakenError:
        # A write whose answer was lost on the way is tried again by the client, and refused though it is ours.
        found = store.read(POINTER)
        if found is None or found[0] != data:
            raise


def point_back(store: Store, stem: str) -> Version:
    """Make a kept version live again: the one of the local file `stem`.duckdb.

    Raises:
        PublishError: the store keeps none of that name.

    """
    kept, tag = pointed(store)
    name = stem.removeprefix("zhengbao-")
    chosen = [version for version in kept if version.name.rpartition("-")[0] == name]
    if not chosen:
        raise PublishError(f"{store.address} keeps no version {name!r}; kept are: {', '.join(v.name for v in kept)}")
    point_to(store, [chosen[0], *(version for version in kept if version != chosen[0])], tag)
    return chosen[0]


def sweep(store: Store, older_than: timedelta = ORPHAN_AGE) -> list[str]:
    """Delete objects of versions that the pointer does not name and that are older than that; their keys."""
    before = datetime.now(UTC) - older_than
    old = [item.key for item in store.listed(FOLDER) if item.modified <= before]
    # Behind the listing: what a publisher has pointed to meanwhile stays.
    staying = {version.name for version in pointed(store)[0]}
    orphans = sorted(key for key in old if key.split("/")[1] not in staying)
    store.remove(orphans)
    return orphans


def fetch(store: Store, folder: Path, keep: int = 5, said: Callable[[str], Any] = print) -> Path:
    """The live version as a file of `folder`, behind its zhengbao.duckdb; what is there already is not fetched again.

    The last `keep` files of the folder stay.

    Raises:
        StoreError: nothing is published, or what came is not what the pointer names.

    """
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(ATTEMPTS):
        kept, _tag = pointed(store)
        if not kept:
            raise StoreError(f"Nothing is published in {store.address}.")
        version = kept[0]
        file = folder / f"zhengbao-{version.name}.duckdb"
        if not file.exists():
            said(f"Fetching {version.name}, {version.size:,} bytes")
            try:
                _bring(store, version, file)
            except FileNotFoundError:
                continue
        switch_live(folder, file.name)
        remove_old(folder, keep)
        return file
    raise StoreError(f"{store.address} points to {version.name} and does not hold it.")


def _bring(store: Store, version: Version, file: Path) -> None:
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        store.download(version.key, aside)
        if aside.stat().st_size != version.size or _digest(aside) != version.sha256:
            raise StoreError(f"{version.key} in {store.address} is not what {POINTER} names: other bytes.")
        aside.chmod(0o444)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def missing(store: Store, versions: Iterable[Version]) -> list[str]:
    """Objects of versions that the store does not hold."""
    there = {item.key for item in store.listed(FOLDER)}
    wanted = [key for version in versions for key in (version.key, *map(version.export, version.exports))]
    return [key for key in wanted if key not in there]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
