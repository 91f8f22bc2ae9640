"""Pinyin glosses (注音): 衛(wèi)生 is 衛生, while (ICU270张) and 人工智能(AI) say something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline.offsets import Edit

SIGNS = "a-zɑɡ\u00c0-\u00f6\u00f8-\u01dc\u0300-\u030c\u1e3f"  # a gloss has tones or is in small letters
_LETTERS = f"{SIGNS}A-Z:'’"
_GLOSS = re.compile(
    rf"[(（][ \u00a0]?(?P<gloss>[{_LETTERS}]{{1,12}}(?:[ \u00a0][{_LETTERS}]{{1,12}}){{0,3}}[1-5]?)[ \u00a0]?[)）]"
)
_HANZI = re.compile("[㐀-䶿一-鿿\U00020000-\U0003134f]")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0302\u0304\u0306\u030c"))
_LOOKALIKES = {ord("ɑ"): "a", ord("ɡ"): "g"}
_MOST_SYLLABLES = 4


def glosses(text: str) -> Iterable[Edit]:
    """A bracketed syllable goes if it is a reading of the character before it, whatever brackets stand around both.

    A gloss may also spell several syllables, for as many characters before it.
    """
    before_run, end_of_run = 0, -1  # of the glosses that stand one behind the other
    for match in _GLOSS.finditer(text):
        # Behind a gloss that goes, the character before is the one before that gloss.
        start = match.start() - (text[match.start() - 1 : match.start()] == " ")
        before = before_run if start == end_of_run else start
        if _is_reading(match["gloss"], text[max(0, before - _MOST_SYLLABLES) : before]):
            yield Edit(start, match.end())
            before_run, end_of_run = before, match.end()


def _is_reading(gloss: str, before: str) -> bool:
    """Is `gloss` how the last characters of `before` are read?

    >>> _is_reading("wèi", "国家衛"), _is_reading("lv4", "绿"), _is_reading("AI", "爱"), _is_reading("wèishēng", "衛生")
    (True, True, False, True)
    """
    rest = {_spelling(gloss)}
    for character in reversed(before):
        readings = _readings(character)
        if not rest.isdisjoint(readings):
            return True
        rest = {left.removesuffix(reading) for left in rest for reading in readings if left.endswith(reading)}
    return False


@lru_cache(maxsize=4096)  # more than there are syllables with their tones
def _spelling(gloss: str) -> str:
    """The letters of a gloss without tones, ü as v; empty for letters that no gloss is written with."""
    letters = unicodedata.normalize("NFD", gloss.translate(_LOOKALIKES))
    toneless = letters.translate(_TONES)
    if toneless == letters and not gloss.islower():
        return ""
    spelling = unicodedata.normalize("NFC", toneless.lower()).replace("u:", "v").replace("ü", "v")
    return re.sub("[^a-zê]", "", spelling)


@cache
def _readings(character: str) -> frozenset[str]:
    """The readings without tones, ü as v and, as often typed, as u; none of a character that is no hanzi."""
    if not _HANZI.match(character):
        return frozenset()
    from pypinyin import Style, pinyin  # takes half a second to load, and few reports have glosses

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return frozenset(form for readings in found for r in readings for form in (r, r.replace("v", "u")) if form)
