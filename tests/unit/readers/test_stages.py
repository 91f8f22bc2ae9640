"""The same report in every format gives the same facts, sections and metadata, field by field."""

from __future__ import annotations

import pytest

from pipeline.records import Reject
from pipeline.stages import Knowledge, clean_report, extract_report, outline_report, read_report
from tests.formats.formats import FORMATS, as_xlsx
from tests.formats.report import PUBLISHED, TITLE

OF_THE_FILE = {
    "document_id",
    "path",
    "content_sha256",
    "media_type",
    "encoding",
    "reader",
    "reader_version",
    "raw_chars",
    "noise_share",
}
OF_THE_PLACE = {
    "document_id",
    "fact_id",
    "section_id",
    "sentence_id",
    "parent_section_id",
    "part_of_fact_id",
    "raw_start",
    "raw_end",
}


@pytest.fixture(scope="module")
def knowledge(tables):
    return Knowledge.from_tables(tables)


@pytest.fixture(scope="module")
def taken(knowledge):
    """Format -> what the stages make of the report in it."""

    def take(name, data):
        raw = read_report("wuhu_wjw", f"wuhu_wjw/2024.{name}", data)
        assert not isinstance(raw, Reject), raw
        report = clean_report(raw, None, knowledge)
        assert not isinstance(report, Reject), report
        sections, sentences = outline_report(report.text, knowledge)
        return report, sections, extract_report(report.document, report.text, sections, sentences, knowledge)

    made = {**FORMATS, "xlsx": as_xlsx}
    return {name: take(name, write()) for name, write in made.items()}


def without(row, names):
    return {name: value for name, value in row._asdict().items() if name not in names}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "txt"])
def test_facts_sections_and_metadata_are_those_of_the_text(taken, name):
    report, sections, extraction = taken[name]
    expected, expected_sections, expected_extraction = taken["txt"]
    assert report.text.clean_text == expected.text.clean_text
    assert without(report.document, OF_THE_FILE) == without(expected.document, OF_THE_FILE)
    assert (report.document.title, str(report.document.published_on)) == (TITLE, PUBLISHED)
    assert [without(s, OF_THE_PLACE) for s in sections] == [without(s, OF_THE_PLACE) for s in expected_sections]
    for table in ("facts", "rankings", "commitments", "mentions"):
        own = [without(row, OF_THE_PLACE | {f"{table[:-1]}_id"}) for row in getattr(extraction, table)]
        of_text = [without(row, OF_THE_PLACE | {f"{table[:-1]}_id"}) for row in getattr(expected_extraction, table)]
        assert own == of_text
    assert len(extraction.facts) >= 14


@pytest.mark.parametrize("name", FORMATS)
def test_every_fact_is_shown_by_the_text_of_its_file_and_leads_to_a_place_in_it(taken, name):
    report, _, extraction = taken[name]
    for fact in extraction.facts:
        shown = report.text.raw_text[fact.raw_start : fact.raw_end]
        assert shown.replace("\n", "") == fact.quote
        blocks = [b for b in report.blocks if b.raw_start <= fact.raw_start and fact.raw_end <= b.raw_end]
        assert len(blocks) == (name != "txt")
        assert all(
            b.kind in ("paragraph", "table_row") and (b.page is not None) == (name in ("pdf", "ofd")) for b in blocks
        )


def test_what_is_the_pages_is_removed_as_a_recorded_step(taken):
    removed = [step.removed for step in taken["pdf"][0].steps if step.step == "page_furniture"]
    assert removed == ["芜湖市卫生健康委员会文件\n", "— 1 —\n", "芜湖市卫生健康委员会文件\n", "— 2 —\n"]


def test_what_a_page_states_is_evidence(taken):
    evidence = {(row.field, row.value) for row in taken["html"][0].evidence if row.basis == "file"}
    assert {
        ("title", TITLE),
        ("site_name", "芜湖市卫生健康委员会"),
        ("column_name", "工作总结"),
        ("keywords", "总结;卫生"),
    } <= evidence


def test_the_cells_of_the_annex_have_their_heads(taken):
    cells = {(c.row_head, c.column_head, c.unit, c.text, c.place) for c in taken["xlsx"][0].table_cells}
    assert ("住院人次", "2024年", "万人次", "74.8", "sheet 附件 C4") in cells
