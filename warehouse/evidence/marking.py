"""Highlighted text: a text and the spans in it as HTML, and the original beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """A highlighted span [start, end) of the clean text."""

    start: int
    end: int
    kind: str
    """fact, rank or task: the CSS class."""
    name: str
    """The id of what it marks, escaped; its first characters carry it as the anchor `q-<name>`."""


class Paragraph(NamedTuple):
    """A line of the clean text [start, end), without its line break."""

    start: int
    end: int


def paragraphs(text: str) -> list[Paragraph]:
    r"""The lines of a text that hold something.

    >>> paragraphs("一\n\n二三")
    [Paragraph(start=0, end=1), Paragraph(start=3, end=5)]
    """
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    return found


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """HTML of text[start:end] with the marks that touch it; a mark that lies over others is cut where they begin and end.

    >>> marked("建成12家", 0, 5, [Mark(0, 5, "task", "t"), Mark(2, 4, "fact", "f")])
    '<mark class="task" data-of="t" id="q-t" tabindex="0">建成</mark><mark class="fact task" data-of="f t" id="q-f" tabindex="0">12</mark><mark class="task" data-of="t">家</mark>'
    """
    shown = escape if PLAIN.fullmatch(text, start, end) is None else _as_it_is
    if not marks:
        return shown(text[start:end])
    narrowest_first = sorted(marks, key=_width)  # what a reader points at
    edges = sorted({start, end, *(edge for mark in marks for edge in mark[:2] if start < edge < end)})
    return "".join([_piece(shown(text[first:last]), first, last, narrowest_first) for first, last in pairwise(edges)])


PLAIN = re.compile("[^&<>\"']*")
"""Text in which nothing is escaped: nearly all."""


def _as_it_is(text: str) -> str:
    return text


def _width(mark: Mark) -> int:
    return mark.end - mark.start


def _piece(shown: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    if not over:
        return shown
    if len(over) == 1:
        ((begins, _, kinds, names),) = over
        first = f' id="q-{names}" tabindex="0"' if begins == start else ""
        return f'<mark class="{kinds}" data-of="{names}"{first}>{shown}</mark>'
    kinds = " ".join(dict.fromkeys([mark.kind for mark in over]))
    names = " ".join([mark.name for mark in over])
    begun = [mark.name for mark in over if mark.start == start]
    anchors = "".join([f'<span id="q-{name}"></span>' for name in begun[1:]])
    first = f' id="q-{begun[0]}" tabindex="0"' if begun else ""
    return f'{anchors}<mark class="{kinds}" data-of="{names}"{first}>{shown}</mark>'


def raw_index(offsets: tuple[Sequence[int], Sequence[int]], clean: int) -> int:
    """The place in the original of a place in the clean text, by texts.clean_offsets and texts.raw_offsets."""
    clean_offsets, raw_offsets = offsets
    segment = bisect_right(clean_offsets, clean) - 1
    return raw_offsets[segment] + clean - clean_offsets[segment]


def originals(
    raw_text: str, lines: Sequence[Paragraph], offsets: tuple[Sequence[int], Sequence[int]]
) -> tuple[str, list[str]]:
    """What of the original stands before the first line, and for each line the original from there to the next line.

    Together they are the whole original: what cleaning removed stands with the line before it.
    """
    if not lines:
        return raw_text, []
    starts = [raw_index(offsets, line.start) for line in lines]
    return raw_text[: starts[0]], [raw_text[first:last] for first, last in pairwise([*starts, len(raw_text)])]


def within(marks: Iterable[Mark], lines: Sequence[Paragraph]) -> Iterator[list[Mark]]:
    """For each line the marks that touch it, in the order of their starts."""
    waiting = sorted(marks)
    next_, open_ = 0, list[Mark]()
    for line in lines:
        open_ = [mark for mark in open_ if mark.end > line.start]
        while next_ < len(waiting) and waiting[next_].start < line.end:
            if waiting[next_].end > line.start:
                open_.append(waiting[next_])
            next_ += 1
        yield open_
