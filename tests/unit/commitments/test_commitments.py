"""Tasks of plans and of the planning sections of reviews, and what is none."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commitments import CommitmentKnowledge, extract_commitments
from pipeline.offsets import identity
from pipeline.records import Document, Fact
from pipeline.sections import OutlineKnowledge, outline

CASES = Path(__file__).resolve().parents[2] / "cases" / "commitments"


def cases(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def knowledge(tables):
    return CommitmentKnowledge.from_tables(tables), OutlineKnowledge.from_tables(tables)


def read(text, knowledge, doc_type="plan", start=date(2024, 1, 1), end=date(2024, 12, 31), facts=()):
    fields = dict.fromkeys(Document._fields)
    fields |= {"document_id": "d", "doc_type": doc_type, "period_start": start, "period_end": end}
    fields |= {"period_label": str(start.year) if start else None}
    tree = outline("d", text, identity(), knowledge[1])
    return extract_commitments(Document(**fields), text, identity(), tree.sections, tree.sentences, facts, knowledge[0])


def fact(text, quote, status="target"):
    fields = dict.fromkeys(Fact._fields)
    start = text.index(quote)
    fields |= {"fact_id": f"d-f{start}", "status": status, "quote": quote, "clean_start": start}
    fields |= {"clean_end": start + len(quote), "indicator": "某指标", "value": Decimal(1)}
    return Fact(**fields)


@pytest.mark.parametrize("case", cases("plan"), ids=lambda case: case["text"])
def test_tasks_of_a_plan(case, knowledge):
    found, _ = read(case["text"], knowledge)
    assert [(c.verb, c.object) for c in found] == [(e["verb"], e["object"]) for e in case["expect"]]
    for commitment, expected in zip(found, case["expect"], strict=True):
        row = commitment._asdict() | {"unit": commitment.responsible_unit}
        row["deadline_on"] = row["deadline_on"] and row["deadline_on"].isoformat()
        assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["why"])
def test_what_is_no_task(case, knowledge):
    assert read(case["text"], knowledge, case["doc_type"])[0] == []


@pytest.mark.parametrize("case", cases("plan"), ids=lambda case: case["text"])
def test_quotes_stand_in_the_text(case, knowledge):
    for commitment in read(case["text"], knowledge)[0]:
        assert case["text"][commitment.clean_start : commitment.clean_end] == commitment.quote


def test_only_the_planning_section_of_a_review_has_tasks(knowledge):
    text = (
        "一、主要工作\n建成急救站12个。\n二、下一步打算\n（一）加快项目建设\n确保新院区明年底前开诊，新增床位500张。\n"
    )
    found, _ = read(text, knowledge, "summary+plan")
    assert [(c.verb, c.object) for c in found] == [("开诊", "新院区"), ("新增", "床位500张")]
    assert found[0].deadline_on == date(2025, 12, 31)


def test_a_turn_of_phrase_opens_the_plan_of_a_review(knowledge):
    text = "全年建成急救站12个。下一步，我们将新建急救站20个。强化人员培训。"
    assert [c.verb for c in read(text, knowledge, "summary")[0]] == ["新建", "强化"]
    text = "全年建成急救站12个。2025年，我们将新建急救站20个。"
    assert [c.verb for c in read(text, knowledge, "summary")[0]] == ["新建"]
    assert read(text.replace("2025", "2023"), knowledge, "summary")[0] == []


def test_problems_before_the_turn_are_no_tasks(knowledge):
    text = "一、存在问题和下步打算\n推进力度有待加强，落实措施不够。下步，我们将着力抓好以下工作：一是加快项目建设；二是新建急救站20个。\n"
    found, _ = read(text, knowledge, "summary+plan")
    assert [(c.verb, c.object) for c in found] == [("加快", "项目建设"), ("新建", "急救站20个")]


def test_a_task_may_name_a_problem(knowledge):
    text = "（一）着力解决群众看病难问题。\n新建急救站20个。\n"
    assert "新建" in [c.verb for c in read(text, knowledge)[0]]


def test_a_quotation_that_begins_early_is_linked_by_its_end(knowledge):
    text = "一是新建急救站20个。"
    _, links = read(text, knowledge, facts=[fact(text, "是新建急救站20个")])
    assert len(links) == 1


def test_a_deadline_still_to_come_makes_a_task_of_a_half_year_review(knowledge):
    text = "改造村卫生室300家。769家村卫生室的改造提升年底前完成。"
    (found,), _ = read(text, knowledge, "summary", end=date(2024, 6, 30))
    assert (found.object, found.deadline_on) == ("769家村卫生室的改造提升", date(2024, 12, 31))


@pytest.mark.parametrize(
    ("doc_type", "start", "end", "heading", "expected"),
    [
        ("plan", date(2024, 1, 1), date(2024, 12, 31), "主要任务", date(2024, 12, 31)),
        ("summary+plan", date(2023, 1, 1), date(2023, 12, 31), "下一步打算", date(2024, 12, 31)),
        ("summary+plan", date(2024, 1, 1), date(2024, 6, 30), "下一步打算", date(2024, 12, 31)),
        ("summary+plan", date(2023, 1, 1), date(2023, 12, 31), "2025年工作安排", date(2025, 12, 31)),
        ("plan", date(2021, 1, 1), date(2025, 12, 31), "主要任务", None),
        ("plan", None, None, "主要任务", None),
    ],
)
def test_the_year_of_a_deadline_comes_from_heading_or_period(doc_type, start, end, heading, expected, knowledge):
    (found,), _ = read(f"一、{heading}\n年底前完成改造工程。", knowledge, doc_type, start, end)
    assert found.deadline_on == expected


def test_a_unit_in_a_heading_speaks_for_the_tasks_below(knowledge):
    text = "（一）加强急救（责任单位：急救中心）\n新建急救站12个。\n（二）加强质控\n完善质控体系。\n"
    found, _ = read(text, knowledge)
    assert [(c.verb, c.responsible_unit) for c in found if c.verb in ("新建", "完善")] == [
        ("新建", "急救中心"),
        ("完善", None),
    ]


def test_a_unit_speaks_only_for_what_stands_before_it(knowledge):
    text = (
        "（一）新建急救站12个。（责任单位：急救中心）\n（二）新增床位800张。（责任单位：财务科）\n（三）引进博士5名。\n"
    )
    assert [c.responsible_unit for c in read(text, knowledge)[0]] == ["急救中心", "财务科", None]


def test_a_table_row_has_its_deadline_in_the_next_cell(knowledge):
    (found,), _ = read("1　新建急救站12个　9月底前　应急办", knowledge)
    assert (found.object, found.deadline_on) == ("急救站12个", date(2024, 9, 30))


def test_targets_are_linked_to_the_task_that_holds_them(knowledge):
    text = "新增托位2000个，其中普惠托位1200个；去年新增托位900个；改造村卫生室50家。"
    facts = [fact(text, "2000个"), fact(text, "1200个"), fact(text, "900个", "baseline"), fact(text, "50家")]
    found, links = read(text, knowledge, facts=facts)
    by_id = {c.commitment_id: c.quote for c in found}
    assert [(by_id[link.commitment_id], link.fact_id) for link in links] == [
        ("新增托位2000个，其中普惠托位1200个", facts[0].fact_id),
        ("新增托位2000个，其中普惠托位1200个", facts[1].fact_id),
        ("改造村卫生室50家", facts[3].fact_id),
    ]


def test_a_target_without_a_verb_is_a_task_to_reach_it(knowledge):
    text = "县级疾控中心规范率100%。"
    (found,), links = read(text, knowledge, facts=[fact(text, "100%")])
    assert (found.verb, found.object, found.rule, len(links)) == ("达到", "某指标", "value", 1)


@given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_printed_day_is_read(day, knowledge):
    (found,), _ = read(f"{day.year}年{day.month}月{day.day}日前完成改造工程。", knowledge)
    assert found.deadline_on == day
    (found,), _ = read(f"{day.year}年{day.month}月底前完成改造工程。", knowledge)
    assert found.deadline_on is not None
    assert (found.deadline_on + timedelta(days=1)).day == 1


@given(text=st.text(alphabet="确保推进力争年底前12月，。、；：（）“”新增个已一是\n　达到%责任单位", max_size=80))
def test_any_text_gives_rows_that_hold(text, knowledge):
    found, _ = read(text, knowledge)
    assert len({c.commitment_id for c in found}) == len(found)
    for commitment in found:
        assert text[commitment.clean_start : commitment.clean_end] == commitment.quote
        assert commitment.verb
        assert commitment.object
        assert commitment.hardness in ("must", "strive", "explore", "plain")


def test_an_impossible_date_is_no_deadline_with_a_day(knowledge):
    (found,), _ = read("2月31日前完成改造工程。", knowledge)
    assert found.deadline_on == date(2024, 2, 29)


@pytest.mark.parametrize("unit", ["均", "将", "年底前", "推进，", "由某局", "“", "（责任单位：", "20"])
def test_the_work_grows_with_the_text_only(unit, knowledge):
    text = "推进" + unit * 30_000 + "达到5个"
    found, _ = read(text, knowledge)
    assert all(text[c.clean_start : c.clean_end] == c.quote for c in found)


def test_an_annex_of_projects_makes_one_task_an_item(knowledge):
    text = (
        "一、2024年工作安排\n新建学校3所，改造厕所20座。\n附件\n2024年民生实事\n一、实施安居工程\n年度目标：改造老旧小区30个，新增停车位900个。\n"
        "牵头单位：市住建局；责任单位：市城管局\n二、9月底前新增托位500个。\n责任单位：市卫健委\n"
    )
    facts = [fact(text, quote) for quote in ("30个", "900个", "500个")]
    found, links = read(text, knowledge, "summary+plan", date(2023, 1, 1), date(2023, 12, 31), facts)
    annex = [c for c in found if c.clean_start > text.index("附件")]
    assert [(c.verb, c.object, c.responsible_unit) for c in annex] == [
        ("实施", "安居工程", "市住建局、市城管局"),
        ("新增", "托位500个", "市卫健委"),
    ]
    assert annex[1].deadline_on == date(2024, 9, 30)
    assert [link.commitment_id for link in links] == [annex[0].commitment_id] * 2 + [annex[1].commitment_id]
    assert [c.verb for c in found if c.clean_start < text.index("附件")] == ["新建", "改造"]


def test_what_a_review_or_glossary_says_is_no_task(knowledge):
    text = (
        "一、2023年工作回顾\n建成学校3所，实施改造工程20个。\n二、2024年工作安排\n过去一年，实施改造工程8个。\n新建医院2家。\n"
        "附件 名词解释\n“双百工程”：建设百个村庄、整治百条河流。\n"
    )
    found, _ = read(text, knowledge, "summary+plan", date(2023, 1, 1), date(2023, 12, 31))
    assert [(c.verb, c.object) for c in found] == [("新建", "医院2家")]
