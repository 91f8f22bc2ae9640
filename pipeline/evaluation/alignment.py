"""Which found row answers which labelled row: the best matching that keeps the order of both (对齐)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Expected = TypeVar("Expected")
Found = TypeVar("Found")


def align(
    expected: Sequence[Expected], found: Sequence[Found], likeness: Callable[[Expected, Found], float]
) -> list[tuple[int, int]]:
    """Index pairs that rise on both sides and have the greatest sum of likeness; a likeness of 0 is no match.

    >>> align("abc", "axbyc", lambda a, b: a == b)
    [(0, 0), (1, 2), (2, 4)]
    """
    likenesses = [[likeness(row, candidate) for candidate in found] for row in expected]
    best = [[0.0] * (len(found) + 1)]
    for row in likenesses:
        above, here = best[-1], [0.0]
        for j, gain in enumerate(row):
            here.append(max(above[j + 1], here[j], above[j] + gain))
        best.append(here)
    pairs = []
    i, j = len(expected), len(found)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
