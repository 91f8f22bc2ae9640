"""When something is, was or will be (时间): one grammar of the times that reports print, and the days they mean.

A time is found by its form alone and is a value: its words, its role in the clause (截至 until, 以来 since, 每 each, 较 against)
and its first and last day, where a part that is not printed is left open. `days` closes it with the period of the report.
The third five-year plan (五年规划) began in 1966, after a pause of three years, and each since where the one before ended.

Not here: durations (3年, 30分钟) and ages, which are quantities, and document numbers, which are names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.language.numerals import DIGITS, chinese

Role = Literal["at", "until", "before", "since", "each", "against", "same_period", "event"]


class Day(NamedTuple):
    """A day as far as it is printed: `year` None for that of the report, `shift` years from it; day 0 is the month's last."""

    year: int | None
    shift: int
    month: int
    day: int

    def on(self, report_year: int) -> date:
        """The date; a day that the month does not have is its last.

        >>> Day(None, -1, 2, 0).on(2025)
        datetime.date(2024, 2, 29)
        """
        year = (report_year if self.year is None else self.year) + self.shift
        last = monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day, last) if self.day else last)


class Time(NamedTuple):
    """text[start:end] says when, without 到, 截至 or 自 text[core:end]. `first` None is the first day of the report, `last` None its last.

    `is_year` tells that only years are printed (2024年, 2021-2023年, 去年), so that another part of the year may go with it.
    `part` is the part of one year that is named: H1, Q1-Q3, M03, and the month of 9月底; empty for whole years and days.
    """

    start: int
    end: int
    printed: str
    role: Role
    first: Day | None
    last: Day | None
    core: int
    is_year: bool = False
    part: str = ""

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year where both are printed."""
        if self.first is None or self.last is None or self.first.year is None or self.last.year is None:
            return None
        return self.first.year + self.first.shift, self.last.year + self.last.shift

    def shifted(self, by: int) -> Time:
        """The same time in another text: its place `by` further on."""
        start, end, printed, role, first, last, core, is_year, part = self
        return Time(start + by, end + by, printed, role, first, last, core + by, is_year, part)


class Reference(NamedTuple):
    """What times lean on: first and last day of the report's period, and whether it looks ahead (a plan)."""

    first: date
    last: date
    is_plan: bool = False


TO = r"(?:\s?(?:[-－–—―~～]{1,2}|至|到)\s?)"
NUMBERS = "一二三四五六七八九十"
MONTH_NUMBER = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY_NUMBER = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
ZERO = "〇○零O"
YEAR_NUMBER = f"(?:(?:19|20)[0-9]{{2}}|(?:一九|二[{ZERO}])[{ZERO}一二三四五六七八九]{{2}})"
# What patterns of other words are made with: 2024年; 5月; 一季度; how long (连续三年, 十多年).
A_YEAR = rf"(?:{YEAR_NUMBER}\s?年)"
A_MONTH = f"(?:{MONTH_NUMBER}月)"
A_QUARTER = "(?:[一二三四]季度)"
YEARS_LONG = rf"(?:[0-9{NUMBERS}多]{{1,3}}年)"
YEAR_STARTS = "12一二"
_ONE_YEAR = re.compile(rf"(?P<year>{YEAR_NUMBER})\s?年")
# Words that name a year by its distance from the report's: 上年 -1. 新的一年 is the next, in a plan its own.
YEAR_WORDS = {
    "今年": 0, "本年度": 0, "本年": 0, "当年": 0, "全年": 0, "年内": 0, "年度内": 0,
    "次年": 1, "翌年": 1, "去年": -1, "上年度": -1, "上年": -1, "上一年度": -1, "上一年": -1, "前年": -2,
    "明年": 1, "来年": 1, "下一年": 1, "后年": 2, "新的一年": 1,
}  # fmt: skip
THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "初": (1, 10), "底": (0, 0), "末": (0, 0)}
SINCE = "以来|以后|之后|起|开始"
BEFORE = "之前|以前|前"

NUMERIC = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<sign>[-./])(?P<month>1[0-2]|0?[1-9])(?P=sign)(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9.%])"
)
# 2024年, 2021-2023年, 2021—23年, 2021、2022年; before 底 the 年 may be left out.
YEARS = re.compile(
    rf"(?:(?P<from>{YEAR_NUMBER})\s?(?:年?{TO}|[、和及与]))?(?P<year>{YEAR_NUMBER})\s?(?:年度|学年|年|(?=[底末初](?![级步中次始])))"
    rf"|(?P<long>{YEAR_NUMBER}){TO}(?P<short>[0-9]{{2}})\s?(?:年度|学年|年)"
)
# 21年 is a year where the clause begins with it and nothing says that it is a span (21年来, 21年间).
SHORT_YEAR = re.compile(r"(?<![0-9.,])(?P<year>[0-9]{2})年度?(?![来间内多余以前后龄的累共如老])")
# 三年内 is a span of time, and no 年内.
_NO_SPAN = f"(?<![{NUMBERS}两几0-9])(?=年内)|(?!年内)"
YEAR_WORD = re.compile(f"(?:{_NO_SPAN})(?:{'|'.join(sorted(YEAR_WORDS, key=len, reverse=True))})")
WITHIN = re.compile(
    rf"\s?(?:(?P<from_month>{MONTH_NUMBER})(?:月份?)?{TO})?(?P<month>{MONTH_NUMBER})\s?月(?![龄饼嫂子季一两])"
    rf"(?:份(?!额)|\s?(?:(?P<from_day>{DAY_NUMBER})\s?[日号]?{TO})?(?P<day>{DAY_NUMBER})\s?[日号](?!线|楼|院)"
    r"|(?P<third>上旬|中旬|下旬|初|底|末))?"
    rf"|(?P<half>上半年|下半年|全年|(?<![{NUMBERS}两几0-9])年内)"
    r"|前(?P<quarters>[二两三23])个?季度"
    rf"|(?:第?(?P<from_quarter>[一二三四1-4])(?:季度)?{TO})?第?(?P<quarter>[一二三四1-4])季度[末底]?"
    rf"|前(?P<months>{MONTH_NUMBER})个月"
    r"|年?(?P<edge>底|末(?!级)|初(?![级步中次始诊心保])|中(?=之?前|以前))"
)
LAST_DAY = re.compile(rf"(?P<day>{DAY_NUMBER})\s?[日号](?!线|楼|院)")
NTH_PLAN = f"(?:(?:二?十)?[{NUMBERS[:9]}]|二?十)"
PLAN = re.compile(
    rf"(?P<open>[“\"])?(?P<nth>{NTH_PLAN})五(?(open)[”\"]?(?P<edge>期间|时期|期?末|初|前(?P<firsts>[二三四])年|(?=以来|[，,]))|(?P<plain>期间|时期|期?末|初))"
)
# 第五个五年计划期间: the same, in full.
FULL_PLAN = re.compile(rf"第(?P<nth>{NTH_PLAN})个五年(?:计划|规划)(?:的?(?P<edge>期间|时期|末|初)(?:内)?)")
CENTURY = re.compile(
    r"(?P<century>本世纪|21世纪|新世纪|上世纪|上个世纪|20世纪)(?:(?P<decade>[0-9二三四五六七八九])[0十]年代|(?P<part>中叶|末|初))"
)
# 自2019年开展试点以来: what began then stands between.
BEGUN = re.compile(r"[^，。；：、\n0-9（）()]{1,14}?以来")
# What may come before and behind a point; the role comes of it.
LEAD = re.compile(r"(?:截至到|截止到|截止至|截至|截止|自从|自|到|至)\s?")
TAIL = re.compile(
    rf"(?P<same>同期)|期间|时期|间(?![隔接])|份(?!额)|(?P<since>{SINCE})|(?P<before>{BEFORE})(?![期列沿景身提端台后置移进往去来{NUMBERS}])"
)
RANGE = re.compile(TO)
EACH = re.compile("每(?:半年|个?季度|年度?|个?月|周|天|日)(?!龄)")
YEARS_AGO = f"(?P<count>[{NUMBERS[:9]}两几]|[二三]?十[{NUMBERS[:9]}]?|[0-9]{{1,2}})"
# 五年来, 五年间; 五年累计减税 where what follows sums up or compares, but not 连续五年增长.
_SPOKEN = f"(?<=[{NUMBERS[:9]}两十几]年)"
PAST = re.compile(
    f"(?:最近|过去|近|过|这)?(?<!连续)(?<![第每前]){YEARS_AGO}年(?:多?以?来|(?<!后.年)(?<!后..年){_SPOKEN}间(?![隔接]))"
    f"|(?<!连续)(?<![第每前后近过这]){YEARS_AGO.replace('count', 'spoken')}年{_SPOKEN}"
    "(?=累计|总体|年均|平均|共(?!同|享)|增加|增长|减少|下降|翻|$)"
)
RECENT = re.compile(f"(?:最近|过去|近)的?{YEARS_AGO}年(?:来|间|以来)?")
INSIDE = re.compile(f"(?<![年第每])[{NUMBERS[:9]}两十]年内")
# 由改革前的35%: a time that no calendar knows.
EVENT = re.compile(r"(?<=[由从])(?!目前)[\u4e00-\u9fff]{1,5}?(?:前|初期?|时|目前)(?=的)")
NOW = re.compile("截至目前|截止目前|(?<=[由从])目前(?=的)")
_COUNT = f"[{NUMBERS}两几0-9]{{1,3}}年"
_DASHES = "－–—―~～至到"
_STARTS = (
    (
        f"{ZERO}{NUMBERS}",
        rf"(?<![{ZERO}{NUMBERS}点].)(?=[{ZERO}{NUMBERS}]{{0,3}}(?:[年月季至到世—-]|五(?:期间|时期|[-底末初{_DASHES}\s、和及与])))",
    ),
    (
        "0123456789",
        rf"(?<![0-9.].)(?<![0-9],.)(?=[0-9]{{0,3}}(?:\s?[年月季]|[-{_DASHES}、和及与\s日号底末]|世纪|(?<=[12][0-9]{{3}})[./]))",
    ),
    ("今去明来后次翌当全", "(?=年)"),
    ("两", "(?=年多?以?来)"),
    ("本", "(?=[年世])"),
    ("上", "(?=半年|一?年(?!均)|个?世)"),
    ("下", "(?=半年|一年)"),
    ("新", "(?=的一年|世)"),
    ("前", "(?=年|[一二三四1-9][0-2]?个?[月季])"),
    ("年", f"(?=[底末初]|内(?<![{NUMBERS}两几0-9]年内)|度内|中之?前|中以前)"),
    (
        "自到至",
        rf"(?=[\s从今去来后次翌当全近过最这上下明前本年第{NUMBERS}两〇○“\"]|[0-9]{{1,4}}(?:\s?[年月季]|[-{_DASHES}、和及与./\s日号底末初]|世纪))",
    ),
    ("截", "(?=[止至])"),
    ("第", rf"(?=[一二三四1-4][-季\s{_DASHES}]|二?十?[{NUMBERS[:9]}]?个五年)"),
    ("每", "(?=半年|个?季度|年|个?月|周|天|日)"),
    ('“"', f"(?=二?十?[{NUMBERS[:9]}]?五)"),
    ("近过这", f"(?=的?{_COUNT})"),
    ("最", f"(?=近的?{_COUNT})"),
    ("过", f"(?=去的?{_COUNT})"),
    (
        "由从",
        rf"(?=[0-9今去上下明后前本当新来全次翌年截自到至第每最近过这{ZERO}{NUMBERS}两几“\"]|[\u4e00-\u9fff]{{1,5}}?(?:前|初期?|时)的)",
    ),
)
"""The characters that a time may begin with, or stand right behind (由, 从), each with what must be around them."""
# Where all alternatives begin with a character of their own, a search goes to the next of these characters at once.
START = re.compile("|".join(f"{first}{around}" for firsts, around in _STARTS for first in firsts))
# 由 and 从 may stand before a time that is no part of them.
BEHIND = frozenset("由从")
AGAINST = re.compile("(?:较|比|同比|与|同|[高低优多少大小快慢好强等当]于|超过?)$")
# 达到2010年的1.6倍: what the figure is measured by.
MULTIPLE = re.compile(rf"的[0-9.{ZERO}{NUMBERS}百千两点]{{1,8}}[倍成]")
# 恢复到2019年的82%: so much of what there was then.
SHARE_OF_THEN = re.compile(rf"的[0-9.{ZERO}{NUMBERS}百千两点]{{1,8}}[%％]")
# 提高到2023年的95% is a value of that year.
REACHES_THEN = ("恢复到", "恢复至", "是", "为", "占")
BEFORE_SHORT_YEAR = frozenset("，。；：！？、,;:\n（( \u3000截至到自从较比在")
# A year of two digits lies no further from the report's.
NEAR = 3
HALVES = {"上半年": (1, 6), "下半年": (7, 12)}
EDGES = {"初": 1, "中": 6}
# The parts of a year that have a name, by their first and last month.
PARTS = {(1, 6): "H1", (7, 12): "H2", (1, 9): "Q1-Q3", (1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4"}
CENTURIES = {"20": 1900, "21": 2000, "新世": 2000}
# The plans before the pause of 1963 to 1965.
FIRST_PLANS = {1: (1953, 1957), 2: (1958, 1962)}
# 历时近三年 is a span of time.
LASTED = ("历时", "耗时", "长达", "经过", "时隔", "服务", "工作", "达")
_WORD_STARTS = frozenset(word[0] for word in YEAR_WORDS)
_WITHIN_STARTS = frozenset("0123456789一二三四五六七八九十上下全前第年底末初中 ")
_FAR_STARTS = frozenset('“"第一二三四五六七八九十近过最这本上新12两几')


class _Span(NamedTuple):
    """What a point or a range of two says; `stop` is where its words end."""

    stop: int
    first: Day | None
    last: Day | None
    is_year: bool = False
    has_year: bool = True
    is_range: bool = False
    part: str = ""


def find_times(text: str, report_year: int | None = None) -> list[Time]:
    """The times in `text`, left to right, without overlap. With the report's year, 21年 at the head of a clause is one too.

    >>> [(time.printed, time.role) for time in find_times("截至10月底，较2023年增长；每年培训，2022年3月以来")]
    [('截至10月底', 'until'), ('2023年', 'against'), ('每年', 'each'), ('2022年3月以来', 'since')]
    """
    return list(_times(text, report_year))


@lru_cache(maxsize=2)
def times_of(text: str, report_year: int | None) -> tuple[Time, ...]:
    """`find_times` of a whole text, for which those who read its figures and its deadlines ask one after the other."""
    return tuple(find_times(text, report_year))


class Times:
    """The times of a text, found once for all who ask of its pieces."""

    def __init__(self, text: str, report_year: int | None) -> None:
        self._text, self._year = text, report_year
        self.found = times_of(text, report_year)
        self._starts = [time.start for time in self.found]

    def within(self, start: int, end: int) -> list[Time]:
        """The times of text[start:end], by their places in it.

        >>> [time[:3] for time in Times("今年开工。较2023年增长，2024年底完工。", None).within(5, 20)]
        [(1, 6, '2023年'), (9, 15, '2024年底')]
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        crosses = (first and self.found[first - 1].end > start) or (last > first and self.found[last - 1].end > end)
        if crosses or (start and self._text[start - 1] not in BEFORE_SHORT_YEAR):
            # What stands before the piece (1.2024年) is no part of a time in it.
            return find_times(self._text[start:end], self._year)
        return [time.shifted(-start) for time in self.found[first:last]]


@lru_cache(maxsize=4096)
def times_in(printed: str, report_year: int | None) -> tuple[Time, ...]:
    """`find_times` of few words, which are asked for one figure after another."""
    return tuple(find_times(printed, report_year))


def _times(text: str, report_year: int | None) -> Iterator[Time]:
    reached = 0
    for candidate in START.finditer(text):
        at = candidate.start()
        at += text[at] in BEHIND
        time = _read(text, at, report_year) if at >= reached else None
        if time is not None:
            reached = time.end
            yield time


def days(time: Time, reference: Reference) -> tuple[date | None, date | None]:
    """First and last day of `time` in a report of the period `reference`; both None for what no calendar knows (改革前).

    >>> year = Reference(date(2024, 1, 1), date(2024, 12, 31))
    >>> [day.isoformat() for day in days(find_times("2023年11月至2024年2月")[0], year)]
    ['2023-11-01', '2024-02-29']
    >>> [day.isoformat() for day in days(find_times("近三年")[0], year)]
    ['2022-01-01', '2024-12-31']
    """
    if time.role == "event":
        return None, None
    year = reference.last.year
    if time.role == "same_period":
        past = year - 1 if time.first is None else time.first.on(year).year
        return _in_year(reference.first, past - year), _in_year(reference.last, past - year)
    if reference.is_plan and time.printed.startswith("新的一年"):
        year -= 1
    elif reference.is_plan and time.role == "at" and time.last is None:
        # What a plan calls 过去一年 lies before it.
        year -= 1
        reference = Reference(date(year, 1, 1), date(year, 12, 31))
    first = reference.first if time.first is None else time.first.on(year)
    last = reference.last if time.last is None else time.last.on(year)
    if time.role == "before" and time.is_year and last.month == 12:
        # 2025年前 ends where 2025 begins.
        last = date(first.year - 1, 12, 31)
        first = last.replace(month=1, day=1)
    return first, max(first, last)


def _in_year(day: date, years: int) -> date:
    return Day(day.year + years, 0, day.month, 0 if day == Day(day.year, 0, day.month, 0).on(0) else day.day).on(0)


def _read(text: str, at: int, report_year: int | None) -> Time | None:
    """The time at text[at:], None where there is none."""
    if text[at] == "每":
        each = EACH.match(text, at)
        return Time(at, each.end(), each[0], "each", None, None, at) if each else None
    lead = LEAD.match(text, at) if text[at] in "截自到至" else None
    core = lead.end() if lead else at
    found = _span(text, core, report_year)
    if found is None:
        now = NOW.match(text, at)
        if now:
            return Time(at, now.end(), now[0], "at", None, None, at)
        event = EVENT.match(text, at) if at and text[at - 1] in "由从" else None
        return Time(at, event.end(), event[0], "event", None, None, at) if event else None
    stop, first, last = found.stop, found.first, found.last
    role: Role = "at"
    if lead:
        role = "until" if lead[0][0] != "自" else "at" if found.is_range else "since"
    begun = BEGUN.match(text, stop) if role == "since" else None
    if begun:
        # 自1998年开展工作以来至2023年底
        stop = begun.end()
        to = RANGE.match(text, stop)
        close = _span(text, to.end(), report_year) if to else None
        if close is not None and close.last is not None:
            return Time(at, close.stop, text[at : close.stop], "at", first, close.last, core)
    tail = TAIL.match(text, stop)
    if tail:
        stop = tail.end()
        if tail["same"]:
            role = "same_period"
        elif tail["since"]:
            role = "since"
        elif tail["before"]:
            role = "before"
    if role == "since":
        last = None
    elif role in ("until", "before") and last is not None and not found.is_year:
        # 截至10月底 counts from the beginning of the year.
        first = last._replace(month=1, day=1)
    begins = at + (text[at] in "到至")
    is_share = text.endswith(REACHES_THEN, 0, begins) and SHARE_OF_THEN.match(text, stop)
    if is_share or MULTIPLE.match(text, stop) or (role == "at" and AGAINST.search(text, max(0, at - 2), at)):
        role = "against"
    return Time(at, stop, text[at:stop].rstrip(), role, first, last, core, found.is_year, found.part)


def _span(text: str, at: int, report_year: int | None) -> _Span | None:
    """A point, or two that a dash or 至 joins: 8月1日至8月31日, 2023年11月至2024年2月, 5月10日至20日."""
    first = _point(text, at, report_year)
    if first is None or first.first is None or first.last is None:
        return first
    to = RANGE.match(text, first.stop)
    if to is None:
        return first
    second = _point(text, to.end(), report_year)
    if second is None:
        day = LAST_DAY.match(text, to.end()) if first.first == first.last else None
        if day is None:
            return first
        return first._replace(
            stop=day.end(), last=first.last._replace(day=value_of(day["day"])), is_range=True, part=""
        )
    if second.first is None or second.last is None:
        return first
    begin, close = first.first, second.last
    if second.has_year and close.year is None:
        # 2023年11月至次年2月
        close = close._replace(year=begin.year)
    if first.has_year and not second.has_year:
        close = close._replace(year=begin.year, shift=begin.shift)
    elif second.has_year and not first.has_year:
        begin = begin._replace(year=close.year, shift=close.shift - (begin.month > close.month))
    elif not first.has_year and begin.month > close.month:
        begin = begin._replace(shift=-1)
    if begin.year is not None and close.year is not None and begin.year + begin.shift > close.year + close.shift:
        return first
    part = _part(begin.month, close.month) if begin[:2] == close[:2] and (begin.day, close.day) == (1, 0) else ""
    return _Span(second.stop, begin, close, first.is_year and second.is_year, is_range=True, part=part)


def _point(text: str, at: int, report_year: int | None) -> _Span | None:
    character = text[at : at + 1]
    year: int | None = None
    shift, stop, from_year = 0, at, None
    if character in YEAR_STARTS and character:
        numeric = NUMERIC.match(text, at)
        if numeric:
            day = Day(int(numeric["year"]), 0, int(numeric["month"]), int(numeric["day"]))
            return _Span(numeric.end(), day, day)
        years = YEARS.match(text, at)
        if years:
            stop = years.end()
            printed, from_printed = years["year"] or years["long"][:2] + years["short"], years["from"] or years["long"]
            year = year_of(printed)
            from_year = year_of(from_printed) if from_printed else None
            if from_year is not None and from_year > year:
                return None
    if year is None and character.isdecimal():
        short = SHORT_YEAR.match(text, at)
        if short and _is_year(text, short, report_year):
            year, stop = 2000 + int(short["year"]), short.end()
    if year is None and character in _WORD_STARTS and character:
        word = YEAR_WORD.match(text, at)
        if word:
            shift, stop = YEAR_WORDS[word[0]], word.end()
    has_year = stop > at
    within = WITHIN.match(text, stop) if not has_year or text[stop : stop + 1] in _WITHIN_STARTS else None
    if within and _fits(within, has_year):
        return _within(within, year, shift, has_year, from_year)
    if has_year:
        first = Day(year if from_year is None else from_year, shift, 1, 1)
        return _Span(stop, first, Day(year, shift, 12, 0), is_year=True, is_range=from_year is not None)
    return _far(text, at, report_year)


def _fits(within: re.Match[str], has_year: bool) -> bool:
    """Without a year 底 alone is no time."""
    return has_year or not within["edge"] or within[0][0] == "年"


def _within(within: re.Match[str], year: int | None, shift: int, has_year: bool, from_year: int | None) -> _Span:
    stop = within.end()
    first_month, last_month, first_day, last_day = 1, 12, 1, 0
    part: str | None = None
    if within["month"]:
        last_month = value_of(within["month"])
        first_month = value_of(within["from_month"]) if within["from_month"] else last_month
        third = within["third"]
        part = "" if within["day"] else _part(first_month, last_month)
        if within["day"]:
            last_day = value_of(within["day"])
            first_day = value_of(within["from_day"]) if within["from_day"] else last_day
        elif third:
            first_day, last_day = THIRDS[third]
            if not first_day:
                # 9月底: from the beginning of the year on.
                first_month, first_day = 1, 1
        if first_month > last_month:
            first = Day(year if from_year is None else from_year, shift - 1, first_month, first_day)
            return _Span(stop, first, Day(year, shift, last_month, last_day), has_year=has_year, is_range=True)
    elif within["half"]:
        first_month, last_month = HALVES.get(within["half"], (1, 12))
    elif within["quarters"]:
        last_month = 3 * value_of(within["quarters"])
    elif within["quarter"]:
        last_month = 3 * value_of(within["quarter"])
        first_month = 3 * value_of(within["from_quarter"] or within["quarter"]) - 2
    elif within["months"]:
        last_month = value_of(within["months"])
    elif within["edge"] in EDGES:
        last_month = EDGES[within["edge"]]
    if part is None:
        part = "" if within["edge"] else _part(first_month, last_month)
    if from_year is not None:
        part = ""
    if last_month < first_month:
        first_month = last_month
    first = Day(year if from_year is None else from_year, shift, first_month, first_day)
    return _Span(stop, first, Day(year, shift, last_month, last_day), has_year=has_year, part=part)


def _part(first_month: int, last_month: int) -> str:
    """The name of the months of one year: H1, Q1-Q3, M03; empty for others."""
    return f"M{last_month:02d}" if first_month == last_month else PARTS.get((first_month, last_month), "")


def year_at(text: str, start: int, end: int | None = None) -> tuple[int, int] | None:
    """The year that text[start:end] begins with, and where its words end.

    >>> year_at("2024年，", 0), year_at("二〇二四年", 0), year_at("2024家", 0)
    ((2024, 5), (2024, 5), None)
    """
    if text[start : start + 1] not in YEAR_STARTS:
        return None
    year = _ONE_YEAR.match(text, start, len(text) if end is None else end)
    return (year_of(year["year"]), year.end()) if year else None


def number_of_years(numeral: str) -> int:
    """How many years 几年, 三年 and 10年 are; 几 stands for a few.

    >>> [number_of_years(numeral) for numeral in ("几", "两", "三十二", "10")]
    [3, 2, 32, 10]
    """
    return 3 if numeral == "几" else value_of(numeral)


def years_of_plan(numeral: str) -> tuple[int, int]:
    """First and last year of the five-year plan (五年规划) of that number.

    >>> years_of_plan("一"), years_of_plan("十四")
    ((1953, 1957), (2021, 2025))
    """
    nth = int(chinese(numeral))
    return FIRST_PLANS.get(nth, (1951 + 5 * nth, 1955 + 5 * nth))


def _far(text: str, at: int, report_year: int | None) -> _Span | None:
    """Times of several years: “十四五”期间, 近三年, 五年来, 本世纪中叶."""
    character = text[at : at + 1]
    if not character or character not in _FAR_STARTS:
        return None
    plan = PLAN.match(text, at) or FULL_PLAN.match(text, at)
    if plan:
        first_year, last_year = years_of_plan(plan["nth"])
        edge = plan["edge"] or plan.groupdict().get("plain") or ""
        if firsts := plan.groupdict().get("firsts"):
            # “十一五”前四年
            last_year = first_year + value_of(firsts) - 1
        first_year, last_year = {
            "末": (last_year, last_year),
            "期末": (last_year, last_year),
            "初": (first_year, first_year),
        }.get(edge, (first_year, last_year))
        return _Span(plan.end(), Day(first_year, 0, 1, 1), Day(last_year, 0, 12, 0), is_year=True)
    inside = INSIDE.match(text, at)
    if inside:
        # 三年内: of the part of the report that says so.
        return _Span(inside.end(), None, None)
    past = RECENT.match(text, at) or PAST.match(text, at)
    if past:
        if text.endswith(LASTED, 0, at):
            return None
        count = number_of_years(past.groupdict().get("spoken") or past["count"])
        return _Span(past.end(), Day(None, 1 - count, 1, 1) if count > 1 else None, None)
    century = CENTURY.match(text, at)
    if century is None:
        return None
    base = CENTURIES.get(century["century"][:2], 0)
    if base < 1:
        # 本世纪, 上世纪: seen from the report.
        base = 100 * ((report_year or 2000) // 100) - 100 * (century["century"][0] == "上")
    if century["decade"]:
        first_year = base + 10 * value_of(century["decade"])
        last_year = first_year + 9
    else:
        first_year, last_year = {"中叶": (50, 50), "末": (100, 100), "初": (0, 10)}[century["part"]]
        first_year, last_year = base + first_year, base + last_year
    return _Span(century.end(), Day(first_year, 0, 1, 1), Day(last_year, 0, 12, 0), is_year=True)


def _is_year(text: str, short: re.Match[str], report_year: int | None) -> bool:
    """Whether two digits before 年 are a year, no span: 21年底, and 21年 at the head of a clause in a report of about that time."""
    at, value = short.start(), int(short["year"])
    within = WITHIN.match(text, short.end())
    if within and (not within["edge"] or within["edge"] != "中"):
        return value < 50
    is_near = report_year is not None and abs(2000 + value - report_year) <= NEAR
    return is_near and (at == 0 or text[at - 1] in BEFORE_SHORT_YEAR)


@lru_cache(maxsize=512)
def year_of(printed: str) -> int:
    """2024 of 2024, 二〇二四 and 二○二四."""
    return int(
        "".join(
            character if character.isascii() and character != "O" else str(DIGITS.get(character, 0))
            for character in printed
        )
    )


@lru_cache(maxsize=256)
def value_of(printed: str) -> int:
    """The number of a numeral in figures or in words: 5, 五, 十二."""
    return int(printed) if printed.isascii() else int(chinese(printed))
