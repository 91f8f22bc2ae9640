"""A quantity in its clause: what may become a fact, and where its words end on its right (候选数量)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.facts.claims import Claim, Span
from pipeline.facts.phrases import Line
from pipeline.language.function_words import ATTRIBUTIVE, ON_TOP
from pipeline.language.quantities import Quantity

COUNTED = frozenset(["count", "people"])
# 在2022年35%的基础上每年提升1个百分点
ON_TOP_OF = re.compile(f"{ATTRIBUTIVE}?{ON_TOP}")
ON_TOP_WORDS = (ON_TOP, ATTRIBUTIVE + ON_TOP)
BRACKET_MARKS = "（(）)”’"


class Said(NamedTuple):
    """What a figure's words say beside its indicator, for figures that lean on it.

    `verb` is one (新增) that later items of a list share, `act` one (查办) that only governs its noun; `thing` is the noun without
    what was said of it, `topic` what later figures lean on where it is not the indicator, `leans_on` what the indicator itself leans on.
    """

    verb: str = ""
    act: str = ""
    thing: str = ""
    topic: str = ""
    is_leaning: bool = False
    leans_on: str = ""


NOTHING_SAID = Said()


@dataclass(frozen=True, eq=False, slots=True)
class Candidate:
    """A quantity in its clause [low, high), and what is claimed of it; positions are in the text that begins at `base`.

    `lead` is where the quantity with its limits begins; `left` where words before it may be its own, `own` those of them that are in
    its clause; [noun_start, noun_end) the noun behind it (5个X), empty where there is none; `number` its place among the candidates
    of the text, `before` that of the one before it in its clause, -1 for none, `following` the next one there. Only the plan adds to `held`.
    """

    number: int
    quantity: Quantity
    base: int
    low: int
    high: int
    left: int
    own: Span
    bracket: Span | None
    noun_start: int
    noun_end: int
    before: int
    following: Candidate | None = field(repr=False)
    among: Sequence[Candidate] = field(repr=False)
    held: Mapping[str, Claim] = field(repr=False)

    @property
    def previous(self) -> Candidate | None:
        """The candidate before this one in its clause."""
        return None if self.before < 0 else self.among[self.before]

    @property
    def leads_noun(self) -> bool:
        """Whether the counted noun stands behind the figure."""
        return self.noun_end > self.noun_start

    @property
    def reach(self) -> int:
        """Where the next figure or the end of the clause is: no words behind this one can be its own beyond it."""
        return self.high if self.following is None else self.following.quantity.lead

    @property
    def printed(self) -> Span:
        """The number with its unit."""
        return self.quantity.start, self.quantity.end

    def words_of(self, field_name: str, base: int) -> Span:
        """Where the words stand that decided a field, in the text that begins at `base`; the number itself where none did."""
        claim = self.held.get(field_name)
        start, end = (claim.start, claim.end) if claim is not None else self.printed
        return start + self.base - base, end + self.base - base

    @property
    def indicator(self) -> str:
        """What is counted, as far as it is known; empty where it is not."""
        claim = self.held.get("indicator")
        return "" if claim is None else claim.value

    @property
    def form(self) -> str:
        """The form of the sentence that gave the indicator: the `rule` of the fact."""
        claim = self.held.get("rule")
        return "" if claim is None else claim.value

    @property
    def kind(self) -> str:
        """Level or delta."""
        claim = self.held.get("kind")
        return "level" if claim is None else claim.value

    @property
    def comparator(self) -> str:
        """How the value binds."""
        claim = self.held.get("comparator")
        return self.quantity.comparator if claim is None else claim.value

    @property
    def status(self) -> str:
        """actual, target or baseline; empty where nothing has told it."""
        claim = self.held.get("status")
        return "" if claim is None else claim.value

    @property
    def place(self) -> str | None:
        """The place it holds for, None where nothing has told it."""
        claim = self.held.get("place")
        return None if claim is None else claim.value[0]

    @property
    def place_code(self) -> str | None:
        """Code of `place`."""
        claim = self.held.get("place")
        return None if claim is None else claim.value[1]

    @property
    def period(self) -> str | None:
        """The time that the text states, as printed."""
        claim = self.held.get("period")
        return None if claim is None else claim.value

    @property
    def part_of(self) -> Candidate | None:
        """The whole of which it is a part."""
        claim = self.held.get("part_of_fact_id")
        return None if claim is None else claim.value

    @property
    def said(self) -> Said:
        """What its words say beside the indicator."""
        claim = self.held.get("said")
        return NOTHING_SAID if claim is None else claim.value


def right_end(line: Line, tail: int, end: int, occupied: Sequence[Span] | None = None) -> int:
    """Where the words behind a figure that ends at `tail` end: at `end`, a bracket with figures, or the quotation's end."""
    closing = line.text.find("”", tail, end)
    if closing >= 0 and line.text.find("“", tail, closing) < 0:
        # “新建3所托育园”的任务
        end = closing
    on_top = line.text.find(ON_TOP, tail, end)
    if on_top >= 0:
        # 在原有12个试点县基础上扩大试点
        end = on_top - line.text.endswith(ATTRIBUTIVE, tail, on_top)
    for start, close in line.brackets:
        if tail <= start < end:
            holds = (
                (start, close) in occupied if occupied is not None else any(map(str.isdigit, line.text[start:close]))
            )
            if holds:
                return start
    return end


def behind_time(line: Line, start: int, end: int) -> int:
    """Behind the time that something is said to be done: 2所9月底前完工."""
    time = line.time_starts.get(start)
    word = line.starts.get(start)
    if time and time.end <= end:
        return time.end
    return word.end if word is not None and word.role == "time" and word.end < end else start
