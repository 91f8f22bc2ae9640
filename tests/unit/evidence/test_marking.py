"""Highlighted text: nothing of the text is lost, nothing of it becomes markup, and every mark covers its words."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from warehouse.evidence.marking import Mark, marked, originals, paragraphs, within

TEXTS = st.text(alphabet="建成12家<>&\"'\n ", min_size=1, max_size=40)


@st.composite
def marked_texts(draw):
    text = draw(TEXTS)
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    marks = [Mark(min(span), max(span), "fact", f"f{n}") for n, span in enumerate(spans) if span[0] != span[1]]
    return text, sorted(marks)


def words(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


def covered(html, name):
    return "".join(
        unescape(inner)
        for names, inner in re.findall(r'data-of="([^"]*)"[^>]*>([^<]*)<', html)
        if name in names.split()
    )


@given(marked_texts())
def test_marks_cover_their_words_and_no_text_is_lost(case):
    text, marks = case
    lines = paragraphs(text)
    html = [marked(text, line.start, line.end, own) for line, own in zip(lines, within(marks, lines), strict=True)]
    assert [words(one) for one in html] == [text[line.start : line.end] for line in lines]
    for mark in marks:
        inside = "".join(
            text[max(mark.start, line.start) : min(mark.end, line.end)]
            for line in lines
            if mark.start < line.end and line.start < mark.end
        )
        assert covered("".join(html), mark.name) == inside
        if inside and any(line.start <= mark.start < line.end for line in lines):
            assert "".join(html).count(f'id="q-{mark.name}"') == 1


@given(TEXTS)
def test_the_originals_of_the_lines_are_the_whole_original(text):
    lines = paragraphs(text)
    raw = "栏目" + text
    before, beside = originals(raw, lines, ([0, len(text)], [2, 2 + len(text)]))
    assert before + "".join(beside) == raw
