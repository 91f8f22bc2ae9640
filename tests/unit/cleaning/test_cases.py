"""Cleaning by cases: what goes, what stays, what is refused."""

import json
from pathlib import Path

import pytest

from pipeline.cleaning import Cleaned, CleaningKnowledge, clean, replay

CASES = Path(__file__).resolve().parents[2] / "cases" / "cleaning"


def cases(*names):
    files = {name: json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")) for name in names}
    return [pytest.param(case, id=f"{name}: {case['name']}") for name, rows in files.items() for case in rows]


@pytest.fixture(scope="module")
def knowledge(tables):
    return CleaningKnowledge.from_tables(tables)


@pytest.mark.parametrize("case", cases("in_the_wild", "synthetic", "negative"))
def test_the_report_is_left_and_nothing_else(case, knowledge):
    raw = "\n".join(case["raw"])
    cleaned = clean(raw, knowledge)
    assert isinstance(cleaned, Cleaned), cleaned
    assert cleaned.clean_text.split("\n") == case["clean"]
    assert replay(raw, cleaned.steps) == cleaned.clean_text
    if "script" in case:
        assert cleaned.script == case["script"]


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="known failures: each says why")
def test_what_is_not_yet_cleaned(case, knowledge):
    test_the_report_is_left_and_nothing_else(case, knowledge)


@pytest.mark.parametrize("case", cases("refused"))
def test_what_is_no_report_is_refused_with_a_reason(case, knowledge):
    refusal = clean("\n".join(case["raw"]), knowledge)
    assert not isinstance(refusal, Cleaned), refusal.clean_text
    assert refusal.reason == case["reason"]
    assert refusal.detail
    assert refusal.remedy
