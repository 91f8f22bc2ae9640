"""Periods that titles, headings and heads of paragraphs name: all told by the one grammar of time."""

import pytest

from pipeline.language.periods import mentions, mentions_of_parts

PRINTED = {
    "二〇二四年上半年工作总结": ["2024H1"],
    "某县2024年全县前三季度工作小结": ["2024Q1-Q3"],
    "2024 年工作回顾": ["2024"],
    "2023年一至六月情况": ["2023H1"],
    "2021—23年工作": ["2021-2023"],
    "某市“十四五”卫生发展规划": ["2021-2025"],
    "“十三五”以来的花业": ["2016-2020"],
    "14.2025年实事": ["2025"],
    "2024年5月15日": ["2024"],
    "2023、2024年任务": ["2023-2024"],
    "第3页": [],
    "“十四五”末": [],
    "本世纪中叶": [],
}


@pytest.mark.parametrize("text", PRINTED)
def test_the_periods_that_are_printed(text):
    assert [mention.period.label for mention in mentions(text) if mention.period] == PRINTED[text]


def test_a_part_of_a_year_may_stand_alone():
    assert [(mention.year, mention.part) for mention in mentions("上半年花业工作")] == [(None, "H1")]


SPOKEN = {
    "过去五年花业回顾": [("past", 5)],
    "过去一年和五年": [("past", 1), ("past", 5)],
    "三十二年来": [("past", 32)],
    "近几年": [],
    "2019年到2023年五年间": [None],
    "这五年": [("past", 5)],
    "今后三年": [("ahead", 3)],
    "去年花业": [("year", -1)],
    "下半年": [None],
}


@pytest.mark.parametrize("text", SPOKEN)
def test_the_years_that_a_part_of_a_report_speaks_of(text):
    assert [mention.distance and tuple(mention.distance) for mention in mentions_of_parts(text)] == SPOKEN[text]


def test_a_time_that_goes_on_is_open():
    assert [mention.is_open for mention in mentions("2019年以来")] == [True]
