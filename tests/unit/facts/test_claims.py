"""A fact is composed of claims: nothing that is being read can be changed, and only the plan takes claims up."""

import ast
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from pipeline.facts import claims as claims_module
from pipeline.facts.claims import Claim, Claims
from pipeline.facts.framing import frame
from pipeline.facts.phrases import Line
from pipeline.facts.plan import PLAN
from pipeline.facts.rules import rules

FACTS = Path(claims_module.__file__).parent
SOURCES = sorted(FACTS.rglob("*.py"))


def writers(tree):
    """(function, line) of each assignment to an attribute or item of something that the function did not make, `self` of a constructor apart."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                continue
            for target in targets:
                for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(part, ast.Attribute) and not (
                        function.name == "__init__" and isinstance(part.value, ast.Name) and part.value.id == "self"
                    ):
                        yield function.name, part.lineno


def test_the_search_for_writers_finds_one():
    assert list(writers(ast.parse("def set_kind(figure):\n    figure.kind, other = 'delta', 1"))) == [("set_kind", 2)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(FACTS)))
def test_no_function_assigns_to_a_field(path):
    assert list(writers(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_claims_are_taken_up_by_the_plan_and_the_framing_alone():
    adders = {
        path.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "add"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "claims"
    }
    assert adders == {"plan.py", "framing.py"}


def test_a_candidate_is_frozen(knowledge, places):
    text = "全市建成机构8家"
    quantities = list(knowledge.quantities.find(text))
    [figure], _ = frame(Line(text, knowledge.lexicon, knowledge.wording, places, None, None), quantities, 0)
    with pytest.raises(FrozenInstanceError):
        figure.low = 3


def test_the_latest_claim_holds_and_the_earlier_stays():
    held = [{}]
    claims = Claims(held)
    first, second = Claim(0, "status", "actual", "a", 0, 1), Claim(0, "status", "target", "b", 2, 3)
    claims.add([first, second])
    assert held[0]["status"] is second
    assert claims.superseded() == [first]


def test_every_rule_decides_a_field_of_a_step():
    decided = {field for step in PLAN for field in step.decides} | {"value", "unit", "period_start"}
    assert {rule.field for rule in rules()} == decided
