"""Publish a candidate: an immutable versioned DuckDB file behind the symlink `zhengbao.duckdb`.

Readers open the real path and keep what they opened; a new version is another file. Whatever fails
before the switch leaves the last version live, and the switch itself is one atomic rename.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

import duckdb

LIVE_NAME = "zhengbao.duckdb"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class PublishError(RuntimeError):
    """The candidate could not be published; the last version is still live."""


def publish(candidate: Path, folder: Path, version: str, keep: int = 5) -> Path:
    """Make `candidate` the live warehouse of `folder` as zhengbao-<version>.duckdb, and keep the last `keep` versions.

    The candidate must lie on the same file system as `folder`. Returns the path of the version.
    """
    if not _VERSION.fullmatch(version):
        raise PublishError(f"{version!r} is no version: use letters, digits, '.', '_' and '-'")
    folder.mkdir(parents=True, exist_ok=True)
    final = folder / f"zhengbao-{version}.duckdb"
    if final.exists():
        raise PublishError(f"{final} exists already: a published version is never overwritten, choose another version")
    if not candidate.is_file():
        raise PublishError(f"there is no candidate at {candidate}: build it first")
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("CHECKPOINT")
    wal = candidate.with_name(candidate.name + ".wal")
    if wal.exists():
        raise PublishError(
            f"{wal} stands beside the candidate: another process has it open, close it and publish again"
        )
    _sync(candidate)
    candidate.chmod(0o444)
    candidate.rename(final)
    switch_live(folder, final.name)
    remove_old(folder, keep)
    return final


def published_already(candidate: Path, folder: Path, version: str) -> Path | None:
    """The version that a process killed behind the renaming has made of this candidate, live now; None where there is none.

    A worker's step is done again when the worker is lost, at whatever moment.
    """
    final = folder / f"zhengbao-{version}.duckdb"
    if candidate.exists() or not final.exists():
        return None
    switch_live(folder, final.name)
    return final


def live(folder: Path) -> Path | None:
    """The real path of the live version, None before the first publication. Open this one, read-only."""
    link = folder / LIVE_NAME
    return link.resolve() if link.exists() else None


def held_elsewhere(error: duckdb.Error) -> bool:
    """Whether a file could not be opened because another process writes to it, and not because it is damaged.

    >>> held_elsewhere(duckdb.IOException("Could not set lock on file x: Conflicting lock is held in python (PID 7)"))
    True
    >>> held_elsewhere(duckdb.IOException("Corrupt database file: computed checksum 8 does not match in block at 4096"))
    False
    """
    return "Could not set lock" in str(error)


def versions(folder: Path) -> list[Path]:
    """The published versions that are kept, oldest first."""
    files = [path for path in folder.glob("zhengbao-*.duckdb") if path.is_file() and not path.is_symlink()]
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))


def rollback(folder: Path, version: str | None = None) -> Path:
    """Make `version`, or else the version before the live one, live again. Returns its path."""
    kept = versions(folder)
    now = live(folder)
    if version is None:
        earlier = kept[: kept.index(now)] if now in kept else kept
        if not earlier:
            raise PublishError(f"{folder} holds no version before the live one")
        target = earlier[-1]
    else:
        target = folder.resolve() / f"zhengbao-{version}.duckdb"
        if not target.is_file():
            names = ", ".join(path.name for path in kept) or "none"
            raise PublishError(f"{folder} holds no version {version!r}; kept are: {names}")
    switch_live(folder, target.name)
    return target


def switch_live(folder: Path, name: str) -> None:
    """Point the live name to another file of the folder."""
    aside = folder / f".{LIVE_NAME}.new"
    with suppress(FileNotFoundError):  # left by a process that was killed here
        aside.unlink()
    aside.symlink_to(name)
    aside.replace(folder / LIVE_NAME)  # rename(2): readers see the old or the new, never neither
    _sync(folder)


def remove_old(folder: Path, keep: int) -> None:
    """Delete versions beyond the last `keep`, never the live one."""
    now = live(folder)
    kept = versions(folder)
    for path in kept[: max(0, len(kept) - max(1, keep))]:
        if path.resolve() != now:
            path.unlink()


def _sync(path: Path) -> None:
    """Force a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
