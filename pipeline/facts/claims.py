"""Claims: what a rule says of a field of a fact, by which words, and which claim holds (断言).

A fact is never filled in. Rules look at a frozen candidate and return claims; the plan gathers them (pipeline.facts.plan), and
the fact is composed of the claims that hold. Of several claims of one field the latest holds: the plan asks its steps from what
a figure's own words say to what its neighbours, its bracket and its whole add, and a later step has seen all that came before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

Span = tuple[int, int]


class Claim(NamedTuple):
    """`field` of the candidate with this `number` has `value`, says `rule` by the words [start, end) and, where there is one, the row of a table.

    Positions are in the candidate's own text; words of the sentence before lie at negative ones.
    """

    number: int
    field: str
    value: Any
    rule: str
    start: int
    end: int
    table: str | None = None
    row: str | None = None


class Rule(NamedTuple):
    """A named rule: the field it decides, what it goes by, and an example that a test reads.

    `gives` is the field's value, as text, in the last fact of `example` that the rule decides; `report` may change what is taken of the report (doc_type, period_label, heading, place).

    >>> Rule("kind_of_sign", "kind", "A value with a sign.", "门诊192万人次（＋4.3%）。", "delta").of(1, "delta", (7, 8)).start
    7
    """

    name: str
    field: str
    says: str
    example: str
    gives: str
    report: tuple[tuple[str, str], ...] = ()

    def of(self, number: int, value: Any, words: Span, table: str | None = None, row: str | None = None) -> Claim:
        """The claim of this rule on the candidate with that number."""
        return Claim(number, self.field, value, self.name, words[0], words[1], table, row)


Held = dict[str, Claim]
"""Field -> the claim that holds."""


class Claims:
    """All claims on the candidates of one text: added, never changed."""

    __slots__ = ("_held", "made")

    def __init__(self, held: list[Held]) -> None:
        self._held = held
        self.made: list[Claim] = []

    def add(self, claims: Iterable[Claim]) -> None:
        """Take up what a step says; the latest claim of a field holds."""
        for claim in claims:
            self.made.append(claim)
            self._held[claim.number][claim.field] = claim

    def superseded(self) -> list[Claim]:
        """The claims that a later one of the same field has replaced, in the order in which they were made."""
        return [claim for claim in self.made if self._held[claim.number][claim.field] is not claim]
