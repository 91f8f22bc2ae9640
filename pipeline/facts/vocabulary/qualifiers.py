"""Words beside a number that only limits, sizes or names something else, compiled once from the table `qualifier_words` (限定用词)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.lists import LIST_MARK
from pipeline.language.patterns import HAN, NOTHING
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class QualifierWords:
    """Build it with `from_tables`."""

    # 迈上4100亿元台阶, 突破万亿元大关: what was reached, not what is counted.
    thresholds: tuple[str, ...] = ()
    # 10千伏线路
    naming_units: frozenset[str] = frozenset()
    # 服务100%全覆盖
    covers_all: tuple[str, ...] = ()
    # By unit, what is measured by households, people or beds rather than counted by them: 100张以上医院.
    sized: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    # 西部12省平均水平
    averages: tuple[str, ...] = ()
    # 在原有12个试点县基础上
    existing: re.Pattern[str] = NOTHING
    # 13亿人口的国家
    counted_bare: tuple[str, ...] = ()
    # 新增4个示范县、总数居第二
    ranked: re.Pattern[str] = NOTHING
    # 完成5座山塘改扩建工程
    works: tuple[str, ...] = ()
    # 成为全国12个示范县之一: how many there are of them elsewhere.
    one_of: tuple[str, ...] = ()
    # 对756件法规进行清理
    light_verb: str = ""

    @classmethod
    def from_tables(cls, tables: Tables) -> QualifierWords:
        """From the rows of `qualifier_words`."""
        kinds = WordKinds(tables["qualifier_words"])
        settled = f"{HAN}{{0,4}}?{kinds.of('settlement')}"
        staffed = f"{ATTRIBUTIVE}?{kinds.of('class_of_body')}?{kinds.of('staffed')}"
        return cls(
            thresholds=kinds.words("threshold"),
            naming_units=kinds.set("naming_unit"),
            covers_all=kinds.words("covers_all"),
            sized={
                **dict.fromkeys(kinds.words("unit_of_settlement"), re.compile(settled)),
                **dict.fromkeys(kinds.words("unit_of_body"), re.compile(f"{settled}|{staffed}")),
            },
            averages=kinds.words("average"),
            existing=kinds.pattern("existing"),
            counted_bare=tuple(word + ATTRIBUTIVE for word in kinds.words("counted_bare")),
            ranked=re.compile(
                f"{LIST_MARK}{kinds.of('ranked_thing')}?{kinds.of('ranked_alike')}?{kinds.of('rank_verb')}(?={HAN})"
            ),
            works=kinds.words("work"),
            one_of=kinds.words("one_of"),
            light_verb=kinds.only("light_verb"),
        )
