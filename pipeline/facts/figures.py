"""A figure in its sentence, and where its words end on its right (数量与其词语)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.facts.phrases import Line
from pipeline.language.quantities import Quantity

# The rules that make facts; docs/rules.md has an example of each, which a test reads.
RULES = (
    "figure_of_subject",
    "counted_noun",
    "counted_noun_with_predicate",
    "share_of",
    "share_of_whole",
    "amount_of_noun",
    "change",
    "gap",
    "from_to",
    "respectively",
    "inherited_subject",
    "bracket_part",
    "named_part",
    "reference_value",
)
COUNTED = frozenset(["count", "people"])
STARTING_PREPOSITIONS = ("由", "从", "自")
EXISTS = "有"
CARRIED_OUT = frozenset(["实施", "完成", "开展", "推进", "启动"])
AMONG = ("中", "里", "之中", "当中")
# 迈上4100亿元台阶, 突破万亿元大关: what was reached, not what is counted.
THRESHOLDS = ("台阶", "大关", "关口", "门槛")
# 在2022年35%的基础上每年提升1个百分点
ON_TOP_OF = re.compile("的?基础上")
SPENT_ON = frozenset(
    [
        "建设",
        "新建",
        "改造",
        "实施",
        "用于",
        "支持",
        "推进",
        "购置",
        "开展",
        "改建",
        "扩建",
        "修缮",
        "资助",
        "补助",
        "奖励",
    ]
)
# Limits that a verb, a denominator or another value may part from their figure: 至少建成1个, 不低于上年的3%.
LIMIT_SIGNS = {"至少": ">=", "不少于": ">=", "不低于": ">=", "不超过": "<=", "不高于": "<=", "最多": "<="}
BRACKET_MARKS = "（(）)”’"
SEPARATORS_ONLY = re.compile(r"[、，,和及以与\s]*")


@dataclass(eq=False)
class Figure:
    """A quantity and what the reading has found of it so far; positions are in the sentence.

    `base` is where the sentence begins; `topic` is what later figures lean on where it is not the indicator; `verb` is a verb (新增) that later items of a list share, `act` one (查办) that only governs its noun; `thing` is the noun without what was said of it; `left` is where its own words begin, [noun_start, noun_end) the noun behind it (5个X), empty where there is none.
    """

    quantity: Quantity
    low: int
    high: int
    left: int
    bracket: tuple[int, int] | None
    comparator: str
    previous: Figure | None = field(default=None, repr=False)
    following: Figure | None = field(default=None, repr=False)
    noun_start: int = 0
    noun_end: int = 0
    indicator: str = ""
    kind: str = "level"
    status: str = ""
    place: str | None = None
    place_code: str | None = None
    period: str | None = None
    part_of: Figure | None = None
    rule: str = ""
    verb: str = ""
    act: str = ""
    thing: str = ""
    is_leaning: bool = False
    topic: str = ""
    base: int = 0

    @property
    def leads_noun(self) -> bool:
        """Whether the counted noun stands behind the figure."""
        return self.noun_end > self.noun_start


def right_end(line: Line, figure: Figure, occupied: Sequence[tuple[int, int]] | None = None) -> int:
    """Where the figure's words on its right end: at the next figure, a bracket with figures, the quotation's or the clause's end."""
    tail, end = figure.quantity.tail, figure.following.quantity.lead if figure.following else figure.high
    closing = line.text.find("”", tail, end)
    if closing >= 0 and line.text.find("“", tail, closing) < 0:
        # “新建3所托育园”的任务
        end = closing
    on_top = ON_TOP_OF.search(line.text, tail, end)
    if on_top:
        # 在原有12个试点县基础上扩大试点
        end = on_top.start()
    for start, close in line.brackets:
        if tail <= start < end:
            holds = (
                (start, close) in occupied if occupied is not None else any(map(str.isdigit, line.text[start:close]))
            )
            if holds:
                return start
    return end


def behind_time(line: Line, start: int, end: int) -> int:
    """Behind the time that something is said to be done: 2所9月底前完工."""
    time = line.time_starts.get(start)
    word = line.starts.get(start)
    if time and time.end <= end:
        return time.end
    return word.end if word is not None and word.role == "time" and word.end < end else start
