"""The canonical indicator behind the report's own words (规范指标).

Only whole names are matched, so that scopes stay apart: 户籍/全人口, 县域/市域, 每千/每万, 新增/总数 are never merged.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.tables import Tables

COUNT_NAMES = ("总数", "数量", "总量", "人数", "数")
SAME_UNITS = (
    {"个", "家", "所"},
    {"人", "名", "位"},
    {"张", "床"},
    {"天", "日"},
    {"项", "个"},
    {"张", "张/千人"},
    {"人", "人/千人", "人/万人", "名"},
    {"个", "个/千人"},
    {"元", "元/人"},
    {"家", "个", "处"},
)
NO_PART_OF_NAME = re.compile(r"[^\w%/-]|_")
SCOPES = ("全市", "全省", "全县", "全区", "全州", "我市", "我省", "我县", "我区", "辖区")


class IndicatorIndex:
    """Resolves an indicator's words to its code; compiled once from the table `indicators`."""

    def __init__(self, codes: dict[str, tuple[str, str]]) -> None:
        self._codes = codes
        self._endings = {name[-2:] for name in codes} | {"数", "量"}

    @classmethod
    def from_tables(cls, tables: Tables) -> IndicatorIndex:
        """From the rows of `indicators` (name_zh and aliases, separated by |)."""
        codes: dict[str, tuple[str, str]] = {}
        for row in tables["indicators"]:
            for name in [row["name_zh"], *filter(None, row["aliases"].split("|"))]:
                codes.setdefault(_normal(name), (row["code"], row["unit"]))
        return cls(codes)

    def code(self, indicator: str, unit: str, kind: str) -> str | None:
        """The code of `indicator` measured in `unit`, None where the table has none; a change may be in any unit."""
        name = _normal(indicator)
        if name[-2:] not in self._endings and name[-1:] not in self._endings:
            return None
        for candidate in (
            name,
            *(name.removeprefix(scope) for scope in SCOPES if name.startswith(scope)),
            *(name.removesuffix(end) for end in COUNT_NAMES if name.endswith(end)),
        ):
            known = self._codes.get(candidate)
            if known and (kind == "delta" or _same_unit(known[1], unit)):
                return known[0]
        return None


@lru_cache(maxsize=4096)
def _normal(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).replace("及以上", "以上").replace("及以下", "以下")
    return NO_PART_OF_NAME.sub("", folded)


def _same_unit(expected: str, unit: str) -> bool:
    return (
        expected == unit
        or (unit == "百分点" and expected in ("%", "‰"))
        or any(expected in group and unit in group for group in SAME_UNITS)
        or (expected == "1/10万" and unit == "/10万")
    )
