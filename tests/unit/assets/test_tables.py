"""Text of a report is inert in the UI."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.stages.partitions import contiguous_ranges
from assets.stages.tables import inert, preview


@given(st.text())
def test_no_markup_survives(text):
    shown = inert(text, 60)
    assert "<" not in shown
    assert ">" not in shown
    assert "\n" not in shown
    for i, character in enumerate(shown):
        if character in "`*_[]()|!":
            assert shown[i - 1] == "\\"


def test_preview_is_one_row_a_line():
    frame = pl.DataFrame({"a": ["<img src=x onerror=alert(1)>|\n# x", None], "b": [[1, 2], None]})
    lines = preview(frame).splitlines()
    assert len(lines) == 4
    assert "<img" not in lines[2]


@given(st.lists(st.integers(0, 30), unique=True), st.sets(st.integers(0, 30)))
def test_ranges_cover_exactly_the_changed_keys(numbers, chosen):
    keys = [str(number) for number in numbers]
    changed = {str(number) for number in chosen} & set(keys)
    covered = [
        key
        for first, last in contiguous_ranges(changed, keys)
        for key in keys[keys.index(first) : keys.index(last) + 1]
    ]
    assert sorted(covered) == sorted(changed)
    assert len(covered) == len(set(covered))
