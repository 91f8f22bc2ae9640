"""The alignment is the best there is: compared with trying all."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.alignment import align

words = st.text("abc", max_size=6)


@given(words, words)
def test_best_of_all_matchings_in_order(expected, found):
    pairs = align(expected, found, lambda a, b: a == b)
    assert all(expected[i] == found[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    longest = max(
        size
        for size in range(len(expected) + 1)
        if size == 0 or any(_within(choice, found) for choice in combinations(expected, size))
    )
    assert len(pairs) == longest


def test_greater_likeness_wins():
    assert align("aa", "a", lambda a, b: 1.0) == [(0, 0)]
    assert align([1, 2], [2], lambda a, b: 1.0 + 0.1 * (a == b)) == [(1, 0)]


def _within(choice, found):
    rest = iter(found)
    return all(letter in rest for letter in choice)
