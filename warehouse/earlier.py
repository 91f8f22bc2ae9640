"""The version published before, beside the candidate that is being written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.contract import quote_literal


@contextmanager
def earlier_version(
    connection: duckdb.DuckDBPyConnection, published: Path | None
) -> Iterator[Mapping[str, frozenset[str]]]:
    """Attach a published file read-only as `before`; its tables with their columns, none where there is no such file."""
    if published is None or not published.is_file():
        yield {}
        return
    connection.execute(f"ATTACH {quote_literal(os.fspath(published.resolve()))} AS before (READ_ONLY)")
    try:
        rows = connection.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE database_name = 'before' GROUP BY table_name"
        ).fetchall()
        yield {table: frozenset(columns) for table, columns in rows}
    finally:
        connection.execute("DETACH before")
