"""Write the candidate warehouse: one new DuckDB file from the stages' Parquet files.

The same rows give the same tables: rows are sorted by the contract's order, a report that lies in
several sources is kept once (by the first source and path), and no clock is read.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb
import polars as pl

from warehouse.bounded import WRITING, opened, within_memory
from warehouse.carried import Carried, carried
from warehouse.contract import Contract, contracts, published_tables, quote_literal, tables_of
from warehouse.duplicates import near_duplicates
from warehouse.earlier import earlier_version
from warehouse.publishing import held_elsewhere
from warehouse.revisions import TABLE as REVISION_LOG
from warehouse.revisions import record_revisions
from warehouse.stage_files import size_of_rows, stored_rows
from warehouse.texts import parts_of_texts

VIEWS_FOLDER = Path(__file__).resolve().parent / "views"
IS_KEPT = "document_id NOT IN (SELECT document_id FROM dropped_documents)"
HISTORY_TABLES = ("quality_results", "row_counts")
HISTORY_RUNS = 200
"""How many runs of history are copied forward."""


def write_candidate(
    path: Path,
    tables: Mapping[str, Sequence[Path]],
    *,
    reference: Path | None = None,
    published: Path | None = None,
    run_id: str = "",
    built_at: datetime | None = None,
    rejects: Sequence[Sequence[str]] = (),
    unchanged: Collection[str] = (),
    scratch: Path | None = None,
) -> dict[str, int]:
    """Create the DuckDB file `path` and return the number of rows of each table.

    `tables` maps a table name to its Parquet files, one a partition; for rejects, those of every
    stage. A table without files is empty. `reference` is the folder of indicators.csv, places.csv
    and units.csv; `published` the last published file, whose history (quality_results, row_counts)
    is copied forward. With `run_id` and `built_at` (naive UTC) the row counts are recorded.
    `rejects` are rows of that table that belong to no stage. An existing file at `path` is replaced.
    The rows of `unchanged` sources, whose files are those that the same code made `published` from, are taken from there.
    Where `published` is damaged, the new file begins its history anew. With `scratch`, a folder, memory is bounded.
    """
    write = partial(_write, path, tables, reference, run_id, built_at, rejects, unchanged)
    try:
        return within_memory(partial(write, published), scratch)
    except duckdb.Error as error:
        if published is None or held_elsewhere(error):
            raise
        return within_memory(partial(write, None), scratch)


def _write(
    path: Path,
    tables: Mapping[str, Sequence[Path]],
    reference: Path | None,
    run_id: str,
    built_at: datetime | None,
    rejects: Sequence[Sequence[str]],
    unchanged: Collection[str],
    published: Path | None,
    scratch: Path | None,
) -> dict[str, int]:
    unknown = sorted(set(tables) - set(contracts()))
    if unknown:
        raise KeyError(f"no contract for the tables {', '.join(unknown)}; add one in warehouse/contracts")
    path.parent.mkdir(parents=True, exist_ok=True)
    for stale in (path, path.with_name(path.name + ".wal")):
        stale.unlink(missing_ok=True)
    size = size_of_rows(file for files in tables.values() for file in files)
    with opened(path, size, scratch, a_thread=WRITING) as connection:
        connection.execute("SET preserve_insertion_order = true")
        _read_documents(connection, tables)
        with earlier_version(connection, published if unchanged else None) as there:
            taken = carried(connection, unchanged, _documents(tables)) if there else Carried()
            for contract in published_tables():
                connection.execute(contract.ddl())
                if contract.table in (*HISTORY_TABLES, REVISION_LOG):
                    continue
                if "reference" in contract.stages:
                    _load_reference(connection, contract, reference)
                else:
                    _load(connection, contract, tables.get(contract.table, ()), taken)
        if rejects:
            connection.executemany(f"INSERT INTO rejects VALUES ({', '.join('?' * len(rejects[0]))})", list(rejects))
        _mark_near_duplicates(connection, tables.get("text_signatures", ()))
        _copy_history(connection, published)
        if run_id and built_at is not None:
            _record_row_counts(connection, run_id, built_at)
            record_revisions(connection, published, run_id, built_at)
        create_views(connection)
        connection.execute("DROP TABLE dropped_documents")
        counts = {contract.table: _count(connection, contract.table) for contract in published_tables()}
        connection.execute("CHECKPOINT")
    return counts


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every view of warehouse/views, those that others read first, each with its comment.

    A view that reads one of a later name holds it as a common table expression: EXPORT DATABASE writes views in the
    order of their names, and IMPORT DATABASE creates them in that order (duckdb#22512). It also writes a CROSS JOIN as a
    comma, which binds less than the joins behind it, so that it is one with a condition here.
    """
    queries = view_queries()
    reads = {
        name: {other for other in queries if re.search(rf"\b{other}\b", sql) and other != name}
        for name, sql in queries.items()
    }
    bodies: dict[str, str] = {}
    for name in TopologicalSorter(reads).static_order():
        body = queries[name].split(f"CREATE VIEW {name} AS", 1)[1].strip().rstrip(";")
        body = re.sub(r"\bCROSS JOIN (\w+)", r"JOIN \1 ON true", body)
        later = [f"{other} AS (\n{bodies[other]}\n)" for other in sorted(reads[name]) if other > name]
        bodies[name] = f"WITH {', '.join(later)}\nSELECT * FROM (\n{body}\n)" if later else body
        connection.execute(f'CREATE VIEW "{name}" AS\n{bodies[name]}')
        connection.execute(f'COMMENT ON VIEW "{name}" IS {quote_literal(" ".join(view_comment(queries[name])))}')


def view_queries() -> dict[str, str]:
    """View name -> its CREATE VIEW, from warehouse/views."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(VIEWS_FOLDER.glob("*.sql"))}


def view_comment(sql: str) -> list[str]:
    r"""The leading `--` lines of a view's file: what it shows, in English and Chinese.

    >>> view_comment("-- One row a report.\n-- 每份报告一行。\nCREATE VIEW v AS ...")
    ['One row a report.', '每份报告一行。']
    """
    return [line[2:].strip() for line in sql.splitlines() if line.startswith("--")]


def _read_documents(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[Path]]) -> None:
    """Find documents that repeat an earlier one byte for byte: dropped_documents, with the file that is kept."""
    documents = stored_rows(contracts()["documents"], tables.get("documents", ()))
    connection.execute(
        f"""CREATE TABLE dropped_documents AS
        SELECT document_id, source, path, kept_document_id, kept_path FROM (
            SELECT document_id, source, path,
                   row_number() OVER same AS place,
                   first_value(document_id) OVER same AS kept_document_id,
                   first_value(path) OVER same AS kept_path
            FROM ({documents})
            WINDOW same AS (PARTITION BY content_sha256 ORDER BY source, path)
        ) WHERE place > 1"""
    )


def _documents(tables: Mapping[str, Sequence[Path]]) -> str:
    """A query for the documents that are kept."""
    documents = stored_rows(contracts()["documents"], tables.get("documents", ()))
    return f"SELECT * FROM ({documents}) WHERE {IS_KEPT}"


def _load(connection: duckdb.DuckDBPyConnection, contract: Contract, files: Sequence[Path], taken: Carried) -> None:
    rows = stored_rows(contract, taken.others(files) if taken.takes(contract) else files)
    if contract.table == "rejects":
        rows += """ UNION ALL
        SELECT 'candidate', source, path, document_id, 'duplicate_content',
               'the same bytes as ' || kept_path,
               'nothing needs to be done: the report is in the warehouse once; remove one of the two files to end this notice'
        FROM dropped_documents"""
    elif "document_id" in contract.names:
        rows = f"SELECT * FROM ({rows}) WHERE {IS_KEPT}"
    if taken.takes(contract):
        rows += f" UNION ALL {taken.rows(contract)}"
    order = ", ".join(f'"{name}"' for name in contract.sort_columns)
    for part in parts_of_texts(connection) if contract.table == "texts" else ["true"]:
        connection.execute(f'INSERT INTO "{contract.table}" SELECT * FROM ({rows}) WHERE {part} ORDER BY {order}')


def _mark_near_duplicates(connection: duckdb.DuckDBPyConnection, signatures: Sequence[Path]) -> None:
    """Fill documents.near_duplicate_of; where the earlier document was dropped, the one that was kept stands for it."""
    connection.execute("CREATE TEMP TABLE near (document_id VARCHAR, earlier VARCHAR)")
    found = sorted(near_duplicates(connection, signatures).items())
    connection.register(
        "found_near", pl.DataFrame(found, schema={"document_id": pl.String, "earlier": pl.String}, orient="row")
    )
    connection.execute("INSERT INTO near FROM found_near")
    connection.unregister("found_near")
    connection.execute(
        "UPDATE documents SET near_duplicate_of = near.earlier FROM near WHERE documents.document_id = near.document_id"
    )
    connection.execute(
        """UPDATE documents SET near_duplicate_of = nullif(kept_document_id, documents.document_id)
        FROM dropped_documents WHERE near_duplicate_of = dropped_documents.document_id"""
    )
    connection.execute("DROP TABLE near")


def _load_reference(connection: duckdb.DuckDBPyConnection, contract: Contract, folder: Path | None) -> None:
    """Load a table from its CSV; a column that the CSV lacks is NULL."""
    file = folder / f"{contract.table}.csv" if folder else None
    if file is None or not file.is_file():
        return
    with file.open(encoding="utf-8-sig", newline="") as rows:
        present = next(csv.reader(rows))
    # The form is told, since finding it out costs more than reading.
    columns = ", ".join(f"{quote_literal(name)}: 'VARCHAR'" for name in present)
    source = (
        f"read_csv({quote_literal(os.fspath(file))}, header = true, auto_detect = false, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{columns}}})"
    )
    values = []
    for column in contract.columns:
        value = f'"{column.name}"' if column.name in present else "NULL"
        if not column.nullable and column.type == "text":
            value = f"coalesce({value}, '')"
        values.append(f"{value}::{column.duckdb_type}")
    order = ", ".join(f'"{name}"' for name in contract.sort_columns)
    connection.execute(f'INSERT INTO "{contract.table}" SELECT {", ".join(values)} FROM {source} ORDER BY {order}')


def _copy_history(connection: duckdb.DuckDBPyConnection, published: Path | None) -> None:
    """Copy the last HISTORY_RUNS runs of the history tables from the published file."""
    with earlier_version(connection, published) as there:
        for table in HISTORY_TABLES:
            if table not in there:
                continue
            contract = contracts()[table]
            time = "checked_at" if table == "quality_results" else "recorded_at"
            columns = ", ".join(f'"{name}"' for name in contract.names)
            connection.execute(
                f"""INSERT INTO "{table}" ({columns})
                SELECT {columns} FROM before."{table}" WHERE run_id IN (
                    SELECT run_id FROM before."{table}" GROUP BY run_id ORDER BY max({time}) DESC, run_id LIMIT {HISTORY_RUNS}
                ) ORDER BY {", ".join(contract.sort_columns)}"""
            )


def _record_row_counts(connection: duckdb.DuckDBPyConnection, run_id: str, built_at: datetime) -> None:
    """One row of row_counts for each source and table, zero counts too."""
    staged = {
        contract.table: contract
        for stage in ("clean", "sections", "facts")
        for contract in tables_of(stage)
        if contract.published
    }
    for table, contract in sorted(staged.items()):
        rows = f'"{table}"' if "source" in contract.names else f'"{table}" JOIN documents USING (document_id)'
        connection.execute(
            f"""INSERT INTO row_counts
            SELECT ?, ?, ?, source, coalesce(found.row_count, 0)
            FROM (SELECT source FROM sources UNION SELECT source FROM documents UNION SELECT source FROM rejects) AS every
            LEFT JOIN (SELECT source, count(*) AS row_count FROM {rows} GROUP BY source) AS found USING (source)
            ORDER BY source""",
            [run_id, built_at, table],
        )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    assert row is not None
    return int(row[0])
