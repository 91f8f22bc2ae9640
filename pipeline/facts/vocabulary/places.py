"""Words that tell where a figure holds, compiled once from the table `territory_words` (地域用词)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.language.areas import NUMBER_OF_AREAS
from pipeline.language.lists import COORDINATORS, LIST_MARK
from pipeline.language.patterns import HAN, NOTHING, any_of
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class PlaceWords:
    """Build it with `from_tables`."""

    # 长沙银行, 湖南模式: behind a place, the name of a body.
    organisation: re.Pattern[str] = NOTHING
    # 夏格庄镇
    town: re.Pattern[str] = NOTHING
    # 医疗旅游先行区
    zone: re.Pattern[str] = NOTHING
    # 前湾街道3家: an area as an item of a list.
    area_of_item: re.Pattern[str] = NOTHING
    # 其中6家位于城阳区
    located: re.Pattern[str] = NOTHING
    # 全国, 我国, and what they name.
    nation: Mapping[str, str] = field(default_factory=dict)
    # 全省, 全市
    province: frozenset[str] = frozenset()
    city: frozenset[str] = frozenset()
    # 全县, 我市: the first characters of words for all of the issuer's territory.
    own_area: frozenset[str] = frozenset()
    # 全省平均
    average: tuple[str, ...] = ()
    # 位列全市五区之首
    rank_before: frozenset[str] = frozenset()
    # 占全省
    share_before: frozenset[str] = frozenset()
    # 阜阳、亳州各创建1个; 长沙、株洲两市
    each_of_these: re.Pattern[str] = NOTHING
    # 在城阳区
    prepositions: frozenset[str] = frozenset()
    # 赴西宁市
    towards: frozenset[str] = frozenset()
    # 同西宁市
    beside: frozenset[str] = frozenset()
    # 低于全省2人、全国3人: what parts the two.
    next_item: re.Pattern[str] = NOTHING

    @classmethod
    def from_tables(cls, tables: Tables) -> PlaceWords:
        """From the rows of `territory_words`."""
        kinds = WordKinds(tables["territory_words"])
        piece = f"[^，。；、,;{''.join(kinds.words('not_in_organisation'))}]"
        return cls(
            organisation=re.compile(f"{piece}{{0,8}}?{kinds.of('organisation')}"),
            town=re.compile(f"{HAN}{{1,5}}{kinds.of('town')}"),
            zone=re.compile(f"{HAN}{{2,14}}{kinds.of('zone')}"),
            area_of_item=re.compile(f"{HAN}{{1,6}}{kinds.of('area_of_item')}"),
            located=kinds.pattern("located"),
            nation={row["word"]: row["place"] for row in kinds.rows("nation")},
            province=kinds.set("province"),
            city=kinds.set("city"),
            own_area=kinds.set("own_area"),
            average=kinds.words("average"),
            rank_before=kinds.set("rank_before_area"),
            share_before=kinds.set("share_before_area"),
            each_of_these=re.compile(f"{kinds.of('each_of_these')}|{NUMBER_OF_AREAS}"),
            prepositions=kinds.set("place_preposition"),
            towards=kinds.set("towards_place"),
            beside=kinds.set("with_place"),
            next_item=re.compile(f"(?:{any_of((LIST_MARK, *COORDINATORS))}){kinds.of('whole_area')}?"),
        )

    def averages(self, text: str) -> bool:
        """Whether `text` tells an average: 平均."""
        return any(word in text for word in self.average)
