"""Edits, and the exact map from cleaned text back to the original.

A cleaning step proposes edits to the text before it. Applying the steps one after another composes
their edits into one `OffsetMap`, a list of segments: inside a segment clean and raw advance together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace text[start:end] by `inserted`."""

    start: int
    end: int
    inserted: str


class OffsetMap(NamedTuple):
    """Segments (clean_offsets[k], raw_offsets[k]), both non-decreasing, the first (0, 0) or (0, first kept raw index)."""

    clean_offsets: list[int]
    raw_offsets: list[int]

    def raw_index(self, clean_index: int) -> int:
        """The raw index of the character at `clean_index`."""
        k = max(0, bisect_right(self.clean_offsets, clean_index) - 1)
        return self.raw_offsets[k] + clean_index - self.clean_offsets[k]

    def raw_span(self, clean_start: int, clean_end: int) -> tuple[int, int]:
        """The raw span of clean_text[clean_start:clean_end]: from its first character to behind its last."""
        if clean_end <= clean_start:
            start = self.raw_index(clean_start)
            return start, start
        return self.raw_index(clean_start), self.raw_index(clean_end - 1) + 1


def identity(length: int) -> OffsetMap:
    """The map of a text to itself."""
    del length
    return OffsetMap([0], [0])


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with sorted, disjoint `edits` applied."""
    pieces, at = [], 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.inserted)
        at = edit.end
    return "".join([*pieces, text[at:]])
