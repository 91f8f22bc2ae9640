"""The part in which a sentence stands, by cases: kind, status and years."""

import json
from pathlib import Path

import pytest

from pipeline.facts.periods import dates_of
from pipeline.language.periods import parse_label
from pipeline.offsets import identity
from pipeline.records import Document
from pipeline.report_parts import PartCues, report_parts
from pipeline.sections import OutlineKnowledge, outline

CASES = Path(__file__).resolve().parents[2] / "cases" / "report_parts"


def cases(*names):
    files = {name: json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")) for name in names}
    return [pytest.param(case, id=f"{name}: {case['name']}") for name, rows in files.items() for case in rows]


@pytest.fixture(scope="module")
def knowledge(tables):
    return OutlineKnowledge.from_tables(tables), PartCues.from_tables(tables)


def read(case, knowledge):
    text = "\n".join(case["text"])
    period = parse_label(case["period"])
    fields = dict.fromkeys(Document._fields) | {
        "document_id": "d",
        "title": case["title"],
        "doc_type": case["doc_type"],
    }
    fields |= {"period_label": case["period"], "period_start": period.start, "period_end": period.end}
    tree = outline("d", text, identity(), knowledge[0])
    document = Document(**fields)
    return document, text, report_parts(document, text, tree.sections, tree.sentences, knowledge[1])


@pytest.mark.parametrize("case", cases("congress", "others", "labels"))
def test_each_sentence_stands_in_the_part_that_a_reader_finds(case, knowledge):
    _, _, parts = read(case, knowledge)
    found = [[part.kind, part.status, part.first.year, part.last.year] for part in parts.of_sentences]
    assert found == case["parts"]


@pytest.mark.parametrize("case", cases("congress", "others", "labels"))
def test_the_words_that_tell_stand_in_the_text(case, knowledge):
    _, text, parts = read(case, knowledge)
    for part in parts.of_sentences:
        assert (text[part.start : part.end].strip() == "") == (part.kind == "report")


def test_what_is_done_in_a_plan_lies_behind_and_an_aim_in_a_review_is_of_its_time(knowledge):
    case = json.loads((CASES / "congress.json").read_text(encoding="utf-8"))[0]
    _, _, parts = read(case, knowledge)
    review, plan = parts.of_sentences[1], parts.of_sentences[3]
    statuses = ("actual", "target", "baseline")
    assert [parts.days(review, status)[1].year for status in statuses] == [2023, 2024, 2023]
    assert [parts.days(review, status, expected=True)[1].year for status in statuses] == [2023, 2023, 2023]
    assert [parts.days(plan, status)[1].year for status in statuses] == [2023, 2024, 2024]


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("过去五年", 2019, 2023),
        ("今年", 2024, 2024),
        ("新的一年", 2024, 2024),
        ("去年", 2023, 2023),
        ("明年", 2024, 2024),
        ("全年", 2023, 2023),
        ("2021年以来", 2021, 2023),
        (None, 2023, 2023),
    ],
)
def test_times_in_the_review_of_a_congress_report(printed, first, last, knowledge):
    case = json.loads((CASES / "congress.json").read_text(encoding="utf-8"))[0]
    document, _, parts = read(case, knowledge)
    days = dates_of(document, printed, parts, parts.days(parts.of_sentences[1], "actual"))
    assert [day.year for day in days] == [first, last]
