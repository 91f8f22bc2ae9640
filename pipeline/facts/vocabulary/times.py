"""Words beside a time that tell what it dates, compiled once from the table `time_words` (时间旁证)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.patterns import NOTHING
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class TimeWords:
    """Build it with `from_tables`."""

    # 2024年计划, 今年重点: what the time names and does not date.
    named: tuple[str, ...] = ()
    # 2005年我们提出三年种树: when it was said, not when it was done.
    said_then: re.Pattern[str] = NOTHING
    # 由上年下降4.1%转为增长6.2%
    turns: re.Pattern[str] = NOTHING

    @classmethod
    def from_tables(cls, tables: Tables) -> TimeWords:
        """From the rows of `time_words`."""
        kinds = WordKinds(tables["time_words"])
        return cls(
            named=kinds.words("named"),
            said_then=re.compile(kinds.of("announcer") + kinds.of("announces")),
            turns=kinds.pattern("turns"),
        )
