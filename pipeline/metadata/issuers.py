"""Issuers (发布机构) and their places: printed, or inferred from who the text says we are and which places it names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from pipeline.language.numerals import COUNTING
from pipeline.language.times import A_YEAR
from pipeline.metadata.box import Entry
from pipeline.metadata.credit_code import find_credit_code
from pipeline.metadata.delivery import Delivery
from pipeline.metadata.knowledge import MetadataKnowledge
from pipeline.metadata.offices import GENERIC_PLACE, Office, place_chain
from pipeline.metadata.page import Page
from pipeline.places import NATION, Place, PlaceIndex, PlaceMatch

# 居全省首位, 高于全省平均 speak of the others.
SELF = re.compile("(?<![居列占为在高于低是])[全我](省|自治区|市|州|盟|区|县|旗)(?![级直第首前平先最唯])")
COMMITTEE = re.compile("(?<![省市州区县旗全])(省|市|州|盟|区|县|旗)委(?![员托会办])")
LEADING_DATE = re.compile(f"^{A_YEAR}度?(?:上半年|下半年)?(?=[\u4e00-\u9fff])|^关于(?:印发|报送|下发)?《?")
DISTINCT_NAME, OWN_SLOGAN = 3, 2
# Behind an office, its head and the head's name: 某市人民政府市长　张某.
OFFICE_HOLDER = re.compile(
    "(?<=[府局委会院])(?:代|副)?(?:市长|县长|区长|州长|省长|旗长|主席|主任|局长|院长)[ \u3000\u4e00-\u9fff]{0,8}$"
)
# 在省委、省政府和新区党工委的坚强领导下
LED = re.compile("[^，。；]{0,30}?(?:领导|指导|部署|支持|帮助|关心)")
SCANNED = 300_000
LONGEST_SUBTITLE = 40
# 容城县第十四届人民政府
OF_A_TERM = re.compile(f"(?:本届|第[{COUNTING}]{{1,4}}届)")


class Issuer(NamedTuple):
    """A reading of the issuer: `name` in full, or None where only the place is known."""

    name: str | None
    place: Place | None
    basis: str
    quote: str | None


def read_issuers(
    page: Page,
    title: str | None,
    entries: list[Entry],
    source: str,
    delivery: Delivery | None,
    knowledge: MetadataKnowledge,
    places: PlaceIndex,
) -> list[Issuer]:
    """All readings of the issuer, the best first; who a report is read out for (我代表市人民政府) is its issuer."""
    offices = knowledge.offices
    partial: list[Office] = []
    found: list[Issuer] = []

    def take(office: Office | None, quote: str) -> None:
        if office and office.place:
            found.append(Issuer(office.full_name, office.place, "printed", quote))
        elif office:
            partial.append(office)

    for entry in entries:
        if entry.field == "issuer":
            take(offices.parse_any(entry.value.split()[0], places), entry.quote)
    if title:
        take(offices.parse_title(LEADING_DATE.sub("", title), places), title)
    if delivery and delivery.body:
        body = OF_A_TERM.sub("", delivery.body)
        take(offices.parse_any(body, places), delivery.quote)
    for line in [*_author_lines(page, title), *_signature_lines(page)]:
        take(offices.parse_any(line, places), line)
    for entry in entries:
        if entry.field == "origin":
            take(offices.parse_any(entry.value.split()[0], places), entry.quote)
    acting = _self_name(page, knowledge, places)
    if acting and acting.place:
        found.append(Issuer(acting.full_name, acting.place, "printed", acting.quote))
    elif acting:
        partial.append(acting)

    folder = offices.from_folder(source, places)
    level = next((office.level for office in partial if office.level), None)
    place = None if found else _infer_place(page, title, level, folder, entries, knowledge, places)
    full = formal_name(place, places) if place else ""
    if place:
        found += [Issuer(full + office.name, place, "inferred", office.quote) for office in partial]
    if folder and folder.name and folder.place and (place is None or place == folder.place):
        found.append(
            Issuer(folder.prefix + offices.of_place(folder.name, folder.place), folder.place, "inferred", source)
        )
    if found or not place:
        return found
    topic = offices.topic_office((title or "") + page.opening[:200], page.text[:SCANNED], place)
    return [Issuer(full + topic if topic else None, place, "inferred", title or page.opening)]


def formal_name(place: Place, places: PlaceIndex) -> str:
    """The place as an office of it writes it: a district with its city before it."""
    parent = places.by_code(place.parent_adcode)
    return (
        f"{parent.name}{place.name}" if place.level == "county" and place.name.endswith("区") and parent else place.name
    )


def _author_lines(page: Page, title: str | None) -> list[str]:
    """Lines of the head that hold nothing but an office, or one with who heads it: below or above the title."""
    return [OFFICE_HOLDER.sub("", line).strip("（）() ") for line in page.head if len(line) <= 24 and line != title]


def _signature_lines(page: Page) -> list[str]:
    return [line.strip("（）() ") for line in reversed(page.tail) if len(line) <= 24]


def _self_name(page: Page, knowledge: MetadataKnowledge, places: PlaceIndex) -> Office | None:
    """The office that the opening names as the one that acts: 市卫生健康委认真学习…; not 在市卫生健康委领导下."""
    for hit in knowledge.offices.pattern.finditer(page.opening[:400]):
        before = page.opening[max(0, hit.start() - 12) : hit.start()]
        for length in range(min(12, len(before)), 0, -1):
            office = knowledge.offices.parse(before[-length:] + hit[0], places)
            led = LED.match(page.opening, hit.end())
            if (
                office
                and office.place != NATION
                and not led
                and before[-length - 1 : -length] not in ("、", "和", "家", "省")
            ):
                return office
    return None


def _own_level(text: str) -> str | None:
    """The level of the territory that the text calls its own: 全市, 我县."""
    counts = Counter(GENERIC_PLACE[hit[1]] for hit in SELF.finditer(text[:SCANNED]))
    counts.update(GENERIC_PLACE[hit[1]] for hit in COMMITTEE.finditer(text[:SCANNED]))
    return counts.most_common(1)[0][0] if counts else None


def _infer_place(
    page: Page,
    title: str | None,
    level: str | None,
    folder: Office | None,
    entries: list[Entry],
    knowledge: MetadataKnowledge,
    places: PlaceIndex,
) -> Place | None:
    """The place of the title, of the folder, of the credit code in the index number, or that the text is full of."""
    if folder and folder.place == NATION:
        return NATION
    named = places.mentions(title) if title else []
    for match in named:
        place = places.by_code(match.adcode) if match.adcode else None
        if place and (level is None or _is_of_level(place, level)):
            return place
    for line in page.head:
        for match in places.find(line) if len(line) <= LONGEST_SUBTITLE and level is None else []:
            place = places.by_code(match.adcode) if match.adcode else None
            if place and not knowledge.keys.is_box_line(line) and line != title:
                return place
    own = level or _own_level(page.text)
    if (
        folder
        and folder.place
        and (own is None or _is_of_level(folder.place, own) or (level is None and own == "province"))
    ):
        return folder.place
    level = own
    for entry in entries:
        code = find_credit_code(entry.value) if entry.field == "index_no" else None
        place = places.by_code(code[2:8]) if code else None
        if place and level and _is_of_level(place, level):
            return place
    within = folder.place.adcode if folder and folder.place else None
    return _most_named(page.text[:SCANNED], level, places, within)


def _most_named(text: str, level: str | None, places: PlaceIndex, within: str | None) -> Place | None:
    """The unit of `level` whose names, and whose parts' names, are most varied in the text.

    A city held up as a model (学深圳、赶深圳) is named often but always by the same word.
    """
    if level is None:
        return None
    names: dict[str, Counter[str]] = defaultdict(Counter)
    slogans: Counter[str] = Counter()
    parts: dict[str, set[str | None]] = defaultdict(set)
    for match, in_name in places.scan(text, within):
        unit = _at_level(match, level, places)
        if unit:
            names[unit.adcode][match.text] += 1
            slogans[unit.adcode] += in_name
            parts[unit.adcode].add(match.adcode)
    scores = {
        code: DISTINCT_NAME * len(counts) + sum(counts.values()) + OWN_SLOGAN * slogans[code]
        for code, counts in names.items()
    }
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    best = ranked[0][0]
    if level == "city" and len(parts[best]) == 1:
        # A county-level city (县级市) that is all the text names of its prefecture calls itself 全市.
        only = places.by_code(parts[best].pop() or "")
        if only and only.name.endswith("市"):
            return only
    return places.by_code(best)


def _is_of_level(place: Place, level: str) -> bool:
    """Whether the place calls itself so: 全市 is said in a county-level city and in a municipality too."""
    return place.level == level or (level == "city" and place.name.endswith("市"))


def _at_level(match: PlaceMatch, level: str, places: PlaceIndex) -> Place | None:
    unit = places.by_code(match.adcode) if match.adcode else None
    while unit and unit.level != level:
        unit = places.by_code(unit.parent_adcode)
    return unit


def place_of_name(issuer: str, knowledge: MetadataKnowledge, places: PlaceIndex) -> Place | None:
    """The place of an issuer given in full, as a manifest does."""
    office = knowledge.offices.parse_any(issuer, places) or knowledge.offices.parse(issuer, places)
    if office and office.place:
        return office.place
    chain = place_chain(issuer, places)
    return chain[0] if chain else None
