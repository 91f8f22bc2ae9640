"""Place, status, period, parts and codes: what a figure's fields take from around it."""

from datetime import date

import pytest

from pipeline.facts import extract_facts
from pipeline.offsets import identity
from pipeline.records import Document, Section, Sentence


def fields(facts, *names):
    return [tuple(getattr(fact, name) for name in names) for fact in facts]


def test_status_follows_kind_of_report_and_cues(facts_of):
    assert fields(facts_of("新建体育公园6处。", doc_type="plan"), "status") == [("target",)]
    assert fields(facts_of("新建体育公园6处。"), "status") == [("actual",)]
    assert fields(facts_of("力争新建体育公园6处。"), "status") == [("target",)]
    assert fields(facts_of("目前已建成体育公园6处。", doc_type="plan"), "status") == [("actual",)]
    assert fields(facts_of("到2026年底体育公园达到6处。"), "status") == [("target",)]


@pytest.mark.parametrize(
    ("heading", "status"), [("下一步工作打算", "target"), ("主要工作完成情况", "actual"), ("2025年工作", "target")]
)
def test_status_follows_the_heading(heading, status, facts_of):
    assert fields(facts_of("新建体育公园6处。", doc_type="summary+plan", heading=heading), "status") == [(status,)]


def test_money_obtained_is_no_aim(facts_of):
    assert fields(facts_of("争取中央资金3亿元。"), "status") == [("actual",)]


def test_a_place_is_the_clause_s_own(facts_of):
    assert fields(facts_of("在城阳区新设急救站3个。"), "place", "place_code") == [("城阳区", "370214")]
    assert fields(facts_of("市北区、李沧区各建成书房1处。"), "place") == [("市北区、李沧区",)]
    assert fields(facts_of("青岛大学附属医院开展新技术30项。"), "place") == [("青岛市",)]


def test_another_place_s_figure_is_a_baseline(facts_of):
    assert fields(facts_of("我市有体育馆5座（深圳有12座）。"), "place", "status") == [
        ("青岛市", "actual"),
        ("深圳市", "baseline"),
    ]


def test_part_of_a_whole(facts_of):
    facts = facts_of("共有项目25个，其中产业类17个、合作类8个（5个已竣工、3个正在推进）。")
    ids = [fact.fact_id for fact in facts]
    assert [ids.index(fact.part_of_fact_id) if fact.part_of_fact_id else None for fact in facts] == [None, 0, 0, 2, 2]


def test_a_share_is_no_part(facts_of):
    facts = facts_of("签约居民30万人，其中重点人群签约率82%。")
    assert facts[1].part_of_fact_id is None


def test_a_part_is_not_greater_than_its_whole(facts_of):
    facts = facts_of("设置窗口5个，其中工作人员80名。")
    assert facts[1].part_of_fact_id is None


@pytest.mark.parametrize(
    ("text", "period", "start", "end"),
    [
        ("2022年引进医师40名。", "2022年", date(2022, 1, 1), date(2022, 12, 31)),
        ("上半年引进医师40名。", "上半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("每月接听电话40次。", "每月", date(2024, 1, 1), date(2024, 12, 31)),
        ("2020年以来引进医师40名。", "2020年以来", date(2020, 1, 1), date(2024, 12, 31)),
        ("新的一年，引进医师40名。", "新的一年", date(2025, 1, 1), date(2025, 12, 31)),
        ("由每月接听40次增至60次。", "每月", date(2024, 1, 1), date(2024, 12, 31)),
        ("引进医师40名，较2022年增长5%。", None, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_period_is_printed_and_resolved(text, period, start, end, facts_of):
    fact = facts_of(text)[-1]
    assert (fact.period, fact.period_start, fact.period_end) == (period, start, end)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("孕产妇死亡率为6.1/10万。", "H002"),
        ("每千人口注册护士数达到4.1人。", "R003"),
        ("每万人口注册护士数达到41人。", None),
        ("每千人口执业医师数达到3.1人。", None),
        ("老年人签约率达到80%。", "J002"),
        ("全市县域内就诊率达到90%。", "F001"),
        ("市域内就诊率达到90%。", None),
        ("婴儿死亡率较快下降至2‰。", "H003"),
        ("托位数达到3.1万个。", "T002"),
        ("新增托位2000个。", "T003"),
    ],
)
def test_codes_keep_scopes_apart(text, code, facts_of):
    assert fields(facts_of(text), "indicator_code") == [(code,)]


def test_generic_nouns_take_their_heading(facts_of):
    (fact,) = facts_of("出台18条措施。", heading="优化营商环境")
    assert fact.indicator == "优化营商环境措施"


def test_a_time_that_no_calendar_knows_has_no_days(facts_of):
    fact = facts_of("床位占比由改革前的18%提高到25%。")[0]
    assert (fact.period, fact.period_start, fact.period_end) == ("改革前", None, None)


def test_a_change_has_the_time_that_its_own_subject_has(facts_of):
    facts = facts_of("今年，地区生产总值增长6%，门诊量达到40万人次，同比增长5%。")
    assert [fact.period for fact in facts] == ["今年", "今年", None]


def test_a_marker_of_its_section_is_no_figure(knowledge, places):
    text = "3.引进医师40名。"
    section = Section("d-s0", "d", None, 0, 1, "3.", "", "", None, 0, len(text), len(text), 0, len(text), text)
    document = Document(**dict.fromkeys(Document._fields) | {"document_id": "d", "doc_type": "summary"})
    sentence = Sentence("d-t0", "d-s0", "d", 0, 0, len(text), text)
    [fact] = extract_facts(document, text, identity(), [section], [sentence], knowledge)
    assert (fact.indicator, fact.value, fact.quote) == ("引进医师", 40, "引进医师40名")
