"""A run holds the lock of its deployment while it lasts, and one whose process is gone is closed."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg

from assets.automation.executor import has_workers
from assets.automation.lock import only_runner

IN_PROCESS_TAG = "zhengbao/in_process"
PROCESS_TAG = "zhengbao/process"
HOST_TAG = "zhengbao/host"
"""Of the process: its number says nothing on another host, or in another pod."""


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
