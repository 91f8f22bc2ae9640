"""Times that a review tells from its own year, and what it only expects of it, in a report that bears the year it plans."""

from datetime import date

import pytest

from pipeline.records import Document, Text
from pipeline.stages import Knowledge, extract_report, outline_report


@pytest.fixture(scope="module")
def days_of(tables):
    knowledge = Knowledge.from_tables(tables)

    def read(*lines):
        text = "\n".join(("政府工作报告", *lines)) + "\n"
        document = Document(
            **dict.fromkeys(Document._fields)
            | {
                "document_id": "0123456789abcdef",
                "title": "政府工作报告",
                "issuer": "保定市人民政府",
                "issuer_place": "保定市",
                "place_code": "130600",
                "doc_type": "summary+plan",
                "period_label": "2025",
                "period_start": date(2025, 1, 1),
                "period_end": date(2025, 12, 31),
            }
        )
        row = Text(document.document_id, text, text, [0], [0])
        facts = extract_report(document, row, *outline_report(row, knowledge), knowledge).facts
        return [(fact.status, fact.period_start.year, fact.period_end.year) for fact in facts]

    return read


def test_the_past_year_of_a_review_is_the_year_it_reviews(days_of):
    assert days_of(
        "一、2024年工作回顾", "一年来，新改建农村公路90公里。", "二、2025年工作安排", "新改建农村公路95公里。"
    ) == [
        ("actual", 2024, 2024),
        ("target", 2025, 2025),
    ]


def test_five_years_of_a_review_end_with_the_year_it_reviews(days_of):
    assert days_of("一、过去五年工作回顾", "五年来，新改建农村公路900公里。") == [("actual", 2020, 2024)]


def test_what_a_review_expects_is_of_its_year(days_of):
    found = days_of("一、2024年工作回顾", "预计地区生产总值增长6%。", "二、2025年工作安排", "地区生产总值增长7%左右。")
    assert found == [("target", 2024, 2024), ("target", 2025, 2025)]


def test_better_than_expected_is_no_aim(days_of):
    found = days_of("一、2024年工作回顾", "经济恢复好于预期，地区生产总值增长6%。")
    assert found == [("actual", 2024, 2024)]
