"""How many threads DuckDB uses."""

from __future__ import annotations

import duckdb

SMALL = 20_000_000
"""Bytes below which DuckDB works with one thread: with more it is no quicker and takes a fifth more of the processor, which others need."""


def suit_threads(connection: duckdb.DuckDBPyConnection, size: float) -> None:
    """Let a connection use as many threads as `size` bytes of rows are worth.

    >>> connection = duckdb.connect()
    >>> suit_threads(connection, 1_000)
    >>> connection.execute("SELECT current_setting('threads')").fetchone()
    (1,)
    >>> connection = duckdb.connect(config={"threads": 3})
    >>> suit_threads(connection, 100_000_000)
    >>> connection.execute("SELECT current_setting('threads')").fetchone()
    (3,)
    """
    if size < SMALL:
        connection.execute("SET threads = 1")
