"""PDFs that name a Chinese font and do not hold it: the machine's fonts have no say in what is read."""

from __future__ import annotations

import pytest

from pipeline.readers import read
from tests.formats import writers as w

FULL = "全市卫生健康系统坚持以人民健康为中心统筹推进各项工作"
LEFT, SIZE = 90, 16


def read_lines(*lines: str):
    page = w.PdfPage()
    for at, line in enumerate(lines):
        page.text(LEFT, 100 + 28 * at, line, SIZE)
    return read(w.pdf([page]))


def test_two_equal_long_lines_are_two():
    """Without the stand-in, one goes missing on a machine without a Chinese font."""
    assert read_lines(FULL, FULL).text.count(FULL) == 2


@pytest.mark.parametrize("sign", ["%", "W"])
def test_a_box_is_as_wide_as_the_file_says(sign):
    """Without the stand-in, it is as wide as what the machine's font draws, where that is more."""
    right = LEFT + w.width_of(FULL + sign, SIZE)
    assert read_lines(FULL + sign).parts[0].box.split()[2] == f"{right:.0f}"


def test_a_box_is_as_high_as_the_file_says():
    top, bottom = 100 - 0.88 * SIZE, 100 + 0.12 * SIZE
    assert read_lines(FULL).parts[0].box.split()[1::2] == [f"{top:.0f}", f"{bottom:.0f}"]


def test_blanks_of_the_file_stay():
    assert read_lines("组建团队 12 个，占 95 %").text == "组建团队 12 个，占 95 %\n"
