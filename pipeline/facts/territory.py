"""Where a figure holds (地域): the place its clause names, else the issuer's own territory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.indicators import host_of
from pipeline.facts.phrases import PADDING, VERB_ROLES, Line
from pipeline.facts.references import REFERENCE, place_beside
from pipeline.places import Place as Unit
from pipeline.places import PlaceIndex, PlaceMatch
from pipeline.records import Document, Section
from pipeline.tables import Tables

ORGANISATION = re.compile(
    r"[^，。；、,;的在有各已新共将分建设开]{0,8}?(?:医院|大学|学院|中心|委员会|委|局|公司|集团|银行|法院|协会|报|院|所|站|模式|试点)"
)
CITY, BELOW_A_CITY = "全市", ("区", "县", "旗")
PROVINCE, NATION, NATION_CODE = "全省", "全国", "100000"
WIDER = {"全国": "全国", "我国": "全国", "国内": "全国"}
TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,5}(?:镇|乡|街道|苏木)")
ZONE = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:先行区|自贸区|试验区|度假区|合作区|经开区|高新区|开发区|科学城|科技城|新区)"
)
LOCATED = re.compile(r"(?:坐落在|坐落于|位于|分布在|落户)")
AVERAGE = "平均"
CREATES = frozenset(["new", "make"])
SPEAKS_OF = CREATES | {"reach"}
# Before 全市 these compare with the city, or rank in it: 位列全市五区之首.
RANKED = "在列位居占为"
# What makes the places before it those of the clause: 长沙、株洲两市, 阜阳、亳州各创建1个.
EACH = re.compile(r"(?:各(?!类|种|级|项)|均|分别|[两二三四五六七八九十\d]+个?[市县区州盟地])")
# What is compared with stands behind these; 同比 and 环比 compare with the same place.
APART = frozenset(["gap", "cmp"])
LIST_BETWEEN = frozenset(["、", "和", "及", "与", "，", ","])


LONGEST_PLACE_HEADING = 12
PLACE = "place"
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
        if match.start == end + 1 and line.text[end] in LIST_BETWEEN:
            end = match.end
    return end if end > first.end else 0


class Territory:
    """Places of figures; compiled once from the table `area_words`."""

    def __init__(self, places: PlaceIndex, areas: list[str]) -> None:
        self._places = places
        # 县市区 are counties, cities and districts, no 市区.
        self._areas = re.compile(f"(?<![县区旗])(?:{'|'.join(sorted(areas, key=len, reverse=True))})")

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
        clause = -1
        for position, figure in enumerate(figures):
            whole = figure.part_of
            township = TOWNSHIP.fullmatch(figure.indicator) if whole is not None else None
            if whole is not None and township and township[0] not in line.wording.kinds_of_places:
                words = figure.words_of("indicator", figure.base)
                yield TOWN.of(figure.number, (township[0], None), words)
                yield TOWN_S_PART.of(figure.number, whole.indicator, whole.words_of("indicator", figure.base))
                continue
            if figure.place is not None:
                continue
            found = self._wider(document, line, figure) or self._named(document, line, figure)
            if found is None:
                if figure.bracket is None and figure.low != clause and self._resets(line, figure):
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
            names = (name or "").split("、")
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
        zone = ZONE.match(line.text)
        if zone and line.starts.get(zone.end()) and line.first_word(VERB_ROLES, 0, zone.end()) is None:
            # 医疗旅游先行区累计引进…: an area of its own.
            return (zone[0], None), AT_HEAD, zone.span()
        for match in line.places:
            if line.text[: match.start].strip(PADDING):
                return None
            if ORGANISATION.match(line.text, match.end, match.end + 12) or self._foreign(document, match.adcode):
                return None
            if line.text[match.end : match.end + 1] in LIST_BETWEEN:
                return None
            return (match.name, match.adcode), AT_HEAD, (match.start, match.end)
        return None

    def _resets(self, line: Line, figure: Candidate) -> bool:
        return any(word.role == "scope" for word in line.words_within(figure.low, figure.quantity.lead))

    def _named(self, document: Document, line: Line, figure: Candidate) -> Found | None:
        text, low, lead = line.text, figure.low, figure.quantity.lead
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
        located = LOCATED.search(text, figure.quantity.tail, figure.high)
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
            if group and text[group[-1].end : match.start] in LIST_BETWEEN:
                group.append(match)
            elif group and group[-1].end == match.start:
                group[-1] = match
            elif located or self._stands_for_clause(line, match, low) or EACH.match(text, _list_end(line, match)):
                group = [match]
        if group and text.startswith(line.wording.beside_us, group[-1].end):
            # 广州市与我市的8个县
            group = []
        if area and (not group or area.start() <= group[-1].end):
            name = text[group[-1].start : area.end()] if group and group[-1].end == area.start() else area[0]
            if group and group[-1].end > area.start():
                name = text[group[-1].start : area.end()]
            return name, None, False, (group[-1].start if group and name != area[0] else area.start(), area.end())
        if group and not located and ORGANISATION.match(text, group[-1].end, min(stop, group[-1].end + 12)):
            group = []
        if group:
            names = [match.name for match in group]
            code = group[0].adcode if len(group) == 1 else None
            foreign = (
                len(group) == 1
                and not located
                and self._foreign(document, group[0].adcode)
                and text[max(0, group[0].start - 1)] not in "在赴向对与为援"
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
            if AVERAGE in text[group[-1].end : stop] and figure.kind != "delta":
                foreign = True
            return "、".join(names), code, foreign, (group[0].start, group[-1].end)
        if figure.bracket is not None:
            before = text[max(0, figure.bracket[0] - 14) : figure.bracket[0]]
            wider = next((name for name in WIDER if name in before), "")
            if wider and AVERAGE in before:
                at = text.rfind(wider, 0, figure.bracket[0])
                return WIDER[wider], None, True, (at, at + len(wider))
        for word in words if stop <= lead else line.words_within(low, stop):
            if word.role == "scope" and word.end <= stop and text[word.start - 1] not in "以占居于是":
                is_average = (
                    AVERAGE in text[word.end : lead] and not text.endswith("的", 0, lead) and figure.kind != "delta"
                )
                if word.text in WIDER and (is_average or figure.bracket is not None):
                    return WIDER[word.text], None, True, (word.start, word.end)
                is_city = word.text == CITY and text[word.start - 1] not in RANKED and text[word.end] != "的"
                if (
                    word.text in ("全省", "我省", "省内")
                    and document.place_code
                    and not document.place_code.endswith("0000")
                ):
                    province = self._places.by_code(document.place_code[:2] + "0000")
                    if province and word.text == "全省":
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
        for word in line.words:
            if figure.low <= word.start and word.end <= figure.high and word.text in WIDER:
                return WIDER[word.text], None, True, (word.start, word.end)
            if figure.low <= word.start and word.end <= figure.high and word.text == PROVINCE and document.place_code:
                province = self._places.by_code(document.place_code[:2] + "0000")
                return (province.name, province.adcode, True, (word.start, word.end)) if province else None
        return None

    def _stands_for_clause(self, line: Line, match: PlaceMatch, low: int) -> bool:
        """Whether the clause speaks of the place: it stands at its head, or behind 在."""
        text = line.text
        before = text[match.start - 1] if match.start > low else ""
        if before and before in "在于":
            return True
        end = match.end
        while (inner := line.place_starts.get(end)) is not None:
            end = inner.end
        if before == "的" and (said := line.starts.get(end)) is not None and said.role in SPEAKS_OF:
            # 对口支援的西宁市新增床位80张
            return True
        if before and (before in LIST_BETWEEN or before in "同跟对向赴自从"):
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
