"""Explaining: the person who asks why a paragraph is missing finds the line, the step and the reason."""

import pytest

from pipeline.cleaning import CleaningKnowledge, clean
from pipeline.explaining import beside, summarise
from pipeline.records import CleaningStep

RAW = "发布日期：2024-01-18 来源：县卫生健康局\n\n衛(wèi)生室改造28所，惠及群众３万人。\n【关闭】\n版权所有：平山县人民政府"


@pytest.fixture(scope="module")
def cleaned(tables):
    return clean(RAW, CleaningKnowledge.from_tables(tables))


def rows(cleaned):
    return [CleaningStep("d", *step) for step in cleaned.steps]


def test_each_raw_line_stands_beside_what_is_left_of_it(cleaned):
    lines = beside(RAW, cleaned.clean_text, cleaned.offset_map, rows(cleaned))
    assert [line.raw for line in lines] == RAW.split("\n")
    assert [line.clean for line in lines] == ["", "", "卫生室改造28所，惠及群众3万人。", "", ""]
    assert [line.steps for line in lines] == [
        ["portal_chrome"],
        [],
        ["script", "pinyin_gloss", "full_width"],
        ["portal_chrome"],
        ["portal_chrome"],
    ]
    third = lines[2]
    assert [third.raw[start:end] for start, end in third.edits] == ["衛", "(wèi)", "３"]


def test_each_step_is_summed_up_with_its_longest_edits(cleaned):
    steps = {step.step: step for step in summarise(rows(cleaned))}
    assert steps["pinyin_gloss"].removed_chars == len("(wèi)")
    assert steps["portal_chrome"].edits == 3
    assert steps["portal_chrome"].examples[0].removed.startswith("发布日期")
    assert steps["script"].removed_chars == 0
