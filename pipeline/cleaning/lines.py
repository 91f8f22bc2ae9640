"""The lines of a text, and whether a line is part of a report by its form alone."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMERAL = "[一二三四五六七八九十百零〇]"
_HEADING = re.compile(
    rf"(?:第{_NUMERAL}{{1,4}}[章节部篇]|[（(]{_NUMERAL}{{1,4}}[）)]|{_NUMERAL}{{1,4}}[、．.]|{_NUMERAL}{{1,3}}是"
    r"|[（(]?\d{1,2}[）)、.．](?!\d)|附件|[①-⑳])"
)
_SENTENCE_END = re.compile("[。；！？]")
_RUNNING_TEXT = 40


class Line(NamedTuple):
    """text[start:end] without its line end; `text` is stripped, `stop` is where the next line starts."""

    start: int
    end: int
    stop: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of `text`; they cover it."""
    lines, start = [], 0
    for raw in text.split("\n"):
        end = start + len(raw)
        lines.append(Line(start, end, min(end + 1, len(text)), raw.strip()))
        start = end + 1
    return lines


def has_heading_marker(line: str) -> bool:
    """Does `line` open with a heading or list marker of a report?

    >>> [has_heading_marker(s) for s in ("（一）主要指标", "3.推进改革", "2024-05-15", "3.5亿元")]
    [True, True, False, False]
    """
    return _HEADING.match(line) is not None


def has_sentence(line: str) -> bool:
    """Does `line` hold sentence punctuation?"""
    return _SENTENCE_END.search(line) is not None


def is_report_text(line: str) -> bool:
    """By its form a line of a report: a sentence, a heading with its marker, running text, or what announces text."""
    return (
        has_sentence(line)
        or has_heading_marker(line)
        or (len(line) >= _RUNNING_TEXT and ("，" in line or "," in line or "、" in line))
    )
