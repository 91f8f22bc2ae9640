"""The same report in every format has the same text; what a format adds is marked as the page's furniture."""

from __future__ import annotations

import pytest

from pipeline.decoding import Refusal
from pipeline.readers import FURNITURE, Reading, read
from tests.formats.formats import FORMATS, as_xlsx
from tests.formats.report import TABLE, plain_text


def reading_of(data: bytes) -> Reading:
    reading = read(data)
    assert not isinstance(reading, Refusal), reading
    return reading


def text_without_furniture(reading: Reading) -> str:
    lines = [reading.text[part.start : part.end] for part in reading.parts if part.kind not in FURNITURE]
    return "".join(f"{line}\n" for line in lines) if reading.parts else reading.text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_text_of_the_report(name):
    assert text_without_furniture(reading_of(FORMATS[name]())) == plain_text()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "txt"])
def test_every_format_gives_the_cells_of_the_table(name):
    found = {(c.row_head, c.column_head, c.unit, c.text) for c in reading_of(FORMATS[name]()).cells if c.row_head}
    head, *rows = TABLE
    units = ("万人次", "万人次", "%")
    assert found == {(row[0], head[c], units[c - 1], row[c]) for row in rows for c in (1, 2, 3)}


def test_the_annex_gives_the_same_cells_and_rows():
    reading = reading_of(as_xlsx())
    assert ["\t".join(row) for row in TABLE] == reading.text.strip().split("\n")[2:]
    found = {(c.row_head, c.column_head, c.unit, c.text) for c in reading.cells if c.row_head}
    assert ("住院人次", "增速（%）", "%", "4.9") in found
    assert ("总诊疗人次", "2024年", "万人次", "2967.4") in found


@pytest.mark.parametrize("name", FORMATS)
def test_a_reading_is_the_same_twice(name):
    assert read(FORMATS[name]()) == read(FORMATS[name]())


def test_pages_are_known_and_what_is_the_pages_is_named():
    reading = reading_of(FORMATS["pdf"]())
    kinds = [(part.kind, part.page) for part in reading.parts if part.kind in FURNITURE]
    assert kinds == [("header", 1), ("page_number", 1), ("header", 2), ("page_number", 2)]
    last = reading.parts[-1]
    assert (last.page, last.kind) != (1, "paragraph")
