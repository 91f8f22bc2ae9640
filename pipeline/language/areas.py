"""Units of areas and how they are counted (行政区划单位): 南海、顺德两区, 各县市区."""

from __future__ import annotations

import re

# What areas are counted by: 西部12省, 两市.
AREA_UNITS = frozenset("省市县区州旗镇乡村")
# 全区 is that of the issuer, which is a district or a county; 县市区 are counties, cities and districts, no 市区.
BELOW_A_CITY = ("区", "县", "旗")
# 博野镇: a short name of a place begins that of a smaller one.
LOCAL = re.compile("(?<![省市县区旗州盟])[镇乡街港]")
# 南海、顺德两区, 长沙等5市
SUMMED_UP = re.compile(r"等?[两二三四五六七八九十\d]{1,3}个?(?:[县区]?市|[市]?区|[市区]?县|州|旗|盟)(?![域内外级])")
# 长沙、株洲两市: a number of areas, whose names stand before it.
NUMBER_OF_AREAS = r"[两二三四五六七八九十\d]+个?[市县区州盟地]"
# 甲市至乙市公路, 甲市经乙市到丙市: what joins the ends of a way.
ON_THE_WAY = frozenset("至到经—–-－～")
