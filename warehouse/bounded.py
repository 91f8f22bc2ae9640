"""Connections whose memory does not grow with the rows: what does not fit goes to a folder on disk (落盘).

DuckDB may take four fifths of the machine where nobody says otherwise, and puts what is beyond beside the database. Several
processes of a run work at once, and read the same file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import TypeVar
from uuid import uuid4

import duckdb
from filelock import FileLock, Timeout

from warehouse.contract import quote_literal
from warehouse.threads import suit_threads

T = TypeVar("T")

A_THREAD = 250
"""Megabytes that DuckDB may hold for each of its threads: with fewer, the references of all tables, one query, do not fit."""
WRITING = 150
"""Where rows are sorted and written, which goes to disk."""
MOST_THREADS = 4


@contextmanager
def opened(
    database: Path | None, size: float, scratch: Path | None, *, read_only: bool = False, a_thread: int = A_THREAD
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a file, or without one to nothing, for about `size` bytes of rows; its memory is bounded where `scratch` is a folder."""
    with duckdb.connect(str(database or ":memory:"), read_only=read_only) as connection:
        suit_threads(connection, size)
        if scratch is None:
            yield connection
            return
        with own_folder(scratch) as folder:
            threads = min(_threads(connection), MOST_THREADS)
            connection.execute(f"SET threads = {threads}")
            connection.execute(f"SET memory_limit = '{threads * a_thread}MB'")
            connection.execute(f"SET temp_directory = {quote_literal(str(folder))}")
            yield connection
            connection.close()  # what it has put there goes with it


def within_memory(work: Callable[[Path | None], T], scratch: Path | None) -> T:
    """The work with bounded memory, and where that is too little for it (a few huge texts), with all that the machine has."""
    try:
        return work(scratch)
    except duckdb.OutOfMemoryException:
        if scratch is None:
            raise
        return work(None)


@contextmanager
def own_folder(parent: Path) -> Iterator[Path]:
    """A new folder in `parent` while it is needed. Those of processes that died are removed: a lock dies with its process."""
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob("*.lock"):
        with suppress(Timeout), FileLock(left, timeout=0):
            rmtree(left.with_suffix(""), ignore_errors=True)
            left.unlink(missing_ok=True)
    own = parent / uuid4().hex
    lock = own.with_suffix(".lock")
    with FileLock(lock):
        own.mkdir()
        try:
            yield own
        finally:
            rmtree(own, ignore_errors=True)
            lock.unlink(missing_ok=True)


def _threads(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute("SELECT current_setting('threads')").fetchone()
    assert found is not None
    return int(found[0])
