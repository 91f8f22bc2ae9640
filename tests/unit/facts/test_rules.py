"""Every rule and every form of sentence has an example, and the example gives what it says; docs/rules.md is made of them."""

import re
from pathlib import Path

import pytest

from docs.rules import page
from pipeline.facts.rules import FORMS, rules
from pipeline.language.numerals import magnitude

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules.md"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_example_of_a_form_gives_the_facts(form, facts_of):
    wanted = []
    for fact in form.facts.split("; "):
        indicator, value, scale, unit = re.fullmatch(r"(.+) = ([\d.]+) ([万亿]?)(.+)", fact).groups()
        wanted.append((indicator, float(value) * float(magnitude(scale)), unit))
    got = facts_of(form.example)
    assert [(fact.indicator, float(fact.value), fact.unit) for fact in got] == wanted
    assert got[-1].rule == form.name


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.field}-{rule.name}")
def test_the_example_of_a_rule_gives_the_field(rule, reading_of):
    facts, evidence = reading_of(rule.example, **dict(rule.report))
    decided = [row.fact_id for row in evidence if (row.rule, row.field) == (rule.name, rule.field)]
    by_id = {fact.fact_id: fact for fact in facts}
    if rule.gives == UNSAID.get(rule.field):
        # The default leaves no row.
        assert shown(facts[-1], rule.field, by_id) == rule.gives
        return
    assert decided, [(row.field, row.rule, row.words) for row in evidence]
    assert shown(by_id[decided[-1]], rule.field, by_id) == rule.gives


UNSAID = {"comparator": "=", "kind": "level"}


def shown(fact, field, by_id):
    value = getattr(fact, field)
    if field == "part_of_fact_id":
        value = f"{by_id[value].value}{by_id[value].unit}"
    return str(value)


def test_names_are_unique_and_described():
    assert len({(rule.name, rule.field) for rule in rules()}) == len(rules())
    assert all(rule.says.endswith(".") and len(rule.says) > 15 for rule in rules())


def test_the_page_is_made_of_the_rules():
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: .venv/bin/python -m docs.rules"
