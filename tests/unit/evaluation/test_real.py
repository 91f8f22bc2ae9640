"""Labels by offset: read, matched within their passage, judged by their days, and in order where the reports are here."""

import json
from datetime import date
from decimal import Decimal
from hashlib import sha256

import pytest

from pipeline.evaluation import (
    Predicted,
    evaluate,
    gate,
    gold_problems,
    parse_floors,
    parse_passages,
    present,
    real_gold,
    within,
)
from tests.unit.evaluation.conftest import GOLD

LEAD = "某县政府工作报告\n"
PARAGRAPH = "去年年末床位3000张，其中养老床位500张。"
FILE = (LEAD + PARAGRAPH + "\n今年新建学校12所。").encode()
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def passage_row(**changes):
    return {
        "passage": "d01",
        "half": "dev",
        "kind": "opening",
        "document": "某县/2025.txt",
        "offset": len(LEAD),
        "length": len(PARAGRAPH),
        "sha256": sha256(FILE).hexdigest(),
    } | changes


def label(n, quote, value, indicator, **changes):
    start = FILE.decode().index(quote)
    row = {"passage": "d01", "n": n, "start": start, "end": start + len(quote), "value": value, "value_max": None}
    row |= {"unit": "张", "comparator": "=", "indicator": indicator, "kind": "level", "status": "actual"}
    row |= {"place": "某县", "period": "去年年末", "period_start": "2024-12-31", "period_end": "2024-12-31"}
    return json.dumps(row | {"part_of": None, "optional": False} | changes, ensure_ascii=False)


LABELS = "\n".join([label(1, "3000张", 3000, "床位"), label(2, "500张", 500, "养老床位", part_of=1)])


@pytest.fixture
def passages():
    return parse_passages(json.dumps(passage_row()))


@pytest.fixture
def real(passages):
    return real_gold(passages, LABELS, {"某县/2025.txt": FILE.decode()})


@pytest.fixture
def found(real, answer, passages):
    """What would answer the labels: facts with the offsets of the whole file."""

    def fact(labelled, **changes):
        start, end = (len(LEAD) + index for index in labelled.span)
        fields = labelled._asdict()
        blank = answer(labelled._replace(quote="全市"))
        return blank._replace(
            place=fields["place"],
            period=fields["period"],
            raw_start=start,
            raw_end=end,
            quote=labelled.quote,
            period_start=YEAR[1],
            period_end=YEAR[1],
            **changes,
        )

    return [fact(labelled) for labelled in real[0].facts]


def measures(real, passages, facts):
    gold, texts = real
    return evaluate(texts, gold, {"d01": Predicted(within(passages[0], facts))}).measures


def test_a_label_has_its_quote_and_days_from_its_offsets(real):
    gold, texts = real
    assert texts == {"d01": PARAGRAPH}
    assert [(fact.quote, fact.value, fact.part_of) for fact in gold.facts] == [
        ("3000张", Decimal(3000), None),
        ("500张", Decimal(500), 1),
    ]
    assert gold.facts[0].days == (date(2024, 12, 31), date(2024, 12, 31))
    assert gold_problems(gold, texts) == []


def test_a_label_that_has_slipped_is_noticed(passages):
    moved = json.loads(label(1, "3000张", 3000, "床位"))
    moved |= {"start": moved["start"] + 1}
    gold, texts = real_gold(passages, json.dumps(moved), {"某县/2025.txt": FILE.decode()})
    assert any("does not hold the value 3000" in problem for problem in gold_problems(gold, texts))


def test_only_the_bytes_that_were_labelled_are_measured(passages):
    assert present(passages, {"某县/2025.txt": FILE}) == list(passages)
    assert present(passages, {"某县/2025.txt": FILE + b"\n"}) == []
    assert present(passages, {}) == []


def test_all_right_is_one(real, passages, found):
    assert set(measures(real, passages, found).values()) == {1.0}


def test_what_stands_outside_the_passage_is_not_judged(real, passages, found):
    outside = found[0]._replace(fact_id="later", raw_start=len(FILE.decode()) - 4, raw_end=len(FILE.decode()))
    part = found[1]._replace(part_of_fact_id="later")
    assert measures(real, passages, [found[0], found[1], outside])["detection_precision"] == 1.0
    assert measures(real, passages, [found[0], part, outside])["part_of_f1"] == 0.0


@pytest.mark.parametrize(
    ("change", "lowered"),
    [
        ({"period_end": date(2023, 12, 31)}, {"period_days", "full_f1"}),
        ({"period_start": None, "period_end": None}, {"period_days", "full_f1"}),
        ({"place": "某市"}, {"place", "full_f1"}),
        ({"part_of_fact_id": "f2"}, {"part_of_f1", "full_f1"}),
        ({"kind": "delta"}, {"kind", "strict_f1", "full_f1"}),
    ],
)
def test_full_is_strict_with_place_days_and_parts(real, passages, found, change, lowered):
    found[0] = found[0]._replace(**change)
    assert {name for name, share in measures(real, passages, found).items() if share < 1} == lowered


@pytest.mark.parametrize(
    ("start", "right"), [(date(2024, 1, 1), True), (date(2024, 12, 1), True), (date(2020, 1, 1), False)]
)
def test_a_state_on_a_day_is_one_at_the_end_of_a_part_of_its_year(real, passages, found, start, right):
    found[0] = found[0]._replace(period_start=start)
    assert (measures(real, passages, found)["period_days"] == 1.0) is right


def test_the_gate_skips_only_splits_that_may_be_absent():
    text = "corpus_sha256: x\nfloors: {real_dev: {strict_f1: 0.8}}\nlog: []"
    assert gate(parse_floors(text), {}, {"real_dev"}) == []
    assert gate(parse_floors(text), {"real_dev": {"strict_f1": 0.7}}, {"real_dev"}) == [
        ("real_dev", "strict_f1", 0.8, 0.7)
    ]
    assert gate(parse_floors(text), {}) == [("real_dev", "strict_f1", 0.8, None)]


def test_no_document_is_in_both_halves_and_no_text_is_stored():
    passages = parse_passages((GOLD / "real" / "passages.jsonl").read_text("utf-8"))
    halves = {
        document: {p.half for p in passages if p.document == document} for document in {p.document for p in passages}
    }
    assert all(len(half) == 1 for half in halves.values())
    for file in (GOLD / "real").glob("*.jsonl"):
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert all(
            len(value) <= 40
            for row in rows
            for name, value in row.items()
            if isinstance(value, str) and name != "sha256"
        )


@pytest.mark.parametrize("half", ["dev", "held_out"])
def test_labels_are_in_order(shared, half):
    labels = GOLD / "real" / f"{half}.jsonl"
    passages = [p for p in parse_passages((GOLD / "real" / "passages.jsonl").read_text("utf-8")) if p.half == half]
    files = {p.document: (shared / "corpus" / p.document).read_bytes() for p in passages}
    assert present(passages, files) == passages
    gold, texts = real_gold(passages, labels.read_text("utf-8"), {name: file.decode() for name, file in files.items()})
    assert {fact.doc for fact in gold.facts} == texts.keys()
    assert gold_problems(gold, texts) == []
