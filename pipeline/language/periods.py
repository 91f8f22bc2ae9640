"""Reporting periods (报告期): how a text writes them, and the days they span."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from pipeline.language.numerals import COUNTING, ONES
from pipeline.language.patterns import HAN
from pipeline.language.times import (
    FULL_PLAN,
    NTH_PLAN,
    PAST,
    PLAN,
    RECENT,
    YEAR_NUMBER,
    YEARS,
    Day,
    Time,
    find_times,
    number_of_years,
    years_of_plan,
)

COUNT = f"[{COUNTING}两]"
# “十四五”卫生健康发展规划: a plan that bears the name of its years.
NAMED_PLAN = re.compile(f'[“"]?(?P<nth>十[{ONES}])五[”"]?(?:时期)?(?:{HAN}{{0,16}}规划|时期)')
# What tells the years that a part of a report speaks of and dates no figure: 这五年, 奋进的五年, 今后五年, “十四五”目标.
OF_PARTS = re.compile(
    "(?=[这的今未“])(?:"
    f"这的?(?P<past>{COUNT})年|(?<=[就进步展果跨越的])的(?P<of>[三五])年$"
    f"|(?:今后|未来)的?(?P<ahead>{COUNT})年"
    f"|“(?P<nth>{NTH_PLAN})五”(?!普法|法治|全民))"
)
# 过去一年和五年: the longer time behind the shorter one.
AND_LONGER = re.compile(f"和的?(?P<count>{COUNT})年")
# “十四五”规划实施以来
SINCE_PLAN = re.compile("(?:时期|规划)?(?:实施)?以来")
# 近几年 is no certain time.
A_FEW = "几"
# 刚刚过去的一年
JUST = "刚刚"
# 2007年开始: as 2007年以来.
SINCE = ("开始", "起")
# 2024年全市上半年: how much may stand between a year and its part.
BETWEEN = re.compile(f"{HAN}{{0,4}}")
# 14.2025年实事: the number of a heading, glued to the year.
GLUED = re.compile(rf"\s*[0-9]{{1,2}}[.．](?={YEAR_NUMBER})")
# Every form of a period has one of these.
HINT = re.compile("[年月季期划五]")
NO_PERIOD = frozenset(["each", "event", "same_period"])
# 本世纪中叶 is no period of a report, nor is 第六个五年计划期间: it dates figures, and does not tell whether a part reviews or plans.
CENTURY = re.compile(r".{0,2}世纪")
# Years by their distance from the report's own; 全年 and 当年 are those of whatever is told.
NAMED_YEARS = re.compile("今年|去年|上年|上一年|明年|来年|下一年|新的一年")


class Period(NamedTuple):
    """A reporting period: its label (2024, 2024H1, 2024Q1-Q3, 2024M03, 2021-2025), first and last day."""

    label: str
    start: date
    end: date


class Distance(NamedTuple):
    """Years told by their distance from the report's: the `years` last ones (past) or next ones (ahead), or one that is `years` away (year)."""

    kind: Literal["past", "ahead", "year"]
    years: int


class Mention(NamedTuple):
    """A period as a text writes it, text[start:end]: year None where only the part of the year is printed (上半年), or its `distance`.

    `is_open` tells that it goes on from there (2020年以来); `behind_year` is where the words of its year end, 0 where none is printed.
    """

    year: int | None
    part: str
    last_year: int | None
    start: int
    end: int
    quote: str
    is_open: bool = False
    behind_year: int = 0
    distance: Distance | None = None

    @property
    def period(self) -> Period | None:
        """The period, None without a year."""
        if self.year is None:
            return None
        return span(self.year, self.last_year) if self.last_year else part_of_year(self.year, self.part)


def part_of_year(year: int, part: str) -> Period:
    """The period for a year and a part: '' for all of it, H1, H2, Q1 … Q4, Q1-Q3, M01 … M12.

    >>> part_of_year(2024, "H1")
    Period(label='2024H1', start=datetime.date(2024, 1, 1), end=datetime.date(2024, 6, 30))
    """
    first, last = 1, 12
    if part.startswith("H"):
        first, last = (1, 6) if part == "H1" else (7, 12)
    elif part == "Q1-Q3":
        last = 9
    elif part.startswith("Q"):
        last = 3 * int(part[1:])
        first = last - 2
    elif part.startswith("M"):
        first = last = int(part[1:])
    return Period(f"{year}{part}", date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def span(first: int, last: int) -> Period:
    """The period of several whole years."""
    return Period(f"{first}-{last}", date(first, 1, 1), date(last, 12, 31))


def parse_label(label: str) -> Period | None:
    """The period of a label; None for a text that is none.

    >>> parse_label("2024Q1-Q3").end, parse_label("2021-2025").start, parse_label("latest")
    (datetime.date(2024, 9, 30), datetime.date(2021, 1, 1), None)
    """
    label = label.strip()
    years = re.fullmatch("([0-9]{4})-([0-9]{4})", label)
    if years:
        return span(int(years[1]), int(years[2]))
    hit = re.fullmatch("([0-9]{4})(H[12]|Q1-Q3|Q[1-4]|M(?:0[1-9]|1[0-2]))?", label)
    return part_of_year(int(hit[1]), hit[2] or "") if hit else None


def mentions(text: str) -> Iterator[Mention]:
    """The periods that `text` prints, in order; parts of a year without a year too.

    >>> [m.period.label for m in mentions("二〇二四年上半年工作总结")]
    ['2024H1']
    """
    if not HINT.search(text):
        return
    # “十四五”末 is no year that a report bears.
    found = [m for m in _times(text) if (m.part if m.year is None else m.behind_year or m.last_year)]
    yield from _joined(text, [*found, *_named_plans(text)])


def mentions_of_parts(text: str) -> list[Mention]:
    """The periods that `text`, a heading or the head of a paragraph, speaks of: also those told by their distance from the report's year.

    >>> [(m.year, m.distance and m.distance[:]) for m in mentions_of_parts("过去五年工作回顾和“十四五”目标")]
    [(None, ('past', 5)), (2021, None)]
    """
    if not HINT.search(text):
        return []
    return list(_joined(text, [*_times(text), *_named_plans(text), *_of_parts(text)]))


def _joined(text: str, found: list[Mention]) -> Iterator[Mention]:
    """In order without overlap, the longest of those that begin at one place; 2024年全市上半年 is one."""
    held: Mention | None = None
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if held is None:
            held = mention
        elif mention.start >= held.end:
            is_part = held.year and not held.last_year and not held.part and mention.part and mention.year is None
            if is_part and mention.distance is None and BETWEEN.fullmatch(text, held.end, mention.start):
                held = held._replace(part=mention.part, end=mention.end, quote=text[held.start : mention.end])
                continue
            yield held
            held = mention
    if held is not None:
        yield held


def _times(text: str) -> Iterator[Mention]:
    glued = GLUED.match(text)
    skipped = glued.end() if glued else 0
    for time in find_times(text[skipped:] if skipped else text):
        time = time.shifted(skipped) if skipped else time
        if time.role in NO_PERIOD or CENTURY.match(text, time.core) or FULL_PLAN.match(text, time.core):
            continue
        first, at, end, printed = time.first, time.core, time.end, text[time.core : time.end]
        is_open = time.role == "since" or text.startswith(SINCE, end)
        if first is not None and first.year is not None:
            yield _of_years(text, time, first, is_open)
        elif past := RECENT.match(text, at) or PAST.match(text, at):
            # 2019年到2023年五年间 counts the years of the time before it.
            if past["count"] not in (None, A_FEW) and text[max(0, at - 1) : at] not in ("年", "的"):
                yield from _past(text, at, end, number_of_years(past["count"]))
        elif first is not None and (named := NAMED_YEARS.match(text, at)):
            distance = Distance("year", first.shift)
            yield Mention(None, time.part, None, at, end, printed, is_open, named.end(), distance)
        elif time.part:
            yield Mention(None, time.part, None, at, end, printed, is_open)


def _of_years(text: str, time: Time, first: Day, is_open: bool) -> Mention:
    year, last = (first.year or 0) + first.shift, time.last
    until = last.year + last.shift if last is not None and last.year is not None else year
    if time.role == "since" and (plan := PLAN.match(text, time.core)):
        # “十三五”以来 is of that plan.
        until = years_of_plan(plan["nth"])[1]
    years = YEARS.match(text, time.core)
    last_year = until if until > year else None
    behind = years.end() if years else 0
    return Mention(year, time.part, last_year, time.core, time.end, text[time.core : time.end], is_open, behind)


def _past(text: str, start: int, end: int, years: int) -> Iterator[Mention]:
    """过去五年, and both of 过去一年和五年."""
    start -= len(JUST) if text.endswith(JUST, 0, start) else 0
    yield Mention(None, "", None, start, end, text[start:end], distance=Distance("past", years))
    longer = AND_LONGER.match(text, end)
    if longer:
        at, end, years = longer.start("count"), longer.end(), number_of_years(longer["count"])
        yield Mention(None, "", None, at, end, text[at:end], distance=Distance("past", years))


def _named_plans(text: str) -> Iterator[Mention]:
    for plan in NAMED_PLAN.finditer(text):
        yield _plan(text, plan)


def _plan(text: str, plan: re.Match[str]) -> Mention:
    first, last = years_of_plan(plan["nth"])
    return Mention(first, "", last, plan.start(), plan.end(), plan[0], SINCE_PLAN.match(text, plan.end()) is not None)


def _of_parts(text: str) -> Iterator[Mention]:
    for hit in OF_PARTS.finditer(text):
        if hit["nth"]:
            yield _plan(text, hit)
        elif hit["ahead"]:
            distance = Distance("ahead", number_of_years(hit["ahead"]))
            yield Mention(None, "", None, hit.start(), hit.end(), hit[0], distance=distance)
        else:
            yield from _past(text, hit.start(), hit.end(), number_of_years(hit["past"] or hit["of"]))
