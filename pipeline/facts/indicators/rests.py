"""What is left of the things counted before: 新建10所医院，已竣工4所，其余6所10月投用 (其余)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.claims import Rule
from pipeline.facts.indicators.inheritance import predicate_alone
from pipeline.facts.indicators.reading import Named, Reading
from pipeline.language.function_words import ATTRIBUTIVE

REST = Rule(
    "rest_of_whole",
    "indicator",
    "The rest has the noun of the count before it, and what is said of it.",
    "新建卫生院10所，已竣工4所，其余6所加快推进。",
    "加快推进的卫生院",
)


def read_rest(reading: Reading, figure: Candidate, subject: str) -> Named | None:
    """What the rest of a count before counts: what is said of them, and their noun; None where `subject` says of no rest."""
    whole = greatest_whole(figure, reading.done) if subject in reading.wording.rests else None
    if whole is None:
        return None
    noun = whole.indicator.removeprefix(whole.said.verb or whole.said.act)
    said = predicate_alone(reading, figure)
    text = f"{said}{ATTRIBUTIVE}{noun}" if said else subject + noun
    return Named(text, figure.own, REST, "counted_noun_with_predicate" if said else "named_part")


def greatest_whole(figure: Candidate, before: Sequence[Candidate]) -> Candidate | None:
    """The greatest count before, in the same unit, of which `figure` can be a part; None where there is none."""
    quantity = figure.quantity
    wholes = [
        other
        for other in before
        if other.quantity.unit == quantity.unit
        and quantity.unit_class in COUNTED
        and other.quantity.value > quantity.value
    ]
    return max(wholes, key=lambda whole: whole.quantity.value, default=None)
