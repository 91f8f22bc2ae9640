"""Planned or achieved: the status of a figure from its words, its section and the kind of report (状态)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Rule
from pipeline.facts.phrases import Line, closed_before
from pipeline.facts.vocabulary.statuses import StatusWords
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.numerals import NUMERAL_CHARACTERS
from pipeline.language.patterns import any_of
from pipeline.language.time_contexts import COMPARING, LAST_YEAR, LATER_IN_YEAR, SAME_PERIODS, WHEN_YEAR, YEAR_END
from pipeline.language.times import times_in
from pipeline.tables import Tables

CLAUSE_MARK = re.compile("[，；,;]")
LONGEST_PARAGRAPH = 1500
STATUS = "status"
CUE = Rule("status_cue", STATUS, "A cue word stands before the figure.", "力争新建体育公园6处。", "target")
OF_YEAR = Rule(
    "status_of_year",
    STATUS,
    "A year before the figure is later or earlier than that of the report.",
    "到2026年底体育公园达到6处。",
    "target",
)
OF_PART = Rule(
    "status_of_part",
    STATUS,
    "The heading, lead or paragraph that the figure stands under tells it.",
    "新建体育公园6处。",
    "target",
    (("heading", "下一步工作打算"), ("doc_type", "summary+plan")),
)
DONE_TASK = Rule(
    "done_task",
    STATUS,
    "A task that is reported as taken on, or as done behind, is no aim.",
    "领取省级抽检任务45家，已全部完成。",
    "actual",
)
SAME_PERIOD = Rule(
    "same_period_of_another_year",
    STATUS,
    "What the same period of an earlier year had is a baseline.",
    "体检3万人，上年同期为2万人。",
    "baseline",
)
EARLIER_VALUE = Rule(
    "earlier_value_in_plan",
    STATUS,
    "In a plan, the earlier value beside a target of the same indicator is its baseline.",
    "床位利用率2023年65%、2025年70%。",
    "baseline",
    (("doc_type", "plan"), ("period_label", "2025")),
)


def read_statuses(
    cues: StatusCues,
    line: Line,
    figures: Sequence[Candidate],
    default: str,
    usual: str,
    year: int | None,
    heading: tuple[int, int] | None = None,
    is_whole_year: bool = False,
    expected: Told | None = None,
) -> Iterator[Claim]:
    """The status of the figures that have none yet: the last cue before each, else `default`, which its part of the report tells by the words `heading`; `usual` is that of the kind of report.

    `expected` is the 预计 of the piece before a semicolon, which holds to the end of the sentence.
    """
    has_cues = cues.has_cue(line.text)
    for figure in figures:
        if figure.status:
            continue
        lead = figure.quantity.lead
        if figure.quantity.unit_class == "share" and line.text.endswith(ATTRIBUTIVE, 0, lead):
            # 目前完成总工程量的65%: no relative clause.
            lead -= 1
        told = cues.of_text(line.text, 0, lead, default, year, is_whole_year) if has_cues else None
        told = told or expected
        if told is not None and told.cue is not None:
            words = (told.start, told.end)
            yield CUE.of(figure.number, told.status, words, "status_cues", told.cue)
        elif told is not None:
            yield OF_YEAR.of(figure.number, told.status, (told.start, told.end))
        elif default == "actual" and year is not None and _begins_after(figure, year):
            # 到一九八五年, 本世纪末: what is dated later than what the report reviews is planned.
            yield OF_YEAR.of(figure.number, "target", figure.words_of("period", figure.base))
        elif default != usual:
            yield OF_PART.of(figure.number, default, heading or figure.printed)


def _begins_after(figure: Candidate, year: int) -> bool:
    """Whether the time that the text states for the figure begins behind the year."""
    years = next((time.years for time in times_in(figure.period or "", year)), None)
    return years is not None and years[0] > year


def told_behind(words: StatusWords, line: Line, figures: Sequence[Candidate], default: str) -> Iterator[Claim]:
    """Of tasks and compared values, what the words around them say against the usual reading of their noun."""
    for figure in figures:
        if figure.status == "target" and default == "actual" and (done := _done(words, line.text, figure)):
            yield DONE_TASK.of(figure.number, "actual", done)
        elif figure.period is not None and figure.period.endswith(SAME_PERIODS) and figure.kind == "level":
            yield SAME_PERIOD.of(figure.number, "baseline", figure.words_of("period", figure.base))


def _done(words: StatusWords, text: str, figure: Candidate) -> tuple[int, int] | None:
    """The words that say that the task was taken on (领取国家抽检任务120家) or is done (…，已全部完成)."""
    if not any(task in text[figure.low : figure.high] for task in words.tasks):
        return None
    behind = words.done_behind.match(text, figure.high)
    if behind:
        return behind.span("done")
    taken = words.takes_on.search(text, figure.low, figure.quantity.lead)
    return taken.span() if taken else None


def earlier_values(figures: Sequence[Candidate], year: int | None) -> Iterator[Claim]:
    """In a plan, the earlier value beside a target of the same indicator is its baseline: 2020年78.06岁，2025年79.5岁."""
    aims = {figure.indicator for figure in figures if figure.status in ("target", "")}
    for figure in figures:
        period = figure.period or ""
        years = next((time.years for time in times_in(period, year)), None)
        is_earlier = period.startswith(LAST_YEAR) or bool(year and years and years[0] < year)
        if is_earlier and figure.form != "from_to" and figure.indicator in aims:
            yield EARLIER_VALUE.of(figure.number, "baseline", figure.words_of("period", figure.base))


class Told(NamedTuple):
    """A status and the words text[start:end] that tell it: a `cue` of the table, or a year."""

    status: str
    start: int
    end: int
    cue: str | None


class StatusCues:
    """Reads planned or achieved off cue words; compiled once from the tables `status_cues` and `status_words`."""

    def __init__(
        self,
        cues: Mapping[str, str],
        lasting: Iterable[str],
        of_clause: Iterable[str],
        words: StatusWords,
    ) -> None:
        self.words = words
        self._lasting = re.compile("|".join(map(re.escape, lasting)))
        self._of_clause = frozenset(of_clause)
        self._cues = cues
        self._pattern = re.compile(any_of(cues))

    @classmethod
    def from_tables(cls, tables: Tables) -> StatusCues:
        """From the rows of `status_words` and those of `status_cues` that stand in sentences; those of headings and leads are read by pipeline.report_parts."""
        scopes: dict[str, dict[str, str]] = {name: {} for name in ("text", "clause", "paragraph")}
        for row in tables["status_cues"]:
            scopes.setdefault(row["scope"], {})[row["cue"]] = row["status"]
        return cls(
            scopes["text"] | scopes["clause"] | scopes["paragraph"],
            scopes["paragraph"],
            scopes["clause"],
            StatusWords.from_tables(tables),
        )

    def is_planned_before(self, text: str, position: int) -> bool:
        """Whether a cue that holds for its whole paragraph (下一步) stands in it before `position`."""
        start = max(0, position - LONGEST_PARAGRAPH)
        start = max(start, text.rfind("\n", start, position) + 1)
        return self._lasting.search(text, start, position) is not None

    def has_cue(self, text: str) -> bool:
        """Whether any cue or year stands in `text`; else the default holds for all of it."""
        return bool(self._pattern.search(text) or (("20" in text or "19" in text) and WHEN_YEAR.search(text)))

    def of_text(
        self, text: str, low: int, position: int, default: str, year: int | None, is_whole_year: bool = False
    ) -> Told | None:
        """The status at `position`: the last cue of the sentence before it (from `low` on); None where none tells it.

        A cue may tell that the default holds again. In a review of a whole year (`is_whole_year`) 下半年 is past.
        """
        told: Told | None = None
        for match in self._pattern.finditer(text, low, position):
            cue = match[0]
            if is_whole_year and default == "actual" and self._is_past(text, match):
                continue
            if default == "actual" and is_whole_year and YEAR_END.match(cue):
                # 年底达到1547亿元: the end of the year that is reviewed.
                continue
            if cue in self._of_clause and CLAUSE_MARK.search(text, match.end(), position):
                continue
            said = CLAUSE_MARK.split(text[match.end() : position], maxsplit=1)[0]
            if self._cues[cue] == "actual" and ATTRIBUTIVE in said:
                # 已建成的医院
                continue
            if cue in LAST_YEAR and (
                text[match.start() - 1 : match.start()] in COMPARING
                or text.startswith(self.words.per_year, match.end())
            ):
                # 比上年增长, 基础上年均增长
                continue
            if cue in self.words.aims_or_gains and default == "actual" and self._is_gain(text, match, position):
                continue
            if cue.startswith(self.words.aims) and text.endswith(self.words.measured_by, 0, match.start()):
                continue
            if closed_before(text, match.start(), position):
                continue
            status = default if self._cues[cue] == "default" else self._cues[cue]
            told = Told(status, match.start(), match.end(), cue)
        if year is not None:
            for match in WHEN_YEAR.finditer(text, low, position):
                named = int(match[1])
                if closed_before(text, match.start(1), position):
                    continue
                if named > year:
                    told = Told("target", match.start(1), match.end(1), None)
                elif named < year and default == "target":
                    told = Told("actual", match.start(1), match.end(1), None)
        return told

    def _is_past(self, text: str, match: re.Match[str]) -> bool:
        """年内, 年内完成: whether the cue only says that it was later in the year, and is no aim itself as 年内力争 is, nor part of 五年内."""
        cue, before = match[0], text[match.start() - 1 : match.start()]
        later = next((later for later in LATER_IN_YEAR if cue.startswith(later)), "")
        is_span = before.isdigit() or before in [*NUMERAL_CHARACTERS]
        return bool(later) and cue.removeprefix(later) not in self._cues and not is_span

    def _is_gain(self, text: str, cue: re.Match[str], position: int) -> bool:
        """争取专项债、上级补助等三类资金18.9亿元: whether what was got is told, not what is aimed at."""
        return self.words.gained.match(text, cue.end(), position) is not None
