"""How the items of a list are joined (并列): marks, coordinators, and what ends a list of examples."""

from __future__ import annotations

import re

from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.patterns import HAN

LIST_MARK, COMMA = "、", "，"
# Coordinators (并列连词): 城镇和农村居民.
ADDITIVE = ("和", "及", "与")
COORDINATORS = ("以及", *ADDITIVE, "或")
# 通过验收并挂牌, 达标且运行良好: what is said goes on with another verb.
VERB_COORDINATORS = ("并", "且")
# Et cetera: 高血压、糖尿病等慢性病.
ET_CETERA = "等"
LIST_BETWEEN = (LIST_MARK, *COORDINATORS)
# 城镇、农村居民, 城镇以及农村居民
LIST_SPLIT = re.compile("、|以及|和|及|与")
# 62.0%、58.3%: nothing but these between two figures.
SEPARATORS_ONLY = re.compile(r"[、，,和及以与\s]*")
# 检出高血压、结核病等重点疾病患者: examples before the noun that they are of.
# 技术大学、高等学校: 等 is the end of a word.
EXAMPLES = re.compile(f"[^，、]{{2,}}、[^，]*(?<![高中初平均相优同]){ET_CETERA}(?={HAN}{{4}})")
# 开展地中海贫血、唐氏综合征等产前筛查, 高血压、糖尿病的规范管理: the same, within what is said of a thing.
ITEMS_OF_NOUN = re.compile(
    f"(?<={HAN}{{2}})[^，{ATTRIBUTIVE}]*、[^，{ATTRIBUTIVE}]*[{ET_CETERA}{ATTRIBUTIVE}](?={HAN}{{3}})"
)
# The general classifier, and a numeral with it that sums a list up: 排查率、整治率、管控率三个100%.
GENERAL_CLASSIFIER = "个"
# The classifier of households, whose members may be counted behind it: 322户、677人.
HOUSEHOLD = "户"
SUMMED = re.compile("[两三四五六七八九十]{1,2}个$")
