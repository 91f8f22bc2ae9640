"""Every field that is not the default has evidence: words of the text, a rule that is listed, a row that exists."""

import json
from pathlib import Path

import pytest

from pipeline.facts.rules import rules

CASES = Path(__file__).resolve().parents[2] / "cases" / "facts"
RULES = {(rule.field, rule.name) for rule in rules()}
DEFAULTS = {"comparator": "=", "kind": "level", "status": "actual", "place": "青岛市", "unit": ""}


@pytest.mark.parametrize("name", ["in_the_wild", "synthetic"])
def test_fields_of_the_cases_have_evidence(name, reading_of, tables):
    for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")):
        text = case["text"]
        facts, evidence = reading_of(text)
        decided = {(row.fact_id, row.field) for row in evidence}
        assert len(decided) == len(evidence), text
        for row in evidence:
            assert text[row.clean_start : row.clean_end] == row.words, row
            assert (row.field, row.rule) in RULES, row
            if row.source_table:
                keys = {next(iter(line.values())) for line in tables[row.source_table]}
                assert row.source_row in keys, row
        for fact in facts:
            for field in ("value", "indicator", *DEFAULTS, "period", "part_of_fact_id", "indicator_code"):
                is_default = getattr(fact, field) == DEFAULTS.get(field)
                assert is_default or (fact.fact_id, field) in decided, (text, fact.quote, field)
