"""Judge promises with Great Expectations on a DuckDB connection: the Parquet files of a stage, or a warehouse file.

Great Expectations runs its SQL through SQLAlchemy on the connection we give it, so that files are read
where they lie, and one way of judging serves both. A whole table's promises are validated
at once. Great Expectations is imported when first used: it costs seconds.
"""

from __future__ import annotations

import importlib
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

from warehouse.bounded import opened, own_folder, within_memory
from warehouse.contract import Stage, contract
from warehouse.quality.lazy import loaded_when_used
from warehouse.quality.probes import PROBES
from warehouse.quality.promise import Promise, promises, required_tables, suite
from warehouse.quality.results import CheckResult
from warehouse.stage_files import packed, read, size_of_rows, stored_rows

SAMPLE_CHARACTERS = 200
OUT_OF_MEMORY = "Out of Memory Error"
UNUSED = ("altair", "scipy.stats", "boto3")
"""What Great Expectations loads for pictures, distributions and stores in a cloud: more than a third of its time."""


class MissingTableError(KeyError):
    """A table that a stage's promises look at was not given."""


def check_files(stage: Stage, files: Mapping[str, Sequence[Path]], scratch: Path | None = None) -> list[CheckResult]:
    """Judge the promises of a stage on Parquet files; `files` holds those of every table of `required_tables(stage)`.

    The rows are read where they lie, by each query those columns that it asks for. With `scratch`, a folder, memory is bounded.
    """
    missing = sorted(set(required_tables(stage)) - set(files))
    if missing:
        raise MissingTableError(
            f"the checks of stage {stage} look at {', '.join(missing)} too: give the files of required_tables({stage!r})"
        )
    return within_memory(partial(_check_files, stage, files), scratch)


def _check_files(stage: Stage, files: Mapping[str, Sequence[Path]], scratch: Path | None) -> list[CheckResult]:
    size = size_of_rows(file for own in files.values() for file in own)
    with (
        TemporaryDirectory() if scratch is None else own_folder(scratch) as folder,
        opened(None, size, scratch) as connection,
    ):
        for table, own in files.items():
            few = packed(own, Path(folder) / f"{table}.parquet")
            rows = f"SELECT * FROM {read(few)}" if few else stored_rows(contract(table), ())
            kind = "TABLE" if table in suite(stage).unpacked else "VIEW"
            connection.execute(f'CREATE {kind} "{table}" AS {rows}')
        return _all_judged(judge(connection, stage), scratch)


def check_database(
    stage: Stage, path: Path, checked_at: datetime | None = None, scratch: Path | None = None
) -> list[CheckResult]:
    """Judge the promises of a stage on a DuckDB file, opened read-only; without `checked_at` (naive UTC) no age is judged.

    With `scratch`, a folder, memory is bounded.
    """
    return within_memory(partial(_check_database, stage, path, checked_at), scratch)


def _check_database(stage: Stage, path: Path, checked_at: datetime | None, scratch: Path | None) -> list[CheckResult]:
    with opened(path, path.stat().st_size, scratch, read_only=True) as connection:
        return _all_judged(judge(connection, stage, checked_at), scratch)


def _all_judged(results: list[CheckResult], scratch: Path | None) -> list[CheckResult]:
    """The results; Great Expectations tells of a query that bounded memory was too little for as of any other that failed.

    Raises:
        duckdb.OutOfMemoryException: there is one.

    """
    for result in results:
        if scratch is not None and OUT_OF_MEMORY in result.observed:
            raise duckdb.OutOfMemoryException(f"{result.name} {result.observed}")
    return results


def judge(connection: duckdb.DuckDBPyConnection, stage: Stage, checked_at: datetime | None = None) -> list[CheckResult]:
    """Judge the promises of a stage on the tables of a connection, in the order in which they are written."""
    judged = promises(stage)
    connection.register(
        "checking", pl.DataFrame({"checked_at": [checked_at]}, schema={"checked_at": pl.Datetime("us")})
    )
    register_probes(connection, stage, audit=True)
    said = dict(_validated(connection, stage, judged))
    return [_result(connection, stage, promise, said[promise.name]) for promise in judged]


def register_probes(
    connection: duckdb.DuckDBPyConnection,
    stage: Stage,
    only: Collection[str] = tuple(PROBES),
    *,
    audit: bool = False,
) -> None:
    """Make the tables of the probes that the stage's promises read, over the tables that those promises are about.

    With `audit` only what the stage's check reads; quarantine has judged the rest.
    """
    queries = [(promise, promise.audit if audit else promise.rows) for promise in promises(stage)]
    for name in only:
        readers = dict.fromkeys(promise.table for promise, query in queries if re.search(rf"\b{name}\b", query or ""))
        if readers:  # one promise of a stage speaks for the columns of all its tables
            tables = list(suite(stage).structure if name == "schema_mismatches" else readers)
            connection.register(name, PROBES[name](connection, tables))


def load() -> Any:
    """Great Expectations, which takes seconds to load."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    with loaded_when_used(UNUSED):
        for module in ("duckdb_sqlalchemy", "warehouse.quality.expectations"):
            importlib.import_module(module)
        return importlib.import_module("great_expectations")


def _validated(
    connection: duckdb.DuckDBPyConnection, stage: Stage, judged: Sequence[Promise]
) -> Iterator[tuple[str, Any]]:
    """(promise, what Great Expectations says of it), a whole suite validated at once."""
    gx = load()
    engine: Any = importlib.import_module("duckdb_sqlalchemy")
    pool: Any = importlib.import_module("sqlalchemy.pool")

    borrowed = engine.ConnectionWrapper(connection)
    borrowed.close = lambda: None  # the pool would close our connection when it is garbage
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql(
        stage,
        connection_string="duckdb://",
        kwargs={
            "creator": lambda: borrowed,
            "poolclass": pool.StaticPool,
            # Otherwise Great Expectations fetches after the rollback and finds nothing.
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
        },
    )
    for table, own in _batches(judged).items():
        asset = source.add_query_asset(table, query=f'SELECT * FROM "{table}"')
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        suite = gx.ExpectationSuite(name=f"{stage}.{table}", expectations=[expectation(promise) for promise in own])
        for result in batch.validate(suite, result_format="SUMMARY").results:  # not in the order of the suite
            yield result.expectation_config.meta["promise"], result


def _batches(judged: Sequence[Promise]) -> dict[str, list[Promise]]:
    """Promises by the batch they are validated with: queries name their tables, so that one batch serves all of them."""
    batches: dict[str, list[Promise]] = defaultdict(list)
    any_table = judged[0].table
    for promise in judged:
        batches[any_table if promise.rows else promise.table].append(promise)
    return batches


def expectation(promise: Promise) -> Any:
    """The Great Expectations expectation of a promise."""
    severity = "critical" if promise.severity == "error" else "warning"
    common = {"meta": {"promise": promise.name}, "severity": severity, "description": promise.description}
    if promise.rows:
        own: Any = importlib.import_module("warehouse.quality.expectations")
        return own.ExpectQueryToFindNoRows(query=str(promise.audit).strip().rstrip(";"), **common)
    builtin: Any = importlib.import_module("great_expectations.expectations")
    return getattr(builtin, str(promise.expectation))(**promise.kwargs, **common)


def _result(connection: duckdb.DuckDBPyConnection, stage: Stage, promise: Promise, judged: Any) -> CheckResult:
    success = bool(judged.success)
    trouble = _trouble(judged.exception_info or {})
    result = judged.result or {}
    observed = result.get("observed_value")
    count, rows = int(not success), []
    if trouble:
        text = f"could not be judged: {trouble}"
    elif promise.rows:
        count = int(observed or 0)
        text = "1 failing row" if count == 1 else f"{count} failing rows"
        rows = _with_files(connection, result["details"]["rows"])
    else:
        text = str(observed)
    return CheckResult(
        promise.name, stage, promise.table, promise.severity, success and not trouble, text, count, rows, promise.action
    )


def _trouble(info: dict[str, Any]) -> str:
    """The first line of what Great Expectations could not do, empty where all went well."""
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = [str(entry.get("exception_message")) for entry in entries if entry.get("raised_exception")]
    return messages[0].splitlines()[0] if messages else ""


def _with_files(connection: duckdb.DuckDBPyConnection, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as plain, short values, each with the file it comes from."""
    rows = [{name: _shown(value) for name, value in row.items()} for row in found]
    files = _files(connection, [row["document_id"] for row in rows if row.get("document_id")]) if rows else {}
    return [{"file": files[row["document_id"]], **row} if row.get("document_id") in files else row for row in rows]


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= SAMPLE_CHARACTERS else text[: SAMPLE_CHARACTERS - 1] + "…"


def _files(connection: duckdb.DuckDBPyConnection, document_ids: list[str]) -> dict[str, str]:
    """Paths of documents, from whichever table is there."""
    for table in ("documents", "raw_reports"):
        try:
            found = connection.execute(
                f"SELECT document_id, path FROM {table} WHERE document_id IN (SELECT unnest(?))",
                [document_ids],
            ).fetchall()
        except duckdb.Error:  # a stage without that table, or one whose table is broken
            continue
        return dict(found)
    return {}
