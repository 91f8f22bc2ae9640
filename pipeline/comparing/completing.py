"""Complete the facts of a report with the fields that make them comparable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.comparing.base_units import BaseUnits, exact
from pipeline.comparing.contexts import BEHIND, CLAUSE_MARKS, Context, Limits, context
from pipeline.comparing.words import Hit, WordList, any_word
from pipeline.ids import position_of
from pipeline.indicators import Classification
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.records import Fact, FactEvidence, Sentence
from pipeline.tables import Tables

TABLE = "comparison_words"
RELATIVE = {"%": Fraction(1), "倍": Fraction(100), "成": Fraction(10)}
"""Units of a relative change, in per cent."""
SHARE_UNITS = ("%", "‰")
FIELDS = ("basis", "aggregation", "price_basis", "growth", "gap", "direction")
CHANGES = ("同比", "环比", "比上年末", "比某年")
"""Bases of a change in time; what lies above another value of the same time is a gap."""
PART_OF_NAMES = ("年均", "人均")
"""Means that belong to the name of a level: PM2.5年均浓度, 人均公园绿地面积."""
LONGEST_GAP = 14
"""Characters between a gap's word and its number: 高于全国平均水平 2个百分点."""


class Comparing:
    """The knowledge of this stage; compiled once with `from_tables`."""

    def __init__(self, words: Mapping[str, WordList], single: WordList, units: BaseUnits, limits: Limits) -> None:
        self.words = words
        # Most clauses have no word of any field.
        self.hint = any_word(words[field] for field in FIELDS)
        self.single = single
        self.units = units
        self.limits = limits

    @classmethod
    def from_tables(cls, tables: Tables) -> Comparing:
        """From the tables comparison_words, comparators and unit_bases."""
        rows = tables[TABLE]
        fields = {row["field"] for row in rows}
        words = {
            field: WordList(
                row for row in rows if row["field"] == field and (field != "direction" or len(row["word"]) > 1)
            )
            for field in fields
        }
        single = WordList(row for row in rows if row["field"] == "direction" and len(row["word"]) == 1)
        return cls(words, single, BaseUnits(tables["unit_bases"]), Limits.from_tables(tables))


def complete_facts(
    facts: Sequence[Fact],
    clean_text: str,
    sentences: Sequence[Sentence],
    comparing: Comparing,
    classification: Classification,
) -> tuple[list[Fact], list[FactEvidence]]:
    """`facts` (in text order, with the ids of their positions) with measure, direction, basis, aggregation, price_basis,
    value_base and unit_base, and the evidence of each field that words decided.
    """
    by_id = {sentence.sentence_id: sentence for sentence in sentences}
    done: list[Fact] = []
    evidence: list[FactEvidence] = []
    before: tuple[str, Context, dict[str, Hit]] | None = None
    for fact in facts:
        sentence = by_id[fact.sentence_id]
        known = before if before and before[0] == fact.sentence_id else None
        where = context(
            clean_text,
            sentence.clean_start,
            sentence.clean_end,
            position_of(fact.fact_id),
            fact.unit,
            known[1] if known else None,
            comparing.limits,
        )
        said = _said(fact, clean_text, where, known[2] if known and where.goes_on else {}, comparing)
        better = classification.better(fact.indicator_code)
        completed = _completed(fact, said, better, comparing.units, classification.unit(fact.indicator_code))
        done.append(completed)
        if said:
            evidence += _evidence(completed, said)
        before = (fact.sentence_id, where, said)
    return done, evidence


def _said(fact: Fact, text: str, where: Context, earlier: Mapping[str, Hit], comparing: Comparing) -> dict[str, Hit]:
    """Field -> what the words say. A figure that goes on with a list keeps what its list says."""
    said: dict[str, Hit] = {}
    clause = text[where.clause : where.number]
    plain = comparing.limits.without(clause)
    aside = _aside(text, where)
    has_word = comparing.hint.search(clause) is not None
    for field in ("basis", "aggregation", "price_basis"):
        if has_word and (hit := comparing.words[field].last(clause)):
            said[field] = hit.moved(where.clause)
        elif aside is not None and (hit := comparing.words[field].at_end(aside[1])):
            said[field] = hit.moved(aside[0])
    if has_word and (fact.kind == "delta" or fact.unit in SHARE_UNITS):
        growth = comparing.words["growth"].at_end(plain)
        if growth:
            said["growth"] = growth.moved(where.clause)
    gap = comparing.words["gap"].last(clause) if has_word and fact.kind == "delta" else None
    if gap and len(clause) - gap.end <= LONGEST_GAP and gap.end < len(clause):
        said["gap"] = gap.moved(where.clause)
    direction = _direction(text, where, plain, comparing, has_word=has_word)
    if direction:
        said["direction"] = direction
    for field, words in earlier.items():
        said.setdefault(field, words)
    return said


def _direction(text: str, where: Context, plain: str, comparing: Comparing, *, has_word: bool) -> Hit | None:
    hit: Hit | None = comparing.words["direction"].last(plain) if has_word else None
    if hit is None or hit.end < len(plain):
        hit = comparing.single.at_end(plain) or hit
    if hit:
        return hit.moved(where.clause)
    if not text.startswith(ATTRIBUTIVE, where.behind):
        return None
    behind = text[where.behind : where.behind + BEHIND]
    end = min((at for mark in CLAUSE_MARKS if (at := behind.find(mark)) >= 0), default=BEHIND)
    hit = comparing.words["direction"].first(behind[:end])
    return hit.moved(where.behind) if hit else None


def _aside(text: str, where: Context) -> tuple[int, str] | None:
    """The clause before the figure's own, which a word may fill (扣除价格因素，实际…; 与上年相比，…), and where it begins."""
    if where.clause <= where.start:
        return None
    clauses = text[where.start : where.clause - 1]
    at = max(map(clauses.rfind, "，,：:")) + 1
    return where.start + at, clauses[at:]


def _measure(fact: Fact, said: Mapping[str, Hit]) -> str:
    if fact.kind == "level":
        return "growth" if fact.unit == "%" and "growth" in said else "level"
    basis = said.get("basis")
    if "gap" in said and not (basis and basis.value in CHANGES):
        return "gap"
    if fact.unit == "百分点":
        return "points"
    return "growth" if fact.unit in (*RELATIVE, "番", "‰") else "change"


def _completed(fact: Fact, said: Mapping[str, Hit], better: str, units: BaseUnits, expected_unit: str) -> Fact:
    measure = _measure(fact, said)
    direction = said["direction"].value if measure != "level" and "direction" in said else None
    if direction == "better":
        direction = better if better in ("up", "down") else None
    if direction == "up" and fact.value < 0:
        direction = "down"
    base = _base(fact, measure, units, expected_unit)
    aggregation = said.get("aggregation")
    named = (
        measure == "level"
        and aggregation
        and aggregation.value in PART_OF_NAMES
        and aggregation.words in fact.indicator
    )
    return fact._replace(
        measure=measure,
        direction=direction,
        basis=said["basis"].value if measure != "level" and "basis" in said else None,
        aggregation=aggregation.value if aggregation and not named else None,
        price_basis=said["price_basis"].value if "price_basis" in said else None,
        value_base=base[0] if base else None,
        unit_base=base[1] if base else None,
    )


def _base(fact: Fact, measure: str, units: BaseUnits, expected_unit: str) -> tuple[Decimal, str] | None:
    if measure == "growth":
        if fact.unit == "番":
            value = exact(100 * (Fraction(2) ** int(fact.value) - 1)) if 0 < fact.value <= 20 else None
            return None if value is None or fact.value != int(fact.value) else (value, "%")
        value = exact(Fraction(fact.value) * RELATIVE[fact.unit]) if fact.unit in RELATIVE else None
        return None if value is None else (value, "%")
    return units.convert(fact.value, fact.unit or expected_unit)


def _evidence(fact: Fact, said: Mapping[str, Hit]) -> Iterator[FactEvidence]:
    decided = {
        "measure": said.get("gap" if fact.measure == "gap" else "growth") if fact.measure != "level" else None,
        "direction": said.get("direction") if fact.direction else None,
        "basis": said.get("basis") if fact.basis else None,
        "aggregation": said.get("aggregation") if fact.aggregation else None,
        "price_basis": said.get("price_basis") if fact.price_basis else None,
    }
    for field, words in decided.items():
        if words:
            yield FactEvidence(
                fact.fact_id,
                fact.document_id,
                field,
                "comparison_word",
                words.words,
                words.start,
                words.end,
                TABLE,
                words.row,
            )
