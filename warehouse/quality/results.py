"""Results of checks, and the table quality_results that keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.contract import Stage, contract
from warehouse.quality.promise import Severity


@dataclass(frozen=True)
class CheckResult:
    """One promise, judged once."""

    name: str
    stage: Stage
    table: str
    severity: Severity
    success: bool
    observed: str
    failing_count: int
    failing_rows: list[dict[str, Any]]
    """A bounded sample, plain values, with `file` and `quote` where the row has them."""
    action: str


def quality_rows(run_id: str, checked_at: datetime, results: Sequence[CheckResult]) -> pl.DataFrame:
    """The rows of quality_results for one checking (`checked_at` naive UTC)."""
    rows = [
        (run_id, checked_at, r.stage, r.table, r.name, r.severity, r.success, r.observed, r.failing_count)
        for r in results
    ]
    return pl.DataFrame(rows, schema=contract("quality_results").schema(), orient="row")


def record_results(candidate: Path, run_id: str, checked_at: datetime, results: Sequence[CheckResult]) -> None:
    """Append results to quality_results of a candidate; rows that are there already are left alone."""
    record_rows(candidate, quality_rows(run_id, checked_at, results))


def record_rows(candidate: Path, rows: pl.DataFrame) -> None:
    """Append rows of quality_results to a candidate, of any number of runs at once."""
    key = " AND ".join(f"there.{name} = rows.{name}" for name in contract("quality_results").key)
    with duckdb.connect(str(candidate)) as connection:
        connection.register("rows", rows)
        connection.execute(
            f"INSERT INTO quality_results SELECT * FROM rows WHERE NOT EXISTS (SELECT 1 FROM quality_results AS there WHERE {key})"
        )


def recorded(candidate: Path) -> set[tuple[str, str]]:
    """(run, stage) of the results that a candidate holds."""
    with duckdb.connect(str(candidate), read_only=True) as connection:
        return set(connection.execute("SELECT DISTINCT run_id, stage FROM quality_results").fetchall())
