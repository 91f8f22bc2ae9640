"""The gold set: labelled documents, facts and rankings (金标准)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class GoldDocument(NamedTuple):
    """A labelled document; absent metadata is None."""

    doc: str
    issuer: str | None
    issuer_place: str | None
    doc_type: str | None
    period_label: str | None
    title: str | None


Span = tuple[int, int]
"""First index and the index behind the last, of str."""

Days = tuple[date | None, date | None]
"""First and last day; both None where the text names a time that no calendar knows."""


class GoldFact(NamedTuple):
    """A labelled quantity; seeds/gold/README.md tells what each field means.

    `span` is None where the quote is unique in its document and tells the place; `days` is None where only the words
    of the period are labelled.
    """

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
    span: Span | None = None
    days: Days | None = None


class GoldRanking(NamedTuple):
    """A labelled statement of rank (位次)."""

    doc: str
    n: int
    quote: str
    scope: str
    rank: int
    subject: str


_PRINTED = tuple(field for field in GoldFact._fields if field not in GoldFact._field_defaults)


class GoldSet(NamedTuple):
    """Labels, in text order within each document."""

    documents: tuple[GoldDocument, ...]
    facts: tuple[GoldFact, ...]
    rankings: tuple[GoldRanking, ...]


def parse_gold(documents: str, facts: str, rankings: str = "") -> GoldSet:
    """The gold set from the text of its three JSON Lines files; columns it does not know are passed over."""
    return GoldSet(
        tuple(GoldDocument(**row) for row in rows_of(documents, GoldDocument._fields, "documents.jsonl")),
        tuple(
            GoldFact(**row | {"value": decimal(row["value"]), "value_max": decimal(row["value_max"])})
            for row in rows_of(facts, _PRINTED, "facts.jsonl")
        ),
        tuple(GoldRanking(**row) for row in rows_of(rankings, GoldRanking._fields, "rankings.jsonl")),
    )


def rows_of(text: str, fields: tuple[str, ...], name: str) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, each with `fields` only; `name` is for the error where one is missing."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = json.loads(line, parse_float=Decimal)
        if missing := set(fields) - row.keys():
            raise ValueError(f"{name}, line {number}: no {', '.join(sorted(missing))}; add the missing fields")
        yield {field: row[field] for field in fields}


def decimal(value: int | Decimal | None) -> Decimal | None:
    """An exact number from JSON, None for null."""
    return None if value is None else Decimal(value)
