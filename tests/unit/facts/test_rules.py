"""docs/rules.md and the rules of the code are the same, and every example gives the facts it says."""

import re
from pathlib import Path

import pytest

from pipeline.facts.figures import RULES
from pipeline.language.numerals import magnitude

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules.md"
ROWS = re.findall(r"^\| ([a-z_]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[
    0:
]
EXAMPLES = [row for row in ROWS if row[0] != "rule"]


def test_every_rule_has_its_example():
    assert [rule for rule, _, _ in EXAMPLES] == list(RULES)


@pytest.mark.parametrize(("rule", "example", "facts"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_the_example_gives_the_facts(rule, example, facts, facts_of):
    wanted = []
    for fact in facts.split("; "):
        indicator, value, scale, unit = re.fullmatch(r"(.+) = ([\d.]+) ([万亿]?)(.+)", fact).groups()
        wanted.append((indicator, float(value) * float(magnitude(scale)), unit))
    got = facts_of(example)
    assert [(fact.indicator, float(fact.value), fact.unit) for fact in got] == wanted
    assert got[-1].rule == rule
