"""One run at a time: `make run`, the schedule and the sensor exclude each other by one lock that dies with its holder."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
from filelock import FileLock, Timeout

from assets.automation.executor import has_workers
from assets.locations import locations

IN_PROCESS_TAG = "zhengbao/in_process"
PROCESS_TAG = "zhengbao/process"
HOST_TAG = "zhengbao/host"
"""Of the process: its number says nothing on another host, or in another pod."""

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


def process_tags() -> dict[str, str]:
    """The tags that say by which process a run lives."""
    return {PROCESS_TAG: str(os.getpid()), HOST_TAG: socket.gethostname()}


class OneRunner(dg.ConfigurableResource[None]):
    """Held by a run from its first step to its end (with the in-process executor; each step for itself with others).

    A run whose steps are done by workers has no process that dies with it: it is not closed when one is gone.
    """

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[None]:
        """Wait for the lock, and keep it while the run lasts."""
        run = context.run
        say = context.log.info if context.log else print
        if run and context.instance and IN_PROCESS_TAG not in run.tags and not has_workers():
            context.instance.add_run_tags(run.run_id, process_tags())
        with only_runner(f"run {run.run_id[:8]} of {run.job_name}" if run else "a run", say):
            yield None


def close_dead_runs(instance: dg.DagsterInstance) -> list[str]:
    """Runs that are underway by their record and whose process on this host is gone: they would keep the queue's only slot for ever."""
    underway = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    closed = []
    for run in instance.get_runs(filters=underway):
        process = run.tags.get(PROCESS_TAG)
        elsewhere = run.tags.get(HOST_TAG, socket.gethostname()) != socket.gethostname()
        if process is None or elsewhere or _is_alive(int(process)):
            continue
        instance.report_run_failed(
            run,
            "The process of this run was killed. Nothing of it was published; the next run takes its sources up again.",
        )
        closed.append(run.run_id)
    return closed


def _is_alive(process: int) -> bool:
    """Whether a process of that number, and of this program, is there."""
    if process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    if not sys.platform.startswith("linux"):
        return True
    with suppress(OSError):
        command = Path(f"/proc/{process}/cmdline").read_bytes()
        return b"python" in command or b"dagster" in command
    return True
