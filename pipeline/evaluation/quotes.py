"""The numbers that a quote holds (引文中的数值)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pipeline.language.numerals import DIGITS, NUMERAL_CHARACTERS, arabic, chinese, magnitude

# 千 may begin the unit: 千瓦, 千升.
_UNIT_OF_THOUSAND = "千(?=[瓦克米卡升伏])"
_ARABIC = re.compile(rf"([-−]?)([0-9][0-9,]*(?:\.[0-9]+)?)((?:(?!{_UNIT_OF_THOUSAND})[百千万亿])*)")
_CHINESE = re.compile(f"(?:(?!{_UNIT_OF_THOUSAND})[{NUMERAL_CHARACTERS}])+(?:点[{''.join(DIGITS)}]+[百千万亿]*)?")
# Old pages set figures apart (4 9 2 5 0 万吨) and have a middle dot for the point (19·5).
_BLANK = re.compile("(?<=[0-9]) +(?=[0-9万亿])")
_MIDDLE_DOT = re.compile("(?<=[0-9])·(?=[0-9])")
_TENTHS = re.compile(f"([{''.join(DIGITS)}])成([{''.join(DIGITS)}半])")
# 500—600万: the magnitude of the second holds for the first.
_RANGE = re.compile(r"([0-9][0-9,.]*)[-－–—~～至到]+[0-9][0-9,.]*([百千万亿]+)")
# What may stand inside a numeral (三十余万) or before its share (百分之七十).
_BETWEEN = re.compile("[多余几]|百分之")


def numbers_in(quote: str) -> set[Decimal]:
    """The values of the numerals of a quote, magnitudes expanded.

    >>> sorted(map(int, numbers_in("约1.5万人、三十余万册、8千多公里")))
    [8000, 15000, 300000]
    >>> sorted(map(str, numbers_in("增长-1.5%，达到九成八")))
    ['-1.5', '1.5', '8', '9', '9.8']
    >>> sorted(map(int, numbers_in("500—600万元，五点六亿元")))
    [500, 5000000, 6000000, 560000000]
    >>> sorted(map(str, numbers_in("4 0 0 万吨，19·5％，九百一十二万千瓦")))
    ['19.5', '4000000', '9120000']
    """
    text = _BLANK.sub("", _BETWEEN.sub("", unicodedata.normalize("NFKC", quote)))
    text = _MIDDLE_DOT.sub(".", text)
    found = set()
    for sign, digits, scale in _ARABIC.findall(text):
        value = arabic(digits) * magnitude(scale)
        found |= {value, -value} if sign else {value}
    spoken = _ARABIC.sub(" ", text)
    tenths = {Decimal(f"{DIGITS[whole]}.{DIGITS.get(part, 5)}") for whole, part in _TENTHS.findall(spoken)}
    found |= {arabic(digits) * magnitude(scale) for digits, scale in _RANGE.findall(text)}
    return found | tenths | {chinese(match[0]) for match in _CHINESE.finditer(spoken)}
