"""Patterns made of literal words (词表的正则)."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A Chinese character.
HAN = "[\u4e00-\u9fff]"
# Matches nothing: the pattern of an empty table.
NOTHING = re.compile("(?!)")


def longest_first(words: Iterable[str]) -> list[str]:
    """The words, the longest first and equal ones sorted, so that the order of a table decides nothing.

    >>> longest_first(["达", "达到", "升至"])
    ['升至', '达到', '达']
    """
    return sorted(words, key=lambda word: (-len(word), word))


def any_of(words: Iterable[str]) -> str:
    """A regex alternation of many literal words, the longest first, parted by their first characters, so that a search tries few.

    >>> any_of(["力争", "到", "到达"])
    '到(?:达|)|力争'
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (word[:1], -len(word), word)):
        rests.setdefault(word[:1], []).append(re.escape(word[1:]))
    return "|".join(
        f"{re.escape(first)}{rest[0] if len(rest) == 1 else '(?:' + '|'.join(rest) + ')'}"
        for first, rest in rests.items()
    )


def begins_with(words: Iterable[str]) -> str:
    """A look at the first character, before a pattern of `words` that tries too much at every place of a text.

    >>> begins_with(["力争", "到", "到达"])
    '(?=[到力])'
    """
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}])"
