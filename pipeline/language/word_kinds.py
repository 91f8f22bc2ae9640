"""The words of a topic of seeds/language, and patterns made of them (分类词表)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.language.patterns import NOTHING, longest_first


class WordKinds:
    """The words of a topic of seeds/language by their kind, and patterns made of them.

    A row may name characters that make another word of it: `not_after` before it, `not_before` behind it.

    >>> rows = [
    ...     {"kind": "reached", "word": "实现"},
    ...     {"kind": "adverb", "word": "如期"},
    ...     {"kind": "cue", "word": "比", "not_before": "例重"},
    ... ]
    >>> kinds = WordKinds(rows)
    >>> kinds.words("reached"), kinds.of("reached", "adverb"), kinds.of("cue")
    (('实现',), '(?:如期|实现)', '(?:比(?![例重]))')
    """

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self._rows = rows

    def rows(self, *kinds: str) -> list[Mapping[str, str]]:
        """The rows of the kinds, in the order of the table."""
        return [row for row in self._rows if row["kind"] in kinds]

    def words(self, *kinds: str) -> tuple[str, ...]:
        """The words of the kinds, in the order of the table."""
        return tuple(row["word"] for row in self.rows(*kinds))

    def only(self, kind: str) -> str:
        """The word of a kind that has one, since names are made with it.

        Raises:
            ValueError: it has none, or several.

        """
        words = self.words(kind)
        if len(words) != 1:
            raise ValueError(f"{kind}.csv must hold one word, since names are made with it: it has {len(words)}.")
        return words[0]

    def set(self, *kinds: str) -> frozenset[str]:
        """The words of the kinds as a set."""
        return frozenset(self.words(*kinds))

    def longest(self, *kinds: str) -> tuple[str, ...]:
        """The words of the kinds, the longest first."""
        return tuple(longest_first(self.words(*kinds)))

    def of(self, *kinds: str) -> str:
        """A regex group of the words of the kinds, the longest first; it matches nothing where there are none."""
        rows = sorted(self.rows(*kinds), key=lambda row: (-len(row["word"]), row["word"]))
        return f"(?:{'|'.join(map(_guarded, rows))})" if rows else NOTHING.pattern

    def pattern(self, *kinds: str) -> re.Pattern[str]:
        """Any of the words of the kinds."""
        return re.compile(self.of(*kinds))


def _guarded(row: Mapping[str, str]) -> str:
    word, before, behind = re.escape(row["word"]), row.get("not_after", ""), row.get("not_before", "")
    # The word stands first, so that a search has a set of first characters.
    return f"{word}{f'(?<![{before}]{word})' if before else ''}{f'(?![{behind}])' if behind else ''}"
