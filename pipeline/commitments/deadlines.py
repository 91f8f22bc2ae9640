"""Deadlines (完成期限) and the day that they mean, from the year that the plan is for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.patterns import any_of
from pipeline.language.times import PLAN, Day, Time, times_of
from pipeline.tables import Row

UNTIL, WITHIN = "到", "内"
# Times that set a limit by themselves: 6月底, 8月中旬, 三季度, 上半年; what only says when needs 前: 6月前.
LIMITS = ("底", "末", "旬", "月初", "月份初", "半年", "季度", "期间", "时期")
SPANS, OF = ("期间", "时期"), ATTRIBUTIVE
BEHIND = "(?:内|之?前|[底末]前|[底末])?"


class Deadline(NamedTuple):
    """A deadline as printed, text[start:end], and the day it means where that can be told."""

    start: int
    end: int
    printed: str
    on: date | None


class Years(NamedTuple):
    """The year that a deadline without one means, and the year that 明年 means; None where unknown."""

    plain: int | None
    following: int | None


class _Limit(NamedTuple):
    """text[start:end] is a limit; `last` is its day, whose year may be left open, None for one that no calendar knows (开学前)."""

    start: int
    end: int
    last: Day | None

    def on(self, years: Years) -> date | None:
        if self.last is None:
            return None
        if self.last.year is not None:
            return self.last.on(self.last.year)
        shift = self.last.shift
        year = years.plain if not shift else years.following
        return self.last._replace(year=year, shift=max(0, shift - 1)).on(year) if year is not None else None


class Deadlines:
    """The deadlines of a text, found once for all who ask of its clauses."""

    def __init__(self, text: str, limits: Sequence[_Limit], not_behind: tuple[str, ...]) -> None:
        self._text, self._limits, self._not_behind = text, limits, not_behind
        self._starts = [limit.start for limit in limits]

    def any_in(self, start: int, end: int) -> bool:
        """Whether a limit begins in text[start:end]."""
        k = bisect_left(self._starts, start)
        return k < len(self._starts) and self._starts[k] < end

    def find(self, start: int, end: int, years: Years) -> Deadline | None:
        """The first deadline in text[start:end]."""
        for k in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            limit = self._limits[k]
            if limit.end <= end and not self._text.endswith(self._not_behind, start, limit.start):
                return Deadline(limit.start, limit.end, self._text[limit.start : limit.end], limit.on(years))
        return None


class DeadlineReader:
    """Finds deadlines: the times that set a limit, and the words of the table for those that are no time of the grammar (春节前)."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """`rows` of `commitment_words` with the kinds deadline (value MM-DD) and not_deadline."""
        self._days = {row["text"]: _day(row["value"]) for row in rows if row["kind"] == "deadline"}
        self._not_behind = tuple(row["text"] for row in rows if row["kind"] == "not_deadline")
        self._words = re.compile(f"(?P<word>{any_of(self._days)}){BEHIND}")

    def read(self, text: str, report_year: int | None) -> Deadlines:
        """The deadlines of `text`, a report of that year."""
        times = times_of(text, report_year)
        limits = [*self._of_words(text, times)]
        limits += [limit for time in times if (limit := _of_time(text, time))]
        limits.sort(key=lambda limit: (limit.start, -limit.end))
        return Deadlines(text, limits, self._not_behind)

    def _of_words(self, text: str, times: Sequence[Time]) -> Iterator[_Limit]:
        years = {time.end: time for time in times if time.is_year and time.first is not None}
        for hit in self._words.finditer(text):
            day, year = self._days[hit["word"]], years.get(hit.start())
            if year is None or year.first is None:
                yield _Limit(hit.start(), hit.end(), day)
            else:
                # 2026年春节前
                day = day and day._replace(year=year.first.year, shift=year.first.shift)
                yield _Limit(year.core, hit.end(), day)


def _day(month_day: str) -> Day | None:
    return Day(None, 0, *map(int, month_day.split("-"))) if month_day else None


def _of_time(text: str, time: Time) -> _Limit | None:
    last, start, end = time.last, time.core, time.end
    if last is None or last.shift < 0:
        return None
    if time.role == "before":
        if time.is_year and not PLAN.match(text, start):
            # 2025年底前 ends with the year, 2025年前 before it begins.
            last = last._replace(shift=last.shift - 1)
        return _Limit(start, end, last)
    sets_limit = text.endswith(LIMITS, start, end)
    if time.role == "until" and text.startswith(UNTIL, time.start):
        return _Limit(time.start, end, last) if sets_limit or (time.is_year and last.year is not None) else None
    if time.role != "at":
        return None
    within = text.startswith(WITHIN, end)
    if sets_limit:
        # “十四五”期间的任务: of that time, not by then.
        return (
            None if text.endswith(SPANS, start, end) and text.startswith(OF, end) else _Limit(start, end + within, last)
        )
    return _Limit(start, end + within, last) if time.is_year and (within or text.endswith(WITHIN, start, end)) else None
