"""Places and offices in the Latin letters that folders bear: qingdao_wjw (拼音名称)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from pipeline.places import Place, PlaceIndex

ENDS = re.compile("(?:shi|sheng|qu|xian)$")
LEVELS = ("province", "city", "county")


class RomanisedNames:
    """What is spelled how; spelled out when a folder first asks, which few landing zones do, since pypinyin takes long to load."""

    def __init__(self, offices: Iterable[tuple[str, str]], places: Iterable[tuple[str, str]]) -> None:
        """`offices` are forms with the name of the office, `places` short names with their code; the first of one spelling stays."""
        self._offices = tuple(offices)
        self._places = tuple(places)

    @cached_property
    def initials(self) -> dict[str, str]:
        """Initials -> office: wjw is 卫生健康委员会, which is also called 卫健委."""
        from pypinyin import Style, lazy_pinyin

        found: dict[str, str] = {}
        for form, name in self._offices:
            found.setdefault("".join(lazy_pinyin(form, style=Style.FIRST_LETTER)), name)
        return found

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """Spelling -> codes of the places that are spelled so."""
        from pypinyin import lazy_pinyin

        found: dict[str, list[str]] = {}
        for name, code in self._places:
            found.setdefault("".join(lazy_pinyin(name)), []).append(code)
        return found

    def place(self, word: str, places: PlaceIndex) -> Place | None:
        """The only place of the highest level that is spelled so, with or without shi, sheng, qu or xian behind it."""
        for form in (word, ENDS.sub("", word)):
            found = [place for code in self.codes.get(form, []) if (place := places.by_code(code))]
            for level in LEVELS:
                at_level = [place for place in found if place.level == level]
                if len(at_level) == 1:
                    return at_level[0]
                if at_level:
                    return None
        return None
