"""A quote never spans digits that cleaning removed."""

import html
import re

import pytest

from assets.stages.knowledge import knowledge
from pipeline.stages import clean_report, extract_report, outline_report, read_report

REMOVED = ("[bookmark: _Toc12345678]", "[bookmark: OLE_LINK1]", "&#160;")
REPORT = """某县卫生健康局2023年工作总结

2023年，全县卫生健康系统扎实推进各项工作。
一、基层服务。全县65岁以上老年人{}家庭医生签约率达到59.61%，建成{}家庭医生团队128个，服务群众{}3.2万人次。
二、医疗质量。落实《2023年{}工作方案》，全年{}抽查医疗机构230家，发现{}问题41个，均已整改。
"""


def digits(text):
    return re.sub(r"\D", "", html.unescape(text))


@pytest.mark.parametrize("removed", REMOVED)
def test_digits_of_the_raw_span_are_those_of_the_quote(removed):
    raw = read_report("a", "a/1.txt", REPORT.replace("{}", removed).encode())
    report = clean_report(raw, None, knowledge())
    assert "_Toc" not in report.text.clean_text
    outline = outline_report(report.text, knowledge())
    extraction = extract_report(report.document, report.text, *outline, knowledge())
    assert {128, 32000, 230, 41} <= {int(fact.value) for fact in extraction.facts}
    for row in (*extraction.facts, *extraction.commitments, *extraction.rankings):
        assert report.text.clean_text[row.clean_start : row.clean_end] == row.quote
        assert digits(report.text.raw_text[row.raw_start : row.raw_end]) == digits(row.quote)
    for mention in extraction.mentions:
        assert digits(report.text.raw_text[mention.raw_start : mention.raw_end]) == digits(mention.text)


def test_a_quote_that_ends_with_an_entity_shows_the_whole_of_it():
    text = REPORT.replace("{}", "").replace("团队128个", "团队&#49;&#50;&#56;个").replace("59.61%", "59.6&#49;&#37;")
    raw = read_report("a", "a/1.txt", text.encode())
    report = clean_report(raw, None, knowledge())
    facts = extract_report(report.document, report.text, *outline_report(report.text, knowledge()), knowledge()).facts
    shown = {str(fact.value): html.unescape(report.text.raw_text[fact.raw_start : fact.raw_end]) for fact in facts}
    assert shown["59.61"].endswith("59.61%")
    assert shown["128"].endswith("128个")
