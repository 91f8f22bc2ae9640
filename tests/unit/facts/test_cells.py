"""Lists whose cells stand one below the other: what leans takes the name in the line above."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1\n花卉园项目（一期）\n占地5000亩，包括2个博物馆。\n2\n花艺中心迁建项目\n总建筑面积21800平方米。",
            ["花卉园项目（一期）占地", "博物馆", "花艺中心迁建项目总建筑面积"],
        ),
        ("花卉园项目开工，栽花5000株。\n占地30亩。", ["栽花", "占地"]),
        ("2023年花卉园项目\n占地30亩。", ["占地"]),
    ],
    ids=["names of projects", "a sentence is no name", "a name without figures"],
)
def test_a_leaning_figure_takes_the_name_in_the_line_above(text, expected, facts_of):
    assert [fact.indicator for fact in facts_of(text, "东营市", "plan", "2025")] == expected
