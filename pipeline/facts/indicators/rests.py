"""What is left of the things counted before: 新建10所医院，已竣工4所，其余6所10月投用 (其余)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.facts.figures import COUNTED, Figure
from pipeline.facts.indicators.inheritance import predicate_alone
from pipeline.facts.indicators.reading import Reading


def read_rest(reading: Reading, figure: Figure, subject: str) -> bool:
    """Whether `subject` says that `figure` is the rest of a count before; its indicator is what is said of them, and their noun."""
    whole = greatest_whole(figure, reading.done) if subject in reading.wording.rests else None
    if whole is None:
        return False
    noun = whole.indicator.removeprefix(whole.verb or whole.act)
    said = predicate_alone(reading, figure)
    figure.indicator = f"{said}的{noun}" if said else subject + noun
    figure.rule = "counted_noun_with_predicate" if said else "named_part"
    return True


def greatest_whole(figure: Figure, before: Sequence[Figure]) -> Figure | None:
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
