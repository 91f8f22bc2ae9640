"""Which year a report reviews and which it plans, and the years that headings and leads speak of (回顾之年与计划之年)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.metadata.periods import mentions
from pipeline.records import Document, Section

DELIVERED, GOVERNMENTS = "政府工作报告", ("人民政府", "国务院")
LONGEST_HEADING = 40
REVIEWS = re.compile("回顾|总结|成就|成绩|成效|情况")
PLANS = re.compile("安排|任务|目标|要求|思路|部署|打算|建议|重点|计划|主要工作|政府工作")
COUNT = "[一二三四五六七八九十两]"
COUNTS = {"两": 2} | {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}
TERM_YEARS = 5
# What words mean from the year that the report reviews or plans; explicit years are found by `mentions`.
# A look at the first character spares most places of a text the alternatives.
RELATIVE = re.compile(
    "(?=[一二三四五六七八九十两的过刚最近这本任今未“新去上明来下])(?:"
    f"(?:过去|刚刚过去|最近|近|这)的?(?P<past>{COUNT})年(?:和的?(?P<more>{COUNT})年)?|(?P<since>{COUNT})年(?:多)?(?:以)?来"
    f"|(?<=[就进步展果跨越的])的(?P<of>[三五])年$"
    f"|(?P<term>本届政府(?!将|要)|本届任期|任期内)"
    f"|(?:今后|未来)的?(?P<ahead>{COUNT})年"
    "|“(?P<far>二?十?[一二三四五六七八九])五”(?!普法|法治|全民)(?:前(?P<firsts>[二三四])年)?"
    "|(?P<this>今年(?!以来)|新的一年)|(?P<last>去年|上年|上一年)|(?P<next>明年|来年|下一年)"
    "|(?P<h2>下半年)|(?P<h1>上半年))"
)
# Every form of `mentions` and RELATIVE has one of these.
HINT = re.compile("[年月季期划届任五]")
FIRST_PLAN, PLAN_YEARS = 1951, 5  # the nth five-year plan, from the sixth on, begins in 1951 + 5n
NTH = COUNTS
UNTIL = ("到", "至")
SINCE = ("以来", "开始", "起")
PLAN_SINCE = re.compile("(?:时期|规划)?(?:实施)?以来")


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
            behind = heading[mention.start + len(mention.quote) :]
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
    found = [*_explicit(text, years), *_relative(text, years)]
    found.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _explicit(text: str, years: ReportYears) -> Iterator[Span]:
    for mention in mentions(text):
        period = mention.period
        if period is None:
            continue
        end, last = mention.start + len(mention.quote), period.end
        reviewed = years.reviewed
        if reviewed is not None and (
            (last.year < reviewed and text.startswith(SINCE, end))
            or (period.start.year <= reviewed < last.year and PLAN_SINCE.match(text, end))
        ):
            # 2007年以来 and “十四五”以来 last to the end of what is reviewed.
            last = date(reviewed, 12, 31)
        yield Span(mention.start, end, period.start, last)


def _relative(text: str, years: ReportYears) -> Iterator[Span]:
    if years.reviewed is None or years.planned is None:
        return
    reviewed, (first, last) = years.reviewed, years.planned
    own = first if years.delivered else reviewed
    for hit in RELATIVE.finditer(text):
        if count_of := hit["past"] or hit["since"] or hit["of"]:
            count = COUNTS[count_of]
            whole = _years(hit, reviewed - count + 1, reviewed)
            if hit["more"]:
                # 过去一年和五年
                yield whole._replace(end=hit.start("more"))
                yield _years(hit, reviewed - COUNTS[hit["more"]] + 1, reviewed)._replace(start=hit.start("more"))
            else:
                yield whole
        elif hit["term"]:
            yield _years(hit, reviewed - TERM_YEARS + 1, reviewed)
        elif hit["ahead"]:
            yield _years(hit, first, first + COUNTS[hit["ahead"]] - 1)
        elif hit["far"]:
            begin = FIRST_PLAN + PLAN_YEARS * _nth(hit["far"])
            end = begin + COUNTS.get(hit["firsts"], PLAN_YEARS) - 1
            yield _years(hit, begin, min(end, reviewed) if PLAN_SINCE.match(text, hit.end()) else end)
        elif hit["this"]:
            yield _years(hit, *((first, last) if hit["this"] != "今年" else (own, own)))
        elif hit["last"]:
            yield _years(hit, own - 1, own - 1)
        elif hit["next"]:
            # Written in December, read out in January: 明年 is the year that is planned.
            yield _years(hit, *((first, last) if years.delivered else (own + 1, own + 1)))
        elif hit["h2"]:
            yield Span(hit.start(), hit.end(), date(own, 7, 1), date(own, 12, 31))


def _years(hit: re.Match[str], first: int, last: int) -> Span:
    return Span(hit.start(), hit.end(), date(first, 1, 1), date(last, 12, 31))


def _nth(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (NTH.get(tens, 1) * 10 if ten else 0) + NTH.get(ones, 0)
