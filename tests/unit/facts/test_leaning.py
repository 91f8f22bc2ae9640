"""A passage read with what it may lean on gives the facts that the whole report gives."""

from itertools import accumulate

import pytest

from assets.locations import PROJECT
from assets.stages.knowledge import knowledge
from pipeline.facts import to_read
from pipeline.records import Sentence
from pipeline.stages import clean_report, facts_of_report, offset_map, outline_report, read_report

REPORTS = ("county_2023.txt", "qingdao_wjw/2019h1_summary.txt", "宜昌市人民政府/2025_government_work_report.txt")


def sentences_of(*given):
    """Sentences one behind the other, of (section, words)."""
    ends = list(accumulate(len(words) for _, words in given))
    return [
        Sentence(f"t{number}", section, "d", number, end - len(words), end, words)
        for number, ((section, words), end) in enumerate(zip(given, ends, strict=True))
    ]


@pytest.mark.parametrize(
    ("passage", "read"),
    [
        ("苗圃", range(2, 4)),  # behind the first sentence of its section
        ("花坛", range(4, 7)),  # goes on behind a semicolon, of a section whose first sentence does so too
        ("绿道", range(7, 8)),  # opens its section, behind a full stop
        ("苗圃7个。一是", range(2, 5)),  # over the end of a section
    ],
)
def test_what_is_read_for_a_passage(passage, read):
    sentences = sentences_of(
        ("a", "建成花园3个。"),
        ("a", "改造5个。"),
        ("b", "全县有林场。"),
        ("b", "新建苗圃7个。"),
        ("c", "一是种花2亩；"),
        ("d", "二是种树3亩；"),
        ("d", "修花坛4座。"),
        ("e", "建绿道9公里。"),
    )
    text = "".join(sentence.text for sentence in sentences)
    start = text.index(passage)
    assert to_read(text, sentences, start, start + len(passage)) == read


def test_nothing_is_read_for_an_empty_passage():
    sentences = sentences_of(("a", "建成花园3个。"), ("b", "改造5个。"))
    assert not to_read("建成花园3个。改造5个。", sentences, 7, 7)


@pytest.mark.parametrize("path", REPORTS)
def test_sentences_read_alone_have_the_facts_of_the_whole_report(path):
    language = knowledge()
    data = (PROJECT / "seeds" / "reports" / path).read_bytes()
    report = clean_report(read_report("unfiled", path, data), None, language)
    outlined = (report.document, report.text, *outline_report(report.text, language), language)
    whole = facts_of_report(*outlined)
    offsets = offset_map(report.text)
    spans = [offsets.raw_span(sentence.clean_start, sentence.clean_end) for sentence in outlined[3]]
    alone = [fact for span in spans for fact in facts_of_report(*outlined, span)]
    assert len(whole) > 20
    assert [without_ids(fact) for fact in alone] == [without_ids(fact) for fact in whole]


def without_ids(fact):
    """A sentence that stands twice is numbered from the first on that was read."""
    return fact._replace(fact_id="", part_of_fact_id=fact.part_of_fact_id and "")
