"""Where a figure holds (地域): the place its clause names, else the issuer's own territory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.indicators import host_of
from pipeline.facts.phrases import PADDING, VERB_ROLES, Line
from pipeline.facts.references import REFERENCE, place_beside
from pipeline.language.areas import BELOW_A_CITY
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.lists import ADDITIVE, COMMA, LIST_MARK
from pipeline.language.patterns import any_of, begins_with
from pipeline.places import Place as Unit
from pipeline.places import PlaceIndex, PlaceMatch
from pipeline.records import Document, Section
from pipeline.tables import Tables

NATION_CODE = "100000"
CREATES = frozenset(["new", "make"])
SPEAKS_OF = CREATES | {"reach"}
# What is compared with stands behind these; 同比 and 环比 compare with the same place.
APART = frozenset(["gap", "cmp"])
PARTS_PLACES = frozenset([LIST_MARK, COMMA, ",", *ADDITIVE])
LONGEST_PLACE_HEADING = 12
PLACE, SCOPE = "place", "scope"
Located = tuple[tuple[str | None, str | None], Rule | None, Span]
"""A place with its code, the rule that tells it, None for the issuer's own territory, and its words."""
Found = tuple[str, str | None, bool, Span]
"""Name and code of a place, whether it is another's, and its words."""

HEADING = Rule(
    "place_of_heading", PLACE, "The heading is a place.", "建成机构8家。", "城阳区", (("heading", "城阳区"),)
)
AT_HEAD = Rule(
    "place_at_head",
    PLACE,
    "The sentence begins with the place that it speaks of.",
    "城阳区医疗条件改善，建成机构8家。",
    "城阳区",
)
OF_CLAUSE = Rule("place_of_clause", PLACE, "The clause names the place.", "在城阳区新设急救站3个。", "城阳区")
OF_HOST = Rule(
    "place_of_host",
    PLACE,
    "What a bracket holds has the place of the figure before it.",
    "城阳区完成改造4.1万户（占任务的55%）。",
    "城阳区",
)
TOWN = Rule(
    "town_as_part",
    PLACE,
    "A part that is only the name of a town tells where.",
    "有机构8家（夏格庄镇3家）。",
    "夏格庄镇",
)
TOWN_S_PART = Rule(
    "part_of_town",
    "indicator",
    "A part that is only the name of a town counts what the whole counts.",
    "有托育机构8家（夏格庄镇3家）。",
    "托育机构",
)
ANOTHER_S = Rule(
    "another_place",
    "status",
    "A figure of another place is there for comparison.",
    "我市有体育馆5座（深圳有12座）。",
    "baseline",
)


def _list_end(line: Line, first: PlaceMatch) -> int:
    """Where the list of places ends that begins with `first`; 0 where it is no list."""
    end = first.end
    for match in line.places:
        if match.start == end + 1 and line.text[end] in PARTS_PLACES:
            end = match.end
    return end if end > first.end else 0


class Territory:
    """Places of figures; compiled once from the table `area_words`."""

    def __init__(self, places: PlaceIndex, areas: list[str]) -> None:
        self._places = places
        # 县市区 are counties, cities and districts, no 市区.
        self._areas = re.compile(f"{begins_with(areas)}(?<![{''.join(BELOW_A_CITY)}])(?:{any_of(areas)})")

    @classmethod
    def from_tables(cls, tables: Tables, places: PlaceIndex) -> Territory:
        """From the rows of `area_words`."""
        return cls(places, [row["word"] for row in tables["area_words"]])

    def locate(
        self, document: Document, line: Line, figures: Sequence[Candidate], section: Section | None
    ) -> Iterator[Claim]:
        """The place of each figure in order and, for another place's figure, its status."""
        default: Located = ((document.issuer_place, document.place_code), None, (0, 0))
        heading = section.heading.strip(PADDING) if section else ""
        if heading and len(heading) <= LONGEST_PLACE_HEADING:
            place = self._places.resolve(heading, document.place_code)
            if place:
                start = section.clean_start + len(section.marker) - figures[0].base if section else 0
                default = ((place.name, place.adcode or None), HEADING, (start, start + len(heading)))
        current = self._at_head(document, line) or default
        names_places = bool(line.places) or SCOPE in line.roles or self._areas.search(line.text) is not None
        clause = -1
        for position, figure in enumerate(figures):
            whole = figure.part_of
            township = line.wording.places.town.fullmatch(figure.indicator) if whole is not None else None
            if whole is not None and township and township[0] not in line.wording.kinds_of_places:
                words = figure.words_of("indicator", figure.base)
                yield TOWN.of(figure.number, (township[0], None), words)
                yield TOWN_S_PART.of(figure.number, whole.indicator, whole.words_of("indicator", figure.base))
                continue
            if figure.place is not None:
                continue
            found = self._wider(document, line, figure)
            if found is None and (names_places or figure.bracket is not None):
                found = self._named(document, line, figure)
            if found is None:
                if (figure.bracket is None and figure.low != clause and self._resets(line, figure)) or (
                    current[1] is AT_HEAD and self._goes_elsewhere(line, figure, current[2][1])
                ):
                    current = default
                host = host_of(figure, figures[:position])
                if host is not None:
                    # 市内六区完成4.1万户（占任务的55%）
                    if host.held.get("place") is not None:
                        place_words = host.words_of("place", figure.base)
                        yield OF_HOST.of(figure.number, (host.place, host.place_code), place_words)
                elif current[1] is not None:
                    yield current[1].of(figure.number, current[0], current[2])
                continue
            name, code, foreign, words = found
            if foreign and figure.status == "" and not figure.leads_noun:
                yield ANOTHER_S.of(figure.number, "baseline", words)
            names = (name or "").split(LIST_MARK)
            group = [other for other in figures if other.low == figure.low and other.form == "respectively"]
            of_list = len(names) == len(group) > 1 and figure in group
            printed = names[group.index(figure)] if of_list else name
            yield OF_CLAUSE.of(figure.number, (printed, code), words)
            if figure.bracket is not None:
                # What is said in a bracket holds there.
                continue
            is_area = foreign or self._areas.fullmatch(name or "")
            current = default if is_area else ((name, code), OF_CLAUSE, words)
            clause = figure.low

    def _at_head(self, document: Document, line: Line) -> Located | None:
        """The place that the sentence begins with and so speaks of."""
        zone = line.wording.places.zone.match(line.text)
        if zone and line.starts.get(zone.end()) and line.first_word(VERB_ROLES, 0, zone.end()) is None:
            # 医疗旅游先行区累计引进…: an area of its own.
            return (zone[0], None), AT_HEAD, zone.span()
        for match in line.places:
            if line.text[: match.start].strip(PADDING):
                return None
            if line.wording.places.organisation.match(line.text, match.end, match.end + 12) or self._foreign(
                document, match.adcode
            ):
                return None
            if line.text[match.end : match.end + 1] in PARTS_PLACES:
                return None
            return (match.name, match.adcode), AT_HEAD, (match.start, match.end)
        return None

    def _resets(self, line: Line, figure: Candidate) -> bool:
        return SCOPE in line.roles and any(
            word.role == SCOPE for word in line.words_within(figure.low, figure.quantity.lead)
        )

    def _goes_elsewhere(self, line: Line, figure: Candidate, behind: int) -> bool:
        """城阳花港扩建，即墨花市获批，12个花站开放: whether another place opens a clause between that at the head of the sentence, which ends at `behind`, and the figure's own."""
        between = (match for match in line.places if behind < match.start and match.end < figure.low)
        return any(self._stands_for_clause(line, match, line.clause(match.start)[0]) for match in between)

    def _named(self, document: Document, line: Line, figure: Candidate) -> Found | None:
        text, low, lead = line.text, figure.low, figure.quantity.lead
        told = line.wording.places
        stop = lead
        words = line.words_within(low, lead)
        for word in words:
            if word.role in APART and word.text not in line.wording.against_itself:
                stop = word.start
                break
        own = next((match for match in line.places if match.start >= figure.left), None) if figure.left > low else None
        if own is not None and not text[figure.left : own.start].strip(PADDING) and own.end == lead:
            # 其中城阳区3家、黄岛区5家
            return own.name, own.adcode, False, (own.start, own.end)
        start = low
        located = told.located.search(text, figure.quantity.tail, figure.high)
        if located:
            start, stop = located.end(), figure.high
        area = self._areas.search(text, start, stop)
        if area and text.startswith(line.wording.levels_of_government, area.end()):
            area = None
        if area and any(
            match.start < area.end() and area.start() < match.end and match.end >= area.end() for match in line.places
        ):
            area = None
        group: list[PlaceMatch] = []
        for match in line.places:
            if match.start < start or match.end > stop:
                continue
            if group and text[group[-1].end : match.start] in PARTS_PLACES:
                group.append(match)
            elif group and group[-1].end == match.start:
                group[-1] = match
            elif (
                located
                or self._stands_for_clause(line, match, low)
                or told.each_of_these.match(text, _list_end(line, match))
            ):
                group = [match]
        if group and text.startswith(line.wording.beside_us, group[-1].end):
            # 广州市与我市的8个县
            group = []
        if area and (not group or area.start() <= group[-1].end):
            name = text[group[-1].start : area.end()] if group and group[-1].end == area.start() else area[0]
            if group and group[-1].end > area.start():
                name = text[group[-1].start : area.end()]
            return name, None, False, (group[-1].start if group and name != area[0] else area.start(), area.end())
        if group and not located and told.organisation.match(text, group[-1].end, min(stop, group[-1].end + 12)):
            group = []
        if group:
            names = [match.name for match in group]
            code = group[0].adcode if len(group) == 1 else None
            foreign = (
                len(group) == 1
                and not located
                and self._foreign(document, group[0].adcode)
                and text[max(0, group[0].start - 1)] not in told.towards
                and figure.part_of is None
            )
            verb = line.first_word(VERB_ROLES | {"nominal"}, group[-1].end, lead) if foreign else None
            if verb is not None and verb.role in CREATES and verb.start == group[-1].end:
                # 西宁市新增床位80张: what is made stands where it is made.
                foreign = False
            elif verb is not None:
                # 浙江省选派医疗人才156人: who acts, not where.
                return None
            if figure.kind == "delta" and foreign:
                return None
            if told.averages(text[group[-1].end : stop]) and figure.kind != "delta":
                foreign = True
            return LIST_MARK.join(names), code, foreign, (group[0].start, group[-1].end)
        if figure.bracket is not None:
            before = text[max(0, figure.bracket[0] - 14) : figure.bracket[0]]
            wider = next((name for name in told.nation if name in before), "")
            if wider and told.averages(before):
                at = text.rfind(wider, 0, figure.bracket[0])
                return told.nation[wider], None, True, (at, at + len(wider))
        for word in words if stop <= lead else line.words_within(low, stop):
            if word.role == SCOPE and word.end <= stop and text[word.start - 1] not in told.share_before:
                is_average = (
                    told.averages(text[word.end : lead])
                    and not text.endswith(ATTRIBUTIVE, 0, lead)
                    and figure.kind != "delta"
                )
                if word.text in told.nation and (is_average or figure.bracket is not None):
                    nation = told.nation[word.text]
                    return nation, None, document.issuer_place != nation, (word.start, word.end)
                is_city = (
                    word.text in told.city
                    and text[word.start - 1] not in told.rank_before
                    and text[word.end] != ATTRIBUTIVE
                )
                if word.text in told.province and document.place_code and not document.place_code.endswith("0000"):
                    province = self._places.by_code(document.place_code[:2] + "0000")
                    if province:
                        return province.name, province.adcode, is_average, (word.start, word.end)
                city = self._city_above(document) if is_city and figure.kind != "delta" else None
                if city is not None:
                    return city.name, city.adcode, is_average, (word.start, word.end)
        return None

    def _city_above(self, document: Document) -> Unit | None:
        """What 全市 is in the report of a district or county; in that of a city it is the issuer itself."""
        code = document.place_code or ""
        if not code or code.endswith("00") or not (document.issuer_place or "").endswith(BELOW_A_CITY):
            return None
        own = self._places.by_code(code)
        return self._places.by_code(own.parent_adcode) if own else None

    def _wider(self, document: Document, line: Line, figure: Candidate) -> Found | None:
        """Of an average that is only compared with (比全省2.9人的平均水平少), the territory that has it."""
        if figure.form != REFERENCE or figure.status != "baseline":
            return None
        place = place_beside(line, figure)
        if place is not None:
            return place.name, place.adcode, True, (place.start, place.end)
        told = line.wording.places
        for word in line.words:
            if figure.low <= word.start and word.end <= figure.high and word.text in told.nation:
                return told.nation[word.text], None, True, (word.start, word.end)
            if (
                figure.low <= word.start
                and word.end <= figure.high
                and word.text in told.province
                and document.place_code
            ):
                province = self._places.by_code(document.place_code[:2] + "0000")
                return (province.name, province.adcode, True, (word.start, word.end)) if province else None
        return None

    def _stands_for_clause(self, line: Line, match: PlaceMatch, low: int) -> bool:
        """Whether the clause speaks of the place: it stands at its head, or behind 在."""
        text = line.text
        before = text[match.start - 1] if match.start > low else ""
        if before in line.wording.places.prepositions:
            return True
        end = match.end
        while (inner := line.place_starts.get(end)) is not None:
            end = inner.end
        if before == ATTRIBUTIVE and (said := line.starts.get(end)) is not None and said.role in SPEAKS_OF:
            # 对口支援的西宁市新增床位80张
            return True
        if before and (before in PARTS_PLACES or before in line.wording.places.beside):
            return False
        return not text[line.trim_left(low, match.start) : match.start].strip(PADDING)

    def _foreign(self, document: Document, there: str | None) -> bool:
        home = document.place_code
        if not home or not there or home == NATION_CODE:
            return False
        if home.endswith("0000"):
            return home[:2] != there[:2]
        if home.endswith("00"):
            return home[:4] != there[:4]
        return home != there and home[:4] != there[:4]
