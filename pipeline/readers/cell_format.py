"""A cell's value as a sheet shows it (单元格格式): the number formats of ECMA-376, 18.8.30, as far as figures are read by them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

# Built-in formats of Chinese Excel that the file names by number only (18.8.30, zh-cn), and what a date in them shows.
CHINESE_DATES = {
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    36: "yyyy年m月",
    50: "yyyy年m月",
    51: "m月d日",
    52: "yyyy年m月",
    53: "m月d日",
    54: "m月d日",
    57: "yyyy年m月",
    58: "m月d日",
}
_DIGITS = 15
"""Significant digits that a sheet keeps."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PLACES = re.compile(r"[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]+))?(,*)")
_DATE_SIGNS = re.compile(r"[ymdhs年月日]", re.I)
_LITERAL_SIGNS = "\ue000", "\ue001"


class Shown(NamedTuple):
    """The text of a cell, and the value as it is stored where the text shows less or otherwise."""

    text: str
    stored: str | None


def shown(value: object, number_format: str) -> Shown:
    """A cell as a sheet shows it, without separators of thousands.

    >>> shown(0.058, "0.0%"), shown(386.44, "0.0"), shown(21.07, "General")
    (Shown(text='5.8%', stored='0.058'), Shown(text='386.4', stored='386.44'), Shown(text='21.07', stored=None))
    """
    if value is None:
        return Shown("", None)
    if isinstance(value, bool):
        return Shown("TRUE" if value else "FALSE", None)
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime | date):
        return Shown(_date(value, number_format), None)
    if isinstance(value, time | timedelta):
        return Shown(str(value), None)
    return Shown(str(value).replace("_x000D_", " "), None)


def _number(value: float, number_format: str) -> Shown:
    stored = _plain(Decimal(repr(value)))
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return Shown(stored, None)
    number = Decimal(stored)
    section = _section(number_format, number)
    if section.lower() in ("general", "", "@", "g/通用格式"):
        return Shown(stored, None)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return _LITERAL_SIGNS[0] + chr(0xE100 + len(literals) - 1)

    bare = _QUOTED.sub(keep, section)
    places = _PLACES.search(bare)
    if places is None and literals:  # words in the place of the number
        return Shown("".join(literals).strip(), stored)
    if places is None or "E" in bare.upper().replace("GENERAL", "") or "/" in bare:
        return Shown(stored, None)
    percent, permille = "%" in bare or "％" in bare, "‰" in bare
    number *= 100 if percent else 1000 if permille else 1
    number /= Decimal(1000) ** len(places[2])
    decimals = len(places[1] or "")
    text = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}" if abs(number) < 10**20 else stored
    if _count_sections(number_format) > 1 and number < 0:
        text = text.lstrip("-")  # the format of negative numbers writes its own sign

    def written(part: str) -> str:
        signs = re.sub(r"[0#?,.]", "", part)
        return re.sub(f"{_LITERAL_SIGNS[0]}(.)", lambda m: literals[ord(m[1]) - 0xE100], signs)

    text = written(bare[: places.start()]).strip() + text + written(bare[places.end() :]).strip()
    return Shown(text, stored if Decimal(stored) != _value(text) else None)


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _plain(number: Decimal) -> str:
    """A number as a sheet keeps it: 15 digits, so that 0.1 + 0.2 is 0.3."""
    if not number.is_finite():
        return str(number)
    rounded = number.normalize() if len(number.as_tuple().digits) <= _DIGITS else round_to(number, _DIGITS).normalize()
    return f"{rounded:f}" if abs(rounded.adjusted()) < 30 else str(rounded)


def round_to(number: Decimal, digits: int) -> Decimal:
    """To so many significant digits.

    >>> round_to(Decimal("0.30000000000000004"), 15).normalize()
    Decimal('0.3')
    """
    return number.quantize(Decimal(1).scaleb(number.adjusted() - digits + 1), ROUND_HALF_UP)


def _sections(number_format: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)


def _count_sections(number_format: str) -> int:
    return len(_sections(number_format))


def _section(number_format: str, number: Decimal) -> str:
    """The part of a format for positive numbers, negative ones or zero."""
    sections = _sections(number_format)
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _date(value: date, number_format: str) -> str:
    bare = _QUOTED.sub(lambda match: match[1] or match[2] or "", number_format).lower()
    if "年" in bare or "月" in bare:
        parts = [
            f"{value.year}年" if "y" in bare else "",
            f"{value.month}月" if "m" in bare and "月" in bare else "",
            f"{value.day}日" if "d" in bare and "日" in bare else "",
        ]
        return "".join(parts)
    if not _DATE_SIGNS.search(bare) or "d" in bare or "y" not in bare:
        at_midnight = not isinstance(value, datetime) or value.time() == time()
        return value.isoformat()[:10] if at_midnight else str(value)
    return f"{value.year}-{value.month:02d}" if "m" in bare else str(value.year)
