"""The gold set: labelled documents, facts and rankings (金标准)."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
