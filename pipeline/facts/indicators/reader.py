"""Reads the indicators of a sentence: each figure by the first rule that holds for it."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.claims import Rule
from pipeline.facts.indicators.counted import AMOUNT_OF_NOUN, PACE, read_counted_noun
from pipeline.facts.indicators.inheritance import LIKE_PREVIOUS
from pipeline.facts.indicators.measured import behind_reference, read_reference, size_of_aim
from pipeline.facts.indicators.reading import Named, Reading, subject_start
from pipeline.facts.indicators.steps import read_step
from pipeline.facts.indicators.subjects import read_subject
from pipeline.facts.phrases import PADDING
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.lists import GENERAL_CLASSIFIER, HOUSEHOLD, LIST_MARK, SUMMED

# The number of a footnote: 幼儿园〔26〕.
FOOTNOTE = re.compile(r"[〔\[［]\d{1,3}[〕\]］]")
MEMBERS = (HOUSEHOLD, "people")
OPENING, CLOSING = "“（(《", "”）)》"
BESIDE_COUNT = Rule(
    "count_beside_count",
    "indicator",
    "A count right behind another is of the same things.",
    "在册花农322户677人。",
    "在册花农",
)
BEHIND_MEASURED = Rule(
    "count_of_measured",
    "indicator",
    "A count right behind a noun whose amount was told counts that noun.",
    "引进总投资6亿元的光伏项目4个。",
    "光伏项目",
)


def _beside_count(reading: Reading, figure: Candidate) -> Named | None:
    """Two counts of the same things, one right behind the other: 在册花农322户677人, 10大类55项民生实事; None for any other figure."""
    previous, following, quantity = figure.previous, figure.following, figure.quantity
    if quantity.unit_class not in COUNTED or figure.leads_noun:
        return None
    if (
        following is not None
        and following.leads_noun
        and quantity.end == following.quantity.lead
        and quantity.unit[-1] in reading.wording.units_of_kinds
        and following.quantity.unit_class in COUNTED
    ):
        counted = replace(figure, noun_start=following.noun_start, noun_end=following.noun_end)
        return read_counted_noun(reading, counted, subject_start(reading, figure))
    if (
        following is not None
        and following.leads_noun
        and quantity.end == following.quantity.lead
        and quantity.unit != following.quantity.unit
        and (following.quantity.unit_class == "length" or (quantity.unit, following.quantity.unit_class) == MEMBERS)
    ):
        # 修复12条80公里公路, 完成120户360人脱贫任务
        counted = replace(figure, noun_start=following.noun_start, noun_end=following.noun_end)
        return read_counted_noun(reading, counted, subject_start(reading, figure))
    if (
        previous is not None
        and previous.form == AMOUNT_OF_NOUN.name
        and previous.leads_noun
        and not reading.text[previous.noun_end : quantity.lead].strip(PADDING)
    ):
        # 引进总投资6亿元的项目4个
        words = (previous.noun_start, previous.noun_end)
        return Named(reading.text[slice(*words)], words, BEHIND_MEASURED, "inherited_subject")
    if (
        previous is not None
        and not previous.leads_noun
        and previous.indicator
        and previous.quantity.unit_class in COUNTED
        and previous.quantity.unit != quantity.unit
        and (previous.quantity.end == quantity.lead or _counts_members(reading, previous, figure))
    ):
        words = previous.words_of("indicator", figure.base)
        named = Named(previous.indicator, words, BESIDE_COUNT, "inherited_subject", previous.said)
        return named.also(LIKE_PREVIOUS.of(figure.number, previous.kind, previous.words_of("kind", figure.base)))
    return None


def _counts_members(reading: Reading, households: Candidate, persons: Candidate) -> bool:
    """在册花农322户、677人: the households and, behind a mark, the persons in them."""
    between = reading.text[households.quantity.tail : persons.quantity.lead]
    units = households.quantity.unit, persons.quantity.unit
    return between == LIST_MARK and units[0] == HOUSEHOLD and persons.quantity.unit_class == "people"


def _grows(reading: Reading, figure: Candidate) -> bool:
    """保持12%的高增速: whether the noun behind the share only names a change, whose subject stands before."""
    start, line = figure.quantity.tail, reading.line
    if figure.quantity.unit_class != "share" or not reading.text.startswith(ATTRIBUTIVE, start):
        return False
    grows = reading.wording.growing.match(reading.text, start + len(ATTRIBUTIVE), figure.high)
    begin = line.trim_left(*figure.own)
    before = line.trim_right(begin, figure.quantity.lead)
    kept = line.ends.get(before.end)
    end = kept.start if kept is not None and kept.text in reading.wording.keeping else before.end
    has_subject = begin < end or bool(reading.done)
    is_kept = before.is_reached or end < before.end
    return grows is not None and grows.end() == figure.high and is_kept and has_subject


def _balanced(text: str) -> str:
    """`text` without a mark at its edge whose other half stands elsewhere: “2家实验室、8个中心”."""
    if text[0] in OPENING and CLOSING[OPENING.index(text[0])] not in text:
        text = text[1:]
    if text and text[-1] in CLOSING and OPENING[CLOSING.index(text[-1])] not in text:
        text = text[:-1]
    return text


def read_indicator(reading: Reading, figure: Candidate) -> Named:
    """What `figure` counts, by the first rule that holds for it; the text is empty where none does."""
    named = read_reference(reading, figure) or read_step(reading, figure) or _beside_count(reading, figure)
    if named is None or not named.text:
        start = subject_start(reading, figure)
        start = max(start, behind_reference(reading, figure, start))
        aim = size_of_aim(reading, figure)
        grows = _grows(reading, figure)
        if figure.leads_noun and aim is None and not grows:
            named = read_counted_noun(reading, figure, start)
        else:
            named = read_subject(reading, figure, start)
            named = named if aim is None else named._replace(more=(*aim, *named.more))
            named = named.also(PACE.of(figure.number, "delta", figure.printed)) if grows else named
    # Letters alone have no remark, footnote or quotation mark: most indicators.
    has_marks = not named.text.isalpha()
    if has_marks and ("（" in named.text or "(" in named.text):
        named = named._replace(text=reading.wording.remark.sub("", named.text))
    if figure.quantity.unit_class == "share" and named.text.endswith(GENERAL_CLASSIFIER):
        named = named._replace(text=SUMMED.sub("", named.text))
    if named.text.endswith(reading.wording.go_on):
        for left in reading.wording.go_on:
            named = named._replace(text=named.text.removesuffix(left))
    if has_marks and FOOTNOTE.search(named.text):
        named = named._replace(text=FOOTNOTE.sub("", named.text))
    if has_marks and named.text and (named.text[0] in OPENING or named.text[-1] in CLOSING):
        named = named._replace(text=_balanced(named.text))
    return named
