"""Days as pages stamp them (日期): whole, in figures or in words, with any sign and blanks between; 2024-05-15 09:30, 二〇二四年五月十五日.

The times of running text, whose forms are stricter, are found by `pipeline.language.times`.
"""

from __future__ import annotations

import re
from datetime import date

from pipeline.language.times import DAY_NUMBER, MONTH_NUMBER, YEAR_NUMBER, find_times, value_of, year_of

YEAR_SIGN, MONTH_SIGN = "[-—./年]", "[-—./月]"
STAMP = rf"{YEAR_NUMBER}\s*{YEAR_SIGN}\s*{MONTH_NUMBER}\s*{MONTH_SIGN}\s*{DAY_NUMBER}(?![0-9])日?"
_DAY = re.compile(
    rf"(?P<year>{YEAR_NUMBER})\s*{YEAR_SIGN}\s*(?P<month>{MONTH_NUMBER})\s*{MONTH_SIGN}\s*(?P<day>{DAY_NUMBER})(?![0-9])"
)
# 2024/5/15, in figures and parted by one sign.
PLAIN = "(?:19|20)[0-9]{2}[-/](?:1[0-2]|0?[1-9])[-/](?:3[01]|[12][0-9]|0?[1-9])"
# 9:05, 09:30:12
CLOCK = "[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?"
WEEKDAY = "星期[一二三四五六日天]"
# The head of a column that is a year or a part of one: 2024, 2024年上半年.
YEAR_HEAD = re.compile(rf"{YEAR_NUMBER}\s*年?(?:[上下]半年|[一二三四]季度|{MONTH_NUMBER}月)?$")
LONGEST_LINE = 24


def find_date(text: str) -> date | None:
    """The first full date in `text`; None if there is none, or no such day.

    >>> find_date("发布时间：2024-05-15 09:30"), find_date("二〇二四年五月十五日"), find_date("2024年2月30日")
    (datetime.date(2024, 5, 15), datetime.date(2024, 5, 15), None)
    """
    stamp = _DAY.search(text)
    if stamp is None:
        return None
    try:
        return date(year_of(stamp["year"]), value_of(stamp["month"]), value_of(stamp["day"]))
    except ValueError:
        return None


def is_date(line: str) -> bool:
    """Whether a line is a month or a day and nothing else: （二〇二四年五月）, 2024年5月15日.

    >>> [is_date(line) for line in ("（二〇二四年五月）", "24年5月15日", "2024年", "2024年1-6月", "5月15日")]
    [True, True, False, False, False]
    """
    if "年" not in line or "月" not in line or len(line) > LONGEST_LINE:
        return False
    words = line.strip("（()）")
    time = next(iter(find_times(words)), None)
    if time is None or time.role != "at" or (time.core, time.end) != (0, len(words)):
        return False
    return time.first is not None and time.first.year is not None and (time.part[:1] == "M" or time.first == time.last)
