"""Sentences in the manner of reports, with the facts a careful reader takes from them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[2] / "cases" / "facts"
DEFAULTS = {
    "value_max": None,
    "comparator": "=",
    "kind": "level",
    "status": "actual",
    "part_of": None,
}


def cases(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def read(case, facts_of):
    facts = facts_of(
        case["text"], case["issuer_place"], case["doc_type"], case["period_label"], case.get("heading", "")
    )
    number = {fact.fact_id: position for position, fact in enumerate(facts)}
    return [fact._asdict() | {"part_of": number.get(fact.part_of_fact_id)} for fact in facts]


def expected(case):
    for fact in case["facts"]:
        fact = DEFAULTS | {"place": case["issuer_place"], "period": None} | fact
        for field in ("value", "value_max"):
            fact[field] = None if fact[field] is None else Decimal(fact[field])
        yield fact


def check(case, facts_of):
    want, got = list(expected(case)), read(case, facts_of)
    # A code is compared where the case names one.
    shown = [{field: fact[field] for field in fields} for fact, fields in zip(got, want, strict=False)]
    assert [*shown, *(fact["quote"] for fact in got[len(want) :])] == want


@pytest.mark.parametrize(
    "case", cases("in_the_wild") + cases("synthetic") + cases("numbers"), ids=lambda case: case["text"][:20]
)
def test_facts_of_a_sentence(case, facts_of):
    check(case, facts_of)


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["text"][:20])
def test_no_fact_where_numbers_are_names_dates_or_ordinals(case, facts_of):
    check(case, facts_of)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["text"][:20])
def test_known_failures(case, facts_of):
    check(case, facts_of)
