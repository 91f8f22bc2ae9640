"""The normal form of an indicator's words: what two reports that mean the same have in common (指标归一).

The steps, in this order, each with its words in the table `indicator_wording`:

1. signs: compatibility forms are folded, quotation marks, brackets, blanks and dots fall away;
2. place: the issuer's own name in front falls away;
3. lead, tail: words of scope (全市), time, expectation and change fall away at the ends, as long as something remains;
4. synonym: names for one thing become one name; per-head words get one order;
5. share: 占…的比重 and …占比 lose the word that both mean;
6. new: 新增 and 净增 move to the front;
7. count: 数量 and its like fall away at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pipeline.language.patterns import any_of
from pipeline.tables import Row

SIGNS = re.compile(r"[^\w%/、-]|_")
COUNTED = re.compile(r"(?<![指倍系基参天人件次小多少岁级分度函]) *数$")
SHARE_OF = re.compile(r"(占[^占]+?)的?占比$")
SHARE_AFTER = re.compile(r"占(.+?)的$")
MOST_ROUNDS = 8
LONGEST = 8
"""Characters of the longest word of the steps lead, tail and count."""


class NormalForm:
    """The steps, compiled from the table."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        self._lead = _words(rows, "lead")
        self._tail = _words(rows, "tail")
        self._count = _words(rows, "count")
        self._lead_lengths = _lengths(self._lead, 0)
        self._tail_lengths, self._count_lengths = _lengths(self._tail, -1), _lengths(self._count, -1)
        self._synonyms = _words(rows, "synonym")
        self._synonym = _any(self._synonyms)
        self._new = _words(rows, "new")
        self._newness = _any(self._new)
        self.of = lru_cache(maxsize=65536)(self._of)

    def _of(self, words: str, places: tuple[str, ...] = ()) -> str:
        """The key of `words`; `places` are the issuer's own names."""
        bare = unicodedata.normalize("NFKC", words)
        if not bare.isalnum():
            bare = SIGNS.sub("", bare)
        key = bare
        for _ in range(MOST_ROUNDS):
            before = key
            for place in places:
                key = key.removeprefix(place) or key
            key = key[_longest(self._lead, self._lead_lengths, key) :] or key
            key = key[: len(key) - _longest(self._tail, self._tail_lengths, key, at_end=True)] or key
            if key == before:
                break
        key = self._synonym.sub(lambda match: self._synonyms[match[0]], key)
        if "占" in key:
            key = SHARE_AFTER.sub(r"占\1", SHARE_OF.sub(r"\1", key))
        if match := self._newness.search(key):
            key = self._new[match[0]] + key[: match.start()] + key[match.end() :]
        shorter = key[: len(key) - _longest(self._count, self._count_lengths, key, at_end=True)]
        if shorter.endswith("数"):
            shorter = COUNTED.sub("", shorter)
        return shorter if len(shorter) > 1 else key or bare

    def grows(self, words: str) -> bool:
        """Whether `words` end with a word of change: 地区生产总值增速."""
        while length := _longest(self._tail, self._tail_lengths, words, at_end=True):
            if self._tail[words[-length:]] == "change":
                return True
            words = words[:-length]
        return False


def _longest(words: Mapping[str, str], lengths: Mapping[str, Sequence[int]], key: str, *, at_end: bool = False) -> int:
    """Length of the longest of `words`, whose `lengths` are known by their first (or last) character, that `key` begins (or ends) with."""
    for n in lengths.get(key[-1:] if at_end else key[:1], ()):
        if n <= len(key) and (key[-n:] if at_end else key[:n]) in words:
            return n
    return 0


def _lengths(words: Iterable[str], position: int) -> dict[str, list[int]]:
    """First (position 0) or last (-1) character -> the lengths of the words that have it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        if len(word) <= LONGEST:
            lengths.setdefault(word[position], set()).add(len(word))
    return {character: sorted(sizes, reverse=True) for character, sizes in lengths.items()}


def _words(rows: Sequence[Row], step: str) -> dict[str, str]:
    return {row["word"]: row["becomes"] for row in rows if row["step"] == step}


def _any(words: Mapping[str, str]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    return re.compile(any_of(words))
