"""Places (行政区划): where a text names one, and which one a name means.

The table `places` holds the Ministry of Civil Affairs' units at county level and above with their GB/T 2260 codes, also those that were dissolved
(`until`, with the code of their time), `place_aliases` the new areas that are no such unit and the former names of units that kept their code,
and `place_words` the words that only look like places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from pipeline.tables import Tables

LEVELS = {"nation": 0, "province": 1, "city": 2, "county": 3, "town": 4}

# A full name that ends in an ordinary word's characters (和县, 平和县, 城区) needs a real border on both sides.
BEFORE_A_NAME = frozenset("，。；：、！？,.;:!?（(“‘《【[·—-　 \t\r\n在到赴从自由是为与及向省市州盟区县旗")
CONTINUES_A_WORD = frozenset("域级内外间别块场情际")
CONTINUES_A_CITY = frozenset("场值面井")
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
LIST_MARKS = frozenset("、和与及，,")


class Place(NamedTuple):
    """An administrative unit or new area; `adcode` is '' for an area without a code."""

    name: str
    adcode: str
    level: str
    parent_adcode: str


# The whole country (全国) has the code 100000 in the statistics of all offices; GB/T 2260 itself begins with the provinces.
NATION = Place("全国", "100000", "nation", "")
NATION_NAMES = frozenset(("全国", "中国", "中华人民共和国", "国家"))


class PlaceMatch(NamedTuple):
    """text[start:end] names a place; `adcode` is None where several units bear the name or the area has no code."""

    start: int
    end: int
    text: str
    name: str
    adcode: str | None
    level: str


class Name(NamedTuple):
    """A name in the automaton: the units that bear it, and how freely it may stand."""

    text: str
    places: tuple[Place, ...]
    is_short: bool
    is_word: bool
    is_generic: bool

    @property
    def level(self) -> str:
        """The highest level among the units of this name."""
        return self.places[0].level

    @property
    def needs_a_list(self) -> bool:
        """Whether the name is too common a word to be a place alone: a county's short name such as 和平, 城关."""
        return self.is_short and self.is_word and self.level == "county"


class PlaceIndex:
    """Finds and resolves place names; build it once with `from_tables`."""

    def __init__(
        self,
        names: Iterable[Name],
        phrases: Iterable[str],
        slogans: Iterable[str],
        suffixes: Iterable[str],
        longer_names: Iterable[str] = (),
    ) -> None:
        self._names = {name.text: name for name in names}
        self._units = {NATION.adcode: NATION}
        for name in self._names.values():
            for place in name.places:
                if place.adcode:
                    self._units.setdefault(place.adcode, place)
        self._slogans = tuple(slogans)
        self._suffixes = tuple(suffixes)
        self._longer_names = tuple(longer_names)
        found: dict[str, Name | None] = dict.fromkeys(phrases)
        found |= self._names
        self._patterns = list(found.values())
        self._automaton = AhoCorasick(list(found))

    @classmethod
    def from_tables(cls, tables: Tables) -> PlaceIndex:
        """From the tables `places`, `place_aliases` and `place_words`."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for row in tables["place_words"]:
            kinds[row["kind"]].add(row["text"])
        full: dict[str, list[Place]] = defaultdict(list)
        short: dict[str, list[Place]] = defaultdict(list)
        short_of: dict[str, str] = {}
        former: set[str] = set()
        for row in tables["places"]:
            place = Place(row["name"], row["adcode"], row["level"], row["parent_adcode"])
            if place.level == NATION.level:
                # 全国 stands in the table for its code; in a text it is a scope (全国平均) more often than a place.
                continue
            if row.get("until"):
                # 绍兴县 was a unit of its own; its short name is that of today's 绍兴市.
                if place.name not in full or place.name in former:
                    former.add(place.name)
                    full[place.name].append(place)
                continue
            full[place.name].append(place)
            short[row["short_name"]].append(place)
            short_of[place.name] = row["short_name"]
            for form in _everyday_forms(place.name, row["short_name"]):
                full[form].append(place)
        for row in tables["place_aliases"]:
            full[row["alias"]] = [Place(row["name"], row["adcode"], row["level"], row["parent_adcode"])]
        names = {
            text: Name(text, _by_level(places), True, text in kinds["word"], False) for text, places in short.items()
        }
        for text, places in full.items():
            stem = short_of.get(text, text)
            is_word = text in kinds["word"] | kinds["generic"] or len(text) == 2 or stem[-1] in "和及与"
            is_word = is_word or (text in former and text.endswith("区"))
            names[text] = Name(
                text, _by_level([*places, *short.get(text, [])]), False, is_word, text in kinds["generic"]
            )
        return cls(names.values(), kinds["phrase"], kinds["slogan"], kinds["suffix"], kinds["longer_name"])

    def find(self, text: str, within: str | None = None) -> list[PlaceMatch]:
        """The places that `text` names, left to right, without overlap, longest first at each point.

        A county's short name counts only where its city is `within` (an adcode, usually the issuer's)
        or is named in the text. Names that are no place of the report are left out: slogans and
        programmes (健康山东, 三明医改), ordinary words (示范县, 集团和县域).
        """
        return [match for match, in_name in self.scan(text, within) if not in_name]

    def mentions(self, text: str, within: str | None = None) -> list[PlaceMatch]:
        """As `find`, with the places inside slogans and names of programmes too (健康山东): evidence of who writes."""
        return [match for match, _ in self.scan(text, within)]

    def resolve(self, name: str, within: str | None = None) -> Place | None:
        """The unit that `name` (full, short or alias) means; a name that several bear, by nearness to `within`.

        None for an unknown name, or one that stays ambiguous.
        """
        if name in NATION_NAMES:
            return NATION
        entry = self._names.get(name)
        return _nearest(entry.places, within) if entry else None

    def by_code(self, adcode: str) -> Place | None:
        """The unit with this code."""
        return self._units.get(adcode)

    def scan(self, text: str, within: str | None = None) -> Iterator[tuple[PlaceMatch, bool]]:
        """As `mentions`, each with whether it stands inside a slogan or the name of a programme."""
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if not hits:
            return
        candidates = [(start, end, self._patterns[pattern]) for pattern, start, end in hits]
        candidates.sort(key=lambda candidate: (candidate[0], -candidate[1]))
        homes = {_family(within)} if within else set()
        homes |= {
            _family(name.places[0].adcode)
            for _, _, name in candidates
            if name and not name.is_word and (name.level == "city" or name.places[0].adcode in MUNICIPALITIES)
        }
        reached = 0
        before: tuple[int, Place] | None = None
        for position, (start, end, name) in enumerate(candidates):
            if start < reached:
                continue
            if name is None:
                reached = end
                continue
            follows = before is not None and (
                before[0] == start or (before[0] == start - 1 and text[start - 1] in LIST_MARKS)
            )
            place = _nearest(name.places, before[1].adcode if follows and before and before[1].adcode else within)
            if not self._stands(text, start, end, name, follows, homes, candidates, position):
                continue
            match = PlaceMatch(
                start, end, name.text, place.name if place else name.text, (place and place.adcode) or None, name.level
            )
            reached = end
            before = (end, place or name.places[0])
            yield match, name.is_short and self._in_name(text, start, end)

    def _stands(
        self,
        text: str,
        start: int,
        end: int,
        name: Name,
        follows: bool,
        homes: set[str],
        candidates: list[tuple[int, int, Name | None]],
        position: int,
    ) -> bool:
        """Whether the characters are the name and not a part of other words."""
        following = text[end : end + 1]
        if name.is_short and text.startswith(self._longer_names, end):
            # 湖南路卫生站, 台州籍患者: a road or people named after a place.
            return False
        if not name.is_short:
            if name.text.endswith("市") and following in CONTINUES_A_CITY and following:
                return False
            if not name.is_word:
                return True
            preceding = text[start - 1 : start]
            at_home = len(name.text) > 2 and _is_home(name, homes)
            if name.is_generic:
                return follows or at_home
            stands_apart = follows or not preceding or preceding in BEFORE_A_NAME or at_home
            return stands_apart and not (following and following in CONTINUES_A_WORD)
        if name.needs_a_list:
            # 南海、顺德两区: units of one city side by side.
            beside = follows or _precedes(text, end, candidates, position, homes)
            return beside and _is_home(name, homes)
        if name.is_word:
            return follows or _precedes(text, end, candidates, position)
        if name.level != "county" or len(name.text) > 2 or follows or _is_home(name, homes):
            return True
        return text.endswith(self._slogans, max(0, start - 4), start)

    def _in_name(self, text: str, start: int, end: int) -> bool:
        return text.startswith(self._suffixes, end) or text.endswith(self._slogans, max(0, start - 4), start)


def _family(adcode: str) -> str:
    """The digits that a unit's city (or its province, for a province's own code) shares with all within it."""
    return adcode[:2] if adcode.endswith("0000") else adcode[:4]


def _is_home(name: Name, homes: Set[str]) -> bool:
    return any(place.adcode[:4] in homes or place.adcode[:2] in homes for place in name.places)


def _everyday_forms(name: str, short_name: str) -> list[str]:
    """恩施土家族苗族自治州 is also 恩施州 and 恩施自治州; 峨山彝族自治县 also 峨山县 and 峨山自治县."""
    return [
        short_name + form
        for kind in ("自治州", "自治县", "自治旗")
        if name.endswith(kind) and short_name != name
        for form in (kind[-1], kind)
    ]


def _by_level(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places), key=lambda place: (LEVELS[place.level], place.adcode)))


def _nearest(places: tuple[Place, ...], within: str | None) -> Place | None:
    """The one of `places` that `within` points to, else the highest if it is the only one of its level."""
    if len(places) == 1:
        return places[0]
    if within:
        for digits in (6, 4, 2):
            near = [place for place in places if place.adcode[:digits] == within[:digits]]
            if near:
                return near[0] if len(near) == 1 or near[0].level != near[1].level else None
    return places[0] if places[0].level != places[1].level else None


def _precedes(
    text: str,
    end: int,
    candidates: list[tuple[int, int, Name | None]],
    position: int,
    homes: Set[str] = frozenset(),
) -> bool:
    """Whether the next place name stands right behind a list mark (新乡、安阳); a common word only at home."""
    if text[end : end + 1] not in LIST_MARKS or end >= len(text):
        return False
    for start, _, name in candidates[position + 1 : position + 6]:
        if start == end + 1:
            return name is not None and (not name.is_word or _is_home(name, homes))
        if start > end + 1:
            return False
    return False
