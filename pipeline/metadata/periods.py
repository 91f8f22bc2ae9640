"""Reporting periods (报告期): how a text writes them, and the days they span."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

CHINESE_DIGITS = {character: str(value % 10) for value, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
}
DIGIT = "[〇○零O一二三四五六七八九]"
YEAR = f"(?:20[0-9]{{2}}|19[4-9][0-9]|二[〇○零O][〇○零O一二三四]{DIGIT}|一九[四五六七八九]{DIGIT})"
COUNT = "一二三四五六七八九十"
PART = (
    "(?P<h1>上半年|1(?:月?份?)?[-—–~至到]6月|前六个月|一至六月)"
    "|(?P<h2>下半年|7(?:月?份?)?[-—–~至到]12月)"
    "|(?P<q3s>前三季度|前三个季度|[一1][至到-][三3]季度|1(?:月?份?)?[-—–~至到]9月)"
    "|(?P<q>第?[一二三四1-4]季度)"
    "|(?P<q1>1(?:月?份?)?[-—–~至到]3月)"
    "|(?P<months>1(?:月?份?)?[-—–~至到](?:[24578]|1[01])月份?)"
    "|(?P<m>(?:1[0-2]|0?[1-9])月份?(?![0-9一二三四五六七八九十]|[-—–~至到]))"
)
SPAN = re.compile(f"(?P<from>{YEAR})年?[-—–~至到] ?(?P<to>{YEAR})年")
DATED = re.compile(f"(?P<year>{YEAR})年(?:度|全年)?(?:[\u4e00-\u9fff]{{0,4}}?(?:{PART}))?")
FIVE_YEARS = re.compile('[“"]?十([二三四五六七八九])五[”"]?(?:时期)?(?:[\u4e00-\u9fff]{0,16}规划|时期)')

# Every form of a period has one of these.
HINT = re.compile("[年月季期划]")
# A look at the first character spares most places of a text the alternatives.
ANY_PERIOD = re.compile(
    '(?=[0-9一二三四十上下前第“"])'
    f"(?:{SPAN.pattern}|(?P<dated>{YEAR}年)|(?P<undated>{PART})|(?P<plan>{FIVE_YEARS.pattern}))"
)


class Period(NamedTuple):
    """A reporting period: its label (2024, 2024H1, 2024Q1-Q3, 2024M03, 2021-2025), first and last day."""

    label: str
    start: date
    end: date


class Mention(NamedTuple):
    """A period as a text writes it: year None where only the part of the year is printed (上半年)."""

    year: int | None
    part: str
    last_year: int | None
    start: int
    quote: str

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
    at = 0
    for hit in ANY_PERIOD.finditer(text):
        if hit.start() < at:
            continue
        if hit["from"]:
            at = hit.end()
            yield Mention(_year(hit["from"]), "", _year(hit["to"]), hit.start(), hit[0])
        elif hit["plan"]:
            at = hit.end()
            nth = COUNT.index(hit["plan"].lstrip('“"')[1]) + 11
            yield Mention(1951 + 5 * nth, "", 1955 + 5 * nth, hit.start(), hit[0])
        elif hit["undated"]:
            yield Mention(None, _part(hit), None, hit.start(), hit[0])
        else:
            dated = DATED.match(text, hit.start())
            if dated:
                at = dated.end()
                yield Mention(_year(dated["year"]), _part(dated), None, hit.start(), dated[0])


def _year(text: str) -> int:
    return int("".join(CHINESE_DIGITS.get(character, character) for character in text))


def _part(hit: re.Match[str]) -> str:
    if hit["h1"] or hit["h2"]:
        return "H1" if hit["h1"] else "H2"
    if hit["q3s"]:
        return "Q1-Q3"
    if hit["q1"]:
        return "Q1"
    if hit["q"]:
        digit = hit["q"].lstrip("第")[0]
        return f"Q{digit if digit.isdecimal() else COUNT.index(digit) + 1}"
    return f"M{int(hit['m'].split('月')[0]):02d}" if hit["m"] else ""
