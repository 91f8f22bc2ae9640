"""The words of headings and leads that tell what a part of a report does (篇章提示词); compiled once from the table `status_cues`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from pipeline.language.numerals import COUNTING
from pipeline.language.patterns import any_of
from pipeline.report_parts.years import HINT
from pipeline.tables import Tables

LONGEST_LEAD = 24
# What may stand before a lead: the mark of an item, the address of those who listen.
BEFORE_LEAD = re.compile(
    rf"[\s　]*(?:[（(]?[{COUNTING}\d]{{1,3}}(?:[)）、]|[.．](?!\d))|[{COUNTING}]{{1,2}}是|——|--+)?[\s　]*"
    r"(?:(?:各位(?:代表|委员|同志|领导)|同志们)[，,：:！!]?\s*)?"
)
LEAD_REACH = 20
"""In so many characters at its head a sentence tells a time that it speaks of."""
REACHED = re.compile("(?:已|均|也|都|全部|全面|如期|按期|顺利|提前|圆满|超额|基本|较好)*(?:实现|完成|达成)")

BUILT = re.compile(
    "(?:夯实|夯牢|夯基|筑牢|打牢|打好|巩固|厚植|强化|增强|壮大|奠定|提升|完善|改善|补齐|解决|破解|化解|扩大)[^，、；：,;:]*$"
)


class Cue(NamedTuple):
    """text[start:end] says that what follows is done (actual) or planned (target)."""

    status: str
    start: int
    end: int


class PartCues:
    """Finds what headings and leads say; build it with `from_tables`."""

    def __init__(self, scopes: Mapping[str, Mapping[str, str]]) -> None:
        self._headings, self._leads = scopes["heading"], scopes["lead"]
        self._after_year = tuple(scopes["after_year"])
        self.expecting = frozenset(scopes["expected"])
        """Cues of what is expected of the time at hand: 预计全年增长6%."""
        self._heading = _longest_first(self._headings)
        self._lead = _longest_first(self._leads)
        starts = re.escape("".join(sorted({cue[0] for cue in self._leads})))
        others = HINT.pattern.replace("[", "[^")
        self.may_tell = re.compile(
            f"(?>{BEFORE_LEAD.pattern})(?:{others}{{0,{LEAD_REACH - 1}}}+{HINT.pattern}|[{starts}])"
        )
        """A sentence whose words at the head speak of a time or may be a cue: most others tell nothing of their part."""
        self._annex = re.compile("|".join(map(re.escape, scopes["annex"])))
        self._glossary = re.compile(f"[ \u3000（(【\\[]*(?:{_longest_first(scopes['glossary']).pattern})")

    @classmethod
    def from_tables(cls, tables: Tables) -> PartCues:
        """From the rows of `status_cues` with the scopes heading, lead, after_year, annex, glossary and expected."""
        scopes: dict[str, dict[str, str]] = {
            scope: {} for scope in ("heading", "lead", "after_year", "annex", "glossary", "expected")
        }
        for row in tables["status_cues"]:
            if row["scope"] in scopes:
                scopes[row["scope"]][row["cue"]] = row["status"]
        return cls(scopes)

    def of_heading(self, heading: str) -> Cue | None:
        """The last cue of a heading, the longest of those at one place: 存在的问题和下一步打算 plans."""
        if not self._heading.search(heading):
            return None
        start, length, status = max(
            (heading.rfind(cue), len(cue), status) for cue, status in self._headings.items() if cue in heading
        )
        if status == "actual" and BUILT.search(heading, 0, start):
            # 夯实农村发展基础 is work.
            return None
        if status == "target" and REACHED.match(heading, start + length):
            # 主要目标任务如期完成
            status = "actual"
        return Cue(status, start, start + length)

    def of_lead(self, text: str, start: int, end: int) -> Cue | None:
        """The cue that stands at text[start:end]."""
        hit = self._lead.match(text, start, min(end, start + LONGEST_LEAD))
        return Cue(self._leads[hit[0]], hit.start(), hit.end()) if hit else None

    def plans_behind_year(self, text: str, position: int) -> bool:
        """Whether words such as ，我们将 follow a year."""
        return text.startswith(self._after_year, position)

    def lists_projects(self, text: str) -> bool:
        """Whether an annex bears the name of a list of projects to be done (民生实事)."""
        return self._annex.search(text) is not None

    def is_glossary(self, heading: str) -> bool:
        """Whether terms are explained under the heading (名词解释)."""
        return self._glossary.match(heading) is not None


def _longest_first(words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(any_of(words))
