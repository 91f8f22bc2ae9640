"""Quotations and brackets within a line: what stands between a pair belongs together."""

from __future__ import annotations

import re

PAIRS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」", "『": "』", "【": "】", "〔": "〕", "[": "]"}
CLOSING = {closing: opening for opening, closing in PAIRS.items()}
BRACKET = re.compile("[" + re.escape("".join([*PAIRS, *CLOSING])) + "\n]")


def enclosed(text: str) -> list[tuple[int, int]]:
    """The outermost spans (opening, closing) of `text`, in order; a bracket without its partner in the line is ignored.

    >>> enclosed("实施“一院一策。”，推进（试点）")
    [(2, 8), (12, 15)]
    """
    spans: list[tuple[int, int]] = []
    open_at: dict[str, list[int]] = {}
    for hit in BRACKET.finditer(text):
        character, at = hit[0], hit.start()
        if character == "\n":
            open_at.clear()
        elif character in PAIRS:
            open_at.setdefault(character, []).append(at)
        elif positions := open_at.get(CLOSING[character]):
            start = positions.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            if not spans or spans[-1][1] < start:
                spans.append((start, at))
    return spans
