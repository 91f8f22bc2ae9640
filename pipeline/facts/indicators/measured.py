"""Figures that others are only measured by: averages, aims and earlier values beside them (参照值)."""

from __future__ import annotations

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import Named, Reading, is_next, place_in_list
from pipeline.facts.references import REFERENCE
from pipeline.language.anaphora import ANAPHORA
from pipeline.language.function_words import ATTRIBUTIVE

SHORTEST = 3
# 不低于99%的目标: the aim itself is a bound.
BOUNDS = frozenset([">=", "<="])


MEASURED = Rule(
    "reference_value",
    "indicator",
    "An average, an aim or an earlier value has the indicator of what is measured by it.",
    "签约率达到72%，高于全省65%的平均水平。",
    "签约率",
)
STATUS_OF_REFERENCE = Rule(
    "status_of_reference",
    "status",
    "The noun behind or before a reference value says what it is.",
    "签约率达到72%，高于全省65%的平均水平。",
    "baseline",
)
KIND_OF_REFERENCE = Rule(
    "kind_of_reference",
    "kind",
    "An average or aim that a change is measured by is a change too.",
    "生产总值增长7.8%，高于7%的预期目标。",
    "delta",
)
SIZE_OF_AIM = Rule(
    "size_of_aim", "status", "The noun behind the figure is the aim itself.", "招聘专业人员400名的任务。", "target"
)
NO_BOUND = Rule(
    "comparison_of_reference",
    "comparator",
    "A word of comparison before a reference value compares; it is no bound.",
    "签约率达到72%，高于全省65%的平均水平。",
    "=",
)


def read_reference(reading: Reading, figure: Candidate) -> Named | None:
    """An average, an aim or an earlier value beside the figure that it measures has that figure's indicator; None for any other figure."""
    status = _status_of(reading, figure)
    if status is None:
        return None
    indicator, words = _compared(reading, figure)
    measured = None if indicator else _measured_by(reading, figure)
    indicator = indicator or (measured.indicator if measured is not None else "")
    if not indicator:
        return None
    quantity, number = figure.quantity, figure.number
    around = (figure.low, figure.high) if figure.bracket is None else figure.bracket
    named = Named(indicator, words, MEASURED, REFERENCE).also(STATUS_OF_REFERENCE.of(number, status, around))
    if measured is not None and measured.quantity.unit == quantity.unit and figure.kind != measured.kind:
        # 增长7.8%，低于8%的目标
        named = named.also(KIND_OF_REFERENCE.of(number, measured.kind, measured.words_of("kind", figure.base)))
    if quantity.lead < quantity.start and figure.comparator not in BOUNDS:
        named = named.also(NO_BOUND.of(number, "=", (quantity.lead, quantity.start)))
    return named


def size_of_aim(reading: Reading, figure: Candidate) -> tuple[Claim, ...] | None:
    """招聘专业人员400名的任务: the noun behind is the aim, not what is counted, and the figure a target unless the aim is reached; None for any other noun."""
    words = (figure.noun_start, figure.noun_end)
    noun = reading.text[slice(*words)]
    references = reading.wording.references
    is_aim = references.is_aim(noun, figure.quantity.unit)
    if not is_aim or reading.text[figure.noun_start - 1] != ATTRIBUTIVE:
        return None
    is_reached = references.reached_before.search(
        reading.text, figure.low, figure.quantity.lead
    ) or references.achieved.match(reading.text, figure.noun_end)
    return () if is_reached else (SIZE_OF_AIM.of(figure.number, "target", words),)


def _status_of(reading: Reading, figure: Candidate) -> str | None:
    """The status of a reference value; of a bare list, the words behind its last figure tell it; None for any other figure."""
    references = reading.wording.references
    status = references.status_of(reading.line, figure)
    if status is not None:
        return status
    listed = figure.previous
    if (
        listed is not None
        and (listed.form, listed.quantity.unit) == (REFERENCE, figure.quantity.unit)
        and is_next(reading, listed, figure)
    ):
        return listed.status
    last = figure
    while last.following is not None and is_next(reading, last, last.following):
        last = last.following
    # 超出省定60%、90%的任务指标
    return references.status_of(reading.line, last) if last is not figure else None


def _measured_by(reading: Reading, figure: Candidate) -> Candidate | None:
    """The figure before that `figure` measures; None for none."""
    measured = [other for other in reading.done if other.form != REFERENCE and other.bracket is None]
    alike = [other for other in measured if other.quantity.unit == figure.quantity.unit]
    # 治疗覆盖率、成功率分别达95.2%、96.1%，较上年的62.0%、58.3%上升: the last two were measured.
    place, size = place_in_list(reading, figure)
    if len(alike) >= size:
        return alike[len(alike) - size + place]
    return measured[-1] if measured else None


def behind_reference(reading: Reading, figure: Candidate, start: int) -> int:
    """Where the words of a gap begin behind the aim in brackets that it is a gap to: 超出省定目标(60%)11.6个百分点."""
    last = reading.done[-1] if reading.done else None
    if last is None or last.form != REFERENCE or last.bracket is None or last.bracket[1] < start:
        return start
    is_share = reading.text.startswith(ATTRIBUTIVE, last.bracket[1] + 1)
    return start if is_share else reading.line.trim_left(last.bracket[1] + 1, figure.quantity.lead)


def _compared(reading: Reading, figure: Candidate) -> tuple[str, Span]:
    """What the words before the comparison say is measured; empty where only a figure before says it (两项指标均高于)."""
    line, low, end = reading.line, figure.low, figure.quantity.start
    if figure.bracket is not None:
        low, end = line.clause(figure.bracket[0])[0], figure.bracket[0]
    low = line.trim_left(low, end)
    compared = reading.wording.references.compares.search(reading.text, low, end)
    if compared is None or compared.start() <= low:
        return "", (low, end)
    measured = line.trim_left(compared.end(), figure.quantity.lead)
    is_noun = line.trim_right(measured, figure.quantity.lead).end == figure.quantity.lead
    if compared[0] in reading.wording.completed and is_noun and figure.quantity.lead - measured >= SHORTEST:
        # 完成裁减花工20万任务: what was done stands behind.
        return noun_phrase(reading, measured, figure.quantity.lead)[:2]
    end = line.trim_right(low, compared.start()).end
    if ANAPHORA.fullmatch(reading.text, low, end):
        return "", (low, end)
    return noun_phrase(reading, low, end, is_money=figure.quantity.unit_class == "money")[:2]
