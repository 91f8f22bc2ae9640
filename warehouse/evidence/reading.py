"""What the evidence site shows, read from a published warehouse file.

Rows of many pages are read at once, and DuckDB writes numbers and cards as they are shown: a thousand reports have a million rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from warehouse.texts import parts_of_texts

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


SHOWN = """
CREATE OR REPLACE TEMP MACRO shown(number) AS
    CASE WHEN number < 0 THEN '-' ELSE '' END
    || format('{:,}', trunc(abs(number))::BIGINT)
    || rtrim(rtrim('.' || split_part(number::VARCHAR, '.', 2), '0'), '.')
"""
"""A decimal number as `shown` writes it."""
ESCAPED = """
CREATE OR REPLACE TEMP MACRO escaped(words) AS
    replace(replace(replace(replace(replace(words, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), chr(39), '&#x27;')
"""
"""Text as `html.escape` writes it."""


class Reader:
    """Questions to one open warehouse."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        connection.execute(SHOWN)
        connection.execute(ESCAPED)
        self.names = self._names()
        """Tables and views: a version that an earlier build published may lack some."""

    def _names(self) -> set[str]:
        found = self.connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
        return {name for (name,) in found}

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

    def compute(self, view: str, order: str = "ALL") -> None:
        """Compute a view once: from here on it is asked as a table, whose rows lie in this order."""
        if view in self.names:
            self.connection.execute(f'CREATE TEMP TABLE "{view}" AS FROM "{view}" ORDER BY {order}')

    def states(self, name: str, key: str) -> dict[Any, str]:
        """Value of a column or an expression -> a fingerprint of the rows of a table that have it; "" for other values."""
        if name not in self.names:
            return defaultdict(str)
        query = f'SELECT {key}, count(*), bit_xor(hash(r)), sum(hash(r) % 1000000007) FROM "{name}" AS r GROUP BY ALL'
        states = {value: f"{name} {value} {state}" for value, *state in self.connection.execute(query).fetchall()}
        return defaultdict(str, states)

    def document_states(self) -> dict[str, list[str]]:
        """Document -> fingerprints of its rows in each table."""
        states: dict[str, list[str]] = defaultdict(list)
        for name in OF_A_DOCUMENT:
            for document, state in self.states(name, "document_id").items():
                states[document].append(state)
        return states

    def text_state(self) -> str:
        """A fingerprint of all clean texts and of the order of their documents."""
        found = self.connection.execute(
            "SELECT count(*), md5(string_agg(document_id || ' ' || hash(clean_text), ' ' ORDER BY document_id)) FROM texts"
        ).fetchone()
        return str(found)

    def of(
        self, name: str, key: str, wanted: Collection[str], order: str, columns: Iterable[str] = "*"
    ) -> dict[str, list[Row]]:
        """Value of a column -> its rows of a table, for the wanted values; in this order, and with these columns beside it."""
        found: dict[str, list[Row]] = defaultdict(list)
        if name in self.names and wanted:
            shown = ", ".join(columns)
            query = f'SELECT "{key}" AS " ", {shown} FROM "{name}" WHERE "{key}" IN (SELECT unnest(?)) ORDER BY {order}'
            for row in self.rows(query, list(wanted)):
                found[row.pop(" ")].append(row)
        return found

    def texts(self) -> Iterable[tuple[str, str]]:
        """(document, clean text), in the order of the ids."""
        for part in list(parts_of_texts(self.connection)):
            yield from self.connection.execute(
                f"SELECT document_id, clean_text FROM texts WHERE {part} ORDER BY document_id"
            ).fetchall()

    def counts(self, name: str, key: str) -> dict[Any, int]:
        """Value of a column -> number of rows of a table that have it."""
        if name not in self.names:
            return {}
        return dict(self.connection.execute(f'SELECT "{key}", count(*) FROM "{name}" GROUP BY ALL').fetchall())


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
