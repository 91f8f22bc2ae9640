"""Which year a report reviews and which it plans, and the years that headings and leads speak of (回顾之年与计划之年)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.language.periods import Distance, Mention, mentions, mentions_of_parts, part_of_year
from pipeline.records import Document, Section

DELIVERED, GOVERNMENTS = "政府工作报告", ("人民政府", "国务院")
LONGEST_HEADING = 40
# 今年以来 is only how far the year has come.
OWN_YEAR, SO_FAR = "新的一年", "以来"
REVIEWS = re.compile("回顾|总结|成就|成绩|成效|情况")
PLANS = re.compile("安排|任务|目标|要求|思路|部署|打算|建议|重点|计划|主要工作|政府工作")
TERM_YEARS = 5
# The time that a government is in office, told by those who report for it.
TERM = re.compile("本届政府(?!将|要)|本届任期|任期内")
# A quick look: what tells years or a term has one of these.
HINT = re.compile("[年月季期划届任五]")


class ReportYears(NamedTuple):
    """`reviewed`: the last year the report looks back on; `planned`: first and last year it plans; None where unknown.

    `delivered`: a report to a congress, which bears the year that it plans, so that 今年 in it is the planned year.
    """

    reviewed: int | None
    planned: tuple[int, int] | None
    delivered: bool

    def first_beyond(self, is_plan: bool) -> int | None:
        """The year from which on a year is planned by a plan; a review plans what is later than it."""
        return self.planned[0] if is_plan and self.planned else self.reviewed


class Span(NamedTuple):
    """text[start:end] speaks of the days `first` to `last`."""

    start: int
    end: int
    first: date
    last: date


def report_years(document: Document, sections: Sequence[Section]) -> ReportYears:
    """The years of a report, from its period, its kind and the years that its headings review and plan."""
    if document.period_start is None or document.period_end is None:
        return ReportYears(None, None, False)
    first, last = document.period_start.year, document.period_end.year
    if document.doc_type == "plan":
        return ReportYears(first - 1, (first, last), False)
    if (document.period_end.month, document.period_end.day) != (12, 31):
        return ReportYears(last, (last, last), False)
    if document.doc_type == "summary+plan" and first == last and _is_delivered(document, last, sections):
        return ReportYears(last - 1, (last, last), True)
    return ReportYears(last, (last + 1, last + 1), False)


def _is_delivered(document: Document, year: int, sections: Sequence[Section]) -> bool:
    for section in sections:
        heading = section.heading
        if not 0 < len(heading) <= LONGEST_HEADING:
            continue
        for mention in mentions(heading):
            if mention.year is None or mention.last_year:
                continue
            behind = heading[mention.end :]
            if REVIEWS.search(behind) and mention.year in (year - 1, year):
                return mention.year == year - 1
            if PLANS.search(behind) and mention.year in (year, year + 1):
                return mention.year == year
    title = document.title or ""
    if DELIVERED in title:
        # A label of the year before is that of the review: 2024 for the report of 2025.
        return not any(mention.year == year + 1 for mention in mentions(title))
    return document.title is None and (document.issuer or "").endswith(GOVERNMENTS)


def spans(text: str, years: ReportYears) -> list[Span]:
    """The years that `text` speaks of, in order.

    >>> years = ReportYears(2020, (2021, 2021), True)
    >>> [(s.first.year, s.last.year) for s in spans("过去五年工作回顾和“十四五”时期目标", years)]
    [(2016, 2020), (2021, 2025)]
    >>> [(s.first.year, s.last.year) for s in spans("“十三五”以来，“十四五”规划实施以来", ReportYears(2023, (2024, 2024), True))]
    [(2016, 2020), (2021, 2023)]
    >>> [(s.first.year, s.last.year) for s in spans("过去一年和五年工作回顾", ReportYears(2022, (2023, 2023), True))]
    [(2022, 2022), (2018, 2022)]
    >>> [(s.first.year, s.last.year) for s in spans("“十一五”前四年", ReportYears(2009, (2010, 2010), True))]
    [(2006, 2009)]
    """
    if not HINT.search(text):
        return []
    found = [span for mention in mentions_of_parts(text) for span in _span(mention, years)]
    if years.reviewed is not None:
        first, last = years.reviewed - TERM_YEARS + 1, years.reviewed
        found += [_years(term.start(), term.end(), first, last) for term in TERM.finditer(text)]
    found.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _span(mention: Mention, years: ReportYears) -> Iterator[Span]:
    start, end, reviewed = mention.start, mention.end, years.reviewed
    period = mention.period
    if period is not None:
        first, last = period.start, period.end
        if mention.is_open and reviewed is not None:
            goes_on = last.year < reviewed and not mention.last_year
            if goes_on or first.year <= reviewed < last.year:
                # 2007年以来 and “十四五”以来 last to the end of what is reviewed.
                last = date(reviewed, 12, 31)
        yield Span(start, end, first, last)
    elif reviewed is not None and years.planned is not None and (mention.distance or mention.part == "H2"):
        yield from _by_distance(mention, reviewed, years.planned, years.delivered)


def _by_distance(mention: Mention, reviewed: int, planned: tuple[int, int], delivered: bool) -> Iterator[Span]:
    start, end = mention.start, mention.end
    own = planned[0] if delivered else reviewed
    kind, count = mention.distance or Distance("year", 0)
    if kind == "past":
        yield _years(start, end, reviewed - count + 1, reviewed)
    elif kind == "ahead":
        yield _years(start, end, planned[0], planned[0] + count - 1)
    elif mention.quote.startswith(OWN_YEAR):
        # Of a plan all its years.
        yield _years(start, end, *planned)
    elif count or not mention.quote.endswith(SO_FAR):
        # Written in December, read out in January: 明年 is the year that is planned.
        year = planned[0] if delivered and count == 1 else own + count
        if mention.behind_year:
            # 去年一季度开局良好, …: the year is what the paragraph goes on to speak of.
            yield _years(start, mention.behind_year, year, year)
        else:
            yield Span(start, end, *part_of_year(year, mention.part)[1:])


def _years(start: int, end: int, first: int, last: int) -> Span:
    return Span(start, end, date(first, 1, 1), date(last, 12, 31))
