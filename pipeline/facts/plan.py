"""The ordered plan by which the facts of a text are read: each step asks its rules, and their claims are gathered (抽取步骤)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Claims, Rule
from pipeline.facts.framing import frame
from pipeline.facts.indicators import Reading, read_indicator
from pipeline.facts.knowledge import FactKnowledge
from pipeline.facts.parts import link_parts
from pipeline.facts.periods import lasting_period, read_periods, stated_times
from pipeline.facts.phrases import Line
from pipeline.facts.respectively import read_respectively
from pipeline.facts.statuses import Told, earlier_values, read_statuses, told_behind
from pipeline.language.quantities import Quantity
from pipeline.language.times import Time
from pipeline.records import Document, Section, Sentence
from pipeline.report_parts import ReportPart

CANONICAL = Rule(
    "canonical_indicator",
    "indicator_code",
    "The words in their normal form are a name that the table puts together from scope, subject and measure word.",
    "每千人口注册护士数达到4.1人。",
    "R003",
)
LAST_MONTH = 12


class Piece(NamedTuple):
    """A text that is read at once, a sentence as a rule, with what it may lean on.

    `before` are the figures of the piece before in the same section, `divided` those whose parts this one tells; `lasting` is the
    time that holds from before a semicolon, `times` are those that the text states, `above` is the name of a project in the line above. `named` are the candidates of which something says
    what they count, the facts: the step `indicator` finds them.
    """

    line: Line
    document: Document
    sentence: Sentence
    section: Section | None
    heading: str
    above: str
    base: int
    before: Sequence[Candidate]
    divided: Sequence[Candidate]
    continues: bool
    part: ReportPart
    default_status: str
    year: int | None
    lasting: str | None
    knowledge: FactKnowledge
    times: Sequence[Time]
    candidates: Sequence[Candidate]
    claims: Claims
    named: list[Candidate]

    @property
    def lasts(self) -> str | None:
        """The time that holds on behind the semicolon that ends the piece."""
        return lasting_period(self.line, self.times, self.lasting)

    @property
    def usual_status(self) -> str:
        """What figures of this kind of report are where nothing else is said."""
        return "target" if self.document.doc_type == "plan" else "actual"


class Step(NamedTuple):
    """A step of the plan: the fields it decides and the rules' claims on a piece, made one after another and taken up as they come."""

    name: str
    decides: tuple[str, ...]
    asks: Callable[[Piece], Iterator[Claim]]


def _name(piece: Piece) -> Iterator[Claim]:
    """What each figure counts, from left to right: each may lean on those that have a name."""
    done = piece.named
    reading = Reading.of(
        piece.line,
        piece.knowledge.wording,
        piece.heading,
        piece.above,
        piece.before,
        piece.candidates,
        done,
        continues=piece.continues,
    )
    for figure in piece.candidates:
        yield from read_indicator(reading, figure).claims(figure)
        if figure.indicator:
            done.append(figure)


def _subjects_of_lists(piece: Piece) -> Iterator[Claim]:
    return read_respectively(piece.line, piece.named, piece.knowledge.wording)


def _parts(piece: Piece) -> Iterator[Claim]:
    return link_parts(piece.line, piece.named, piece.knowledge.wording, piece.divided)


def _places(piece: Piece) -> Iterator[Claim]:
    return piece.knowledge.territory.locate(piece.document, piece.line, piece.named, piece.section)


def _periods(piece: Piece) -> Iterator[Claim]:
    return read_periods(piece.line, piece.times, piece.named, piece.lasting)


def _statuses(piece: Piece) -> Iterator[Claim]:
    return read_statuses(
        piece.knowledge.statuses,
        piece.line,
        piece.named,
        piece.default_status,
        piece.usual_status,
        piece.year,
        (piece.part.start - piece.base, piece.part.end - piece.base) if piece.part.end else None,
        is_whole_year=piece.document.period_end is not None and piece.document.period_end.month == LAST_MONTH,
        expected=_expected_before(piece),
    )


def _expected_before(piece: Piece) -> Told | None:
    """What the last figure before a semicolon is only expected by: 预计产值增长6%；产量增长4%。"""
    last = piece.before[-1] if piece.continues and piece.before else None
    claim = last.held.get("status") if last is not None else None
    if last is None or claim is None or claim.row not in piece.knowledge.parts.expecting:
        return None
    shift = last.base - piece.base
    return Told(claim.value, claim.start + shift, claim.end + shift, claim.row)


def _told_behind(piece: Piece) -> Iterator[Claim]:
    return told_behind(piece.knowledge.statuses.words, piece.line, piece.named, piece.default_status)


def _earlier_values(piece: Piece) -> Iterator[Claim]:
    return earlier_values(piece.named, piece.year) if piece.document.doc_type == "plan" else iter(())


def _codes(piece: Piece) -> Iterator[Claim]:
    for figure in piece.named:
        quantity = figure.quantity
        # 死亡率为0: nothing needs no unit.
        kind = "delta" if quantity.value == 0 and not quantity.unit else figure.kind
        code = piece.knowledge.indicators.code_of(
            figure.indicator, quantity.unit, kind, figure.place, piece.document.issuer_place
        )
        if code is not None:
            yield CANONICAL.of(figure.number, code, figure.words_of("indicator", figure.base), "indicator_names", code)


PLAN = (
    Step("indicator", ("indicator", "kind", "comparator", "status", "place"), _name),
    Step("subjects_of_lists", ("indicator", "kind", "comparator", "status"), _subjects_of_lists),
    Step("part_of", ("part_of_fact_id", "indicator", "kind"), _parts),
    Step("place", ("place", "status", "indicator"), _places),
    Step("period", ("period",), _periods),
    Step("status", ("status",), _statuses),
    Step("words_around", ("status",), _told_behind),
    Step("baseline", ("status",), _earlier_values),
    Step("code", ("indicator_code",), _codes),
)
"""Every step, in order; framing has made the candidates and their first claims. The latest claim of a field holds."""


def read_piece(
    line: Line,
    quantities: Sequence[Quantity],
    *,
    document: Document,
    sentence: Sentence,
    section: Section | None,
    heading: str,
    above: str,
    base: int,
    before: Sequence[Candidate],
    divided: Sequence[Candidate],
    continues: bool,
    part: ReportPart,
    default_status: str,
    year: int | None,
    lasting: str | None,
    knowledge: FactKnowledge,
) -> Piece:
    """Frame the quantities of the text that begins at `base` and take every step of the plan."""
    candidates, claims = frame(line, quantities, base)
    piece = Piece(
        line,
        document,
        sentence,
        section,
        heading,
        above,
        base,
        before,
        divided,
        continues,
        part,
        default_status,
        year,
        lasting,
        knowledge,
        stated_times(line),
        candidates,
        claims,
        [],
    )
    for step in PLAN:
        claims.add(step.asks(piece))
    return piece
