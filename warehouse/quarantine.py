"""Quarantine: rows and documents that break a promise are moved to rejects when the warehouse is written.

One bad row does not hold up the publication of everything else, and it is not lost: `rejects` says
which promise it broke, in which words, and what to do.
"""

from __future__ import annotations

import duckdb

from warehouse.contract import Contract, contract, published_tables
from warehouse.quality.promise import Promise, quarantine_promises

DOCUMENT_TABLES = ("documents", "texts")
"""A broken promise of one of these keeps the whole document out."""


def quarantine(connection: duckdb.DuckDBPyConnection) -> int:
    """Move what breaks a quarantine promise from its table to rejects; returns how many rows or documents."""
    moved = 0
    for promise in quarantine_promises():
        table = contract("documents" if promise.table in DOCUMENT_TABLES else promise.table)
        (key,) = table.key
        connection.execute(
            f'CREATE OR REPLACE TEMP TABLE broken AS SELECT DISTINCT "{key}" AS id, quote FROM ({promise.rows})'
        )
        if not _count(connection):
            continue
        moved += _count(connection)
        _reject(connection, promise, table)
        if table.table == "documents":
            for other in published_tables():
                if "document_id" in other.names and other.table != "rejects":
                    connection.execute(f'DELETE FROM "{other.table}" WHERE document_id IN (SELECT id FROM broken)')
        else:
            connection.execute(f'DELETE FROM "{table.table}" WHERE "{key}" IN (SELECT id FROM broken)')
        _release(connection, table)
    connection.execute("DROP TABLE IF EXISTS broken")
    return moved


def _reject(connection: duckdb.DuckDBPyConnection, promise: Promise, table: Contract) -> None:
    (key,) = table.key
    connection.execute(
        f"""INSERT INTO rejects
        SELECT 'candidate', documents.source, documents.path, document_id, ?, ? || ' ' || id || ': ' || coalesce(broken.quote, ''), ?
        FROM broken JOIN "{table.table}" AS row ON row."{key}" = id JOIN documents USING (document_id)
        ORDER BY source, path, id""",
        [promise.name, table.table, promise.action],
    )


def _release(connection: duckdb.DuckDBPyConnection, table: Contract) -> None:
    """Rows that referred to what was taken away: an optional reference is emptied, a row that needs it goes too."""
    (key,) = table.key
    for other in published_tables():
        for column in other.columns:
            if column.references != f"{table.table}.{key}":
                continue
            gone = f'"{column.name}" IN (SELECT id FROM broken)'
            change = (
                f'UPDATE "{other.table}" SET "{column.name}" = NULL'
                if column.nullable
                else f'DELETE FROM "{other.table}"'
            )
            connection.execute(f"{change} WHERE {gone}")


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("SELECT count(*) FROM broken").fetchone()
    assert row is not None
    return int(row[0])
