"""What decided each field of a fact, as rows (事实依据)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.facts.claims import Claim, Rule
from pipeline.facts.statuses import DONE_TASK
from pipeline.records import Fact, FactEvidence

if TYPE_CHECKING:
    from pipeline.facts.candidates import Candidate
    from pipeline.facts.plan import Piece

NUMERAL = Rule("numeral", "value", "The numeral as printed, magnitudes expanded.", "全市诊疗19.1万人次。", "191000")
UNIT = Rule("unit", "unit", "The measure word or unit behind the numeral.", "全市建成机构8家。", "家")
LIMIT = Rule("limit_beside_figure", "comparator", "A limit touches the figure.", "建成机构120家以上。", ">=")
OF_DAYS = Rule(
    "days_of_part",
    "period_start",
    "Where the sentence states no time, the heading or lead that the figure stands under tells its days.",
    "新建体育公园6处。",
    "2025-01-01",
    (("heading", "2025年工作安排"), ("doc_type", "summary+plan")),
)
DEFAULTS = {"comparator": "=", "kind": "level"}
MAY_BE_DEFAULT = frozenset(["comparator", "kind", "place", "status"])
_Said = tuple[str, str, int, int, str | None, str | None]
"""Field, rule, the words [start, end) in the piece, and the row of a table."""
FIELDS = ("indicator", "kind", "comparator", "status", "place", "period", "part_of_fact_id", "indicator_code")


def evidence_of(fact: Fact, figure: Candidate, piece: Piece, text: str) -> list[FactEvidence]:
    """A row for each field of `fact` whose value is not the default; `text` is the cleaned text."""
    base, held = figure.base, figure.held
    said = _of_quantity(figure, piece)
    for name in FIELDS:
        claim = held.get(name)
        if claim is not None and not (name in MAY_BE_DEFAULT and _is_default(claim, fact, piece)):
            said.append((name, claim.rule, claim.start, claim.end, claim.table, claim.row))
    fact_id, document_id = fact.fact_id, fact.document_id
    rows = [
        FactEvidence(
            fact_id, document_id, name, rule, text[start + base : end + base], start + base, end + base, table, row
        )
        for name, rule, start, end, table, row in said
    ]
    if "period" not in held:
        rows += _of_days(fact, piece, text)
    return rows


def _of_days(fact: Fact, piece: Piece, text: str) -> Iterator[FactEvidence]:
    """The words that date a figure whose sentence states no time, where they are not the report's own period."""
    part, document = piece.part, piece.document
    own = (document.period_start, document.period_end)
    if part.end and own != (fact.period_start, fact.period_end) == (part.first, part.last):
        words = text[part.start : part.end]
        yield FactEvidence(
            fact.fact_id, fact.document_id, OF_DAYS.field, OF_DAYS.name, words, part.start, part.end, None, None
        )


def _of_quantity(figure: Candidate, piece: Piece) -> list[_Said]:
    """What the quantity itself says: value, unit and, where no rule said more, the limit that touches it."""
    quantity = figure.quantity
    said: list[_Said] = [(NUMERAL.field, NUMERAL.name, quantity.start, quantity.number_end, None, None)]
    if quantity.unit:
        said.append(_by_row(UNIT, "units", quantity.number_end, quantity.end, piece))
    if quantity.comparator != "=" and "comparator" not in figure.held:
        if quantity.end < quantity.tail:
            start, end = quantity.end, quantity.tail
        elif quantity.lead < quantity.start:
            start, end = quantity.lead, quantity.start
        else:
            start, end = quantity.start, quantity.end
        said.append(_by_row(LIMIT, "comparators", start, end, piece))
    return said


def _by_row(rule: Rule, table: str, start: int, end: int, piece: Piece) -> _Said:
    """The words [start, end) and, where they are the key of a row of `table`, that row."""
    words = piece.line.text[start:end].strip()
    if words in piece.knowledge.rows[table]:
        return rule.field, rule.name, start, end, table, words
    return rule.field, rule.name, start, end, None, None


def _is_default(claim: Claim, fact: Fact, piece: Piece) -> bool:
    """Whether the value is that of any fact of this kind of report and issuer."""
    if claim.field == "place":
        return (fact.place, fact.place_code) == (piece.document.issuer_place, piece.document.place_code)
    if claim.field == "status":
        # That a task was done is said against its noun.
        return fact.status == piece.usual_status and claim.rule != DONE_TASK.name
    return bool(claim.value == DEFAULTS[claim.field])
