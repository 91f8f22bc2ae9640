"""The features of the language that a labelled fact shows, to see where the extractor is weak (语言现象)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.evaluation.gold import GoldFact

_ARABIC_DIGIT = re.compile("[0-9０-９]")

PHENOMENA: dict[str, Callable[[GoldFact], bool]] = {
    "chinese_numeral": lambda fact: not _ARABIC_DIGIT.search(fact.quote),
    "magnitude": lambda fact: "万" in fact.quote or "亿" in fact.quote,
    "thousands_separator": lambda fact: bool(re.search(r"\d,\d{3}", fact.quote)),
    "range": lambda fact: fact.value_max is not None,
    "comparator": lambda fact: fact.comparator != "=",
    "share": lambda fact: fact.unit in {"%", "‰", "百分点", "成", "1/10万"},
    "rate": lambda fact: "/" in fact.unit,
    "without_unit": lambda fact: not fact.unit,
    "change": lambda fact: fact.kind == "delta",
    "target": lambda fact: fact.status == "target",
    "baseline": lambda fact: fact.status == "baseline",
    "part": lambda fact: fact.part_of is not None,
    "period": lambda fact: fact.period is not None,
}


def phenomena_of(fact: GoldFact) -> list[str]:
    """The names of the features of `fact`."""
    return [name for name, shows in PHENOMENA.items() if shows(fact)]
