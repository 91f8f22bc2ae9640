"""What holds for the facts of any text: spans, order, determinism, allowed values, time linear in length."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.facts.rules import FORMS

CASES = Path(__file__).resolve().parents[2] / "cases" / "facts" / "in_the_wild.json"
TEXTS = [case["text"] for case in json.loads(CASES.read_text(encoding="utf-8"))]
FORM_NAMES = {form.name for form in FORMS}
PIECES = [
    "建成",
    "新增",
    "5个",
    "3.2万人",
    "、",
    "，",
    "。",
    "其中",
    "（",
    "）",
    "由",
    "提高到",
    "12%",
    "分别为",
    "医院",
    "二",
    "的",
    "《",
    "“",
    "第",
    "年",
    "2024",
    " ",
    "\n",
    "任务",
    "（8%）",
    "比全省",
    "的平均水平",
    "-3.5%",
    "9.8和7.5个百分点",
    "九成八",
    "在",
    "的基础上",
    "降为零",
    "；",
    "各",
    "武汉市",
    "至少",
    "每人每月",
]


def check_laws(text, facts):
    last = (-1, -1)
    for fact in facts:
        assert text[fact.clean_start : fact.clean_end] == fact.quote
        assert (fact.clean_start, fact.clean_end) > last
        last = (fact.clean_start, fact.clean_end)
        assert fact.kind in ("level", "delta")
        assert fact.status in ("actual", "target", "baseline")
        assert fact.comparator in ("=", ">=", ">", "<=", "<", "~")
        assert fact.indicator
        assert fact.rule in FORM_NAMES
        assert fact.value_max is None or fact.value_max >= fact.value
    ids = [fact.fact_id for fact in facts]
    assert len(set(ids)) == len(ids)
    assert {fact.part_of_fact_id for fact in facts} <= {*ids, None}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:16])
def test_laws_hold_for_reports(text, facts_of):
    facts = facts_of(text)
    check_laws(text, facts)
    assert facts == facts_of(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_laws_hold_for_any_jumble(facts_of, text):
    check_laws(text, facts_of(text))


def test_the_quote_holds_number_and_unit(facts_of):
    (fact,) = facts_of("全市建成社区食堂120家以上。")
    assert re.search(r"120家", fact.quote)
