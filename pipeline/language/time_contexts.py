"""What stands around a time and says how it is meant (时间的语境): compared with, dated by, summed over.

The times themselves are found by `pipeline.language.times`.
"""

from __future__ import annotations

import re

from pipeline.language.function_words import ABLATIVE, ATTRIBUTIVE, COMPARATIVE, LOCATIVE
from pipeline.language.patterns import HAN, any_of

NUMBERS = "两二三四五六七八九十"
# The year before that of the report: 去年床位120张.
LAST_YEAR = ("去年", "上年")
# 高于2023年, 超2023年: with a time behind it, another's value.
COMPARED_WITH_TIME = ("于", "超")
# 较上年同期增长5%, not 上年同期为2400人
AGAINST = re.compile("(?:较|比|与|同|占|为|[高低多少优快慢]于|超过?)(?:去年|上年|前年)?$")
# 同比增长6%: against another time of the same.
AGAINST_ANOTHER = re.compile("同比|环比|较|比(?![例重])")
# 1992年同1987年相比
COMPARED_TO = re.compile("相?比")
# 比上年, 与去年, 同上年: what may stand before the year that is only compared with.
COMPARING = (*COMPARATIVE, "与", "同", "于")
SAME_PERIOD = "同期"
# 上年同期的2万人
SAME_PERIODS = (SAME_PERIOD, SAME_PERIOD + ATTRIBUTIVE)
# Words that tell a year by its distance from the report's own: 去年.
FROM_THE_REPORT = re.compile("今年|本年|新的一年|去年|前年|后年")
# Written in December and read out in January: 明年 is the year that is planned.
AFTER_THE_REPORT = re.compile("明年|来年|下一年")
THIS_YEAR = "今年"
# A year that says when, at the head of a clause or behind 到: 到2025年, not (2021-2023年) in a name.
WHEN_YEAR = re.compile(r"(?:^|[，。；：,;:\n]|到|至|力争|确保|截至|而|但)\s?((?:19|20)\d{2})\s?年")
# 年底达到1500户, in a review: the end of the year that is reviewed.
YEAR_END = re.compile("年底(?:达到|实现)")
# In the review of a whole year these are past: 下半年新增3家.
LATER_IN_YEAR = frozenset(["下半年", "四季度", "年内"])
# 年初确定的38项: when it was set, not when it holds.
YEAR_BEGINNING = "年初"
# 三年前: before, and not in, the years of the report.
YEARS_AGO = "年前"
YEAR = "年"
NAMED_YEAR = f"(?:19|20)\\d{{2}}{YEAR}"
# 年均增长7%, 五年累计: told of several years together.
OVER_YEARS = re.compile("年均|平均每年|每年平均|年平均|年递增|[三四五](?:年|个年头)")
# 五年间产值, 两年共增加灌溉面积, not 三年中央投资
DURATION = re.compile(f"[0-9{NUMBERS}]{{1,3}}个?[年月](?P<within>[间来内]|中(?![央西东小等医心学]|国(?!家)))?")
# 这五年农民收入, 2021和2022两年合计
SPAN_OF_YEARS = re.compile(
    f"^[这近][{NUMBERS}]年(?=[^来间内])|^[0-9〇○一{NUMBERS}]{{2,4}}(?:年?[、和及与][0-9〇○一{NUMBERS}]{{2,4}})+[两三四五]?年$"
)
# What these two begin with.
SPAN_STARTS = frozenset(f"这近0123456789〇○一{NUMBERS}")
# 连续四年, 屡创历史新高
LASTING = re.compile(f"(?:连续|持续)[一{NUMBERS}0-9]{{1,3}}个?[年月]$|[屡再续连]创(?:历史)?新高?$")
LASTING_ENDS = frozenset("年月新高")
# 较2023年末, 比上年同期, 与疫情前, 较“七五”时期: what a value of an earlier time stands behind.
EARLIER = re.compile(
    r"[较比与同](?<![占对百]比)(?:(?:19|20)\d{2}年?(?:\d{1,2}月)?(?:末|底|初|同期)?|(?:上年|去年|年初|期初|上一年)(?:末|底|同期)?"
    f"|{HAN}{{1,6}}?(?:之?前|初期|之初|同期)|(?:第{HAN}{{1,3}}个五年计划|“{HAN}{{2,3}}”)(?:期间|时期))的?$"
)
# What these end in, but for the figures of a year.
EARLIER_ENDS = frozenset("年月末底初期前间的")
# （上年同期为287万人）
EARLIER_IN_BRACKET = re.compile("(?:上年|去年|上一年)(?:同期|末|底)?为?")
# 自1998年开展工作以来至2023年底: a time behind one of these begins the span that an "until" closes.
BEGINS = ABLATIVE[1:]
# What may stand before a time at the head of its clause: 从2021年起, 在2021年.
LEADS = ABLATIVE[1] + LOCATIVE
# 由改革前的45%提高到60%: what the words end in that date the first value of a change.
TIME_ENDS = (ATTRIBUTIVE, "年", "末", "初", "底", "月", "前", "时")
# 每人每月 is a rate over time and counts no persons.
EACH_TIME = any_of("月年天日")
