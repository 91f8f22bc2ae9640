"""The lines of a text, and whether a line is part of a report by its form alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.numerals import COMPOSED, COUNTING, NAUGHTS
from pipeline.offsets import Edit

_NUMERAL = f"[{COUNTING}百{NAUGHTS}]"
_HEADING = re.compile(
    rf"第{_NUMERAL}{{1,4}}[章节部篇]|[（(]{_NUMERAL}{{1,4}}[）)]|{_NUMERAL}{{1,4}}[、．.]|{_NUMERAL}{{1,3}}是"
    rf"|[（(]?\d{{1,2}}[）)、.．](?!\d)|附件\s?(?:[\d{COUNTING}]|[：:]\s?[^\s：:])|[{COMPOSED['circled']}]"
)
_SENTENCE_END = re.compile("[。；！？]")
_RUNNING_TEXT = 40


class Line(NamedTuple):
    """A line: whole[start:end] without its line end, the next begins at `stop`; `text` is stripped and begins at `at`."""

    start: int
    at: int
    end: int
    stop: int
    text: str

    def removed(self) -> Edit:
        """The edit that takes the line away, with its line end."""
        return Edit(self.start, self.stop)


@lru_cache(maxsize=1)  # one step after another asks for the lines of the same text
def lines_of(whole: str) -> tuple[Line, ...]:
    """The lines of `whole`; they cover it."""
    lines, start = [], 0
    for raw in whole.split("\n"):
        end = start + len(raw)
        text = raw.strip()
        at = start + raw.find(text[0]) if text else end
        lines.append(Line(start, at, end, min(end + 1, len(whole)), text))
        start = end + 1
    return tuple(lines)


def has_heading_marker(text: str) -> bool:
    """Does the line open with a heading or list marker of a report?

    >>> [has_heading_marker(s) for s in ("（一）主要指标", "3.推进改革", "2024-05-15", "3.5亿元")]
    [True, True, False, False]
    """
    return _HEADING.match(text) is not None


def has_sentence(text: str) -> bool:
    """Does the line hold sentence punctuation?"""
    return _SENTENCE_END.search(text) is not None


def is_report_text(text: str) -> bool:
    """By its form a line of a report: a sentence, a heading with its marker, or running text."""
    return (
        has_sentence(text)
        or has_heading_marker(text)
        or (len(text) >= _RUNNING_TEXT and any(comma in text for comma in "，,、"))
    )
