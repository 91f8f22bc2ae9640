"""Words that tell that a figure is part of another, compiled once from the table `part_words` (其中)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.function_words import ALREADY, AMONG, ATTRIBUTIVE, EXISTENTIAL
from pipeline.language.patterns import HAN, NOTHING
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables

# 医院中，公立8家: the noun of the sentence before, with what is told of its parts.
OF_THESE = re.compile(f"({HAN}{{2,10}}){AMONG}[，,]")
# 22个医院，已有16个
THERE_ARE = re.compile(f"[，,]\\s?{ALREADY}?{EXISTENTIAL}\\s?$")


@dataclass(frozen=True, eq=False)
class PartWords:
    """Build it with `from_tables`."""

    # 有项目25个，其中产业类17个
    marks: tuple[str, ...] = ()
    # 项目25个，内含产业类17个
    marks_at_head: tuple[str, ...] = ()
    # 共9例，分别为肺结核（5例）、狂犬病（4例）
    told_apart: re.Pattern[str] = NOTHING
    # 投资10亿元以上的有5个
    of_kind: re.Pattern[str] = NOTHING
    # 在建9个
    under_way: frozenset[str] = frozenset()
    # 三级医院, 三甲医院, 4A级以上景区: the grade, which another takes the place of.
    grade: re.Pattern[str] = NOTHING
    # 市级以上
    level_limits: tuple[str, ...] = ()
    # 招聘教师60人，其中研究生学历24人
    attribute_ends: tuple[str, ...] = ()
    # 专项资金9亿元，其中专项债券7亿元: money by its own name.
    names_of_money: tuple[str, ...] = ()
    # 接种84万剂次: a person for each.
    doses: frozenset[str] = frozenset()
    # 案件594件
    acts: frozenset[str] = frozenset()
    # 死亡9例
    cases: frozenset[str] = frozenset()

    @classmethod
    def from_tables(cls, tables: Tables) -> PartWords:
        """From the rows of `part_words`."""
        kinds = WordKinds(tables["part_words"])
        return cls(
            marks=kinds.words("mark"),
            marks_at_head=kinds.words("mark_at_head"),
            told_apart=kinds.pattern("told_apart"),
            of_kind=re.compile(f"{ATTRIBUTIVE}{kinds.of('there_are')}?$"),
            under_way=kinds.set("under_way"),
            grade=re.compile(
                rf"^(?:{kinds.of('hospital_grade')}|[^\W_]{{1,3}}?{kinds.of('level')}{kinds.of('level_limit')}?)(?={HAN}{{2}})"
            ),
            level_limits=kinds.words("level_limit"),
            attribute_ends=kinds.words("attribute_end"),
            names_of_money=kinds.words("name_of_money"),
            doses=kinds.set("unit_of_doses"),
            acts=kinds.set("unit_of_acts"),
            cases=kinds.set("unit_of_cases"),
        )
