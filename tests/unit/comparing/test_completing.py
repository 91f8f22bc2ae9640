"""Measure, direction, basis, aggregation, prices and base units, as cases; and laws over any value."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparing.base_units import BaseUnits, exact
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/comparing/fields.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_fields_of_a_figure(case, compared):
    facts, _ = compared(case["text"])
    found = [
        {field: str(value) if isinstance(value := getattr(fact, field), Decimal) else value for field in expected}
        for fact, expected in zip(facts, case["facts"], strict=True)
    ]
    assert found == case["facts"]


def test_evidence_shows_the_words_and_the_row(compared):
    text = "全市完成投资3亿元，比2020年下降不低于3%。"
    facts, evidence = compared(text)
    shown = {(row.field, row.words, row.source_row) for row in evidence}
    assert shown == {("direction", "下降", "下降"), ("basis", "比2020年", "比{year}"), ("measure", "下降", "下降")}
    assert all(text[row.clean_start : row.clean_end] == row.words for row in evidence)
    assert {row.fact_id for row in evidence} == {facts[-1].fact_id}


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["斤", "公斤", "吨", "担"]))
def test_weights_meet_exactly(value, unit):
    units = BaseUnits(
        {"unit": name, "base": "吨", "factor": factor}
        for name, factor in {"斤": "0.0005", "公斤": "0.001", "吨": "1", "担": "0.05"}.items()
    )
    base = units.convert(value, unit)
    assert base is not None
    factor = {"斤": Fraction(1, 2000), "公斤": Fraction(1, 1000), "吨": Fraction(1), "担": Fraction(1, 20)}[unit]
    assert abs(Fraction(base[0]) - Fraction(value) * factor) <= Fraction(1, 2_000_000)


def test_what_no_decimal_holds_has_no_base_value():
    assert exact(Fraction(10**18)) is None
    assert exact(Fraction(10**17, 3)) == Decimal("33333333333333333.333333")


def test_every_base_unit_is_its_own_base(tables):
    rows = {row["unit"]: row for row in tables["unit_bases"]}
    assert all(rows[row["base"]]["factor"] == "1" for row in rows.values())
    assert set(rows) <= {row["unit"] for row in tables["units"]} | {"角", "标准箱", "微克/立方米", "μg/m³"}


def test_the_words_of_a_field_stand_once(tables):
    words = [(row["field"], row["word"]) for row in tables["comparison_words"]]
    assert len(words) == len(set(words))
