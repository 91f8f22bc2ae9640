"""The words that govern a figure: its own clause before it, a little behind it, and whether it goes on with a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.language.numerals import NUMERAL_CHARACTERS
from pipeline.language.numerals import SCALE as MAGNITUDES

NUMBER = re.compile(rf"[负+-]?\d[\d.,，．]*|负?[{NUMERAL_CHARACTERS}点]+")
SCALE = re.compile(f"[{MAGNITUDES}]*")
AFTER = re.compile(r"(?:以上|以下|以内|以外|左右|上下|多|余)*")
LIST_MARK = re.compile(r"[、和及与跟以及\s]*(?:分别)?(?:为|达到?)?[^\S\n]*")
CLAUSE_MARKS = re.compile(r"[，,：:；;。\n]")
LIMIT_WORDS = re.compile(
    r"(?:不低于|不少于|不高于|不超过|不小于|不大于|高于|低于|超过|多于|少于|突破|达到|控制在|保持在|稳定在|维持在|达|超|为|约|近|至少|最多|预计|预期|目标|拟定|拟|安排|确定|了|出|的)+$"
)
BEHIND = 8


class Context(NamedTuple):
    """Where a figure's words stand, in places of the clean text."""

    start: int
    """Behind the figure before it, or the sentence's start."""
    clause: int
    """Start of the figure's own clause."""
    number: int
    """First character of the number."""
    behind: int
    """Behind the number, its unit and its limit."""
    goes_on: bool
    """The figure follows the one before it as the next of a list: 4.5%、6.1%."""


def context(
    text: str, sentence_start: int, sentence_end: int, number: int, unit: str, before: Context | None
) -> Context:
    """The context of the figure whose number begins at `number`."""
    start = before.behind if before and before.behind <= number else sentence_start
    own = text[start:number]
    marks = list(CLAUSE_MARKS.finditer(own))
    clause = start + marks[-1].end() if marks else start
    goes_on = before is not None and start == before.behind and LIST_MARK.fullmatch(own) is not None
    return Context(start, clause, number, min(_behind(text, number, unit), sentence_end), goes_on)


def without_limit(text: str) -> str:
    """`text` before a number without the words that only limit it: 增长不低于 -> 增长.

    >>> without_limit("同比增长不低于")
    '同比增长'
    """
    return LIMIT_WORDS.sub("", text.rstrip())


def _behind(text: str, number: int, unit: str) -> int:
    match = NUMBER.match(text, number)
    end = match.end() if match else number + 1
    scale = SCALE.match(text, end)
    end = scale.end() if scale else end
    for piece in ("个" + unit, unit):
        if piece and text.startswith(piece, end):
            end += len(piece)
            break
    after = AFTER.match(text, end)
    return after.end() if after else end
