"""How far a stage is, by documents, for whoever waits: in the terminal's status line and in the log of the run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
EVERY_SECONDS = 2.0
"""A line is an event in Dagster's log: some milliseconds and a row."""


class Log(Protocol):
    """What a context's log offers."""

    def info(self, message: str, /) -> None:
        """Write one line."""


class Telling:
    """Tells of documents done and of the time that is left, as they pass through; those of several sources one after the other.

    >>> class Lines(list):
    ...     info = list.append
    >>> lines, times = Lines(), iter([0.0, 1.0, 3.0, 4.0])
    >>> list(Telling(lines, 4, lambda: next(times))("abc")), lines
    (['a', 'b', 'c'], ['2 of 4 documents, about 3 s left'])
    """

    def __init__(self, log: Log, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.log, self.total, self.clock = log, total, clock
        self.done = self.worked = 0
        self.began = self.told = clock()

    def __call__(self, parts: Iterable[T], count: Callable[[T], int] = lambda _: 1) -> Iterator[T]:
        """The parts, one after the other; the documents of each count as done when the next is asked for."""
        for part in parts:
            yield part
            documents = count(part)
            self.done += documents
            self.worked += documents
            now = self.clock()
            if documents and now - self.told >= EVERY_SECONDS:
                left = (now - self.began) / self.worked * (self.total - self.done)
                self.log.info(f"{self.done:,} of {self.total:,} documents, about {duration(left)} left")
                self.told = now

    def carried(self, documents: int) -> None:
        """So many more are done without work."""
        self.done += documents


def duration(seconds: float) -> str:
    """A time as one says it.

    >>> duration(4.4), duration(100), duration(9000)
    ('4 s', '2 min', '2.5 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
