"""One table or view as a Parquet or CSV file."""

from __future__ import annotations

import codecs
import shutil
from pathlib import Path

import duckdb
from pyarrow.parquet import ParquetWriter

from warehouse.contract import quote_literal
from warehouse.exporting.relations import Relation
from warehouse.texts import parts_of_texts

LEVEL = 3
"""What DuckDB takes for the other files."""


def write_parquet(connection: duckdb.DuckDBPyConnection, relation: Relation, file: Path) -> None:
    """Every column, with its type."""
    if relation.name == "texts":
        write_texts(connection, relation, file)
        return
    connection.execute(f"COPY ({relation.rows()}) TO {quote_literal(str(file))} (FORMAT parquet, COMPRESSION zstd)")


def write_texts(connection: duckdb.DuckDBPyConnection, relation: Relation, file: Path) -> None:
    """Whole texts, a row group for each part of them."""
    schema = connection.execute(relation.rows(where="false")).to_arrow_table().schema
    with ParquetWriter(file, schema, compression="zstd", compression_level=LEVEL) as writer:
        for part in list(parts_of_texts(connection)):
            writer.write_table(connection.execute(relation.rows(where=part)).to_arrow_table())


def write_csv(connection: duckdb.DuckDBPyConnection, relation: Relation, file: Path) -> None:
    """UTF-8 with a byte order mark, which Excel needs to see Chinese; the text as it is in the warehouse.

    NULL is an empty field and an empty text is quoted (`""`), so that the two can be told apart.
    """
    bare = file.with_name(f"{file.name}.bare")
    connection.execute(f"COPY ({relation.rows(lists=False)}) TO {quote_literal(str(bare))} (FORMAT csv, HEADER)")
    with bare.open("rb") as source, file.open("wb") as target:
        target.write(codecs.BOM_UTF8)
        shutil.copyfileobj(source, target)
    bare.unlink()
