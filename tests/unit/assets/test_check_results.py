"""Results of checks wait for the next published warehouse, which takes up each of them once."""

from datetime import datetime

import duckdb
import polars as pl

from assets.quality.check_results import recorded_runs, save_results
from warehouse.contract import contract
from warehouse.quality import CheckResult, quality_rows, record_rows, recorded

WHEN = datetime(2026, 1, 1)
RESULT = CheckResult("facts_have_units", "facts", "facts", "error", True, "0 rows", 0, [], "")


def test_what_a_warehouse_has_recorded_is_not_read_again(tmp_path):
    candidate, folder = tmp_path / "candidate.duckdb", tmp_path / "results"
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(contract("quality_results").ddl())
    save_results(folder, "run-1", "facts", WHEN, [RESULT])
    assert [run for run, _, _ in recorded_runs(folder, recorded(candidate))] == ["run-1"]
    record_rows(candidate, pl.concat(quality_rows(*kept) for kept in recorded_runs(folder)))
    assert recorded(candidate) == {("run-1", "facts")}
    save_results(folder, "run-1", "candidate", WHEN, [RESULT])
    save_results(folder, "run-2", "facts", WHEN, [RESULT])
    waiting = {file.stem for file in folder.glob("*.json")} - {"run-1.facts"}
    again = list(recorded_runs(folder, recorded(candidate)))
    assert len(again) == len(waiting) == 2
    assert [run for run, _, _ in again] == ["run-1", "run-2"]
