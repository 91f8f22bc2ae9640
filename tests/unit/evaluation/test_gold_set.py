"""The labels of seeds/gold are in order, and faulty labels are noticed."""

from decimal import Decimal

import pytest

from pipeline.evaluation import gold_problems, parse_gold


def test_labels_are_in_order(split):
    assert gold_problems(*split) == []


def test_set_is_large_enough(split):
    gold, texts = split
    assert sum(not fact.optional for fact in gold.facts) >= 180
    assert all(250 <= len(text) <= 1600 for text in texts.values())


@pytest.mark.parametrize(
    ("n", "change", "problem"),
    [
        (1, {"quote": "所"}, "stands 2 times"),
        (1, {"quote": "不在文中12所"}, "stands 0 times"),
        (1, {"value": Decimal(13)}, "does not hold the value 13"),
        (1, {"value_max": Decimal(12)}, "value_max is not above value"),
        (1, {"comparator": "≥"}, "comparator '≥' is none of"),
        (1, {"kind": "total"}, "kind 'total' is none of"),
        (1, {"status": "done"}, "status 'done' is none of"),
        (1, {"indicator": ""}, "no indicator"),
        (2, {"part_of": 2}, "part_of 2 is no earlier row"),
        (2, {"part_of": 0}, "part_of 0 is no earlier row"),
        (2, {"n": 7}, "rows are not numbered"),
        (2, {"doc": "b.txt"}, "is labelled but not in documents.jsonl"),
        (5, {"quote": "全市新建学校", "optional": True}, "stands before the row above it"),
    ],
)
def test_faulty_label_is_noticed(gold, texts, n, change, problem):
    facts = tuple(fact._replace(**change) if fact.n == n else fact for fact in gold.facts)
    assert gold_problems(gold, texts) == []
    assert any(problem in line for line in gold_problems(gold._replace(facts=facts), texts))


def test_text_without_a_document_is_noticed(gold, texts):
    assert gold_problems(gold, texts | {"b.txt": ""}) == ["b.txt: stands in only one of documents.jsonl and the folder"]


def test_values_are_exact():
    gold = parse_gold(
        "",
        '{"doc": "a", "n": 1, "quote": "0.1%", "value": 0.1, "value_max": null, "unit": "%", "comparator": "=", "indicator": "x",'
        ' "kind": "level", "status": "actual", "place": null, "period": null, "part_of": null, "optional": false, "note": "x"}',
    )
    assert gold.facts[0].value == Decimal("0.1")


def test_missing_field_is_told_with_its_line():
    with pytest.raises(ValueError, match=r"rankings\.jsonl, line 2: no subject"):
        parse_gold("", "", '\n{"doc": "a", "n": 1, "quote": "q", "scope": "全省", "rank": 1}')
