"""When a field of an extracted fact counts as right (判定)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise

from pipeline.evaluation.gold import GoldFact
from pipeline.evaluation.quotes import numbers_in
from pipeline.records import Fact

# Two phrases name one indicator if two thirds of their characters stand in both in one order, as much as a phrase
# and half of it share, or three fifths of their neighbouring pairs in any order (完成投资重点项目, 重点项目完成投资).
SAME_IN_ORDER = 2 / 3
SAME_PAIRS = 3 / 5

_BRACKET = re.compile(r"\(.*?\)")
_SAME_UNIT = {"平米": "平方米", "m2": "平方米"}
_PLACE_SUFFIX = re.compile("(?<=..)(?:省|市|自治[区州县]|[区县州])$")


def same_quantity(gold: GoldFact, fact: Fact) -> bool:
    """Equal value, upper bound and unit."""
    return (gold.value, gold.value_max, unit_name(gold.unit)) == (fact.value, fact.value_max, unit_name(fact.unit))


def another_reading(gold: GoldFact, fact: Fact) -> bool:
    """Whether a found fact reads the figure of an optional row in another way: 一半 as 0.5, 1∶3.8 as 3.8."""
    readings = {*numbers_in(gold.quote), gold.value, gold.value / 100}
    return round(fact.value, 2) in {round(reading, 2) for reading in readings}


@cache
def unit_name(unit: str) -> str:
    """One spelling for spellings that mean one unit.

    >>> unit_name("㎡"), unit_name("个百分点"), unit_name("套（间）"), unit_name("微克每立方米")
    ('平方米', '百分点', '套', '微克/立方米')
    """
    name = _BRACKET.sub("", unicodedata.normalize("NFKC", unit)).replace("每", "/")
    name = name.removeprefix("个") or name
    return _SAME_UNIT.get(name, name)


@lru_cache(maxsize=1024)  # asked once to align the rows, and once more of those that answer
def same_phrase(expected: str, found: str) -> bool:
    """Whether two noun phrases name one indicator.

    >>> same_phrase("三级公立医院", "全市三级公立医院数"), same_phrase("公立医院床位", "乡村医生")
    (True, False)
    >>> same_phrase("重点项目完成投资", "完成投资重点项目")
    True
    """
    expected, found = _letters(expected), _letters(found)
    if SequenceMatcher(None, expected, found, autojunk=False).ratio() >= SAME_IN_ORDER:
        return True
    pairs, others = Counter(pairwise(expected)), Counter(pairwise(found))
    return 2 * (pairs & others).total() >= SAME_PAIRS * (pairs + others).total() > 0


def same_place(expected: str | None, found: str | None) -> bool:
    """Whether two places, or lists of places, are one: 青岛 and 青岛市, 新会区 and 江门市新会区.

    >>> same_place("芙蓉区、岳麓区", "岳麓区、芙蓉区"), same_place("芙蓉区", "岳麓区"), same_place("长沙市", None)
    (True, False, False)
    """
    left, right = sorted(_place_names(expected)), sorted(_place_names(found))
    return len(left) == len(right) and all(a in b or b in a for a, b in zip(left, right, strict=True))


def same_period(expected: str | None, found: str | None) -> bool:
    """Whether two time words are one: 6月底 and 截至6月底; none is equal to none only."""
    if not expected or not found:
        return not expected and not found
    return expected in found or found in expected


def same_days(gold: GoldFact, fact: Fact) -> bool:
    """Whether the first and last day are those labelled; days that nobody labelled are never wrong.

    A state on a day (年末) is also the state at the end of the part of its year that ends on that day.
    """
    if gold.days is None or gold.days == (fact.period_start, fact.period_end):
        return True
    first, last = gold.days
    if first is None or first != last or fact.period_start is None:
        return False
    return fact.period_end == last and fact.period_start.year == first.year


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum()).lower()


def _place_names(place: str | None) -> set[str]:
    return {_PLACE_SUFFIX.sub("", name) for name in re.split("[、和]", place or "") if name}


JUDGES: dict[str, Callable[[GoldFact, Fact], bool]] = {
    "comparator": lambda gold, fact: gold.comparator == fact.comparator,
    "kind": lambda gold, fact: gold.kind == fact.kind,
    "status": lambda gold, fact: gold.status == fact.status,
    "indicator": lambda gold, fact: same_phrase(gold.indicator, fact.indicator),
    "place": lambda gold, fact: same_place(gold.place, fact.place),
    "period": lambda gold, fact: same_period(gold.period, fact.period),
}
