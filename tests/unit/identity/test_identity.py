"""Ids follow from the words: what is put in before changes no other."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Document, Text
from pipeline.stages import Knowledge, extract_report, outline_report

SENTENCES = [
    "全市粮食产量达到12.4亿斤，比上年增长2%。",
    "城镇新增就业6.3万人，失业率控制在5%以内。",
    "新建公园12处，其中口袋公园9处。",
    "贯彻《保定市绿化条例》，绿化覆盖率居全省首位。",
    "年内完成老旧小区改造45个。",
    "财政收入增长5%，税收增长5%。",
    "要认真办好民生实事。",
]
INSERTED = [
    "招聘教师320名。",
    "新建公园12处，其中口袋公园8处。",
    "税收增长5%。",
    "继续推进《保定市绿化条例》落实，力争建成3个示范点。",
]


@pytest.fixture(scope="module")
def knowledge(tables):
    return Knowledge.from_tables(tables)


def said(sentences, knowledge):
    """(sentence, quote or text) -> ids of the statements of a report."""
    text = "工作总结\n" + "\n".join(sentences) + "\n"
    document = Document(
        **dict.fromkeys(Document._fields)
        | {
            "document_id": "0123456789abcdef",
            "issuer_place": "保定市",
            "place_code": "130600",
            "doc_type": "summary",
            "period_label": "2024",
            "period_start": date(2024, 1, 1),
            "period_end": date(2024, 12, 31),
        }
    )
    row = Text(document.document_id, text, text, [0], [0])
    sections, split = outline_report(row, knowledge)
    found = extract_report(document, row, sections, split, knowledge)
    statements = [
        *((fact.clean_start, fact.quote, fact.fact_id) for fact in found.facts),
        *((rank.clean_start, rank.quote, rank.ranking_id) for rank in found.rankings),
        *((task.clean_start, task.quote, task.commitment_id) for task in found.commitments),
        *((mention.clean_start, mention.text, mention.mention_id) for mention in found.mentions),
    ]
    assert {row.fact_id for row in found.fact_evidence} <= {fact.fact_id for fact in found.facts}
    return {
        statement_id: (next(s.text for s in split if s.clean_start <= start < s.clean_end), words)
        for start, words, statement_id in statements
    }


@settings(max_examples=20, deadline=None)
@given(
    st.permutations(SENTENCES),
    st.lists(st.sampled_from(INSERTED), min_size=1, max_size=2, unique=True),
    st.integers(0, 7),
)
def test_a_sentence_put_in_changes_no_other_id(knowledge, sentences, inserted, place):
    before = said(sentences, knowledge)
    after = said([*sentences[:place], *inserted, *sentences[place:]], knowledge)
    facts_of_old = {key: value for key, value in before.items() if value[0] not in inserted}
    assert len(facts_of_old) >= 10
    assert {key: after.get(key) for key in facts_of_old} == facts_of_old


def test_ids_are_unique_though_a_sentence_is_said_twice(knowledge):
    once = said(SENTENCES[:1], knowledge)
    twice = said([SENTENCES[0], SENTENCES[1], SENTENCES[0]], knowledge)
    assert set(once) < set(twice)
    assert sum(value[0] == SENTENCES[0] for value in twice.values()) == 2 * len(once)


def test_another_wording_of_the_sentence_is_another_id(knowledge):
    one = said(["新建公园12处。"], knowledge)
    other = said(["新建公园13处。"], knowledge)
    assert not set(one) & set(other)
