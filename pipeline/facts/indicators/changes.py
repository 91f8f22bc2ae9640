"""Which words before a figure are its subject, and whether it tells a change or a gap (变化量与差距)."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.facts.figures import CARRIED_OUT, LIMIT_SIGNS, Figure
from pipeline.facts.indicators.reading import MAKE, Reading
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import Trimmed

GAP, COMPARISON = frozenset(["gap"]), frozenset(["cmp"])
WORKS = frozenset(["提升", "拓展", "扩大", "精简", "提速"])
# Units in which no work is measured: 提升3%.
NO_WORKS = frozenset(["share", "points", "money", "time"])
LIMITS = LIMIT_SIGNS | {"超过": ">", "约占": "~", "约为": "~"}
# These also say what kind of thing it is: 淘汰落后设备.
STANDINGS = frozenset(["落后", "领先"])


class Phrase(NamedTuple):
    """The words [start, end) before a figure that are its subject, and what those behind them said of it."""

    start: int
    end: int
    is_delta: bool
    is_reached: bool


def subject_phrase(reading: Reading, figure: Figure, start: int, trimmed: Trimmed) -> Phrase:
    """The words from `start` on without limits, comparisons and words of change; sets comparator, kind and rule."""
    line, text, quantity = reading.line, reading.text, figure.quantity
    end, is_delta = trimmed.end, trimmed.is_delta
    if _is_work(reading, figure, start, trimmed):
        end, is_delta = end + len(trimmed.change), False
    if quantity.unit_class == "points" and text.endswith("加快", start, end):
        end, is_delta = end - 2, True
    if text.endswith("的", start, quantity.lead):
        end = _before_limit(text, figure, start, end)
    gap = _gap(reading, figure, start, is_delta=is_delta)
    if gap is not None:
        end, is_delta = gap.start, True
    comparison = line.last_word(COMPARISON, start, end)
    if comparison is not None and (is_delta or comparison.text not in ("较", "比")):
        end = comparison.start
    end = line.trim_right(start, end).end if end > start else start
    if text.endswith("基础上", start, end):
        # 发病率在2019年的基础上再降20%
        end = line.trim_right(start, max(start, text.rfind("在", start, end))).end
    first = line.starts.get(start)
    if first is not None and first.end < end and not trimmed.is_reached and _leads_change(first):
        start, is_delta = line.trim_left(first.end, end), True
    if is_delta or quantity.unit_class == "points" or quantity.unit == "番":
        figure.kind, figure.rule = "delta", "change" if gap is None else "gap"
    return Phrase(start, end, is_delta, trimmed.is_reached)


def _is_work(reading: Reading, figure: Figure, start: int, trimmed: Trimmed) -> bool:
    """实施精细化提升100公里: a work, no change."""
    if trimmed.change not in WORKS or figure.quantity.unit_class in NO_WORKS:
        return False
    carried = reading.line.last_word(MAKE, max(0, start - 4), trimmed.end)
    return carried is not None and carried.text in CARRIED_OUT and carried.start >= figure.low


def _before_limit(text: str, figure: Figure, start: int, end: int) -> int:
    """`end`, or where a limit with 的 begins (不低于上年的3%), which is the comparator."""
    limit = next((cue for cue in LIMITS if text.find(cue, start, figure.quantity.lead) >= 0), "")
    if not limit:
        return end
    figure.comparator = LIMITS[limit]
    return min(end, text.find(limit, start))


def _gap(reading: Reading, figure: Figure, start: int, *, is_delta: bool) -> Word | None:
    """The word of a gap (高于, 低于) to something else; None where it says a limit or a standing."""
    quantity = figure.quantity
    gap = reading.line.last_word(GAP, start, quantity.lead)
    if gap is None or reading.text[gap.start - 1 : gap.start] == "不":
        return None
    if quantity.unit_class in ("points", "ratio"):
        return gap
    has_value = is_delta or quantity.lead - gap.end >= 2
    return gap if has_value and gap.text not in STANDINGS else None


def _leads_change(word: Word) -> bool:
    """Whether a change stands before its subject: 减少贫困人口; 提前 only says when."""
    return word.role == "delta" and len(word.text) > 1 and word.text != "提前"
