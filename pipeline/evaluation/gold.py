"""The gold set: labelled documents, facts and rankings, and what must hold of labels (金标准)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.facts.numerals import NUMERAL_CHARACTERS, arabic, chinese, magnitude

ALLOWED = {
    "comparator": frozenset({"=", ">=", ">", "<=", "<", "~"}),
    "kind": frozenset({"level", "delta"}),
    "status": frozenset({"actual", "target", "baseline"}),
}

_ARABIC = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)((?:[百万亿]|千(?![瓦克米卡]))*)")
_CHINESE = re.compile(f"[{NUMERAL_CHARACTERS}]+")
# What may stand inside a numeral (三十余万) or before its share (百分之七十).
_BETWEEN = re.compile("[多余几]|百分之")


class GoldDocument(NamedTuple):
    """A labelled document; absent metadata is None."""

    doc: str
    issuer: str | None
    issuer_place: str | None
    doc_type: str | None
    period_label: str | None
    title: str | None


class GoldFact(NamedTuple):
    """A labelled quantity; seeds/gold/README.md tells what each field means."""

    doc: str
    n: int
    quote: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: str
    indicator: str
    kind: str
    status: str
    place: str | None
    period: str | None
    part_of: int | None
    optional: bool


class GoldRanking(NamedTuple):
    """A labelled statement of rank (位次)."""

    doc: str
    n: int
    quote: str
    scope: str
    rank: int
    subject: str


class GoldSet(NamedTuple):
    """Labels, in text order within each document."""

    documents: tuple[GoldDocument, ...]
    facts: tuple[GoldFact, ...]
    rankings: tuple[GoldRanking, ...]


def parse_gold(documents: str, facts: str, rankings: str = "") -> GoldSet:
    """The gold set from the text of its three JSON Lines files; columns it does not know are passed over."""
    return GoldSet(
        tuple(GoldDocument(**row) for row in _rows(documents, GoldDocument._fields, "documents")),
        tuple(
            GoldFact(**row | {"value": _decimal(row["value"]), "value_max": _decimal(row["value_max"])})
            for row in _rows(facts, GoldFact._fields, "facts")
        ),
        tuple(GoldRanking(**row) for row in _rows(rankings, GoldRanking._fields, "rankings")),
    )


def gold_problems(gold: GoldSet, texts: Mapping[str, str]) -> list[str]:
    """What is wrong with the labels, one line a problem; `texts` are the documents' clean texts by name."""
    return [
        *_document_problems(gold, texts),
        *_fact_problems(gold.facts, texts),
        *_quote_problems(gold.rankings, texts),
    ]


def _rows(text: str, fields: tuple[str, ...], name: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line, parse_float=Decimal)
        if missing := set(fields) - row.keys():
            raise ValueError(f"{name}.jsonl, line {number}: no {', '.join(sorted(missing))}; add the missing fields")
        yield {field: row[field] for field in fields}


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _document_problems(gold: GoldSet, texts: Mapping[str, str]) -> Iterator[str]:
    names = {document.doc for document in gold.documents}
    for name in sorted(names ^ texts.keys()):
        yield f"{name}: stands in only one of documents.jsonl and the folder"
    for name in sorted(({row.doc for row in gold.facts} | {row.doc for row in gold.rankings}) - names):
        yield f"{name}: is labelled but not in documents.jsonl"


def _fact_problems(facts: Iterable[GoldFact], texts: Mapping[str, str]) -> Iterator[str]:
    facts = list(facts)
    yield from _quote_problems(facts, texts)
    known = {(fact.doc, fact.n): fact for fact in facts}
    before: dict[str, int] = {}
    for fact in facts:
        where = f"{fact.doc} {fact.n} {fact.quote!r}"
        for field, allowed in ALLOWED.items():
            if getattr(fact, field) not in allowed:
                yield f"{where}: {field} {getattr(fact, field)!r} is none of {', '.join(sorted(allowed))}"
        if not fact.indicator:
            yield f"{where}: no indicator"
        if not fact.optional:
            yield from (
                f"{where}: the quote does not hold the value {number}"
                for number in (fact.value, fact.value_max)
                if number is not None and number not in numbers_in(fact.quote)
            )
        if fact.value_max is not None and fact.value_max <= fact.value:
            yield f"{where}: value_max is not above value"
        if fact.part_of is not None and (fact.part_of >= fact.n or (fact.doc, fact.part_of) not in known):
            yield f"{where}: part_of {fact.part_of} is no earlier row"
        place = texts.get(fact.doc, "").find(fact.quote)
        if place < before.get(fact.doc, 0):
            yield f"{where}: stands before the row above it"
        before[fact.doc] = place


def _quote_problems(rows: Iterable[GoldFact | GoldRanking], texts: Mapping[str, str]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.doc] = counts.get(row.doc, 0) + 1
        if row.n != counts[row.doc]:
            yield f"{row.doc} {row.n}: rows are not numbered 1, 2, 3 …"
        if (times := texts.get(row.doc, "").count(row.quote)) != 1:
            yield f"{row.doc} {row.n} {row.quote!r}: stands {times} times in the text; quote a piece that is there once"


def numbers_in(quote: str) -> set[Decimal]:
    """The values of the numerals of a quote, magnitudes expanded.

    >>> sorted(map(int, numbers_in("约1.5万人、三十余万册、8千多公里")))
    [8000, 15000, 300000]
    """
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", quote))
    spoken = _ARABIC.sub(" ", text)
    return {arabic(match[1]) * magnitude(match[2]) for match in _ARABIC.finditer(text)} | {
        chinese(match[0]) for match in _CHINESE.finditer(spoken)
    }
