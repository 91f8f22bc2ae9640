"""Reads the indicators of a sentence: each figure by the first rule that holds for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.facts.figures import Figure
from pipeline.facts.indicators.counted import read_counted_noun
from pipeline.facts.indicators.measured import behind_reference, read_reference, read_size_of_aim
from pipeline.facts.indicators.reading import Reading, subject_start
from pipeline.facts.indicators.steps import read_step
from pipeline.facts.indicators.subjects import read_subject
from pipeline.facts.phrases import Line
from pipeline.facts.wording import Wording

# 药占比（不含中药饮片）, 迁建项目（建筑面积3.2万平方米、总投资2.8亿元）完成投资
REMARK = re.compile(r"[（(](?:(?:不含|含|不包括|包括|折|扣除|不计)[^（）()]*|[^（）()]*\d[^（）()]*)[）)]")


def read_indicators(
    line: Line,
    figures: Sequence[Figure],
    wording: Wording,
    heading: str,
    before: Sequence[Figure],
    *,
    continues: bool = False,
) -> list[Figure]:
    """`figures` with indicator, kind and rule; those without any indicator are left out.

    `before` are the figures of the sentence before; with `continues`, only a semicolon parts it from this one.
    """
    reading = Reading(line, wording, heading, before, continues, figures)
    for figure in figures:
        if not (read_reference(reading, figure) or read_step(reading, figure)):
            start = subject_start(reading, figure)
            start = max(start, behind_reference(reading, figure, start))
            read_size_of_aim(reading, figure)
            if figure.leads_noun:
                read_counted_noun(reading, figure, start)
            else:
                read_subject(reading, figure, start)
        if "（" in figure.indicator or "(" in figure.indicator:
            figure.indicator = REMARK.sub("", figure.indicator)
        if figure.indicator:
            reading.done.append(figure)
    return reading.done
