"""Judge promises with Great Expectations on a DuckDB connection: polars frames of a stage, or a warehouse file.

Great Expectations runs its SQL through SQLAlchemy on the connection we give it, so that frames are read
where they lie, and one way of judging serves frames and files. A whole table's promises are validated
at once. Great Expectations is imported when first used: it costs seconds.
"""

from __future__ import annotations

import importlib
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.contract import Stage
from warehouse.quality.probes import PROBES
from warehouse.quality.promise import Promise, promises, required_tables
from warehouse.quality.results import CheckResult

SAMPLE_ROWS = 20
SAMPLE_CHARACTERS = 200


class MissingTableError(KeyError):
    """A table that a stage's promises look at was not given."""


def check_frames(stage: Stage, frames: Mapping[str, pl.DataFrame]) -> list[CheckResult]:
    """Judge the promises of a stage on its frames; `frames` holds every table of `required_tables(stage)`."""
    missing = sorted(set(required_tables(stage)) - set(frames))
    if missing:
        raise MissingTableError(
            f"the checks of stage {stage} look at {', '.join(missing)} too: give the frames of required_tables({stage!r})"
        )
    with duckdb.connect() as connection:
        for table, frame in frames.items():
            connection.register(table, frame)
        return judge(connection, stage)


def check_database(stage: Stage, path: Path, checked_at: datetime | None = None) -> list[CheckResult]:
    """Judge the promises of a stage on a DuckDB file, opened read-only; without `checked_at` (naive UTC) no age is judged."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return judge(connection, stage, checked_at)


def judge(connection: duckdb.DuckDBPyConnection, stage: Stage, checked_at: datetime | None = None) -> list[CheckResult]:
    """Judge the promises of a stage on the tables of a connection, in the order in which they are written."""
    judged = promises(stage)
    connection.register(
        "checking", pl.DataFrame({"checked_at": [checked_at]}, schema={"checked_at": pl.Datetime("us")})
    )
    register_probes(connection, stage)
    by_table: dict[str, list[Promise]] = defaultdict(list)
    for promise in judged:
        by_table[promise.table].append(promise)
    said = dict(_validated(connection, stage, by_table))
    return [_result(connection, stage, promise, said[promise.name]) for promise in judged]


def register_probes(connection: duckdb.DuckDBPyConnection, stage: Stage, only: Collection[str] = tuple(PROBES)) -> None:
    """Make the tables of the probes that the stage's promises read, over the tables that those promises are about."""
    judged = [promise for promise in promises(stage) if promise.rows]
    for name in only:
        tables = list(
            dict.fromkeys(promise.table for promise in judged if re.search(rf"\b{name}\b", promise.rows or ""))
        )
        if tables:
            connection.register(name, PROBES[name](connection, tables))


def _validated(
    connection: duckdb.DuckDBPyConnection, stage: Stage, by_table: Mapping[str, Sequence[Promise]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(promise, what Great Expectations says of it), a table's promises validated at once."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    gx: Any = importlib.import_module("great_expectations")
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
    for table, own in by_table.items():
        asset = source.add_query_asset(table, query=f'SELECT * FROM "{table}"')
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        suite = gx.ExpectationSuite(name=f"{stage}.{table}", expectations=[expectation(promise) for promise in own])
        validation = batch.validate(
            suite, result_format={"result_format": "SUMMARY", "partial_unexpected_count": SAMPLE_ROWS}
        )
        for result in validation.results:  # not in the order of the suite
            yield result.expectation_config.meta["promise"], result.to_json_dict()


def expectation(promise: Promise) -> Any:
    """The Great Expectations expectation of a promise."""
    gxe: Any = importlib.import_module("great_expectations.expectations")
    severity = "critical" if promise.severity == "error" else "warning"
    common = {"meta": {"promise": promise.name}, "severity": severity, "description": promise.description}
    if promise.expectation:
        return getattr(gxe, promise.expectation)(**promise.kwargs, **common)
    # Great Expectations formats the query, and wants the batch named in it; our queries name their tables.
    query = f"SELECT * FROM ({_plain(promise)}) AS broken /* a promise of {{batch}} */"
    return gxe.UnexpectedRowsExpectation(unexpected_rows_query=query, **common)


def _plain(promise: Promise) -> str:
    """The query as str.format and then SQLAlchemy's text() give it back: braces and colons are theirs otherwise."""
    assert promise.rows is not None, f"promise {promise.name} has neither rows nor an expectation"
    return promise.rows.strip().rstrip(";").replace("{", "{{").replace("}", "}}").replace(":", "\\:")


def _result(
    connection: duckdb.DuckDBPyConnection, stage: Stage, promise: Promise, judged: dict[str, Any]
) -> CheckResult:
    success = bool(judged["success"])
    trouble = _trouble(judged.get("exception_info") or {})
    observed = (judged.get("result") or {}).get("observed_value")
    count, rows = 0, []
    if trouble:
        text = f"could not be judged: {trouble}"
    elif promise.rows:
        count = int(observed or 0)
        text = f"{count} failing rows" if count != 1 else "1 failing row"
        if count:
            rows = _sample(connection, promise)
    else:
        count = 0 if success else 1
        text = str(observed)
    return CheckResult(
        promise.name, stage, promise.table, promise.severity, success and not trouble, text, count, rows, promise.action
    )


def _trouble(info: dict[str, Any]) -> str:
    """The first line of what Great Expectations could not do, empty where all went well."""
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = [str(entry.get("exception_message")) for entry in entries if entry.get("raised_exception")]
    return messages[0].splitlines()[0] if messages else ""


def _sample(connection: duckdb.DuckDBPyConnection, promise: Promise) -> list[dict[str, Any]]:
    """Some of the rows that break a promise, as plain values, with the file they come from."""
    cursor = connection.execute(f"SELECT * FROM ({promise.rows}) LIMIT {SAMPLE_ROWS}")
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, map(_shown, row), strict=True)) for row in cursor.fetchall()]
    files = _files(connection, [row["document_id"] for row in rows if row.get("document_id")])
    return [{"file": files[row["document_id"]], **row} if row.get("document_id") in files else row for row in rows]


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return text if len(text) <= SAMPLE_CHARACTERS else text[: SAMPLE_CHARACTERS - 1] + "…"


def _files(connection: duckdb.DuckDBPyConnection, document_ids: list[str]) -> dict[str, str]:
    """Source and path of documents, from whichever table is there."""
    for table in ("documents", "raw_reports"):
        try:
            found = connection.execute(
                f"SELECT document_id, source || '/' || path FROM {table} WHERE document_id IN (SELECT unnest(?))",
                [document_ids],
            ).fetchall()
        except duckdb.Error:  # a stage without that table, or one whose table is broken
            continue
        return dict(found)
    return {}
