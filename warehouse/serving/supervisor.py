"""The process that a person starts: one server a folder, started again whenever it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from filelock import FileLock, Timeout

from warehouse.publishing import live
from warehouse.serving.server import OVERSTEPPED, arguments
from warehouse.serving.settings import TOKEN_VARIABLE, Settings

SILENT_SECONDS = 15.0
"""A serving process that has not given a sign of life for so long is ended."""
STARTING_SECONDS = 120.0
"""What a first start may take on a busy machine: it unpacks DuckDB's extensions."""
LONGEST_PAUSE = 30.0
GRACE_SECONDS = 5.0


class ServerError(RuntimeError):
    """The server cannot start."""


def supervise(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises:
        ServerError: another server runs on this folder, or nothing is published.

    """
    if live(settings.warehouse) is None:
        raise ServerError(f"No warehouse is published in {settings.warehouse}. Run `make run` first.")
    settings.work.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.lock, timeout=0):
            settings.pidfile.write_text(f"{os.getpid()}\n", encoding="utf-8")
            try:
                _keep_serving(settings, say)
            finally:
                settings.pidfile.unlink(missing_ok=True)
    except Timeout:
        holder = settings.pidfile.read_text(encoding="utf-8").strip() if settings.pidfile.exists() else "unknown"
        raise ServerError(f"A server runs on {settings.warehouse} already (process {holder}).") from None


def _keep_serving(settings: Settings, say: Callable[[str], None]) -> None:
    ending = False

    def end(_number: int, _frame: FrameType | None) -> None:
        nonlocal ending
        ending = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    pause = 1.0
    while not ending:
        started = time.monotonic()
        settings.heartbeat.unlink(missing_ok=True)
        child = subprocess.Popen(
            [sys.executable, "-m", "warehouse.serving.server", arguments(settings)],
            env=os.environ | {TOKEN_VARIABLE: settings.token()},
        )
        while child.poll() is None and not ending:
            if _silent(settings, time.monotonic() - started):
                say("The serving process is silent; it is ended and started again.")
                child.kill()
            time.sleep(0.1)
        _end(child)
        if ending:
            break
        if child.returncode == OVERSTEPPED:
            say(
                "A query took more time or memory than it may (see the access log); the serving process is started again."
            )
            continue
        pause = 1.0 if time.monotonic() - started > LONGEST_PAUSE else min(2 * pause, LONGEST_PAUSE)
        say(f"The serving process ended (status {child.returncode}); it is started again in {pause:g} s.")
        until = time.monotonic() + pause
        while not ending and time.monotonic() < until:
            time.sleep(0.1)


def _silent(settings: Settings, running: float) -> bool:
    """Whether the serving process gives no sign of life; `running` is how long it has run, in seconds."""
    try:
        return time.time() - settings.heartbeat.stat().st_mtime > SILENT_SECONDS
    except FileNotFoundError:  # not yet serving
        return running > STARTING_SECONDS


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(GRACE_SECONDS)
        return
    child.kill()
    child.wait()
