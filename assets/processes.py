"""Processes beside a run's own: they load what is slow to load while the run does other work (旁进程).

They are new processes, not forks, since a run has threads, and end with their parent, however that ends.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from assets.loading import kept_for_good

CALLED = "zhengbao-"
"""How the names of these processes begin, which `ps` and `top` show where there is /proc."""


class Beside:
    """Processes that are kept for the next work, at most `most()` of them; `prepare` is what each does first.

    `duty`, of six characters at most, stands in their name.
    """

    def __init__(
        self, prepare: Callable[[], object], most: Callable[[], int] = lambda: 1, duty: str = "beside"
    ) -> None:
        self._prepare = prepare
        self._most = most
        self._duty = duty
        self._pool: ProcessPoolExecutor | None = None

    @property
    def is_started(self) -> bool:
        """Whether there is a process."""
        return self._pool is not None

    @property
    def numbers(self) -> list[int]:
        """The numbers of the processes that are there."""
        return list(self._pool._processes) if self._pool is not None else []

    def start(self) -> None:
        """Start one process, if none is there, which prepares itself while this one goes on."""
        if self._pool is None:
            self._started().submit(bool)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """The function's result to come, from one process."""
        return self._started().submit(function, *arguments)

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The function's result, from one process.

        Raises:
            BrokenExecutor: it died; after `leave` the next work has a new one.

        """
        return self.submit(function, *arguments).result()

    def leave(self) -> None:
        """Leave broken processes to themselves: their own thread ends their jobs, and would fail with a traceback on one that was cancelled."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)

    def stop(self) -> None:
        """End the processes when they have done what they do, without what waits for them."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._most(), context, _begin, (self._prepare, self._duty))
        return self._pool


def _begin(prepare: Callable[[], object], duty: str) -> None:
    name = Path("/proc/self/comm")
    if name.exists():
        name.write_text(f"{CALLED}{duty}", encoding="ascii")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    atexit.register(os._exit, 0)  # taking apart what was loaded would take a second, and the parent waits for it
    with kept_for_good():
        prepare()


def _end_with_parent() -> None:
    """A killed parent cannot end its processes, and they would wait for work for ever: each holds both ends of the queue."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
