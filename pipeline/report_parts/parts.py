"""The part of the report in which a sentence stands, with the status and the period that it gives (所在部分).

A heading tells for what stands under it, a lead (过去五年，… 2025年，我们将…) for its paragraph, and a lead that turns to what is planned for
all that follows up to a heading that tells otherwise. Where none tells, it is the kind of report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.language.times import year_at
from pipeline.records import Document, Section, Sentence
from pipeline.report_parts.cues import BEFORE_LEAD, LEAD_REACH, PartCues
from pipeline.report_parts.years import LONGEST_HEADING, REVIEWS, ReportYears, Span, report_years, spans

PARAGRAPH = re.compile("\n[ \u3000\t]*")
# A year at the head of a sentence says of what the paragraph speaks from there on.
BEFORE_LEAD_YEAR = re.compile(r"(?:力争|到|至|截至|截止)?\s?")
# Not of that year alone: 2021年至2023年, 2020年以来.
NOT_ONE_YEAR = re.compile(r"度?\s?[-－—~至到]|以来")
# 2005年底前注册的车 is of that time, 在1992年增长的基础上 is only built on.
ONLY_NAMED = re.compile("[末底]?(?:之?前|以前)[^，。；]*(?:要|的|须)|[^，。；]{0,30}基础上")
HALF_REPORT = re.compile(r"H1|Q[123]|M0\d")
SECOND_HALF = frozenset(["下半年", "年内", "年底前", "四季度"])
TARGETS = re.compile("目标|总体要求|指标")
# What may stand before the years of a lead: 在过去五年, 做好今年工作; not 落实2030年目标.
BEFORE_YEARS = re.compile("(?:在|到|至|截至|这|做好|刚刚|刚刚过去的|即将过去的|过去的|力争|我们|[ \u3000])*")
ANNEX_TITLE = 120
LONGEST_TIME = 10
# Several years to come are planned, wherever they begin.
AHEAD = re.compile("今后|未来")


CHAPTER = 1
# 2020年，… and 2020年是… speak of that year for a paragraph.
OF_YEAR = ("，", ",", "是")
LAST_MONTH = 12
YEAR_END = (12, 31)

Days = tuple[date | None, date | None]


class ReportPart(NamedTuple):
    """Where a sentence stands: `kind`, the status and days that hold there by default, and the words text[start:end] that say so.

    kind: review (of a year), review_of_years, targets, tasks, outlook (beyond the planned year), annex (projects to be done), glossary, or
    report (nothing but the kind of report tells; the words are empty). `around` are the days of the review of years in which one
    sentence speaks of a year: 2017年产值达到90亿元，年均增长7%.
    """

    kind: str
    status: str
    first: date | None
    last: date | None
    start: int
    end: int
    around: Days | None = None


class _Told(NamedTuple):
    status: str | None
    span: Span | None
    start: int
    end: int
    kind: str | None = None
    aims: bool = False
    is_heading: bool = False


class _Review(NamedTuple):
    chapter: str
    times: frozenset[tuple[date, date]]


class ReportParts(NamedTuple):
    """The parts of one report: `of_sentences` in their order, `of_sections` by section_id; `reviewed` and `planned` are the days of what
    it tells and plans where no part says otherwise.
    """

    years: ReportYears
    of_sentences: list[ReportPart]
    of_sections: dict[str, ReportPart]
    reviewed: Days
    planned: Days

    def days(self, part: ReportPart, status: str, *, expected: bool = False, over_years: bool = False) -> Days:
        """First and last day of a figure of that status in the part: a plan told of in a review lies ahead, what is done in a plan behind;
        what is only `expected` (预计全年增长6%) is of the whole year that is reviewed; what is told `over_years` (年均) of those around.
        """
        if over_years and part.around is not None and status == part.status:
            return part.around
        expected = expected and part.last is not None and (part.last.month, part.last.day) == YEAR_END
        if expected or status in ("baseline", part.status):
            return part.first, part.last
        return self.planned if status == "target" else self.reviewed


def report_parts(
    document: Document, text: str, sections: Sequence[Section], sentences: Sequence[Sentence], cues: PartCues
) -> ReportParts:
    """The parts in which the sentences and sections of a report stand."""
    reader = _Reader(document, report_years(document, sections), cues)
    told_by = {section.section_id: reader.of_heading(section) for section in sections}
    of_sections = reader.of_sections(sections, told_by)
    found: list[ReportPart] = []
    of_paragraph: ReportPart | None = None
    opened: ReportPart | None = None
    begun = _begun(reader, sections, told_by, of_sections)
    reviews = _of_several_times(sections, told_by, reader.years)
    carried: ReportPart | None = None
    chapter: str | None = None
    section_id, own = "", reader.default
    review: _Review | None = None
    paragraphs = {0, *(mark.end() for mark in PARAGRAPH.finditer(text))}
    may_tell = cues.may_tell.match
    for sentence in sentences:
        start, end = sentence.clean_start, sentence.clean_end
        if sentence.section_id != section_id:
            section_id = sentence.section_id
            own = begun.get(section_id) or of_sections.get(section_id) or reader.default
            opened = None if told_by.get(section_id) is not None else opened
            review = reviews.get(section_id)
            if review is None or review.chapter != chapter:
                carried, chapter = None, review.chapter if review else None
        begins = start in paragraphs
        if begins:
            of_paragraph = None
        around = opened or carried or own
        told = reader.of_lead(text, start, end, around) if may_tell(text, start, end) else None
        if told is not None:
            if begins and told.status is not None and document.doc_type != "plan":
                opened = reader.opened(told, around, opened)
            outer = of_paragraph or around
            part = reader.part(told, outer)
            if _passes(text, told, part, outer, starts=begins):
                found.append(part._replace(around=(outer.first, outer.last)))
                continue
            of_paragraph = part
            if begins and review is not None and told.status != "target" and (part.first, part.last) in review.times:
                carried = part
        found.append(of_paragraph or opened or carried or own)
    return ReportParts(reader.years, found, of_sections, reader.reviewed, reader.planned)


def _begun(
    reader: _Reader,
    sections: Sequence[Section],
    told_by: Mapping[str, _Told | None],
    of_sections: Mapping[str, ReportPart],
) -> dict[str, ReportPart]:
    """section_id -> the part that goes on in a section of which no heading tells: in a report to a congress the plan, once a chapter has
    turned to it or the one that reviews is over, and the terms explained at its end.
    """
    going_on: dict[str, ReportPart] = {}
    part: ReportPart | None = None
    for section in sections:
        own, told = of_sections[section.section_id], told_by[section.section_id]
        if own.kind == "glossary":
            part = own
        elif told is not None and section.level == CHAPTER and reader.years.delivered and told.span is not None:
            part = ReportPart("tasks", "target", *reader.planned, told.start, told.end)
        elif told is None and own.kind == "report" and part is not None:
            going_on[section.section_id] = part
    return going_on


def _of_several_times(
    sections: Sequence[Section], told_by: Mapping[str, _Told | None], years: ReportYears
) -> dict[str, _Review]:
    """section_id -> the chapter that reviews several times (过去一年和五年工作回顾): in it a lead holds up to the next that names one of them."""
    known: dict[str, _Review] = {}
    for section in sections:
        told = told_by[section.section_id]
        around = known.get(section.parent_section_id or "")
        if told is None:
            if around is not None:
                known[section.section_id] = around
            continue
        times = frozenset((span.first, span.last) for span in spans(section.heading, years) if told.status == "actual")
        if len(times) > 1:
            known[section.section_id] = _Review(section.section_id, times)
    return known


def _passes(text: str, told: _Told, part: ReportPart, outer: ReportPart, *, starts: bool) -> bool:
    """Whether the year at the head of a sentence holds for it alone: the paragraph goes on with the years that are reviewed."""
    if told.is_heading or part.kind != "review" or outer.kind != "review_of_years" or told.span is None:
        return False
    return not (starts and text.startswith(OF_YEAR, told.end))


class _Reader:
    """What headings and leads of one report say."""

    def __init__(self, document: Document, years: ReportYears, cues: PartCues) -> None:
        self._document, self.years, self._cues = document, years, cues
        self._is_plan = document.doc_type == "plan"
        own: Days = (document.period_start, document.period_end)
        self.reviewed = self.planned = own
        if years.reviewed is not None and (self._is_plan or years.delivered):
            # A plan for five years looks back on five.
            count = years.planned[1] - years.planned[0] if self._is_plan and years.planned else 0
            self.reviewed = date(years.reviewed - count, 1, 1), date(years.reviewed, 12, 31)
        if years.planned is not None and not self._is_plan:
            self.planned = date(years.planned[0], 1, 1), date(years.planned[1], 12, 31)
            if own[0] and own[1] and own[1].year == years.planned[0] and own[1].month < LAST_MONTH:
                # What a half-year's report plans is the rest of its year.
                self.planned = own[1] + timedelta(days=1), date(own[1].year, 12, 31)
        status = "target" if self._is_plan else "actual"
        self.default = ReportPart("report", status, *(own if self._is_plan else self.reviewed), 0, 0)

    def of_sections(self, sections: Sequence[Section], told_by: Mapping[str, _Told | None]) -> dict[str, ReportPart]:
        """section_id -> its part: what the nearest heading tells (`told_by`), with what the headings above it add."""
        known: dict[str, ReportPart] = {}
        for section in sections:
            around = known.get(section.parent_section_id or "", self.default)
            told = told_by[section.section_id]
            known[section.section_id] = self.part(told, around) if told else around
        return known

    def of_heading(self, section: Section) -> _Told | None:
        """What a heading says, None where it says nothing of it."""
        heading = section.heading
        if not heading or len(heading) > LONGEST_HEADING:
            return None
        start = section.clean_start + max(0, section.text.find(heading))
        if self._cues.is_glossary(heading) or self._cues.is_glossary(heading.lstrip("附件：:0123456789 \u3000")):
            return _Told(None, None, start, start + len(heading), "glossary")
        if section.level == 0 and heading.startswith("附"):
            return self._of_annex(section)
        cue = self._cues.of_heading(heading)
        found = spans(heading, self.years)
        if cue is not None and cue.status == "target" and self._reviews_first(heading, found):
            return _Told("actual", found[0], start + found[0].start, start + found[0].end, is_heading=True)
        span = _chosen(found, cue.start if cue else None)
        status = cue.status if cue else self._by_years(heading, found[-1] if found else None)
        if span is None and status is None:
            return None
        if status is None and cue is None and span is not None and self._is_plan:
            return None
        ends = [(cue.start, cue.end)] if cue else []
        ends += [(span.start, span.end)] if span else []
        aims = TARGETS.search(heading) is not None
        return _Told(
            status, span, start + min(ends)[0], start + max(end for _, end in ends), aims=aims, is_heading=True
        )

    def _reviews_first(self, heading: str, found: Sequence[Span]) -> bool:
        """1998年工作回顾和1999年工作的总体要求: the chapter begins with the review, and a lead in it turns to the plan."""
        if len(found) < 2 or not self.years.delivered or found[0].last.year != self.years.reviewed:
            return False
        return REVIEWS.search(heading, found[0].end, found[-1].start) is not None

    def _of_annex(self, section: Section) -> _Told | None:
        """附件 with a title of its own below: 某省2025年十件民生实事."""
        title = section.text[:ANNEX_TITLE]
        found = [span for span in spans(title, self.years) if self._is_ahead(span)]
        if not found and not self._cues.lists_projects(title):
            return None
        span = found[0] if found else None
        start = section.clean_start + (span.start if span else 0)
        return _Told("target", span, start, start + (span.end - span.start if span else len(section.heading)), "annex")

    def of_lead(self, text: str, start: int, end: int, around: ReportPart) -> _Told | None:
        """What the words at the head of the sentence say of its paragraph."""
        before = BEFORE_LEAD.match(text, start, end)
        start = before.end() if before else start
        head = text[start : min(end, start + LEAD_REACH)]
        # What begins in the head of the sentence may end behind it.
        told = text[start : min(end, start + LEAD_REACH + LONGEST_TIME)]
        found = (s for s in spans(told, self.years) if s.start < len(head))
        span = next((s for s in found if BEFORE_YEARS.fullmatch(head, 0, s.start)), None)
        year = self.years.first_beyond(self._is_plan)
        lead = _lead_year(text, start, end)
        named_to = lead[1] if lead else start + span.end if span else 0
        if named_to and ONLY_NAMED.match(text, named_to, end):
            return None
        aims = TARGETS.search(head) is not None
        if lead and year:
            named, behind = lead
            at = _Told(None, span, start, behind, aims=aims)
            if named != year:
                return at._replace(status="target" if named > year else "actual")
            if self._cues.plans_behind_year(text, behind):
                return at._replace(status="target")
            return at._replace(status="actual") if self.years.delivered else None
        cue = self._cues.of_lead(text, start, end)
        if cue is not None:
            if text[cue.start : cue.end] in SECOND_HALF and not HALF_REPORT.search(self._document.period_label or ""):
                return None
            return _Told(cue.status, span, cue.start, max(cue.end, start + span.end if span else 0), aims=aims)
        if span is not None and self.years.delivered:
            status = self._by_years(told[: span.end], span)
            if status is not None and status != around.status and "今年" in told[span.start : span.end]:
                return None
            return _Told(status, span, start + span.start, start + span.end, aims=aims)
        return None

    def _by_years(self, words: str, span: Span | None) -> str | None:
        """Planned or reviewed, by the years that are named; a plan's own years say nothing of its chapters."""
        if span is None or self.years.reviewed is None or self._is_plan:
            return None
        if AHEAD.search(words[span.start : span.end]):
            return "target"
        return "target" if span.last.year > self.years.reviewed else "actual"

    def _is_ahead(self, span: Span) -> bool:
        return self.years.planned is not None and span.last.year >= self.years.planned[0]

    def opened(self, told: _Told, around: ReportPart, opened: ReportPart | None) -> ReportPart | None:
        """What a lead opens beyond its paragraph: a plan, where none is open, or that of the year behind an outlook."""
        if told.status != "target" or self._document.doc_type != "summary+plan":
            return None
        part = self.part(told, around)
        if around.status == "target" and not (around.kind == "outlook" and part.kind != "outlook"):
            return opened
        return part

    def part(self, told: _Told, around: ReportPart) -> ReportPart:
        """The part that is told of, with what `around` it says where nothing else is told."""
        status = told.status or around.status
        first, last = self._days(told.span, status, around, by_heading=told.is_heading)
        kind = told.kind or ("annex" if around.kind == "annex" else self._kind(status, first, last, told))
        return ReportPart(kind, status, first, last, told.start, told.end)

    def _days(self, span: Span | None, status: str, around: ReportPart, *, by_heading: bool) -> Days:
        if span is not None:
            return span.first, span.last
        if status == around.status or (self._is_plan and not by_heading):
            # 目前 in a plan is no other year.
            return around.first, around.last
        return self.planned if status == "target" else self.reviewed

    def _kind(self, status: str, first: date | None, last: date | None, told: _Told) -> str:
        several = first is not None and last is not None and last.year > first.year
        if status == "actual":
            return "review_of_years" if several else "review"
        planned = self.years.planned
        if planned is not None and last is not None and last.year > planned[1]:
            return "outlook"
        return "targets" if told.aims else "tasks"


def _lead_year(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The year that the sentence text[start:end] begins with, and where its words end."""
    before = BEFORE_LEAD_YEAR.match(text, start, end)
    year = year_at(text, before.end() if before else start, end)
    return None if year is None or NOT_ONE_YEAR.match(text, year[1], end) else year


def _chosen(found: list[Span], cue_at: int | None) -> Span | None:
    """The years of a heading: those that stand last before its cue; of 过去五年和2020年工作回顾 the longer ones."""
    before = [span for span in found if cue_at is None or span.start <= cue_at] or found
    if not before:
        return None
    if len(before) > 1 and before[-1].first >= before[-2].first and before[-1].last <= before[-2].last:
        return before[-2]
    return before[-1]
