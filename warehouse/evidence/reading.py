"""What the evidence site shows, read from a published warehouse file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb

Row = dict[str, Any]

OF_A_DOCUMENT = (
    "documents",
    "texts",
    "sections",
    "facts",
    "rankings",
    "commitments",
    "fact_evidence",
    "blocks",
    "cleaning_steps",
)
"""Tables with a document_id whose rows a document's page shows."""


class Reader:
    """Questions to one open warehouse."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        found = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
        ).fetchall()
        self.names = {name for (name,) in found}
        """Tables and views: a version that an earlier build published may lack some."""

    def rows(self, query: str, *parameters: object) -> list[Row]:
        """The rows of a query by column name."""
        result = self.connection.execute(query, list(parameters))
        columns = [column[0] for column in result.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    def table(self, name: str, order: str = "ALL") -> list[Row]:
        """All rows of a table or view; none where this version does not have it."""
        return self.rows(f'FROM "{name}" ORDER BY {order}') if name in self.names else []

    def documents(self) -> list[Row]:
        """Every document, in the order of its id."""
        return self.table("documents", "document_id")

    def document_states(self) -> dict[str, list[str]]:
        """Document -> fingerprints of its rows in each table."""
        states: dict[str, list[str]] = defaultdict(list)
        for name in OF_A_DOCUMENT:
            if name in self.names:
                query = f'SELECT document_id, count(*), bit_xor(hash(r)), sum(hash(r) % 1000000007) FROM "{name}" AS r GROUP BY ALL'
                for document, *state in self.connection.execute(query).fetchall():
                    states[document].append(f"{name} {state}")
        return states

    def of_documents(self, name: str, documents: Iterable[str], order: str) -> dict[str, list[Row]]:
        """Document -> its rows of a table."""
        by_document: dict[str, list[Row]] = defaultdict(list)
        if name in self.names:
            query = f'FROM "{name}" WHERE document_id IN (SELECT unnest(?)) ORDER BY document_id, {order}'
            for row in self.rows(query, list(documents)):
                by_document[row["document_id"]].append(row)
        return by_document

    def texts(self) -> Iterable[tuple[str, str]]:
        """(document, clean text), in the order of the ids."""
        result = self.connection.cursor().execute("SELECT document_id, clean_text FROM texts ORDER BY document_id")
        while rows := result.fetchmany(200):
            yield from rows

    def fact_documents(self) -> dict[str, str]:
        """Fact -> its document."""
        return dict(self.connection.execute("SELECT fact_id, document_id FROM facts").fetchall())

    def fact_counts(self) -> dict[str, int]:
        """Document -> number of its facts."""
        return dict(self.connection.execute("SELECT document_id, count(*) FROM facts GROUP BY ALL").fetchall())

    def headlines(self) -> list[Row]:
        """One row an indicator, measure, place, period and status."""
        return self.table("headline_series", "indicator_code, measure, place, period_end, status, fact_id")


def grouped(rows: Iterable[Row], *keys: str) -> dict[Any, list[Row]]:
    """Rows by one or several columns, in the order in which they come."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)].append(row)
    return found


def shown(value: object) -> str:
    """A value as a person reads it: a number without its trailing zeros, a list with 、, nothing for NULL.

    >>> from decimal import Decimal
    >>> shown(Decimal("5.800000")), shown(Decimal("61000000.000000")), shown(True), shown(None)
    ('5.8', '61,000,000', '是 yes', '')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    if isinstance(value, list | tuple):
        return "、".join(map(shown, value))
    if isinstance(value, Mapping):
        return "；".join(f"{key}: {shown(each)}" for key, each in value.items())
    return f"{value:,}" if isinstance(value, float) else str(value)
