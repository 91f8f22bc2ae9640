"""Laws that hold for any text: the map is exact, cleaning is idempotent and deterministic, decoding never raises."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.cleaning import Cleaned, CleaningKnowledge, clean, replay
from pipeline.decoding import Decoded, Refusal, decode
from pipeline.offsets import Edit, apply_edits, identity, offsets_of_edits

# Pieces that the steps act on, so that arbitrary text is not only text that no step touches.
PIECES = [
    "衛",
    "(wèi)",
    "（",
    "）",
    "(",
    ")",
    "\n",
    "\r\n",
    "\r",
    "\u3000",
    " ",
    "\u00a0",
    "\u200b",
    "１",
    "％",
    "．",
    "[bookmark: _GoBack]",
    "&nbsp;",
    "&amp;",
    "lt;",
    "<p>",
    "</p>",
    "标题：",
    "索引号",
    "发布日期：2024-01-18",
    "打印",
    "|",
    "上一篇：",
    "相关阅读",
    "版权所有",
    "一、",
    "（二）",
    "全年增长5%。",
    "，",
    "、",
    "扫一扫",
    "亚博体育",
    "官网",
    "澳门新葡京",
    "国产精品",
    "著",
    "乾",
    "著眼",
    "— 3 —",
    "平山县工作总结",
    "全年完成投资三亿元，新建道路二十公里",
    "首页 > 公开 > 总结",
    "⼯",
    "�",
    "\x07",
    "大",
    "中",
    "_Toc1",
    'HYPERLINK "a"',
    "來源：",
    "責任編輯",
    "（来源：县局）",
    "xx",
    "*",
    "市",
    "二是",
    "三是",
    "<",
    ">",
    "&",
    ";",
    "\f",
]
texts = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=40).map("".join)
)


@pytest.fixture(scope="module")
def knowledge(tables):
    return CleaningKnowledge.from_tables(tables)


@settings(max_examples=400, deadline=None)
@given(raw=texts)
@example(raw="&amp;amp;amp;lt;p>")
def test_cleaning_is_exact_idempotent_and_deterministic(raw, knowledge):
    cleaned = clean(raw, knowledge)
    assert cleaned == clean(raw, knowledge)
    if isinstance(cleaned, Refusal):
        return
    clean_text, offsets = cleaned.clean_text, cleaned.offset_map
    assert replay(raw, cleaned.steps) == clean_text
    assert all(raw[step.raw_start : step.raw_end] == step.removed for step in cleaned.steps)
    places = [offsets.raw_index(i) for i in range(len(clean_text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(raw) for place in places)
    assert [offsets.clean_index(place) for place in places] == list(range(len(clean_text)))
    assert 0 <= cleaned.noise_share <= 1
    again = clean(clean_text, knowledge)
    assert isinstance(again, Cleaned)
    assert again.clean_text == clean_text


@st.composite
def edited_texts(draw):
    """A text, and two rounds of edits one after the other."""
    text = draw(st.text(alphabet="abcdef", max_size=30))
    rounds, current = [], text
    for _ in range(2):
        cuts = sorted(draw(st.sets(st.integers(0, len(current)), max_size=8)))
        spans = list(zip(cuts[::2], cuts[1::2], strict=False))
        edits = [Edit(start, end, draw(st.text(alphabet="XYZ", max_size=4))) for start, end in spans]
        rounds.append(edits)
        current = apply_edits(current, edits)
    return text, rounds


@settings(max_examples=400, deadline=None)
@given(edited_texts())
def test_the_map_of_any_edits_is_exact(case):
    raw, rounds = case
    text, offsets = raw, identity()
    for edits in rounds:
        text, offsets = apply_edits(text, edits), offsets_of_edits(edits).after(offsets)
    assert offsets.clean_offsets == sorted(set(offsets.clean_offsets))
    assert offsets.raw_offsets == sorted(offsets.raw_offsets)
    assert offsets.clean_offsets[0] == 0
    assert offsets.raw_index(len(text)) <= len(raw) or not raw
    for i, character in enumerate(text):
        place = offsets.raw_index(i)
        assert 0 <= place < len(raw)
        if character.islower():
            assert raw[place] == character
            assert offsets.clean_index(place) <= i
        for end in range(i + 1, len(text) + 1):
            start, stop = offsets.raw_span(i, end)
            assert 0 <= start < stop <= len(raw)
            first, last = offsets.clean_span(start, stop)
            assert first <= i
            assert last <= len(text)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.binary(),
        texts.flatmap(
            lambda text: st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]).map(
                lambda e: text.encode(e, "ignore")
            )
        ),
    )
)
def test_any_bytes_are_decoded_or_refused(data):
    result = decode(data)
    assert isinstance(result, Decoded | Refusal)
    if isinstance(result, Decoded):
        assert result.text.strip()
        result.text.encode("utf-8")
