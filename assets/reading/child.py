"""The parent's side: one warm child that reads files, ended when it takes too long and started anew for the next file."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

from assets.locations import PROJECT
from assets.reading.worker import LENGTH
from pipeline.decoding import Refusal
from pipeline.readers import Cell, Part, Reading, Stated

SECONDS = 60.0
"""Longest time for one file."""
MOST_FILES = 500
"""Files after which a child is replaced, so that what a library leaks does not add up."""
_LARGEST_ANSWER = 512 << 20
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME")

_TAKES_TOO_LONG = "Save the report as plain text (UTF-8), or as a smaller file, and put that into the landing zone."


class ReaderProcess:
    """A child process that reads. Safe for threads, which wait for one another."""

    def __init__(
        self, seconds: float = SECONDS, command: tuple[str, ...] = (sys.executable, "-m", "assets.reading.worker")
    ) -> None:
        self.seconds = seconds
        self._command = command
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None
        self._files = 0

    def read(self, data: bytes) -> Reading | Refusal:
        """What the child makes of the file; a child that dies or takes too long makes a refusal of it."""
        with self._lock:
            try:
                return _answer(self._ask(data))
            except TimeoutError:
                self._end()
                return Refusal(
                    "reader_timeout", f"Reading the file took more than {self.seconds:.0f} seconds.", _TAKES_TOO_LONG
                )
            except (OSError, EOFError, ValueError, TypeError) as error:
                status = self._end()
                return Refusal(
                    "reader_died",
                    f"The process that read the file ended before it had finished (status {status}, {type(error).__name__}).",
                    _TAKES_TOO_LONG,
                )

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, data: bytes) -> bytes:
        if self._files >= MOST_FILES:
            self._end()
        connection = self._connection or self._start()
        self._files += 1
        deadline = time.monotonic() + self.seconds
        connection.settimeout(self.seconds)
        connection.sendall(len(data).to_bytes(LENGTH, "big"))
        connection.sendall(data)
        size = int.from_bytes(_receive(connection, LENGTH, deadline), "big")
        if size > _LARGEST_ANSWER:
            raise ValueError(f"the answer has {size} bytes")
        return _receive(connection, size, deadline)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        try:
            self._child = subprocess.Popen(
                [*self._command, str(theirs.fileno())],
                cwd=PROJECT,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        finally:
            theirs.close()
        self._connection, self._files = ours, 0
        return ours

    def _end(self) -> int | None:
        """End the child with all that it started; its status, negative for a signal."""
        if self._connection is not None:
            self._connection.close()
        child, self._child, self._connection = self._child, None, None
        if child is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(0.2)  # it may be dead, or ends when its parent hangs up
        end_group(child)
        return child.returncode


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that leads a group of its own, and the group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _receive(connection: socket.socket, size: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < size:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        block = connection.recv(min(1 << 20, size - len(data)))
        if not block:
            raise EOFError("the child hung up")
        data += block
    return bytes(data)


def _answer(data: bytes) -> Reading | Refusal:
    kind, found = json.loads(data)
    if kind == "refusal":
        return Refusal(*map(str, found))
    text, media_type, reader, version, encoding, basis, parts, cells, stated = found
    return Reading(
        str(text),
        str(media_type),
        str(reader),
        str(version),
        str(encoding),
        str(basis),
        tuple(Part(*part) for part in parts),
        tuple(Cell(*cell) for cell in cells),
        tuple(Stated(*map(str, row)) for row in stated),
    )


_child = ReaderProcess()
atexit.register(_child.close)


def read_apart(data: bytes) -> Reading | Refusal:
    """Read a file in the child of this process, which is started with the first file."""
    return _child.read(data)
