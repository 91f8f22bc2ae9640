"""Reads the indicators of a sentence: each figure by the first rule that holds for it."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.indicators.counted import read_counted_noun
from pipeline.facts.indicators.measured import behind_reference, read_reference, size_of_aim
from pipeline.facts.indicators.reading import Named, Reading, subject_start
from pipeline.facts.indicators.steps import read_step
from pipeline.facts.indicators.subjects import read_subject

# 药占比（不含中药饮片）, 迁建项目（建筑面积3.2万平方米、总投资2.8亿元）完成投资
REMARK = re.compile(
    r"[（(](?:(?:(?:不含|含|不包括|包括|折|扣除|不计|以下|初步)[^（）()]*|[下上]同|同[上前]|快报数|预计数?)|[^（）()]*\d[^（）()]*)[）)]"
)


def read_indicator(reading: Reading, figure: Candidate) -> Named:
    """What `figure` counts, by the first rule that holds for it; the text is empty where none does."""
    named = read_reference(reading, figure) or read_step(reading, figure)
    if named is None or not named.text:
        start = subject_start(reading, figure)
        start = max(start, behind_reference(reading, figure, start))
        aim = size_of_aim(reading, figure)
        if figure.leads_noun and aim is None:
            named = read_counted_noun(reading, figure, start)
        else:
            named = read_subject(reading, figure, start)
            named = named if aim is None else named._replace(more=(aim, *named.more))
    if "（" in named.text or "(" in named.text:
        named = named._replace(text=REMARK.sub("", named.text))
    return named
