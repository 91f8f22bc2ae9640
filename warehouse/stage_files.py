"""Stage files as DuckDB reads them: many Parquet files of one table, one a source, as one query."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from warehouse.contract import Contract, quote_literal

COMPRESSED = 5
"""Bytes of rows to a byte of a stage file, about."""
MANY, SMALL = 64, 100_000
"""So many files, each of so few bytes, cost more to open than to read."""


def size_of_rows(files: Iterable[Path]) -> int:
    """About how many bytes the rows of some files take."""
    return COMPRESSED * sum(file.stat().st_size for file in files)


def read(files: Sequence[Path], *, union_by_name: bool = False) -> str:
    """What SQL reads the rows of some files from."""
    paths = ", ".join(quote_literal(os.fspath(file)) for file in files)
    return f"read_parquet([{paths}], union_by_name = {str(union_by_name).lower()})"


def stored_rows(contract: Contract, files: Sequence[Path]) -> str:
    """A SELECT of the contract's columns, in its types, from Parquet files; without files there are no rows."""
    columns = ", ".join(f'"{c.name}"::{c.duckdb_type} AS "{c.name}"' for c in contract.columns)
    if not files:
        nulls = ", ".join(f'NULL::{c.duckdb_type} AS "{c.name}"' for c in contract.columns)
        return f"SELECT {nulls} WHERE false"
    return f"SELECT {columns} FROM {read(files, union_by_name=True)}"


def packed(files: Sequence[Path], into: Path) -> Sequence[Path]:
    """The same rows in fewer files: many small ones are put into the file `into`, since each query opens all of them."""
    if len(files) < MANY or sum(file.stat().st_size for file in files) > SMALL * len(files):
        return files
    pl.scan_parquet(list(files)).sink_parquet(into, compression="lz4", statistics=False)
    return [into]
