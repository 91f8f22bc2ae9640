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


def test_an_average_over_the_years_is_of_all_of_them_in_a_sentence_about_the_last(days_of):
    found = days_of("一、过去五年工作回顾", "2024年苗木产值达到90亿元，比2019年增长65%，年均增长10.5%。")
    assert found == [("actual", 2024, 2024), ("actual", 2020, 2024), ("actual", 2020, 2024)]


def test_a_change_from_a_year_further_back_is_of_the_years_that_are_reviewed(days_of):
    found = days_of("一、过去五年工作回顾", "2024年同2019年相比，苗木产量增长42%。")
    assert found == [("actual", 2020, 2024)]
    assert days_of("一、过去五年工作回顾", "2024年苗木产量比上年增长3%。") == [("actual", 2024, 2024)]


def test_the_year_before_is_seen_from_the_part(days_of):
    found = days_of("一、2024年工作回顾", "苗木占比由上年的3.3%上升到4.1%，花卉占比由28%上升到32%。")
    assert found == [("baseline", 2023, 2023), ("actual", 2024, 2024)] * 2


def test_what_is_built_on_dates_no_growth(days_of):
    found = days_of("一、2025年工作安排", "苗木产值在去年核定数（5亿元）的基础上增长8%。")
    assert found[-1] == ("target", 2025, 2025)


def test_the_end_of_the_reviewed_year_is_no_aim(days_of):
    assert days_of("一、2024年工作回顾", "苗木存量年底达到15万株。") == [("actual", 2024, 2024)]
