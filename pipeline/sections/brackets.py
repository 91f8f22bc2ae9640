"""Quotations and brackets within a line: what stands between a pair belongs together."""

from __future__ import annotations

import re
from bisect import bisect_right

PAIRS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」", "『": "』", "【": "】", "〔": "〕", "[": "]"}
CLOSING = {closing: opening for opening, closing in PAIRS.items()}
BRACKET = re.compile("[" + re.escape("".join([*PAIRS, *CLOSING])) + "\n]")


class Pairs:
    """The outermost quotations and brackets of a text; one without its partner in the line is ignored."""

    def __init__(self, text: str) -> None:
        self.openings: list[int] = []
        self.closings: list[int] = []
        open_at: dict[str, list[int]] = {}
        for hit in BRACKET.finditer(text):
            character, at = hit[0], hit.start()
            if character == "\n":
                open_at.clear()
            elif character in PAIRS:
                open_at.setdefault(character, []).append(at)
            elif positions := open_at.get(CLOSING[character]):
                self._add(positions.pop(), at)

    def _add(self, opening: int, closing: int) -> None:
        while self.openings and self.openings[-1] > opening:
            self.openings.pop()
            self.closings.pop()
        if not self.openings or self.closings[-1] < opening:
            self.openings.append(opening)
            self.closings.append(closing)

    def closing_of(self, position: int) -> int | None:
        """Where the quotation or bracket ends that holds `position`; None outside all of them.

        >>> pairs = Pairs("实施“一院一策。”，推进（试点）")
        >>> pairs.closing_of(7), pairs.closing_of(9)
        (8, None)
        """
        k = bisect_right(self.openings, position) - 1
        return self.closings[k] if k >= 0 and position <= self.closings[k] else None

    def any_in(self, start: int, end: int) -> bool:
        """Whether one of them, or a part of it, stands in text[start:end]."""
        k = bisect_right(self.openings, end) - 1
        return k >= 0 and self.closings[k] >= start

    def hold(self, position: int) -> bool:
        """Whether `position` is in a quotation or between brackets, their marks included."""
        return self.closing_of(position) is not None
