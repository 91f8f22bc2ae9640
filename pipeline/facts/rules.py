"""All rules that decide a field of a fact, and the forms of sentences that give its indicator (规则总表)."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.facts import evidence, framing, parts, periods, plan, respectively, statuses, tables, territory
from pipeline.facts.claims import Rule
from pipeline.facts.indicators import (
    changes,
    counted,
    inheritance,
    lists,
    measured,
    reader,
    rests,
    shares,
    steps,
    subjects,
    topics,
)

_MODULES = (
    evidence,
    framing,
    subjects,
    topics,
    counted,
    shares,
    steps,
    measured,
    lists,
    rests,
    reader,
    inheritance,
    respectively,
    changes,
    parts,
    territory,
    periods,
    statuses,
    plan,
    tables,
)


class Form(NamedTuple):
    """A form of sentence, the `rule` of a fact: what it reads, and an example with the facts that come of it (indicator = value unit)."""

    name: str
    reads: str
    example: str
    facts: str


FORMS = (
    Form(
        "table_cell",
        "a cell of a table that stands in the text as lines, or the number behind a label that bears its unit",
        "财政补助收入（万元）：354。",
        "财政补助收入 = 354 万元",
    ),
    Form(
        "figure_of_subject",
        "what stands before the figure, without linking verb, time, place and verbs of creation",
        "全市门诊预约率达到81.5%。",
        "门诊预约率 = 81.5 %",
    ),
    Form(
        "counted_noun",
        "the noun behind the figure, with 新增 and its like, and with verbs that say what was done",
        "新增3个省级重点实验室。",
        "新增省级重点实验室 = 3 个",
    ),
    Form(
        "counted_noun_with_predicate",
        "the noun behind the figure and what is said of it",
        "有9家药店通过了验收。",
        "通过了验收的药店 = 9 家",
    ),
    Form(
        "share_of",
        "the noun phrase a share is of, with its condition",
        "72%的幼儿园配备了保健医生。",
        "配备了保健医生的幼儿园 = 72 %",
    ),
    Form(
        "share_of_whole",
        "part and whole around 占 or 完成",
        "民办医院床位占总床位的31%。",
        "民办医院床位占总床位 = 31 %",
    ),
    Form(
        "amount_of_noun",
        "an amount before 的 or before what the money is spent on",
        "总投资6亿元的康复医院开工。",
        "康复医院总投资 = 6 亿元",
    ),
    Form("change", "增长, 下降, 提高 …: a change, kind delta", "门诊次均费用下降2.4%。", "门诊次均费用 = 2.4 %"),
    Form(
        "gap",
        "高于, 低于 …: a gap to something else, kind delta",
        "疫苗接种率高于全省3个百分点。",
        "疫苗接种率 = 3 百分点",
    ),
    Form(
        "from_to",
        "由A提高到B: two values, the first the baseline",
        "护理费由每人60元提高到75元。",
        "护理费 = 60 元; 护理费 = 75 元",
    ),
    Form(
        "respectively",
        "A、B分别为x、y: one subject a figure",
        "入园率、巩固率分别为96%、99%。",
        "入园率 = 96 %; 巩固率 = 99 %",
    ),
    Form(
        "inherited_subject",
        "a figure without subject takes that of the figure or clause before",
        "出院病人4.1万人次，增长7%。",
        "出院病人 = 4.1 万人次; 出院病人 = 7 %",
    ),
    Form(
        "bracket_part",
        "a figure in a bracket takes the indicator of the figure before it",
        "改造公厕60座（20座正在施工）。",
        "改造公厕 = 60 座; 正在施工的改造公厕 = 20 座",
    ),
    Form(
        "named_part",
        "a part that only says how it differs takes the noun of its whole",
        "监护床90张（ICU40张）。",
        "监护床 = 90 张; ICU监护床 = 40 张",
    ),
    Form(
        "reference_value",
        "an average, an aim or an earlier value that a figure is only measured by: it has that figure's indicator, and is a baseline or a target (table `reference_values`)",
        "新增托位520个，超过500个的年度目标。",
        "新增托位 = 520 个; 新增托位 = 500 个",
    ),
)
"""Every form, as `facts.rule` names it; an example is read as a summary of 青岛市 for 2024."""


def rules() -> list[Rule]:
    """Every rule, in the order of the plan."""
    found = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)]
    return sorted(dict.fromkeys(found), key=lambda rule: _FIELDS.index(rule.field))


_FIELDS = (
    "value",
    "unit",
    "indicator",
    "kind",
    "comparator",
    "status",
    "place",
    "period",
    "period_start",
    "part_of_fact_id",
    "indicator_code",
)
