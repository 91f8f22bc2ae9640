"""The words that structure a sentence around its figures: verbs, adverbs, prepositions, change words (词表)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.tables import Tables


class Word(NamedTuple):
    """text[start:end], a word of the table `fact_words`, with its role there."""

    start: int
    end: int
    role: str
    text: str


class Lexicon:
    """Finds the words of the table `fact_words`, leftmost and longest first."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._entries = list(words)
        self._automaton = AhoCorasick([text for text, _ in self._entries], matchkind=MatchKind.LeftmostLongest)

    @classmethod
    def from_tables(cls, tables: Tables) -> Lexicon:
        """From the rows of `fact_words`."""
        return cls((row["word"], row["role"]) for row in tables["fact_words"])

    def words(self, text: str) -> list[Word]:
        """The words of `text` in order, without overlap; plain nouns, which only hide shorter words, left out."""
        entries = self._entries
        found = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(text):
            word, role = entries[pattern]
            if role != "noun":
                found.append(Word(start, end, role, word))
        return found
