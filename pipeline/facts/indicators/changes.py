"""Which words before a figure are its subject, and whether it tells a change or a gap (变化量与差距)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.indicators.reading import MAKE, Reading
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import Trimmed
from pipeline.language.function_words import ATTRIBUTIVE, COMPARATIVE, COMPARES, LOCATIVE, NOT, ON_TOP

GAP, COMPARISON, DELTA = frozenset(["gap"]), frozenset(["cmp"]), frozenset(["delta"])
# Units in which no work is measured: 提升3%.
NO_WORKS = frozenset(["share", "points", "money", "time"])

CHANGE = Rule(
    "change",
    "kind",
    "A word of change stands before the value, or its unit is one of changes.",
    "门诊次均费用下降2.4%。",
    "delta",
)
GAP_TO = Rule(
    "gap",
    "kind",
    "The value says how far something lies from something else.",
    "床位使用率高于全省平均水平3.2个百分点。",
    "delta",
)
LIMIT_WITH_PARTICLE = Rule(
    "limit_before_particle", "comparator", "A limit that 的 parts from its value.", "研发投入不低于营业收入的3%。", ">="
)
SUBJECT, CHANGED, GAPPED = "figure_of_subject", "change", "gap"


class Subject(NamedTuple):
    """The words [start, end) before a figure that are its subject, what those behind them said of it, and what that claims."""

    start: int
    end: int
    is_delta: bool
    is_reached: bool
    form: str
    claims: tuple[Claim, ...]


def subject_words(reading: Reading, figure: Candidate, start: int, trimmed: Trimmed) -> Subject:
    """The words from `start` on without limits, comparisons and words of change, which claim comparator and kind."""
    line, text, quantity = reading.line, reading.text, figure.quantity
    claims: tuple[Claim, ...] = ()
    change: Span | None = None
    end, is_delta = trimmed.end, trimmed.is_delta
    kept = next((word for word in reading.wording.kept_at if text.startswith(word, start)), "")
    if kept and trimmed.preposition == LOCATIVE and end - start > len(kept) + 1:
        # 稳定花农参保率在95%以上
        start += len(kept)
    if text.endswith(reading.wording.averages, start, end) and (reached := line.trim_right(start, end - 2)).is_reached:
        # 补助标准提高到人均180元
        end = reached.end
    if _is_work(reading, figure, start, trimmed):
        end, is_delta = end + len(trimmed.change), False
    if quantity.unit_class == "points" and text.endswith(reading.wording.faster, start, end):
        end, is_delta = end - 2, True
    if quantity.unit_class in ("share", "points") and text.endswith(reading.wording.bettered, start + 2, end):
        # 空气质量综合指数较2016年改善28.6%
        end, is_delta = end - 2, True
    if text.endswith(ATTRIBUTIVE, start, quantity.lead):
        limits = reading.wording.limits.before_particle
        limit = _limit(limits, text, start, quantity.lead)
        if limit is not None:
            cue = text[slice(*limit)]
            claims = (LIMIT_WITH_PARTICLE.of(figure.number, limits[cue], limit, "comparators", cue),)
            end = min(end, limit[0])
    gap = _gap(reading, figure, start, is_delta=is_delta)
    if gap is not None:
        end, is_delta = gap.start, True
    comparison = line.last_word(COMPARISON, start, end)
    if comparison is not None and (is_delta or comparison.text not in COMPARATIVE):
        end = comparison.start
    end = line.trim_right(start, end).end if end > start else start
    if is_delta and text.endswith(COMPARES, start, end) and end in line.time_starts:
        # 居民收入比上年增长8%, not the ratio 收入比
        end -= 1
    compared = next((at for at in line.time_starts if start + 1 < at < end and text.startswith(COMPARES, at - 1)), 0)
    if is_delta and compared:
        # 花卉收入比2019年预算收入增长8%
        end = compared - 1
    if (
        is_delta
        and trimmed.change in reading.wording.money.income_rises
        and text.endswith(reading.wording.averages, start, end)
    ):
        # 户均增收3000元
        end += len(trimmed.change) if text.startswith(trimmed.change, end) else 0
    if is_delta and trimmed.change in reading.wording.names_its_change and text.startswith(trimmed.change, end):
        # 花企减亏9万元
        end += len(trimmed.change)
    if text.endswith(ON_TOP, start, end):
        # 发病率在2019年的基础上再降20%
        end = line.trim_right(start, max(start, text.rfind(LOCATIVE, start, end))).end
    first = line.starts.get(start)
    if first is not None and first.end < end and not trimmed.is_reached and _leads_change(reading, first):
        start, is_delta = line.trim_left(first.end, end), True
        change = (first.start, first.end)
    if (
        quantity.unit_class in ("points", "money")
        and is_delta
        and reading.wording.money.budget.fullmatch(text, figure.own[0], end)
    ):
        # 比去年预算高0.2个百分点: what it is compared with.
        end = start
    middle = line.last_word(DELTA, start, end)
    serves = first is not None and first.role == "prep"
    if (
        middle is not None
        and middle.text in reading.wording.of_object
        and end - middle.end >= 2
        and not (trimmed.is_reached or serves)
    ):
        is_delta, change = True, (middle.start, middle.end)
    form = SUBJECT
    if is_delta or quantity.unit_class == "points" or quantity.unit in reading.wording.units_of_change:
        rule, form = (CHANGE, CHANGED) if gap is None else (GAP_TO, GAPPED)
        words = (gap.start, gap.end) if gap is not None else change or (end, quantity.end)
        claims += (rule.of(figure.number, "delta", words),)
    return Subject(start, end, is_delta, trimmed.is_reached, form, claims)


def _is_work(reading: Reading, figure: Candidate, start: int, trimmed: Trimmed) -> bool:
    """实施精细化提升100公里: a work, no change."""
    if trimmed.change not in reading.wording.works or figure.quantity.unit_class in NO_WORKS:
        return False
    if figure.quantity.unit_class in COUNTED and reading.text.endswith(reading.wording.worked_on, start, trimmed.end):
        # 村卫生室标准化提升60家
        return True
    verb = reading.line.ends.get(trimmed.end)
    if figure.quantity.unit_class == "count" and verb is not None and verb.role == "act" and verb.start >= start:
        # 整改提升87家
        return True
    carried = reading.line.last_word(MAKE, max(0, start - 4), trimmed.end)
    return carried is not None and carried.text in reading.wording.carried_out and carried.start >= figure.low


def _limit(limits: Iterable[str], text: str, start: int, end: int) -> Span | None:
    """Where a limit stands in [start, end), which ends in 的: 不低于上年的3%."""
    cue = next((cue for cue in limits if text.find(cue, start, end) >= 0), "")
    at = text.find(cue, start)
    return (at, at + len(cue)) if cue else None


def _gap(reading: Reading, figure: Candidate, start: int, *, is_delta: bool) -> Word | None:
    """The word of a gap (高于, 低于) to something else; None where it says a limit or a standing."""
    quantity = figure.quantity
    gap = reading.line.last_word(GAP, start, quantity.lead)
    if gap is None or reading.text[gap.start - 1 : gap.start] == NOT:
        return None
    if quantity.unit_class in ("points", "ratio"):
        return gap
    has_value = is_delta or quantity.lead - gap.end >= 2
    return gap if has_value and gap.text not in reading.wording.kinds_of_things else None


def _leads_change(reading: Reading, word: Word) -> bool:
    """Whether a change stands before its subject: 减少贫困人口; 提前 only says when."""
    return word.role == "delta" and len(word.text) > 1 and word.text not in reading.wording.only_when
