"""Values that a figure is only measured by (参照值): averages, aims and earlier values named beside it."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.phrases import Line
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.patterns import HAN, any_of
from pipeline.language.time_contexts import EARLIER, EARLIER_ENDS, EARLIER_IN_BRACKET
from pipeline.language.word_kinds import WordKinds
from pipeline.places import PlaceMatch
from pipeline.tables import Tables

LONGEST_NAME = 16
REFERENCE = "reference_value"


class References:
    """Tells which figures are reference values, and their status; compiled once from the tables `reference_values` and `reference_words`."""

    def __init__(self, statuses: dict[str, str], kinds: WordKinds | None = None) -> None:
        kinds = kinds or WordKinds(())
        nouns = any_of(statuses)
        self._statuses = statuses
        # 高于全省65%的平均水平
        self.compares = kinds.pattern("compares")
        # 低于哈尔滨（58%）: 占 and 完成 do not compare with a place.
        self._compares_with_place = kinds.pattern("compares_with_place")
        # 99%的目标如期实现
        self.achieved = re.compile(f"{kinds.of('how_reached')}*{kinds.of('reached')}")
        # 提前一年实现人均800元的目标
        how = f"(?:{kinds.of('how_reached_before')}|{kinds.of('ahead')}[^，]{{0,6}}?)"
        self.reached_before = re.compile(f"{how}{kinds.of('reached_before')}")
        # 国家1.5名的配备要求: what a wider body has set or reached is compared with, not aimed at.
        self._wider = kinds.pattern("wider")
        # 与年度7%的目标相差2个百分点
        self._short_of = re.compile(f"{kinds.of('distance_from')}[^，；]*?{kinds.of('falls_short')}")
        # 12项任务
        self._counts_aims = kinds.set("counts_aims")
        # 完成20项重点任务
        self._carried_out = kinds.words("carried_out")
        # 仅相当于全省平均水平的70%, 是全国平均的六成多
        self.average = re.compile(f"[^，、]{{0,6}}?{kinds.of('average_value')}{ATTRIBUTIVE}")
        self._aims = tuple(sorted((noun for noun in statuses if statuses[noun] == "target"), key=len, reverse=True))
        self._behind = re.compile(f"{ATTRIBUTIVE}?{HAN}{{0,3}}?(?P<noun>{nouns})(?!{kinds.of('not_reference')})")
        self._before = re.compile(rf"[^，；：、]*?(?P<noun>{nouns})$")

    @classmethod
    def from_tables(cls, tables: Tables) -> References:
        """From the rows of `reference_values` and `reference_words`."""
        statuses = {row["noun"]: row["status"] for row in tables["reference_values"]}
        return cls(statuses, WordKinds(tables["reference_words"]))

    def is_aim(self, noun: str, unit: str) -> bool:
        """Whether `noun` is a word for an aim whose size a figure tells (400名的任务), not a count of aims (12项任务)."""
        return noun in self._aims and unit not in self._counts_aims

    def aim_in(self, subject: str, unit: str) -> str:
        """The word for an aim that `subject` ends in (农村改厕任务), empty where there is none or the aims themselves are counted (19项任务)."""
        if not subject.endswith(self._aims) or unit in self._counts_aims:
            return ""
        return next(aim for aim in self._aims if subject.endswith(aim))

    def status_of(self, line: Line, figure: Candidate) -> str | None:
        """The status, baseline or target, of a reference value; None for any other figure."""
        text, quantity = line.text, figure.quantity
        before = text[quantity.lead - 1 : quantity.lead]
        is_earlier = before in EARLIER_ENDS or before.isdecimal()
        if (is_earlier and EARLIER.search(text, figure.low, quantity.lead)) or self._is_elsewhere(line, figure):
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
        is_share_of = figure.bracket is not None and text.startswith(ATTRIBUTIVE, figure.bracket[1] + 1)
        if not (is_share_of or self.compares.search(text, low, end) or self._short_of.search(text, low, figure.high)):
            return None
        if quantity.unit in self._counts_aims and text.endswith(self._carried_out, 0, quantity.lead):
            # 完成20项重点任务: counted, not compared with.
            return None
        if self.achieved.match(text, found.end("noun")):
            return "actual"
        # 高于国家1.5名的配备要求
        is_wider = self._wider.search(text, low, end) or self._wider.search(found[0])
        return "baseline" if is_wider else self._statuses[found["noun"]]

    def _is_elsewhere(self, line: Line, figure: Candidate) -> bool:
        """低于哈尔滨（58%）、大庆（55%）, 少于信阳的263例: what another place has, which the clause compares with."""
        place = place_beside(line, figure)
        if place is None:
            return False
        low = line.clause(place.start)[0]
        return self._compares_with_place.search(line.text, low, place.start) is not None


def place_beside(line: Line, figure: Candidate) -> PlaceMatch | None:
    """The place whose value a bracket behind it holds, or 的 joins to it."""
    if not line.places:
        return None
    end = figure.bracket[0] if figure.bracket is not None and figure.low == figure.quantity.lead else 0
    if not end and line.text[figure.quantity.lead - 1 : figure.quantity.lead] == ATTRIBUTIVE:
        end = figure.quantity.lead - 1
    return next((place for place in line.places if place.end == end > 0), None)
