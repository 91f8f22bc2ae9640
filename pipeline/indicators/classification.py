"""The canonical indicator behind the report's own words (规范指标).

An indicator is named by parts: a scope (规模以上, 城镇), a subject with its synonyms and a measure word, one row of
`indicator_names` for each way to put them together. The parts meet the report's words in their normal form, whole and
never in part, so that scopes stay apart: 规模以上工业增加值 is no 工业增加值, 户籍 no 常住, 新增 no total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from pipeline.indicators.normal_form import NormalForm
from pipeline.tables import Row, Tables

RELATIVE = ("%", "‰", "百分点", "倍", "番", "成")
"""Units of a share or of a relative change."""
SHARES = ("%", "‰")
THINGS = ("count", "people")
"""Classes of units that count: 个, 家 and 户 meet."""
UNIT_CLASSES = ("money", "people", "area", "volume", "length", "energy")
LEVELS = frozenset(["level", *UNIT_CLASSES])
PLACE_ENDINGS = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "自治县",
    "省",
    "市",
    "县",
    "区",
    "旗",
)


class Indicator(NamedTuple):
    """What the classification says of an indicator."""

    code: str
    unit: str
    better: str


class Name(NamedTuple):
    """An indicator that a key may name, and what its figures must be like (`holds_for`, '' for anything that fits its unit)."""

    indicator: Indicator
    holds_for: str


class Classification:
    """Finds key and code of an indicator's words; compiled once with `from_tables`."""

    def __init__(
        self,
        normal: NormalForm,
        indicators: Mapping[str, Indicator],
        names: Mapping[str, Sequence[Name]],
        unit_classes: Mapping[str, str],
    ) -> None:
        self._normal = normal
        self._indicators = indicators
        self._names = names
        self._classes = unit_classes
        # Asked for the code and again for the key of a fact.
        self.key_of = lru_cache(maxsize=8192)(self._key_of)

    @classmethod
    def from_tables(cls, tables: Tables) -> Classification:
        """From the tables indicators, indicator_names, indicator_wording and units."""
        normal = NormalForm(tables["indicator_wording"])
        indicators = {row["code"]: Indicator(row["code"], row["unit"], row["better"]) for row in tables["indicators"]}
        names: dict[str, list[Name]] = {}
        for row in tables["indicator_names"]:
            name = Name(indicators[row["code"]], row["holds_for"])
            for phrase in phrases(row):
                known = names.setdefault(normal.of(phrase), [])
                if name not in known:
                    known.append(name)
        classes = {row["unit"]: row["unit_class"] for row in tables["units"]}
        return cls(normal, indicators, names, classes)

    def key(self, words: str, places: Sequence[str] = ()) -> str:
        """The normal form of an indicator's words."""
        return self._normal.of(words, tuple(places))

    def code(self, key: str, unit: str, kind: str) -> str | None:
        """The code of what `key` names when it is measured in `unit`; kind is level or delta."""
        names = self._names.get(key)
        if not names:
            return None
        return next((name.indicator.code for name in names if self._fits(name, unit, kind)), None)

    def _key_of(self, indicator: str, *places: str | None) -> str:
        """The key of a report's own words, `places` being those that they may name themselves."""
        return self.key(indicator, [name for place in places if place for name in names_of(place)])

    def code_of(self, indicator: str, unit: str, kind: str, *places: str | None) -> str | None:
        """The code of a report's own words; a level in % of what is told as a change is one: 地区生产总值增速5%."""
        grows = unit in SHARES and self._normal.grows(indicator)
        return self.code(self.key_of(indicator, *places), unit, "delta" if grows else kind)

    def unit(self, code: str | None) -> str:
        """The base unit of an indicator, '' for none."""
        return self._indicators[code].unit if code else ""

    def better(self, code: str | None) -> str:
        """Which way is better: up, down or neutral; '' for no indicator."""
        return self._indicators[code].better if code else ""

    def ambiguous(self) -> Iterator[tuple[str, str, str]]:
        """(key, code, other code) where one key and condition name two indicators of one unit: a fault of the tables."""
        for key, names in self._names.items():
            for position, name in enumerate(names):
                for other in names[position + 1 :]:
                    same_unit = (name.indicator.unit in SHARES) == (other.indicator.unit in SHARES)
                    if name.indicator != other.indicator and name.holds_for == other.holds_for and same_unit:
                        yield key, name.indicator.code, other.indicator.code

    def _fits(self, name: Name, unit: str, kind: str) -> bool:
        relative = unit in RELATIVE
        if name.holds_for == "growth" and not relative:
            return False
        if name.holds_for == "share" and not relative:
            return False
        if name.holds_for in LEVELS and relative:
            return False
        if name.holds_for == "change" and (relative or kind != "delta"):
            return False
        if name.holds_for in UNIT_CLASSES and unit and self._class(unit) != name.holds_for:
            return False
        expected = name.indicator.unit
        if expected in SHARES:
            return unit in SHARES or unit == "百分点" or (kind == "delta" and relative)
        if relative:
            return kind == "delta" or name.holds_for == "growth" or (expected in RELATIVE and unit in RELATIVE)
        return not unit or unit == expected or self._same_class(unit, expected)

    def _same_class(self, unit: str, expected: str) -> bool:
        one, other = self._class(unit), self._class(expected)
        return one == other != "" or (one in THINGS and other in THINGS)

    def _class(self, unit: str) -> str:
        return self._classes.get(unit) or self._classes.get(unit.partition("/")[0], "")


def phrases(row: Row) -> Iterator[str]:
    """Every way to say the parts of a row of `indicator_names`; `-` stands for a part that may be absent.

    >>> list(phrases({"scope": "-|规模以上", "subject": "工业", "measure": "增加值"}))
    ['工业增加值', '规模以上工业增加值']
    """
    cells = (
        [("" if part == "-" else part) for part in row[cell].split("|")] for cell in ("scope", "subject", "measure")
    )
    return ("".join(parts) for parts in product(*cells))


@lru_cache(maxsize=4096)
def names_of(place: str) -> tuple[str, ...]:
    """A place's name as printed and without its ending, the longer first.

    >>> names_of("保定市")
    ('保定市', '保定')
    """
    ending = next((end for end in PLACE_ENDINGS if place.endswith(end)), "")
    short = place.removesuffix(ending)
    return tuple(name for name in (place, short) if len(name) > 1)
