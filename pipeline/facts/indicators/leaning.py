"""Which subjects say too little alone, by the table `leaning_heads` and the measures (倚赖前文的中心语)."""

from __future__ import annotations

from pipeline.facts.wording import Wording
from pipeline.language.function_words import AVERAGE
from pipeline.language.lists import LIST_SPLIT

LONGEST_LEANING = 6
LONGEST_RATE = 4
LONGEST_MODIFIER = 4


def leans(subject: str, wording: Wording) -> str:
    """How the table has `subject` lean, with or without modifiers (年均, 群众) before its head; a short rate leans on what it rates unless it stands alone (失业率).

    >>> leans("年均总投资", Wording(leaning_heads={"年均": "modifier", "总投资": "clause"}))
    'clause'
    """
    heads = wording.leaning_heads
    topic = heads.get(subject, "")
    if topic:
        return "" if topic in ("own", "modifier") else topic
    rest = subject.removeprefix(AVERAGE) if heads.get(subject.removeprefix(AVERAGE)) == "clause" else subject
    if rest != subject:
        # 平均单产
        return "clause"
    for _ in range(2):
        size = modifier_size(rest, wording)
        if not size:
            break
        rest = rest[size:]
        if rest and heads.get(rest, "own") == "clause":
            return "clause"
    parts = LIST_SPLIT.split(rest)
    if len(parts) > 1 and all(leans(part, wording) == "clause" for part in parts):
        # 回复率和满意度
        return "clause"
    is_short_rate = (
        rest.endswith(wording.rate_suffix)
        and len(rest) <= LONGEST_RATE
        and not rest.endswith(wording.rates_of_processes)
    )
    return "clause" if is_short_rate and heads.get(rest) != "own" else ""


def modifier_size(subject: str, wording: Wording, shortest: int = 1) -> int:
    """How long the modifier (年均, 群众) is with which `subject` begins; 0 for none."""
    if subject[:1] not in wording.modifier_starts:
        return 0
    for size in range(LONGEST_MODIFIER, shortest - 1, -1):
        if wording.leaning_heads.get(subject[:size]) == "modifier":
            return size
    return 0


def leaning_head_of(indicator: str, wording: Wording) -> str:
    """The longest head in which `indicator` ends that leans on something, empty where it is all of it or none."""
    sizes = range(min(len(indicator) - 1, LONGEST_LEANING), 1, -1)
    # 转移支付 is no 支付.
    head = next((indicator[-k:] for k in sizes if indicator[-k:] in wording.leaning_heads), "")
    return head if wording.leaning_heads.get(head) == "clause" else ""


def measure_of(subject: str, wording: Wording) -> str:
    """The measure (面积, 收入) that `subject` ends in."""
    if not subject.endswith(wording.measures):
        return ""
    return next(measure for measure in wording.measures if subject.endswith(measure))


def without_measure(topic: str, wording: Wording) -> str:
    """粮食播种面积 without 面积, so that 产量 may take its place.

    >>> without_measure("粮食播种面积", Wording(measures=("播种面积", "面积")))
    '粮食'
    """
    measure = measure_of(topic, wording)
    thing = "" if topic == measure else topic.removesuffix(measure)
    # 花区亩均税收: nor what is told of each.
    each = next((average for average in wording.averages if measure and thing.endswith(average)), "")
    return thing.removesuffix(each)
