"""Function words (虚词): the closed classes that join the words of a sentence and name nothing themselves.

Not here: words that name something, to which a domain expert may add; they stand in the tables of seeds/language.
"""

from __future__ import annotations

import re

# The attributive particle (结构助词): 已建成的医院.
ATTRIBUTIVE = "的"
# The perfective particle (动态助词): 完成了5项.
PERFECTIVE = "了"
# The distributive determiner: 每千人口.
EVERY = "每"
# The adverb that gives each its own: A、B分别为x、y.
RESPECTIVELY = "分别"
# 平均单产
AVERAGE = "平均"
# Each of several: 月季、玫瑰各增长6%、7%.
EACH = "各"
# The comitative and equative 为: 聘请8位专家为顾问, 增长率为5%.
COPULA = "为"
# The preposition of purpose: 为加快花圃建设.
PURPOSIVE = "为"
# The preposition of manner: 以每年7%的速度增长.
IN_THE_WAY_OF = "以"
# The verb that links a value reached: 覆盖率达95%.
REACHES = "达"
# The verb of existence: 有9家药店通过验收.
EXISTENTIAL = "有"
# The verb of proportion: 占总床位的31%.
PART_OF = "占"
# The adverb of sums: 两年共增加灌溉面积5万亩.
ALTOGETHER = "共"
# Already: 已完工31个.
ALREADY = "已"
# Negation: 不高于, which tells a limit and no gap.
NOT = "不"
# The particle of manner: 果断地把床位减了20张.
IN_A_MANNER = "地"
# 整合后为18个
AFTERWARDS = "后"
# 可降至16%, 要达到80%: modal verbs.
MODALS = frozenset("可能要应将须会")
# Points back to a whole that is told in parts: 其中产业类17个.
OF_WHICH = "其中"
# Locative preposition, and the noun phrase that it governs in 在…基础上: 在去年5亿元的基础上增长8%.
LOCATIVE, ON_TOP = "在", "基础上"
# Prepositions of origin: 由180张增加到210张.
ABLATIVE = ("由", "从", "自")
# What leads to the value that a change ends with: 增加到210张, 提升至60%.
ALLATIVE = ("到", "至")
# Prepositions of comparison: 较上年, 比计划.
COMPARES = "比"
COMPARATIVE = ("较", COMPARES)
# Leads to those to whom something is done: 对5所学校进行改造.
TOWARDS = "对"
# Markers of the object before its verb: 将床位增至210张.
OBJECT_MARKERS = frozenset(["将", "把"])
# Within: 在生产总值内; and the particle that makes a noun of a verb: 所占比重.
WITHIN, RELATIVE = "内", "所"
# Behind a whole: 57家卫生院中，54家达标.
INSIDE = "中"
# 除2个跨年项目外, 除此以外
OUTSIDE = ("以外", "之外", "外")
EXCEPT = "除"
EXCEPTED = re.compile(f"{EXCEPT}[^，。；]{{2,}}?(?:{'|'.join(OUTSIDE)})")
AMONG = f"(?:之中|当中|{INSIDE})"
