"""What heads and labels of tables say (表头用词), by the table `table_words`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from pipeline.tables import Tables

# 产值（亿元）, 增速(%)
UNIT_IN_HEAD = re.compile(r"[（(](?P<unit>[^（）()]{1,12})[）)]$")
UNIT_ABOVE = re.compile(r"(?:计量)?单位[：:]\s*(?P<unit>[\u4e00-\u9fff/%％‰]{1,10})")


class TableWords(NamedTuple):
    """The words of `table_words`: kind -> words, longest first, and the scales and units of `units`."""

    words: dict[str, tuple[str, ...]]
    scales: dict[str, int]
    units: frozenset[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> TableWords:
        """From the rows of `table_words` and `units`."""
        words: dict[str, list[str]] = defaultdict(list)
        for row in tables["table_words"]:
            words[row["kind"]].append(row["text"])
        ordered = {kind: tuple(sorted(found, key=len, reverse=True)) for kind, found in words.items()}
        return cls(
            ordered,
            {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百万": 1_000_000, "百": 100},
            frozenset(row["unit"] for row in tables["units"]),
        )

    def is_one_of(self, kind: str, text: str) -> bool:
        """Whether `text` is one of the words, whole."""
        return text in self.words.get(kind, ())

    def holds(self, kind: str, text: str) -> bool:
        """Whether one of the words stands in `text`."""
        return any(word in text for word in self.words.get(kind, ()))

    def unit_of(self, printed: str) -> tuple[int, str] | None:
        """A unit with its scale, 万元 -> (10000, 元); None for what is no unit.

        A scale that is part of the unit's own name (百分点, 千米) is none.
        """
        printed = printed.replace("％", "%").removeprefix("单位：").strip()
        if printed in self.units or printed in ("%", "‰"):
            return 1, printed.removeprefix("个") if printed.endswith("百分点") else printed
        for scale in ("百万", "亿", "万", "千", "百"):
            rest = printed.removeprefix(scale)
            if rest != printed and (rest in self.units or not rest):
                return self.scales[scale], rest
        return None
