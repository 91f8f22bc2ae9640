"""Cases of rank statements, met in reports and made up, and what only looks like one."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numerals import to_chinese
from pipeline.offsets import identity
from pipeline.places import PlaceIndex
from pipeline.rankings import RankingKnowledge, extract_rankings, placed
from pipeline.records import Document, Fact, Ranking, Sentence

CASES = Path(__file__).resolve().parents[2] / "cases" / "rankings"


def cases(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def knowledge(tables):
    return RankingKnowledge.from_tables(tables)


def rankings_of(text, knowledge, facts=()):
    fields = dict.fromkeys(Document._fields) | {"document_id": "d", "period_start": date(2024, 1, 1)}
    sentences = [Sentence("d-n0", "d-s0", "d", 1, 0, len(text), text)]
    return extract_rankings(Document(**fields), text, identity(), [], sentences, facts, knowledge)


@pytest.mark.parametrize(
    ("text", "quote", "indicator", "subject"),
    [
        ("工业增加值增长6%，增速居全市第二位。", "工业增加值增长6%", "工业增加值", "工业增加值增速"),
        ("签约率达63%，居全省第一。", "签约率达63%", "家庭医生签约率", "家庭医生签约率"),
        ("13项指标中，3项居全省第一。", "13项指标中，3项", "主要指标", "主要指标"),
        ("管理率80%，65岁以上老人签约率居全省第二。", "管理率80%", "管理率", "65岁以上老人签约率"),
        ("接种12万人，村医学历居全省第三。", "接种12万人", "接种", "村医学历"),
    ],
)
def test_the_figure_before_names_what_is_ranked(text, quote, indicator, subject, knowledge):
    start = text.index(quote)
    fact = Fact(
        **dict.fromkeys(Fact._fields) | {"indicator": indicator, "clean_start": start, "clean_end": start + len(quote)}
    )
    assert [ranking.subject for ranking in rankings_of(text, knowledge, [fact])] == [subject]


@pytest.mark.parametrize("case", [*cases("in_the_wild"), *cases("synthetic")], ids=lambda case: case["text"])
def test_statements_are_found(case, knowledge):
    found = rankings_of(case["text"], knowledge)
    assert [[r.scope, r.rank, r.comparator, r.subject] for r in found] == case["expect"]


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["why"])
def test_what_only_looks_like_a_rank_is_none(case, knowledge):
    assert rankings_of(case["text"], knowledge) == []


@pytest.mark.parametrize("case", [*cases("in_the_wild"), *cases("synthetic")], ids=lambda case: case["text"])
def test_quotes_stand_in_the_text(case, knowledge):
    for ranking in rankings_of(case["text"], knowledge):
        assert case["text"][ranking.clean_start : ranking.clean_end] == ranking.quote
        assert (ranking.raw_start, ranking.raw_end) == (ranking.clean_start, ranking.clean_end)


@given(
    rank=st.integers(1, 300),
    scope=st.sampled_from(["全国", "全省", "全市"]),
    verb=st.sampled_from(["居", "位列", "排名"]),
)
def test_any_rank_is_read_in_both_numerals(rank, scope, verb, knowledge):
    for numeral in (str(rank), to_chinese(rank)):
        (found,) = rankings_of(f"综合得分{verb}{scope}第{numeral}位。", knowledge)
        assert (found.scope, found.rank, found.subject) == (scope, rank, "综合得分")


@given(text=st.text(alphabet="全国省市第一二前首唯位居列家个名，。、的 3最低", max_size=60))
def test_any_text_gives_rows_that_hold(text, knowledge):
    for ranking in rankings_of(text, knowledge):
        assert text[ranking.clean_start : ranking.clean_end] == ranking.quote
        assert ranking.rank >= 1


def test_the_work_grows_with_the_text_only(knowledge):
    text = "全国第一批" * 20_000 + "居" * 20_000 + "全省" * 20_000
    assert rankings_of(text, knowledge) == []


def test_a_rank_holds_for_the_place_its_subject_names(tables):
    places, words = PlaceIndex.from_tables(tables), RankingKnowledge.from_tables(tables)
    fields = dict.fromkeys(Ranking._fields) | {"place": "青岛市", "place_code": "370200", "scope": "全市"}
    document = Document(**dict.fromkeys(Document._fields) | {"issuer_place": "青岛市", "place_code": "370200"})
    codes = {"签约率": "T001"}
    rows = [Ranking(**fields | {"subject": subject}) for subject in ("城阳区签约率", "全市签约率", "满意度")]
    found = placed(rows, document, places, codes.get, words)
    assert [(row.place, row.place_code, row.indicator_code) for row in found] == [
        ("城阳区", "370214", "T001"),
        ("青岛市", "370200", "T001"),
        ("青岛市", "370200", None),
    ]
