"""Chinese and Arabic numerals (数字) as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# The digits one to nine, what counts up to ninety-nine (二十一), and naught as years and page numbers print it.
ONES = "一二三四五六七八九"
COUNTING = ONES + "十"
# 第一、二、三产业: an item of a list of ordinals, whose 第 only the first may have.
ORDINAL = re.compile(f"(?P<nth>第?)(?P<digit>[{COUNTING}])")
# 第二产业, 三产: a sector of the economy.
SECTOR = re.compile(f"{ORDINAL.pattern}产业?")
NAUGHTS = "〇○零"
DIGITS = dict.fromkeys(NAUGHTS, 0) | {character: value for value, character in enumerate(ONES, 1)} | {"两": 2}
# Characters that hold a number with its circle, bracket or point.
COMPOSED = {
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "chinese_bracketed": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "pointed": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "bracketed": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
}
_COMPOSED = {character: value for row in COMPOSED.values() for value, character in enumerate(row, 1)}
# 降为零: nothing, in words.
NAUGHT = "零"
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# 千万, 百亿: the magnitudes of great numbers, and of the greatest.
SCALE = "".join(MAGNITUDES)
LARGE_SCALES = SCALE[1:]
GREAT_SCALES = SCALE[3:]
# Digits as they count a few things of a name: 五项基金.
FEW = frozenset(COUNTING + "两")
NUMERAL_CHARACTERS = "".join(DIGITS) + "".join(MAGNITUDES)
# Capital numerals (大写数字) of bills and receipts.
CAPITALS = dict(zip("零壹贰叁肆伍陆柒捌玖拾佰仟", "零一二三四五六七八九十百千", strict=True))
_FROM_CAPITALS = str.maketrans(CAPITALS)
# What may group thousands: 1,234 or 1，234 or 1 234.
_GROUPING = str.maketrans("", "", ",， ")
_MIXED = re.compile(r"\d+(?:\.\d+)?|[十百千万亿]")
# 三五百 is as good a rough pair as 四五百.
_ROUGH = re.compile(
    "(?P<head>(?:[一二两三四五六七八九]?[十百千万亿])*)(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<tail>[十百千万亿]*)"
)


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
    return Decimal(text.translate(_GROUPING))


@lru_cache(maxsize=4096)
def mixed(text: str) -> Decimal:
    """Arabic digits with several magnitudes: each number counts what its magnitude says.

    >>> mixed("13万2千"), mixed("3亿5000万"), mixed("12万零500"), mixed("1亿2千3百万")
    (Decimal('132000'), Decimal('350000000'), Decimal('120500'), Decimal('123000000'))
    """
    total = section = number = Decimal(0)
    for token in _MIXED.findall(text):
        factor = MAGNITUDES.get(token)
        if factor is None:
            number = Decimal(token)
        elif factor < 10**4:
            section, number = section + number * factor, Decimal(0)
        else:
            below = section + number
            total = (total + below) * factor if factor == 10**8 else total + (below or 1) * factor
            section = number = Decimal(0)
    return total + section + number


@lru_cache(maxsize=4096)
def rough_pair(text: str) -> tuple[Decimal, Decimal] | None:
    """Lower and upper value of a rough pair (概数): neighbours in the order of counting, or 三五; None for any other numeral.

    >>> rough_pair("十七八"), rough_pair("三五百"), rough_pair("一百二三十"), rough_pair("二十四")
    ((Decimal('17'), Decimal('18')), (Decimal('300'), Decimal('500')), (Decimal('120'), Decimal('130')), None)
    """
    pair = _ROUGH.fullmatch(text)
    if pair is None:
        return None
    low, high = DIGITS[pair["low"]], DIGITS[pair["high"]]
    if high != low + 1 and (low, high) != (3, 5):
        return None
    if not pair["tail"] and pair["head"].endswith(("百", "千", "万", "亿")):
        # 一百二三 leaves open what is counted.
        return None
    return chinese(pair["head"] + pair["low"] + pair["tail"]), chinese(pair["head"] + pair["high"] + pair["tail"])


def from_capitals(text: str) -> str:
    """Capital numerals in their plain form.

    >>> from_capitals("壹拾贰万")
    '一十二万'
    """
    return text.translate(_FROM_CAPITALS)


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


@lru_cache(maxsize=4096)
def ordinal(numeral: str) -> int:
    """The number of a numeral that counts things up (序号), Arabic, Chinese or in one character; 0 for a row such as 一一 that is none.

    >>> [ordinal(numeral) for numeral in ("12", "十二", "二十", "二十一", "⑿", "一一", "")]
    [12, 12, 20, 21, 12, 0, 0]
    """
    if numeral.isascii():
        return int(numeral or 0)
    if numeral in _COMPOSED:
        return _COMPOSED[numeral]
    number = int(chinese(numeral))
    spoken = to_chinese(number)
    return number if numeral == (spoken[1:] if 10 <= number < 20 else spoken) else 0


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
