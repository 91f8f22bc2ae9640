"""Deadlines (完成期限) and the day that they mean, from the year that the plan is for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.tables import Row

QUARTER_ENDS = {"一": (3, 31), "二": (6, 30), "三": (9, 30), "四": (12, 31)}
THIRDS = {"上旬": 10, "初": 10, "中旬": 20}
YEAR = "(?P<{name}>20[0-9]{{2}}年|今年|明年|后年|当年|本年)?"
# 明年底前 is 明 and 年底前: the 年 is written once.
SHARED_YEAR = "(?P<fixed_year>(?:20[0-9]{2}|[今明后当本])(?=年[底末内中])|(?:20[0-9]{2}|[今明后当本])年)?"


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


class DeadlineReader:
    """Finds deadlines: a day, the end of a month, and the fixed expressions of the table (年底前, 上半年, “十四五”末)."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """`rows` of `commitment_words` with the kinds deadline (value MM-DD), plan_period (value a day) and not_deadline."""
        self._days = {row["text"]: row["value"] for row in rows if row["kind"] == "deadline"}
        self._periods = {row["text"]: row["value"] for row in rows if row["kind"] == "plan_period"}
        self._before = tuple(row["text"] for row in rows if row["kind"] == "not_deadline")
        fixed = "|".join(map(re.escape, sorted(self._days, key=len, reverse=True)))
        periods = "|".join(map(re.escape, sorted(self._periods, key=len, reverse=True)))
        day_year, month_year = YEAR.format(name="day_year"), YEAR.format(name="month_year")
        # Most clauses have none of these, and every deadline has one: a quick look before the long pattern.
        endings = {word[-2:] for word in [*self._days, *self._periods] if not word.endswith("前")}
        self._hint = re.compile("|".join(["前", "月[份底末初上中下]", "到20", *map(re.escape, sorted(endings))]))
        self._start = re.compile(
            "(?<![0-9])[0-9]|[今明后当本到" + "".join(sorted({word[0] for word in [*self._days, *self._periods]})) + "]"
        )
        self._pattern = re.compile(
            f"{day_year}(?P<day_month>1[0-2]|[1-9])月(?P<day>3[01]|[12][0-9]|[1-9])日(?:之?前|以前)"
            f"|{month_year}(?P<month>1[0-2]|[1-9])月(?:份)?(?:(?P<third>上旬|中旬|下旬|初|底|末)(?:之?前|以前)?|(?:之?前|以前))"
            f"|{SHARED_YEAR}(?P<fixed>{fixed})(?:内|之?前|底前|末前|底|末)?"
            "|到(?P<until>20[0-9]{2})年(?:底|末)?(?:前)?|(?P<before>20[0-9]{2})年(?P<before_end>底|末)?(?:之?前|以前)"
            f"|(?:到)?(?P<period>{periods})"
        )

    def find(self, text: str, start: int, end: int, years: Years) -> Deadline | None:
        """The first deadline in text[start:end]."""
        if not self._hint.search(text, start, end):
            return None
        for first in self._start.finditer(text, start, end):
            hit = self._pattern.match(text, first.start(), end)
            if hit and not text.endswith(self._before, start, hit.start()):
                return Deadline(hit.start(), hit.end(), hit[0], self._day(hit, years))
        return None

    def _day(self, hit: re.Match[str], years: Years) -> date | None:
        if hit["period"]:
            return date.fromisoformat(self._periods[hit["period"]])
        if hit["until"]:
            return date(int(hit["until"]), 12, 31)
        if hit["before"]:
            # 2025年底前 ends with the year, 2025年前 before it begins.
            return date(int(hit["before"]) - (0 if hit["before_end"] else 1), 12, 31)
        year = _year(hit["day_year"] or hit["month_year"] or hit["fixed_year"], years)
        if year is None:
            return None
        if hit["fixed"]:
            month_day = self._days[hit["fixed"]]
            return date.fromisoformat(f"{year}-{month_day}") if month_day else None
        month = int(hit["day_month"] or hit["month"])
        last = monthrange(year, month)[1]
        return date(year, month, min(last, int(hit["day"])) if hit["day"] else THIRDS.get(hit["third"] or "", last))


def _year(printed: str | None, years: Years) -> int | None:
    if printed is None or printed[0] in "今当本":
        return years.plain
    if printed[0] in "明后":
        return years.following + (printed[0] == "后") if years.following is not None else None
    return int(printed[:4])
