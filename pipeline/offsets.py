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
        clean_offsets, raw_offsets = self
        k = bisect_right(clean_offsets, clean_index) - 1
        return raw_offsets[k] + clean_index - clean_offsets[k]

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
        clean_offsets: list[int] = []
        raw_offsets: list[int] = []
        for k, (clean, middle) in enumerate(zip(self.clean_offsets, self.raw_offsets, strict=True)):
            first = bisect_right(earlier.clean_offsets, middle)  # of the earlier segments that begin within this one
            raw = earlier.raw_offsets[first - 1] + middle - earlier.clean_offsets[first - 1]
            if not clean_offsets or raw_offsets[-1] + clean - clean_offsets[-1] != raw:
                clean_offsets.append(clean)
                raw_offsets.append(raw)
            last = len(earlier.clean_offsets)
            if first < last and k + 1 < len(self.clean_offsets):
                last = bisect_left(earlier.clean_offsets, self.clean_offsets[k + 1] - clean + middle, first)
            if first < last:
                clean_offsets += [offset + clean - middle for offset in earlier.clean_offsets[first:last]]
                raw_offsets += earlier.raw_offsets[first:last]
        return OffsetMap(clean_offsets, raw_offsets)

    def pieces(self, clean_start: int, clean_end: int) -> list[tuple[int, int, int]]:
        """The pieces (clean_start, raw_start, length) of a clean span, within which clean and raw advance together.

        >>> offsets_of_edits([Edit(1, 6)]).pieces(0, 2)
        [(0, 0, 1), (1, 6, 1)]
        """
        clean_offsets, raw_offsets = self
        low = bisect_right(clean_offsets, clean_start)
        raw_start = raw_offsets[low - 1] + clean_start - clean_offsets[low - 1]
        if low == len(clean_offsets) or clean_end <= clean_offsets[low]:
            return [(clean_start, raw_start, clean_end - clean_start)]
        high = bisect_left(clean_offsets, clean_end, low)
        cuts = [clean_start, *clean_offsets[low:high], clean_end]
        places = [raw_start, *raw_offsets[low:high]]
        return [(start, raw, end - start) for (start, end), raw in zip(pairwise(cuts), places, strict=True)]


def identity() -> OffsetMap:
    """The map of a text to itself."""
    return OffsetMap([0], [0])


def offsets_of_edits(edits: Iterable[Edit]) -> OffsetMap:
    """The map from the edited text to the text before, for sorted, disjoint `edits`.

    >>> offsets_of_edits([Edit(1, 6)])  # 卫(wèi)生 -> 卫生
    OffsetMap(clean_offsets=[0, 1], raw_offsets=[0, 6])
    """
    offsets = identity()
    shift = 0  # from the text before to the edited one
    for start, end, inserted in edits:
        surplus = len(inserted) - (end - start)
        if surplus:  # a replacement of equal length maps character by character
            for clean in range(end + shift, end + shift + surplus):
                _add(offsets, clean, end - 1)
            shift += surplus
            _add(offsets, end + shift, end)
    return offsets


def _add(offsets: OffsetMap, clean: int, raw: int) -> None:
    """Add a segment behind the others: in the place of one that begins there, and not if it only continues the last."""
    clean_offsets, raw_offsets = offsets
    if clean_offsets[-1] == clean:
        raw_offsets[-1] = raw
    elif raw_offsets[-1] + clean - clean_offsets[-1] != raw:
        clean_offsets.append(clean)
        raw_offsets.append(raw)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with sorted, disjoint `edits` applied.

    >>> apply_edits("２0%", [Edit(0, 1, "2")])
    '20%'
    """
    pieces: list[str] = []
    at = 0
    for start, end, inserted in edits:
        pieces += (text[at:start], inserted)
        at = end
    return "".join([*pieces, text[at:]])
