"""One run at a time: `make run`, the schedule and the sensor exclude each other by one lock that dies with its holder (运行锁).

Nothing here imports Dagster.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from filelock import FileLock, Timeout

from assets.locations import locations

_held: list[Path] = []
"""The lock that this process holds already: a run inside `make run` does not wait for it."""


def lock_file() -> Path:
    """The lock of this deployment."""
    return locations().work / "run.lock"


def holder() -> dict[str, Any]:
    """Who holds the lock, or held it last: process, host, what for and since when."""
    with suppress(OSError, ValueError):
        found = json.loads(lock_file().with_suffix(".holder").read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def described(who: dict[str, Any]) -> str:
    """The holder in words.

    >>> described({"process": 7, "host": "a", "what": "make run", "since": "2026-01-01T08:00:00"})
    'make run (process 7 on a, since 2026-01-01T08:00:00)'
    >>> described({})
    'another run'
    """
    if not who:
        return "another run"
    return f"{who.get('what')} (process {who.get('process')} on {who.get('host')}, since {who.get('since')})"


@contextmanager
def only_runner(what: str, say: Any = None) -> Iterator[None]:
    """Hold the lock; a waiting command says for whom it waits. It is the system's and dies with the process."""
    file = lock_file()
    if file in _held:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if say:
            say(f"Waiting for {described(holder())} to end.")
        lock.acquire()
    _held.append(file)
    try:
        who = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "what": what,
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        aside = file.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(who), encoding="utf-8")
        aside.replace(file.with_suffix(".holder"))
        yield
    finally:
        _held.remove(file)
        lock.release()


@contextmanager
def beside_others(sources: Iterable[str]) -> Iterator[None]:
    """Hold the lock together with those that read other sources, and each source alone.

    For steps of several workers: nobody reads what is being published, and nothing is read by two at once, be it that a step counted
    as lost is begun again while it still runs. Also these locks are the system's and die with their process.
    """
    import fcntl  # of the systems that workers run on

    file = lock_file()
    if file in _held:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab+") as together, file.with_suffix(".sources").open("ab+") as alone:
        fcntl.flock(together, fcntl.LOCK_SH)
        # A byte for each source, in one order for everybody, so that none waits for another in a circle.
        for place in sorted({crc32(source.encode()) for source in sources}):
            fcntl.lockf(alone, fcntl.LOCK_EX, 1, place)
        yield


def is_running() -> bool:
    """Whether some process holds the lock now."""
    file = lock_file()
    if file in _held or not file.exists():
        return file in _held
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False
