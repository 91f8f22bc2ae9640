"""Texts that are no report, told by their form: masked templates, texts without their digits, shuffled ones (退回)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.decoding import Refusal
from pipeline.language.numerals import COUNTING, NUMERAL_CHARACTERS, ordinal
from pipeline.tables import Row

_FIGURE = re.compile("[0-9][0-9.,]*")
_NUMERALS = f"{NUMERAL_CHARACTERS}半几数多余"
# A template has several masks, and as many as it has figures left or more.
_FEWEST_MASKS, _MASKS_TO_FIGURES = 5, 0.5
_OF_A_HEAD = ("（", "(", "：", ":")
# A text that lost its digits has measure words, and before most of them no figure.
_BEFORE_A_UNIT = ("（", "(", "：", ":", "\t")
_FEWEST_MEASURES, _BARE_SHARE = 5, 0.6
# In a shuffled text hardly any marker follows the one that counts one less.
_FEWEST_MARKERS, _DISORDER = 6, 0.6
_MARKER = re.compile(f"(?P<number>[{COUNTING}][{COUNTING}]{{0,2}})(?P<mark>、(?![{COUNTING}])|[）)]|是(?!否))")
_OPENS_MARKER = {"、": "\n\u3000 。；;，,", "）": "（(", ")": "（(", "是": "\n\u3000 。；;：:，,"}


class Refusals:
    """What to refuse, by the table masks.csv and by order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        words: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            words[row["kind"]].append(row["written"])
        self._masks = frozenset(words["mask"])
        signs = re.escape("".join(sorted(set("".join(words["mask"])))))
        self._mask = re.compile(f"[{signs}][{signs}]*")  # a set first, without +, is what the engine scans for fast
        self._follower = re.compile("|".join(map(re.escape, words["follower"])))
        self._measure = re.compile("|".join(map(re.escape, sorted(words["measure"], key=len, reverse=True))))

    def of(self, text: str) -> Refusal | None:
        """Why a cleaned text is no report; None if it may be one."""
        return self._masked(text) or self._without_digits(text) or _shuffled(text)

    def _masked(self, text: str) -> Refusal | None:
        found = (match for match in self._mask.finditer(text) if match[0] in self._masks)
        masks = sum(self._follower.match(text, match.end()) is not None for match in found)
        if masks < _FEWEST_MASKS:
            return None
        figures = len(_FIGURE.findall(text))
        if masks < _MASKS_TO_FIGURES * figures:
            return None
        detail = (
            f"{masks} names or figures are masked (XX市, **项) beside {figures} that are printed: this is a template."
        )
        return Refusal("masked", detail, "Put the issued report in its place, or remove the file.")

    def _without_digits(self, text: str) -> Refusal | None:
        # A blank between figure and measure word (13 亿元) drops no digit; a unit in a table's head or cell (增速（%）) has none.
        found = [
            text[max(0, match.start() - 3) : match.start()].rstrip()[-1:]
            for match in self._measure.finditer(text)
            if text[max(0, match.start() - 1) : match.start()] not in _BEFORE_A_UNIT
        ]
        # The unit in the head of a table (产值（亿元）, 单位：万元) has its figures elsewhere.
        found = [before for before in found if before not in _OF_A_HEAD]
        bare = sum(not before.isdigit() and before not in _NUMERALS for before in found if before)
        if len(found) < _FEWEST_MEASURES or bare < _BARE_SHARE * len(found):
            return None
        detail = f"{bare} of {len(found)} measure words (亿元, %, 万人次) have no figure before them: the digits were dropped."
        return Refusal(
            "digits_dropped", detail, "Fetch the page again; its figures may be images or a font of the site."
        )


def _shuffled(text: str) -> Refusal | None:
    """Markers of one kind go up by one or begin again with one; where most do neither, the sentences were shuffled."""
    before: dict[str, int] = {}
    steps = disorder = 0
    for match in _MARKER.finditer(text):
        kind = match["mark"]
        if match.start() and text[match.start() - 1] not in _OPENS_MARKER[kind]:
            continue
        number = ordinal(match["number"])
        if kind in before:
            steps += 1
            disorder += number not in (before[kind] + 1, 1)
        before[kind] = number
    if steps < _FEWEST_MARKERS or disorder < _DISORDER * steps:
        return None
    return Refusal(
        "shuffled",
        f"{disorder} of {steps} numbered headings are out of order: the text was shuffled.",
        "Put the original report in its place.",
    )
