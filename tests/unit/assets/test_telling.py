"""How far a stage is: told while it works, over all sources of the run, with what is left of the time."""

from __future__ import annotations

from assets.stages.telling import Telling


class Lines(list):
    info = list.append


def test_the_estimate_counts_what_was_worked_on_and_the_rest_of_all_sources():
    lines, times = Lines(), iter([0.0, 3.0, 6.0])
    telling = Telling(lines, 10, lambda: next(times))
    telling.carried(6)
    assert list(telling("a")) == ["a"]
    telling.carried(1)
    assert list(telling("b")) == ["b"]
    assert lines == ["7 of 10 documents, about 9 s left", "9 of 10 documents, about 3 s left"]


def test_nothing_is_told_of_a_stage_that_is_done_at_once():
    lines = Lines()
    assert list(Telling(lines, 3, lambda: 0.0)("abc")) == ["a", "b", "c"]
    assert not lines


def test_a_part_counts_as_its_documents():
    lines, times = Lines(), iter([0.0, 3.0, 6.0])
    parts = [["a", "b"], ["c"]]
    assert list(Telling(lines, 3, lambda: next(times))(parts, len)) == parts
    assert lines == ["2 of 3 documents, about 2 s left", "3 of 3 documents, about 0 s left"]
