"""Words with number characters in them that are no numbers (含数字的词): 零部件, 四面八方, 两院院士."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.language.numerals import NUMERAL_CHARACTERS

NUMBERS = frozenset(NUMERAL_CHARACTERS + "半几")
# Parts of speech that are themselves numbers, quantities or times.
NUMERIC_TAGS = ("m", "t", "q")
LONGEST = 6
_NUMERAL = re.compile(f"[{NUMERAL_CHARACTERS}几半多余数]+")


def words_with_numbers(entries: Iterable[tuple[str, str]], units: Iterable[str]) -> Iterator[str]:
    """The words of a word list, as (word, part of speech), in which number characters count nothing.

    Left out are numbers, and words that may be a number with its unit and what it counts: 三个人, 两家.

    >>> list(words_with_numbers([("零部件", "n"), ("三个", "m"), ("两院院士", "n"), ("两家人", "n"), ("百分点", "n")], ["个", "家", "院"]))
    ['零部件', '两院院士']
    """
    measures = frozenset(units)
    for word, tag in entries:
        if not 2 < len(word) <= LONGEST or tag.startswith(NUMERIC_TAGS) or NUMBERS.isdisjoint(word):
            continue
        if word.startswith("百分") or _counts(word, measures):
            continue
        yield word


def _counts(word: str, measures: frozenset[str]) -> bool:
    """Whether the word may be read as number, unit and no more than one character that is counted."""
    numeral = _NUMERAL.match(word)
    if numeral is None:
        return False
    rest = word[numeral.end() :]
    return (
        not rest
        or rest in measures
        or rest[:1] == "个"
        or (rest[:-1] in measures and len(rest) < 4 and word[0] != "零")
    )


class NumberWords:
    """Tells whether a numeral is a part of a longer word; built once from the table `number_words`."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        # The shortest words have three characters, so that each word has one of these around a numeral in it.
        self._threes = frozenset(word[k : k + 3] for word in self._words for k in range(len(word) - 2))

    def hold(self, text: str, start: int, end: int) -> bool:
        """Whether a word of the table holds text[start:end] and more on its right or left.

        >>> NumberWords(["零部件", "四面八方"]).hold("汽车零部件产业", 2, 3), NumberWords(["四面八方"]).hold("四面旗", 0, 1)
        (True, False)
        """
        words, threes = self._words, self._threes
        for at in range(max(0, min(end - 3, start)), start + 1):
            if text[at : at + 3] in threes:
                break
        else:
            return False
        for begin in range(max(0, end - LONGEST), start + 1):
            for stop in range(max(end, begin + 3), min(len(text), begin + LONGEST) + 1):
                if text[begin:stop] in words:
                    return True
        return False
