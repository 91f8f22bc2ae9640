"""Offices (机关): their full names, the short ones in use, and whose place they are of."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pipeline.language.times import YEAR_NUMBER
from pipeline.metadata.romanised import RomanisedNames
from pipeline.places import MUNICIPALITIES, NATION, NATION_NAMES, Place, PlaceIndex
from pipeline.tables import Tables

GENERIC_PLACE = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "区": "county",
    "县": "county",
    "旗": "county",
}
ANY_OFFICE = re.compile(
    "[\u4e00-\u9fff0-9A-Za-z]{2,18}?(?:委员会|管委会|局|厅|办公室|办公厅|中心|院|研究所|大学|学校|政府|站|所|馆|队|指挥部|领导小组|办事处|红十字会|联合会|协会|集团|公司)$"
)
# A town or subdistrict (乡镇、街道) behind the units it belongs to; 乡镇 and 城镇 are no names.
TOWN = re.compile("[\u4e00-\u9fff]{2,24}(?:(?<![乡城集村建制])镇|(?<![城])乡|街道|苏木)")
# What follows the office at the head of a title.
BEHIND_OFFICE = re.compile(f"{YEAR_NUMBER}|关于|上半年|下半年|年度|工作")


LONGEST_TOWN, TOWN_LEVEL = 6, "town"
UNIT_ENDS = frozenset("省市区县旗州盟")


class Office(NamedTuple):
    """An office as a text names it: `place` None where only its level is printed (市卫生健康委)."""

    place: Place | None
    level: str | None
    name: str
    prefix: str
    quote: str

    @property
    def full_name(self) -> str | None:
        """Place and office in full, None without a place."""
        return f"{self.prefix}{self.name}" if self.place else None


class Offices(NamedTuple):
    """The compiled table `offices`, and the romanised names of places and offices that folders bear."""

    full_names: dict[str, str]
    county_names: dict[str, str]
    topics: list[tuple[str, str]]
    pattern: re.Pattern[str]
    romanised: RomanisedNames
    national: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> Offices:
        """Compile `offices`, and the provinces, cities and counties of `places` that folders may name in Latin letters."""
        full_names: dict[str, str] = {}
        county_names: dict[str, str] = {}
        topics: list[tuple[str, str]] = []
        for row in tables["offices"]:
            county_names[row["name"]] = row["county_name"] or row["name"]
            for form in [row["name"], *filter(None, row["aliases"].split("|"))]:
                full_names[form] = row["name"]
            topics += [(topic, row["name"]) for topic in row["topics"].split("|") if topic]
        romanised = RomanisedNames(
            full_names.items(),
            (
                (row["short_name"], row["adcode"])
                for row in tables["places"]
                if row["short_name"] and (row["level"] != "county" or len(row["short_name"]) > 1)
            ),
        )
        forms = "|".join(map(re.escape, sorted(full_names, key=len, reverse=True)))
        # 卫生健康委 must not match the head of 卫生健康委员会, which is an alternative of its own before it.
        national = frozenset(row["name"] for row in tables["offices"] if row.get("scope") == NATION.level)
        return cls(full_names, county_names, topics, re.compile(f"(?:{forms})(?![员门])"), romanised, national)

    def parse(self, text: str, places: PlaceIndex) -> Office | None:
        """The office that `text` begins with: 青岛市卫健委, 市卫生健康委, 山东省青岛市城阳区卫生健康局."""
        hit = self.pattern.search(text, 0, 60)
        if hit is None:
            return None
        prefix = text[: hit.start()]
        name = self.full_names[hit[0]]
        if name in self.national:
            # 国务院, 中华人民共和国教育部
            return Office(NATION, NATION.level, name, "", text[: hit.end()]) if prefix in ("", *NATION_NAMES) else None
        if prefix in NATION_NAMES:
            # 国家卫健委
            return Office(NATION, NATION.level, f"国家{name}", "", text[: hit.end()])
        if prefix in GENERIC_PLACE:
            return Office(None, GENERIC_PLACE[prefix], name, "", text[: hit.end()])
        chain = place_chain(prefix, places) or town_chain(prefix, places)
        if chain is None:
            return None
        place, full = chain
        return Office(place, place.level, name, full, text[: hit.end()])

    def parse_any(self, text: str, places: PlaceIndex) -> Office | None:
        """As `parse`, for the whole of `text`, with offices that the table does not know (某市第一中学, 河湖长制办公室)."""
        office = self.parse(text, places)
        if office and office.quote == text:
            return office
        found = places.find(text[:20])
        if found and found[0].start == 0 and ANY_OFFICE.fullmatch(text):
            for match in reversed(found):
                chain = place_chain(text[: match.end], places)
                if chain and len(text) - match.end >= 3:
                    return Office(chain[0], chain[0].level, text[match.end :], chain[1], text)
        return None

    def parse_title(self, text: str, places: PlaceIndex) -> Office | None:
        """The office that a title begins with, also one that the table does not know (某市康复医院2023年工作总结)."""
        office = self.parse(text, places)
        behind = None if office else BEHIND_OFFICE.search(text, 2)
        if behind is None:
            return office
        named = text[: behind.start()]
        chain = place_chain(named, places) or town_chain(named, places)
        if chain and (chain[0].level == TOWN_LEVEL or "政府工作报告" in text):
            # 某县某镇2024年政府工作报告
            body = "办事处" if named.endswith("街道") else "人民政府"
            return Office(chain[0], chain[0].level, body, chain[1], named)
        return self.parse_any(named, places)

    def from_folder(self, source: str, places: PlaceIndex) -> Office | None:
        """The office that a folder is named after: 湖南省卫生健康委员会, qingdao_wjw. `name` is '' for a place alone."""
        named = self.parse_any(source, places)
        if named and named.place:
            return named
        chain = place_chain(source, places) or town_chain(source, places)
        if chain:
            return Office(chain[0], chain[0].level, "", chain[1], source)
        words = [word for word in re.split("[^a-z]+", source.lower()) if word]
        for count in range(len(words), 0, -1):
            place = self.romanised.place("".join(words[:count]), places)
            if place:
                initials = self.romanised.initials
                name = next((initials[word] for word in words[count:] if word in initials), "")
                return Office(place, place.level, name, place.name, source)
        return None

    def topic_office(self, opening: str, text: str, place: Place) -> str | None:
        """The office of `place` whose business `opening` is about, else the one whose business `text` names most."""
        for topic, name in self.topics:
            if topic in opening:
                return self.of_place(name, place)
        counts = Counter[str]()
        for topic, name in self.topics:
            counts[name] += text.count(topic)
        ((name, count),) = counts.most_common(1)
        return self.of_place(name, place) if count > 1 else None

    def of_place(self, name: str, place: Place) -> str:
        """卫生健康委员会 is a 卫生健康局 in a county, but not in a district of a municipality (直辖市)."""
        is_county = place.level == "county" and place.parent_adcode not in MUNICIPALITIES
        return self.county_names.get(name, name) if is_county else name


def place_chain(text: str, places: PlaceIndex) -> tuple[Place, str] | None:
    """The place that the whole of `text` names, from the outside in, and its full written form.

    山东省青岛市 -> 青岛市; a short name is written in full: 青岛 -> 青岛市.
    """
    at = 0
    within: str | None = None
    place: Place | None = None
    full = ""
    while at < len(text):
        end = next(
            (end for end in range(min(len(text), at + 16), at + 1, -1) if places.resolve(text[at:end], within)), None
        )
        if end is None:
            return None
        inner = places.resolve(text[at:end], within)
        if inner is None or (place is not None and not _lies_in(inner, place, places)):
            return None
        place = inner
        full += place.name
        within = place.adcode or within
        at = end
    return (place, full) if place else None


def town_chain(text: str, places: PlaceIndex) -> tuple[Place, str] | None:
    """As `place_chain`, for a town or subdistrict: no code of the table is its, so `adcode` is ''; the unit above it is its parent.

    桓台县果里镇 is 桓台县果里镇; of 淄博市张店区马尚街道 the place is 张店区马尚街道.
    """
    if not TOWN.fullmatch(text):
        return None
    for cut in range(len(text) - 2, 1, -1):
        # 古冶区林西街道: a town's own name may be that of a county elsewhere.
        chain = place_chain(text[:cut], places) if text[cut - 1] in UNIT_ENDS else None
        if chain:
            return Place(chain[0].name + text[cut:], "", TOWN_LEVEL, chain[0].adcode), chain[1] + text[cut:]
    return (Place(text, "", TOWN_LEVEL, ""), text) if len(text) <= LONGEST_TOWN else None


def _lies_in(inner: Place, outer: Place, places: PlaceIndex) -> bool:
    """Whether `inner` is a part of `outer`, or the two are one; of an area without a code it cannot be told.

    A county that a city took up later still stood in it: their codes share the prefecture's digits.
    """
    if not inner.adcode or not outer.adcode or inner.adcode == outer.adcode:
        return True
    above: Place | None = inner
    while above is not None and above.adcode != outer.adcode:
        above = places.by_code(above.parent_adcode) if above.parent_adcode else None
    digits = 2 if outer.adcode.endswith("0000") else 4
    return above is not None or (outer.level != "county" and inner.adcode[:digits] == outer.adcode[:digits])
