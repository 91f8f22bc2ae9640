"""White space that carries nothing: at the ends of the text and of its lines, and more than one blank line in a row."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.offsets import Edit

_WHITE = " \t\u3000"


def blanks(text: str) -> Iterable[Edit]:
    r"""White space before the first and behind the last line goes, behind a line too; indentation stays.

    >>> from pipeline.offsets import apply_edits
    >>> s = "\n　　第一段。 \n\n\n　　第二段。\n"
    >>> apply_edits(s, blanks(s))
    '　　第一段。\n\n　　第二段。'
    """
    at = end = 0  # text[:end] ends with the last line that is not blank
    blank_lines = 0
    for raw in text.split("\n"):
        kept = raw.rstrip(_WHITE)
        if kept:
            yield from _between(text, end, at, blank_lines)
            end, blank_lines = at + len(kept), 0
        else:
            blank_lines += 1
        at += len(raw) + 1
    if end < len(text):
        yield Edit(end, len(text))


def _between(text: str, end: int, start: int, blank_lines: int) -> Iterable[Edit]:
    """Of text[end:start], which stands between two lines, the first and the last line end stay; none before the first line."""
    first = text.find("\n", end, start) if end else start
    last = start - 1 if end and blank_lines else first
    for a, b in ((end, first), (first + 1, last)):
        if a < b:
            yield Edit(a, b)
