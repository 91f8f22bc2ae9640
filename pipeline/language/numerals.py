"""Chinese and Arabic numerals (数字) as exact decimals."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

DIGITS = {
    character: value
    for value, characters in enumerate(["〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
    for character in characters
}
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
NUMERAL_CHARACTERS = "".join(DIGITS) + "".join(MAGNITUDES)


@lru_cache(maxsize=4096)
def magnitude(characters: str) -> Decimal:
    """The factor that magnitude characters after an Arabic numeral stand for.

    >>> magnitude("万"), magnitude("千万"), magnitude("")
    (Decimal('10000'), Decimal('10000000'), Decimal('1'))
    """
    factor = Decimal(1)
    for character in characters:
        factor *= MAGNITUDES[character]
    return factor


@lru_cache(maxsize=4096)
def arabic(text: str) -> Decimal:
    """An Arabic numeral, thousands separators allowed.

    >>> arabic("1,325.50")
    Decimal('1325.50')
    """
    return Decimal(text.replace(",", ""))


@lru_cache(maxsize=4096)
def chinese(text: str) -> Decimal:
    """A Chinese numeral, spoken (三千二百) or by digits (二〇二四), with a decimal part after 点.

    >>> chinese("三千二百"), chinese("亿"), chinese("一亿零五万"), chinese("三点五"), chinese("二〇二四")
    (Decimal('3200'), Decimal('100000000'), Decimal('100050000'), Decimal('3.5'), Decimal('2024'))
    """
    whole, _, fraction = text.partition("点")
    value = Decimal(_chinese_integer(whole))
    if fraction:
        tail = fraction.rstrip("".join(MAGNITUDES))
        value = (value + Decimal("0." + "".join(str(DIGITS[character]) for character in tail))) * magnitude(
            fraction[len(tail) :]
        )
    return value


def _chinese_integer(text: str) -> int:
    if len(text) > 1 and all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    total = section = digit = 0
    last = 1
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
            last = 1 if digit == 0 else last
            continue
        factor = MAGNITUDES[character]
        if factor < 10**4:
            section += (digit or 1) * factor
        else:
            below = section + digit
            total = (total + below or 1) * factor if factor == 10**8 else total + (below or 1) * factor
            section = 0
        digit, last = 0, factor
    # 一万五 is 15000: a bare last digit counts the next lower place.
    return total + section + (digit * last // 10 if last >= 100 else digit)


def to_chinese(number: int) -> str:
    """The spoken form of 0 <= number < 10**12, the inverse of `chinese`.

    >>> to_chinese(10020)
    '一万零二十'
    """
    if number == 0:
        return "零"
    spoken, scale = "", 10**8
    for name in ("亿", "万", ""):
        group, number = divmod(number, scale)
        scale = max(scale // 10**4, 1)
        if group:
            needs_zero = spoken and group < 1000
            spoken += ("零" if needs_zero else "") + _under_ten_thousand(group) + name
    return spoken


def _under_ten_thousand(number: int) -> str:
    spoken, gap = "", False
    for factor, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            spoken += ("零" if gap and spoken else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return spoken
