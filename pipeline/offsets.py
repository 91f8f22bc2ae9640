"""Edits, and the exact map from cleaned text back to the original.

A cleaning step proposes edits to the text before it. `offsets_of_edits` turns them into an
`OffsetMap`, and `OffsetMap.after` composes the maps of the steps into one from clean text to raw.

A map is a list of segments: within a segment clean and raw advance together, and a new segment
begins where characters were removed or inserted. A replacement maps character by character from its
start; what it inserts beyond the characters it removed maps to the last of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace text[start:end], which is never empty, by `inserted`."""

    start: int
    end: int
    inserted: str = ""


class OffsetMap(NamedTuple):
    """Segments (clean_offsets[k], raw_offsets[k]): clean strictly rises from 0, raw never falls."""

    clean_offsets: list[int]
    raw_offsets: list[int]

    def raw_index(self, clean_index: int) -> int:
        """The raw index of the character at `clean_index`; the length of the clean text gives the end of the raw text."""
        k = bisect_right(self.clean_offsets, clean_index) - 1
        return self.raw_offsets[k] + clean_index - self.clean_offsets[k]

    def raw_span(self, clean_start: int, clean_end: int) -> tuple[int, int]:
        """The raw span of clean_text[clean_start:clean_end]: from its first character to behind its last."""
        start = self.raw_index(clean_start)
        return start, (self.raw_index(clean_end - 1) + 1 if clean_end > clean_start else start)

    def clean_index(self, raw_index: int) -> int:
        """The first clean index that comes from `raw_index` or, where that character was removed, from behind it."""
        k = bisect_left(self.raw_offsets, raw_index)
        if k == 0:
            return 0
        within = self.clean_offsets[k - 1] + raw_index - self.raw_offsets[k - 1]
        return within if k == len(self.clean_offsets) else min(within, self.clean_offsets[k])

    def clean_span(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """What is left of raw_text[raw_start:raw_end] in the clean text; empty where all of it was removed."""
        return self.clean_index(raw_start), self.clean_index(raw_end)

    def after(self, earlier: OffsetMap) -> OffsetMap:
        """Compose: this map, clean to middle, after `earlier`, middle to raw, makes clean to raw.

        >>> first = offsets_of_edits([Edit(1, 3)])   # abcdef -> adef
        >>> second = offsets_of_edits([Edit(2, 3)])  # adef -> adf
        >>> [second.after(first).raw_index(i) for i in range(3)]
        [0, 3, 5]
        """
        segments = _Segments()
        for k, (clean, middle) in enumerate(zip(self.clean_offsets, self.raw_offsets, strict=True)):
            segments.add(clean, earlier.raw_index(middle))
            last = k + 1 == len(self.clean_offsets)
            stop = None if last else middle + self.clean_offsets[k + 1] - clean
            boundary = bisect_right(earlier.clean_offsets, middle)
            end = len(earlier.clean_offsets) if stop is None else bisect_left(earlier.clean_offsets, stop)
            for j in range(boundary, end):
                segments.add(clean + earlier.clean_offsets[j] - middle, earlier.raw_offsets[j])
        return segments.map()

    def contiguous(self, clean_start: int, clean_end: int) -> list[tuple[int, int]]:
        """The pieces of [clean_start, clean_end) within which clean and raw advance together."""
        low = bisect_right(self.clean_offsets, clean_start)
        high = bisect_left(self.clean_offsets, clean_end)
        cuts = [clean_start, *self.clean_offsets[low:high], clean_end]
        return list(pairwise(cuts))


class _Segments:
    """Collects segments in rising order and leaves out those that only continue the one before."""

    def __init__(self) -> None:
        self.clean: list[int] = []
        self.raw: list[int] = []

    def add(self, clean: int, raw: int) -> None:
        if self.clean and self.clean[-1] == clean:
            self.clean.pop()
            self.raw.pop()
        if not self.clean or self.raw[-1] + clean - self.clean[-1] != raw:
            self.clean.append(clean)
            self.raw.append(raw)

    def map(self) -> OffsetMap:
        return OffsetMap(self.clean, self.raw)


def identity() -> OffsetMap:
    """The map of a text to itself."""
    return OffsetMap([0], [0])


def offsets_of_edits(edits: Iterable[Edit]) -> OffsetMap:
    """The map from the edited text to the text before, for sorted, disjoint `edits`.

    >>> offsets_of_edits([Edit(1, 6)])  # 卫(wèi)生 -> 卫生
    OffsetMap(clean_offsets=[0, 1], raw_offsets=[0, 6])
    """
    segments = _Segments()
    segments.add(0, 0)
    clean = raw = 0
    for edit in edits:
        clean += edit.start - raw
        removed, inserted = edit.end - edit.start, len(edit.inserted)
        for surplus in range(removed, inserted):
            segments.add(clean + surplus, edit.end - 1)
        clean, raw = clean + inserted, edit.end
        segments.add(clean, raw)
    return segments.map()


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with sorted, disjoint `edits` applied.

    >>> apply_edits("２0%", [Edit(0, 1, "2")])
    '20%'
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.inserted)
        at = edit.end
    return "".join([*pieces, text[at:]])
