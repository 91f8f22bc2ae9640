"""Words around a cue or a task that tell planned from achieved, compiled once from the table `status_words` (状态旁证)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.patterns import NOTHING
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class StatusWords:
    """Build it with `from_tables`."""

    # 领取抽检任务45家
    tasks: tuple[str, ...] = ()
    takes_on: re.Pattern[str] = NOTHING
    # ，目前均已全部完成。
    done_behind: re.Pattern[str] = NOTHING
    # 争取专项债、上级补助等三类资金18.9亿元: got, not aimed at.
    aims_or_gains: frozenset[str] = frozenset()
    gained: re.Pattern[str] = NOTHING
    # A set aim that is only compared with: 高于目标值, 完成目标.
    aims: tuple[str, ...] = ()
    measured_by: tuple[str, ...] = ()
    # 上年均增长
    per_year: tuple[str, ...] = ()

    @classmethod
    def from_tables(cls, tables: Tables) -> StatusWords:
        """From the rows of `status_words`."""
        kinds = WordKinds(tables["status_words"])
        done = f"{kinds.of('already')}{kinds.of('how_done')}*{kinds.of('done')}"
        return cls(
            tasks=kinds.words("task"),
            takes_on=kinds.pattern("takes_on"),
            done_behind=re.compile(f"[，,；;]{kinds.of('before_done')}*(?P<done>{done})(?=[，,；;。\n]|$)"),
            aims_or_gains=kinds.set("aim_or_gain"),
            gained=re.compile(f"[^，；。]{{0,30}}{kinds.of('given')}"),
            aims=kinds.words("aim"),
            measured_by=kinds.words("measured_by"),
            per_year=kinds.words("per_year"),
        )
