"""Figures that others are only measured by: averages, aims and earlier values beside them (参照值)."""

from __future__ import annotations

from pipeline.facts.figures import Figure
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import ANAPHORA, Reading, is_next, place_in_list
from pipeline.facts.references import COMPARES, REFERENCE

# 不低于99%的目标: the aim itself is a bound.
BOUNDS = frozenset([">=", "<="])


def read_reference(reading: Reading, figure: Figure) -> bool:
    """Whether `figure` is an average, an aim or an earlier value beside the figure that it measures: it has that figure's indicator then."""
    status = _status_of(reading, figure)
    if status is None:
        return False
    figure.indicator = _compared(reading, figure) or _measured_by(reading, figure)
    if not figure.indicator:
        return False
    figure.status, figure.rule = status, REFERENCE
    if figure.quantity.lead < figure.quantity.start and figure.comparator not in BOUNDS:
        figure.comparator = "="
    return True


def read_size_of_aim(reading: Reading, figure: Figure) -> None:
    """招聘专业人员400名的任务: the noun behind is the aim, not what is counted."""
    text, noun = reading.text, reading.text[figure.noun_start : figure.noun_end]
    if text[figure.noun_start - 1] == "的" and reading.wording.references.is_aim(noun, figure.quantity.unit):
        figure.noun_end = figure.noun_start
        figure.status = "target"


def _status_of(reading: Reading, figure: Figure) -> str | None:
    """The status of a reference value; of a bare list, the words behind its last figure tell it; None for any other figure."""
    references = reading.wording.references
    status = references.status_of(reading.line, figure)
    if status is not None:
        return status
    listed = figure.previous
    if (
        listed is not None
        and (listed.rule, listed.quantity.unit) == (REFERENCE, figure.quantity.unit)
        and is_next(reading, listed, figure)
    ):
        return listed.status
    last = figure
    while last.following is not None and is_next(reading, last, last.following):
        last = last.following
    # 超出省定60%、90%的任务指标
    return references.status_of(reading.line, last) if last is not figure else None


def _measured_by(reading: Reading, figure: Figure) -> str:
    """The indicator of the figure before that `figure` measures; empty for none."""
    measured = [other for other in reading.done if other.rule != REFERENCE and other.bracket is None]
    alike = [other for other in measured if other.quantity.unit == figure.quantity.unit]
    # 治疗覆盖率、成功率分别达95.2%、96.1%，较上年的62.0%、58.3%上升: the last two were measured.
    place, size = place_in_list(reading, figure)
    if len(alike) >= size:
        return alike[len(alike) - size + place].indicator
    return measured[-1].indicator if measured else ""


def behind_reference(reading: Reading, figure: Figure, start: int) -> int:
    """Where the words of a gap begin behind the aim in brackets that it is a gap to: 超出省定目标(60%)11.6个百分点."""
    last = reading.done[-1] if reading.done else None
    if last is None or last.rule != REFERENCE or last.bracket is None or last.bracket[1] < start:
        return start
    is_share = reading.text.startswith("的", last.bracket[1] + 1)
    return start if is_share else reading.line.trim_left(last.bracket[1] + 1, figure.quantity.lead)


def _compared(reading: Reading, figure: Figure) -> str:
    """What the words before the comparison say is measured; empty where only a figure before says it (两项指标均高于)."""
    line, low, end = reading.line, figure.low, figure.quantity.start
    if figure.bracket is not None:
        low, end = line.clause(figure.bracket[0])[0], figure.bracket[0]
    low = line.trim_left(low, end)
    compared = COMPARES.search(reading.text, low, end)
    if compared is None or compared.start() <= low:
        return ""
    end = line.trim_right(low, compared.start()).end
    return "" if ANAPHORA.fullmatch(reading.text, low, end) else noun_phrase(reading, figure, low, end)
