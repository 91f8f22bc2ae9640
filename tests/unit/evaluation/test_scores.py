"""Every measure is 1 for what the labels say and falls when something is wrong."""

from decimal import Decimal

import pytest

from pipeline.evaluation import Miss, Predicted, evaluate


@pytest.fixture
def facts(gold, answer):
    return [answer(row) for row in gold.facts]


@pytest.fixture
def measure(gold, texts, found_ranking):
    def run(facts, rankings=(found_ranking,)):
        return evaluate(texts, gold, {"a.txt": Predicted(facts, rankings)}).measures

    return run


def test_all_right_is_one(measure, facts):
    assert set(measure(facts).values()) == {1.0}


@pytest.mark.parametrize(
    ("field", "value", "lowered"),
    [
        ("value", Decimal(9999), {"detection_precision", "detection_recall", "detection_f1", "strict_f1"}),
        ("value_max", Decimal(9999), {"detection_precision", "detection_recall", "detection_f1", "strict_f1"}),
        ("unit", "名", {"detection_precision", "detection_recall", "detection_f1", "strict_f1"}),
        ("comparator", ">=", {"comparator", "strict_f1"}),
        ("kind", "delta", {"kind", "strict_f1"}),
        ("status", "target", {"status", "strict_f1"}),
        ("indicator", "乡村医生", {"indicator", "strict_f1"}),
        ("place", "诸暨市", {"place"}),
        ("period", "2024年", {"period"}),
        ("part_of_fact_id", "f1", {"part_of_f1"}),
    ],
)
def test_a_wrong_field_lowers_its_measures_and_no_other(measure, facts, field, value, lowered):
    facts[3] = facts[3]._replace(**{field: value})
    assert {name for name, share in measure(facts).items() if share < 1} == lowered


def test_missed_fact_lowers_recall_only(measure, facts):
    measures = measure(facts[:3] + facts[4:])
    assert measures["detection_recall"] == 4 / 5
    assert measures["detection_precision"] == 1
    assert measures["strict_f1"] == measures["detection_f1"] == 8 / 9


def test_false_alarm_lowers_precision_only(measure, facts):
    measures = measure([*facts[:1], facts[0]._replace(fact_id="twice"), *facts[1:]])
    assert measures["detection_precision"] == 5 / 6
    assert measures["detection_recall"] == 1


def test_optional_rows_count_neither_way(measure, facts):
    assert measure(facts[:5]) == measure(facts)
    assert measure([*facts[:5], facts[5]._replace(value=Decimal("0.03"), unit="倍")]) == measure(facts)


def test_another_figure_beside_an_optional_row_is_a_false_alarm(measure, facts):
    assert measure([*facts, facts[5]._replace(fact_id="beside", value=Decimal(8))])["detection_precision"] == 5 / 6


def test_missing_part_lowers_part_of(measure, facts):
    facts[1] = facts[1]._replace(part_of_fact_id=None)
    assert measure(facts)["part_of_f1"] == 0


def test_part_of_another_whole_is_wrong(measure, facts):
    facts[1] = facts[1]._replace(part_of_fact_id="f4")
    assert measure(facts)["part_of_f1"] == 0


def test_equal_quantity_elsewhere_is_no_answer(measure, facts):
    facts[0] = facts[0]._replace(clean_start=60, clean_end=64)
    assert measure([facts[5], *facts[1:5]])["detection_recall"] == 4 / 5


@pytest.mark.parametrize(("rank", "scope"), [(1, "全省"), (2, "全国")])
def test_wrong_ranking_lowers_rankings(measure, facts, found_ranking, rank, scope):
    assert measure(facts, [found_ranking._replace(rank=rank, scope=scope)])["rankings_f1"] == 0


def test_rankings_are_measured_only_where_labelled(gold, texts, facts):
    measures = evaluate(texts, gold._replace(rankings=()), {"a.txt": Predicted(facts)}).measures
    assert "rankings_f1" not in measures


def test_nothing_found(gold, texts):
    evaluation = evaluate(texts, gold, {})
    assert evaluation.measures["detection_f1"] == evaluation.measures["strict_f1"] == 0
    assert [miss.problem for miss in evaluation.misses] == ["missed"] * 5


def test_misses_say_what_was_expected(gold, texts, facts):
    facts[0] = facts[0]._replace(status="target")
    assert evaluate(texts, gold, {"a.txt": Predicted(facts)}).misses == [
        Miss("a.txt", "status", "新建学校12所", "actual", "target")
    ]


def test_phenomena(gold, texts, facts):
    facts[4] = facts[4]._replace(indicator="乡村医生")
    phenomena = evaluate(texts, gold, {"a.txt": Predicted(facts)}).phenomena
    assert phenomena["change"] == (1, 1.0, 0.0)
    assert phenomena["baseline"] == (1, 1.0, 1.0)
    assert "range" not in phenomena


def test_document_without_text_is_an_error(gold):
    with pytest.raises(ValueError, match=r"no text for the gold documents a\.txt"):
        evaluate({}, gold, {})
