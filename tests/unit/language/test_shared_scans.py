"""What is found once in a text and sliced for its sentences is what each sentence alone has."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.patterns import any_of, longest_first
from pipeline.language.times import Times, find_times

CLAUSES = [
    "2024年底完工",
    "截至10月底，较2023年增长5%",
    "21年新增3所",
    "从改革前的35%提高",
    "“十四五”期间建成7座",
    "每年培训200人",
    "近三年来",
    "新建医院2家",
    "8月1日至8月31日开放",
    "达到2010年的1.6倍",
]


@pytest.mark.parametrize("before", ["", "1.", "（一）", "一、", "增长，"])
@given(clauses=st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4))
def test_times_of_a_sentence_are_those_of_the_text(before, clauses):
    pieces = [f"{clause}。" for clause in clauses]
    text = before + "".join(pieces)
    times, start = Times(text, 2022), len(before)
    for piece in pieces:
        assert times.within(start, start + len(piece)) == find_times(piece, 2022)
        start += len(piece)


@given(clauses=st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4))
def test_numbers_in_times_are_passed_over_and_no_others(knowledge, clauses):
    text = "；".join(clauses) + "。"
    exclusions, reader = knowledge.exclusions, knowledge.quantities
    spans = exclusions.spans(text)
    kept = [found for found in reader.find(text) if not spans.holds(found.start)]
    assert list(reader.find(text, spans.merged)) == kept


@given(
    st.lists(st.text("到达力争.(", min_size=1, max_size=3), min_size=1, unique=True), st.text("到达力争.(", max_size=8)
)
def test_words_parted_by_their_first_character_find_the_same(words, text):
    one_by_one = "|".join(map(re.escape, longest_first(words)))
    assert re.findall(any_of(words), text) == re.findall(one_by_one, text)
