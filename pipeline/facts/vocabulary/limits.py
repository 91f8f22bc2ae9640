"""Limits that other words part from their figure, compiled once from the table `comparators` (隔开的限度词)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.patterns import HAN, NOTHING, any_of
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class LimitWords:
    """Build it with `from_tables`. Each mapping has the cue and its comparator."""

    # 至少建成1个, 不低于每生每年500元
    before_verb: Mapping[str, str] = field(default_factory=dict)
    parted_by_verb: re.Pattern[str] = NOTHING
    # 不足平时的四成
    before_value: Mapping[str, str] = field(default_factory=dict)
    parted_by_value: re.Pattern[str] = NOTHING
    # 不低于营业收入的3%
    before_particle: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_tables(cls, tables: Tables) -> LimitWords:
        """From the rows of `comparators` whose side begins with `before_`."""
        sides: dict[str, dict[str, str]] = {"before_verb": {}, "before_value": {}, "before_particle": {}}
        for row in tables["comparators"]:
            if row["side"] in sides:
                sides[row["side"]][row["cue"]] = row["comparator"]
        verb, value = any_of(sides["before_verb"]), any_of(sides["before_value"])
        return cls(
            before_verb=sides["before_verb"],
            parted_by_verb=re.compile(verb) if verb else NOTHING,
            before_value=sides["before_value"],
            parted_by_value=re.compile(f"({value}){HAN}{{1,6}}{ATTRIBUTIVE}$") if value else NOTHING,
            before_particle=sides["before_particle"],
        )
