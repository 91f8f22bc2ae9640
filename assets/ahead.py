"""Work that a later step of a run will ask for, begun by a process beside while this one does what stands between (预先).

What begins it must be sure of its inputs, not that the step will come: what was begun may only make something that nobody finds
before the step has asked for it, or what is made anew from the same wherever it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, wait
from typing import Any, NamedTuple, TypeVar

from assets.processes import Beside

T = TypeVar("T")


class Begun(NamedTuple):
    """Work that a process beside does."""

    about: object
    """What decides its result: the step takes no other."""
    beside: Beside
    result: Future[Any]


_begun: dict[str, Begun] = {}


def begin(name: str, about: object, beside: Beside, work: Callable[[], object]) -> None:
    """Begin what the step of that name will do, where there is a process beside, and what no step came for has ended."""
    if left := _begun.pop(name, None):
        wait([left.result])
    if beside.is_started:
        _begun[name] = Begun(about, beside, beside.submit(work))


def done(name: str, about: object, work: Callable[[], T]) -> T:
    """The result of what was begun about the same, or of doing it now: nothing was begun, or its process died."""
    begun = _begun.pop(name, None)
    if begun is not None:
        try:
            result: T = begun.result.result()  # whatever it is about, since both may write the same files
        except BrokenExecutor:
            begun.beside.leave()
        except Exception:
            if begun.about == about:
                raise
        else:
            if begun.about == about:
                return result
    return work()
