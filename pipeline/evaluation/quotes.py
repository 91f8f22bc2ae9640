"""The numbers that a quote holds (引文中的数值)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pipeline.facts.numerals import NUMERAL_CHARACTERS, arabic, chinese, magnitude

_ARABIC = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)((?:[百万亿]|千(?![瓦克米卡]))*)")
_CHINESE = re.compile(f"[{NUMERAL_CHARACTERS}]+")
# What may stand inside a numeral (三十余万) or before its share (百分之七十).
_BETWEEN = re.compile("[多余几]|百分之")


def numbers_in(quote: str) -> set[Decimal]:
    """The values of the numerals of a quote, magnitudes expanded.

    >>> sorted(map(int, numbers_in("约1.5万人、三十余万册、8千多公里")))
    [8000, 15000, 300000]
    """
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", quote))
    spoken = _ARABIC.sub(" ", text)
    return {arabic(match[1]) * magnitude(match[2]) for match in _ARABIC.finditer(text)} | {
        chinese(match[0]) for match in _CHINESE.finditer(spoken)
    }
