"""The words that say how a figure compares, from the table `comparison_words`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.language.numerals import COUNTING, ONES
from pipeline.language.patterns import any_of
from pipeline.language.times import A_YEAR
from pipeline.tables import Row

PLAN = f"[{COUNTING}]{{1,3}}五"
YEAR_BEGINS, PLAN_BEGINS = f"12{ONES}", COUNTING


class Hit(NamedTuple):
    """A word of the table: its row and value, and the words that were found and where they begin."""

    row: str
    value: str
    words: str
    start: int

    @property
    def end(self) -> int:
        """Behind the words."""
        return self.start + len(self.words)

    def moved(self, by: int) -> Hit:
        """The same in a longer text, which begins `by` characters earlier."""
        return Hit(self.row, self.value, self.words, self.start + by)


class WordList:
    """The words of one field; of words that begin at one place the longest holds."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = sorted(rows, key=lambda row: -len(row["word"]))
        self._rows = [(row["word"], row["value"]) for row in rows]
        words = "|".join(f"({_pattern(word)})" for word, _ in self._rows)
        self._ends = frozenset(word.replace("{year}", "年").replace("{plan}", "五")[-1] for word, _ in self._rows)
        # Only where a word can begin are they tried.
        begins = "".join(sorted({character for word, _ in self._rows for character in _begins(word)}))
        self._pattern = re.compile(f"(?=[{re.escape(begins)}])(?:{words})" if words else r"(?!)")
        self.hints = [_hint(word) for word, _ in self._rows]

    def last(self, text: str) -> Hit | None:
        """The last word in `text`, the nearest one to a figure that follows."""
        found = None
        for found in self._pattern.finditer(text):  # noqa: B007
            pass
        return self._hit(found) if found else None

    def first(self, text: str) -> Hit | None:
        """The first word in `text`."""
        found = self._pattern.search(text)
        return self._hit(found) if found else None

    def at_end(self, text: str) -> Hit | None:
        """The word that `text` ends with."""
        if text[-1:] not in self._ends:
            return None
        hit = self.last(text)
        return hit if hit and hit.end == len(text) else None

    def _hit(self, match: re.Match[str]) -> Hit:
        word, value = self._rows[(match.lastindex or 1) - 1]
        return Hit(word, value, match[0], match.start())


def any_word(lists: Iterable[WordList]) -> re.Pattern[str]:
    """A quick look: a text in which it finds nothing has no word of the lists."""
    return re.compile(any_of({hint for words in lists for hint in words.hints}))


def _hint(word: str) -> str:
    """Characters that every form of a word of the table has: those before its year or plan, or the last of these."""
    return word.partition("{")[0] or ("年" if word.startswith("{year}") else "五")


def _begins(word: str) -> str:
    """The characters that a word of the table can begin with."""
    return YEAR_BEGINS if word.startswith("{year}") else PLAN_BEGINS if word.startswith("{plan}") else word[:1]


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\{year\}", A_YEAR).replace(r"\{plan\}", f"(?:{PLAN})")
