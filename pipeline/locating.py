"""Where in the outline a position of the text stands (所在章节与句子)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.records import Sentence


class SentenceLocator:
    """Finds the sentence, and by it the section, of a position in the cleaned text."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        """`sentences` of one document, at least one."""
        self._sentences = sorted(sentences, key=lambda sentence: sentence.clean_start)
        self._starts = [sentence.clean_start for sentence in self._sentences]

    def at(self, position: int) -> Sentence:
        """The sentence that holds `position`; white space belongs to the sentence before it."""
        return self._sentences[max(0, bisect_right(self._starts, position) - 1)]
