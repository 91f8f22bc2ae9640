"""The words that govern a figure: its own clause before it, a little behind it, and whether it goes on with a list."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.language.numerals import NUMERAL_CHARACTERS, SCALE
from pipeline.language.patterns import any_of
from pipeline.tables import Tables

NUMBER = re.compile(rf"[负+-]?\d[\d.,，．]*|负?[{NUMERAL_CHARACTERS}点]+")
MAGNITUDES = frozenset(SCALE)
LIST_MARK = re.compile(r"[、和及与跟以及\s]*(?:分别)?(?:为|达到?)?[^\S\n]*")
CLAUSE_MARKS = "，,：:；;。\n"
BEHIND = 8


class Limits(NamedTuple):
    """Words around a number that say nothing of how it compares."""

    leading: tuple[str, ...]
    """不低于, 达到: at the end of what stands before a number."""
    before: re.Pattern[str]
    starts: frozenset[str]
    after: re.Pattern[str]
    """以上, 左右: at the start of what stands behind it."""

    @classmethod
    def from_tables(cls, tables: Tables) -> Limits:
        """From the limits of `comparators`, and the words of `comparison_words` that only lead to a number."""
        cues = {
            side: [row["cue"] for row in tables["comparators"] if row["side"] == side] for side in ("before", "after")
        }
        leading = [row["word"] for row in tables["comparison_words"] if row["field"] == "leading"]
        before = (*cues["before"], *leading)
        return cls(
            before,
            re.compile(f"(?:{any_of(before)})+$"),
            frozenset(cue[0] for cue in cues["after"]),
            re.compile(f"(?:{any_of(cues['after'])})*"),
        )

    def without(self, text: str) -> str:
        """`text` before a number without the words that only limit it: 增长不低于 -> 增长."""
        text = text.rstrip()
        return self.before.sub("", text) if text.endswith(self.leading) else text


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
    text: str, sentence_start: int, sentence_end: int, number: int, unit: str, before: Context | None, limits: Limits
) -> Context:
    """The context of the figure whose number begins at `number`."""
    start = before.behind if before and before.behind <= number else sentence_start
    own = text[start:number]
    clause = start + max(map(own.rfind, CLAUSE_MARKS)) + 1
    goes_on = before is not None and start == before.behind and LIST_MARK.fullmatch(own) is not None
    return Context(start, clause, number, min(_behind(text, number, unit, limits), sentence_end), goes_on)


def _behind(text: str, number: int, unit: str, limits: Limits) -> int:
    match = NUMBER.match(text, number)
    end = match.end() if match else number + 1
    while text[end : end + 1] in MAGNITUDES:
        end += 1
    for piece in ("个" + unit, unit):
        if piece and text.startswith(piece, end):
            end += len(piece)
            break
    after = limits.after.match(text, end) if text[end : end + 1] in limits.starts else None
    return after.end() if after else end
