"""Whole texts, which are worked on some at a time: DuckDB takes two thousand rows as one piece, however long they are (分段)."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.contract import quote_literal

AT_ONCE = 10_000_000
"""Characters of texts, originals and cleaned ones together."""


def parts_of_texts(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Conditions that divide the documents, in the order of their ids, so that each part has texts of so many characters."""
    firsts = connection.execute(
        f"""SELECT min(document_id) FROM (
            SELECT document_id, sum(raw_chars + clean_chars) OVER (ORDER BY document_id) // {AT_ONCE} AS part FROM documents
        ) GROUP BY part ORDER BY 1 OFFSET 1"""
    ).fetchall()
    ends = [quote_literal(first) for (first,) in firsts]
    starts = ["''", *ends]
    yield from (f"document_id >= {a} AND document_id < {b}" for a, b in zip(starts, ends, strict=False))
    yield f"document_id >= {starts[-1]}"
