"""Words that only point back (回指): 上述三项指标, 两者, 这方面."""

from __future__ import annotations

import re

# 该项, 上述指标均, 前三者: what only points back to figures before.
ANAPHORA = re.compile("[前后上述以这此该仅一两二三四五六各]{0,4}(?:项|者|类)?(?:指标)?(?:均|都|双双)?")
# 财政此项支出达5亿元: what points back within a noun.
WITHIN_NOUN = re.compile("[此该这]一?项")
# 虽然在这方面花了力气, 涨幅仍达12%: a clause that points back, and names nothing.
POINTS_BACK = re.compile("在?[这那该此]些?(?:个|方面|项|点).*")
