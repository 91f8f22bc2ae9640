"""How the documents of a run are divided: batches that are held at once, and parts of a batch that a process works on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

BATCH = 6_000_000
"""Bytes of input files that are worked on at once: enough to be divided among processes, and little beside what a run holds."""
LEAST_PART, PART = 60_000, 400_000
"""Characters that a process takes at once: as long as it reads for half a second to a few."""

Batch = dict[str, dict[str, str]]
"""Source -> its documents, or some of them, with their digests."""


def batches(documents: Mapping[str, Mapping[str, str]], sizes: Mapping[str, int], most: int = BATCH) -> Iterator[Batch]:
    """The documents of all sources in order: as many sources as come to `most` bytes, of a larger one some documents at a time.

    >>> documents = {"a": {"1": "x"}, "b": {"2": "x"}, "c": {"3": "x", "4": "x", "5": "x"}, "d": {}}
    >>> [{source: list(own) for source, own in batch.items()} for batch in batches(documents, {"a": 3, "b": 4, "c": 16, "d": 0}, 8)]
    [{'a': ['1'], 'b': ['2']}, {'c': ['3', '4']}, {'c': ['5'], 'd': []}]
    >>> [list(batch["c"]) for batch in batches({"c": documents["c"]}, {"c": 9}, 8)]
    [['3', '4'], ['5']]
    """
    batch: Batch = {}
    held = 0
    for source, own in documents.items():
        times = max(1, -(-sizes[source] // most))
        step = max(1, -(-len(own) // times))
        names = list(own)
        slices = range(0, max(1, len(names)), step)
        for first in slices:
            size = sizes[source] // len(slices)
            if batch and (held + size > most or source in batch):
                yield batch
                batch, held = {}, 0
            batch[source] = {name: own[name] for name in names[first : first + step]}
            held += size
    if batch:
        yield batch


def one_ahead(begin: Callable[[T], U], given: Iterable[T]) -> Iterator[tuple[T, U]]:
    """What `begin` makes of each, in order; the next is begun before one is handed out, so that it goes on meanwhile.

    >>> for batch, begun in one_ahead(lambda batch: print("begin", batch), "ab"):
    ...     print("use", batch)
    begin a
    begin b
    use a
    use b
    """
    waiting: list[tuple[T, U]] = []
    for one in given:
        waiting.append((one, begin(one)))
        if len(waiting) > 1:
            yield waiting.pop(0)
    yield from waiting


def divided(lengths: Mapping[str, int], workers: int, least: int = LEAST_PART, most: int = PART) -> list[list[str]]:
    """Neighbours to be worked on together; of many the last are few, so that no process works alone for long at the end.

    A part has what would give each worker two of the rest, within `least` and `most`; what is longer is by itself.

    >>> divided({"a": 3, "b": 4, "c": 9, "d": 2, "e": 1, "f": 1}, 1, least=2, most=8)
    [['a', 'b'], ['c'], ['d'], ['e', 'f']]
    """
    parts: list[list[str]] = []
    held = limit = 0
    left = sum(lengths.values())
    for name, length in lengths.items():
        if not parts or held + length > limit:
            parts.append([])
            held, limit = 0, min(most, max(least, left // (2 * workers)))
        parts[-1].append(name)
        held += length
        left -= length
    return parts
