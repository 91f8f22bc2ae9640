"""Words of clauses and headings that name, or do not name, what a figure leans on, compiled once from the table `topic_words` (主题用词)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.anaphora import POINTS_BACK
from pipeline.language.function_words import AMONG, ATTRIBUTIVE, EVERY, LOCATIVE, PERFECTIVE, TOWARDS
from pipeline.language.numerals import NUMERAL_CHARACTERS, SCALE
from pipeline.language.patterns import HAN, NOTHING
from pipeline.language.time_contexts import EACH_TIME, NAMED_YEAR
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class TopicWords:
    """Build it with `from_tables`."""

    # 2024年主要工作完成情况, 各项重点工作: headings and clauses that name no topic.
    generic_heading: re.Pattern[str] = NOTHING
    generic_clause: re.Pattern[str] = NOTHING
    # 任务数, 总量
    shares_of_plan: tuple[str, ...] = ()
    # 总数 alone leans; 经营主体总量 says of what.
    totals: tuple[str, ...] = ()
    # 总诊疗量中，医院40万人次
    total_of_items: re.Pattern[str] = NOTHING
    # 总诊疗量
    in_all: str = ""
    # 每所补助15万元
    of_each: re.Pattern[str] = NOTHING
    # 余额突破百亿大关，增长7%
    passed: re.Pattern[str] = NOTHING
    # 产量居全省第一，增长7%: how high it stands, not of what.
    stands: re.Pattern[str] = NOTHING
    # 加大对困难学生资助力度，3.2万人次受益
    strengthened: re.Pattern[str] = NOTHING
    # What a change is freed of: 扣除价格因素，实际增长9%.
    freed_of: re.Pattern[str] = NOTHING
    factors: tuple[str, ...] = ()
    # 针对存在的问题下达意见书, 全国各省通过信息系统报告病例: why and by what, not what is counted.
    adjunct: re.Pattern[str] = NOTHING
    # 应种900人, 实种880人
    done_or_due: tuple[str, ...] = ()
    due: re.Pattern[str] = NOTHING
    done: re.Pattern[str] = NOTHING
    # 每千常住人口
    per_head: re.Pattern[str] = NOTHING

    @classmethod
    def from_tables(cls, tables: Tables, classifiers: str) -> TopicWords:
        """From the rows of `topic_words`; `classifiers` is a pattern of the measure words of persons."""
        kinds = WordKinds(tables["topic_words"])
        freed = f"{kinds.of('freed_of')}[^，、]{{2,14}}{kinds.of('factor')}"
        view = f"{kinds.of('in_view_of')}[^，、]{{2,12}}{ATTRIBUTIVE}{kinds.of('view')}"
        means = f"[^，、{ATTRIBUTIVE}]{{0,8}}?{kinds.of('by_means_of')}[^，、{ATTRIBUTIVE}]{{1,8}}?{kinds.of('means')}"
        aspect = f"{LOCATIVE}[^，{ATTRIBUTIVE}]{{2,24}}{kinds.of('aspect')}"
        work = f"{kinds.of('generic_number')}?{kinds.of('generic_attribute')}?{kinds.of('generic_work')}"
        what = f"(?P<what>[^，、]{{4,}}?){ATTRIBUTIVE}?"
        rank = f"{kinds.of('rank_mark')}[\\d{NUMERAL_CHARACTERS}]+{kinds.of('rank_unit')}?|{kinds.of('standing')}"
        ranked = f"(?:(?<!{HAN}){kinds.of('ranked_measure')})?{kinds.of('rank_area')}"
        return cls(
            generic_heading=re.compile(f"(?:{NAMED_YEAR}|{kinds.of('generic_heading')})+"),
            generic_clause=re.compile(f"{work}|{POINTS_BACK.pattern}"),
            shares_of_plan=kinds.words("share_of_plan"),
            totals=kinds.words("total"),
            total_of_items=re.compile(f"{LOCATIVE}?(?P<what>{HAN}{{2,10}}{kinds.of('total_of_items')}){AMONG}[，,]"),
            in_all=kinds.only("in_all"),
            of_each=re.compile(f"{EVERY}({kinds.of('of_each')})(?!{EACH_TIME})"),
            passed=re.compile(f"{kinds.of('passes')}[^，]{{1,8}}{kinds.of('passed_mark')}$"),
            stands=re.compile(f"(?:{kinds.of('stands')}[^，、]{{0,12}}?|{ranked})(?:{rank})$"),
            strengthened=re.compile(f"{kinds.of('strengthens')}[{TOWARDS}{PERFECTIVE}]?{what}{kinds.of('strength')}$"),
            freed_of=re.compile(freed),
            factors=kinds.words("factor"),
            adjunct=re.compile(f"{view}|{means}|{freed}|{aspect}"),
            done_or_due=kinds.words("done", "due"),
            due=re.compile(f"(?P<stem>.{{2,}}){kinds.of('due')}(?P<verb>{HAN}{{1,4}})"),
            done=re.compile(f"{kinds.of('done')}(?P<verb>{HAN}{{1,4}})"),
            per_head=re.compile(f"{EVERY}[{SCALE}]+{classifiers}?{kinds.of('population')}?{kinds.of('person')}"),
        )
