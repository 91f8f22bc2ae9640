"""Values that a figure is only measured by (参照值): averages, aims and earlier values named beside it."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.phrases import Line
from pipeline.places import PlaceMatch
from pipeline.tables import Tables

# 隔离 is no distance.
COMPARES = re.compile(
    r"[不略]?(?:高于|低于|超过|大于|小于|多于|少于)|超出|高出|优于|好于|快于|慢于|比|较|距|(?<![隔脱远偏])离|相当于|接近|占|完成|不到|不足|仅为"
)
# 不低于99%的目标如期实现
ACHIEVED = re.compile(r"(?:已经|已|均|也|都|全部|全面|如期|按期|顺利|提前|圆满)*(?:实现|完成|达成)")
# What a wider body has set or reached is compared with, not aimed at.
WIDER = re.compile(r"国家|国定|全国|部颁|世界|国际|自治区|省")
# 与年度7%的目标相差2个百分点
SHORT_OF = re.compile(r"(?:与|距|离)[^，；]*?(?:相差|还差|尚差|尚有|仍有|差距)")
# With another place's value before it: these compare, 占 and 完成 do not.
BESIDE = re.compile(r"高于|低于|超过|优于|快于|慢于|大于|小于|多于|少于|次于|落后于|领先|比(?!例|重)|较")
EARLIER = re.compile(
    r"(?:较|(?<![占对百])比|与|同)(?:(?:19|20)\d{2}年?(?:\d{1,2}月)?(?:末|底|初|同期)?|(?:上年|去年|年初|期初|上一年)(?:末|底|同期)?"
    r"|[\u4e00-\u9fff]{1,6}?(?:之?前|初期|之初|同期)|(?:第[\u4e00-\u9fff]{1,3}个五年计划|“[\u4e00-\u9fff]{2,3}”)(?:期间|时期))的?$"
)
# （上年同期为287万人）
EARLIER_IN_BRACKET = re.compile(r"(?:上年|去年|上一年)(?:同期|末|底)?为?")
COUNTS_AIMS = frozenset(["项", "条", "件", "类", "大"])
CARRIED_OUT = ("完成", "实现", "落实")
LONGEST_NAME = 16
REFERENCE = "reference_value"


class References:
    """Tells which figures are reference values, and their status; compiled once from the table `reference_values`."""

    def __init__(self, statuses: dict[str, str]) -> None:
        nouns = "|".join(sorted(map(re.escape, statuses), key=len, reverse=True))
        self._statuses = statuses
        self._aims = tuple(sorted((noun for noun in statuses if statuses[noun] == "target"), key=len, reverse=True))
        self._behind = re.compile(rf"的?[\u4e00-\u9fff]{{0,3}}?(?P<noun>{nouns})(?!率|化|以|农田|厂房)")
        self._before = re.compile(rf"[^，；：、]*?(?P<noun>{nouns})$")

    @classmethod
    def from_tables(cls, tables: Tables) -> References:
        """From the rows of `reference_values`."""
        return cls({row["noun"]: row["status"] for row in tables["reference_values"]})

    def is_aim(self, noun: str, unit: str) -> bool:
        """Whether `noun` is a word for an aim whose size a figure tells (400名的任务), not a count of aims (12项任务)."""
        return noun in self._aims and unit not in COUNTS_AIMS

    def aim_in(self, subject: str, unit: str) -> str:
        """The word for an aim that `subject` ends in (农村改厕任务), empty where there is none or the aims themselves are counted (19项任务)."""
        if not subject.endswith(self._aims) or unit in COUNTS_AIMS:
            return ""
        return next(aim for aim in self._aims if subject.endswith(aim))

    def status_of(self, line: Line, figure: Candidate) -> str | None:
        """The status, baseline or target, of a reference value; None for any other figure."""
        text, quantity = line.text, figure.quantity
        if EARLIER.search(text, figure.low, quantity.lead) or self._is_elsewhere(line, figure):
            return "baseline"
        if figure.bracket is not None and EARLIER_IN_BRACKET.fullmatch(text, figure.low, quantity.lead):
            return "baseline"
        if figure.bracket is not None:
            # 比2020年（2.5万人次）增长20%: all that the bracket behind the earlier time holds.
            opening = figure.bracket[0]
            if EARLIER.search(text, line.clause(opening)[0], opening):
                return "baseline"
        if figure.bracket is not None and figure.low == quantity.lead and quantity.tail == figure.high:
            # 占全年任务(4.15万人)的103.92%, 为年度任务（4.2个）的82%
            low, end = line.clause(figure.bracket[0])[0], figure.bracket[0]
            found = self._before.search(text, max(low, end - LONGEST_NAME), end)
        else:
            low, end = figure.low, quantity.start
            found = self._behind.match(text, quantity.tail, figure.high)
        if found is None:
            return None
        is_share_of = figure.bracket is not None and text.startswith("的", figure.bracket[1] + 1)
        if not (is_share_of or COMPARES.search(text, low, end) or SHORT_OF.search(text, low, figure.high)):
            return None
        if quantity.unit in COUNTS_AIMS and text.endswith(CARRIED_OUT, 0, quantity.lead):
            # 完成20项重点任务: counted, not compared with.
            return None
        if ACHIEVED.match(text, found.end("noun")):
            return "actual"
        # 高于国家1.5名的配备要求
        is_wider = WIDER.search(text, low, end) or WIDER.search(found[0])
        return "baseline" if is_wider else self._statuses[found["noun"]]

    def _is_elsewhere(self, line: Line, figure: Candidate) -> bool:
        """低于哈尔滨（58%）、大庆（55%）, 少于信阳的263例: what another place has, which the clause compares with."""
        place = place_beside(line, figure)
        if place is None:
            return False
        low = line.clause(place.start)[0]
        return BESIDE.search(line.text, low, place.start) is not None


def place_beside(line: Line, figure: Candidate) -> PlaceMatch | None:
    """The place whose value a bracket behind it holds, or 的 joins to it."""
    if not line.places:
        return None
    end = figure.bracket[0] if figure.bracket is not None and figure.low == figure.quantity.lead else 0
    if not end and line.text[figure.quantity.lead - 1 : figure.quantity.lead] == "的":
        end = figure.quantity.lead - 1
    return next((place for place in line.places if place.end == end > 0), None)
