"""Every promise is kept by a good set of tables, and broken by the corruption that it is there for.

The corruptions stand in mutations.yaml. One by one they are judged by their SQL alone (milliseconds);
all of a stage together are judged by Great Expectations, which must come to the same verdicts.
"""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
import yaml

from tests.mutation.good_set import good_frames, stored, write_good_candidate
from warehouse.contract import contract
from warehouse.quality import check_database, check_files, promises, record_results, required_tables
from warehouse.quality.judging import judge, register_probes
from warehouse.quality.promise import suite

MUTATIONS = yaml.safe_load((Path(__file__).parent / "mutations.yaml").read_text(encoding="utf-8"))
FRAME_STAGES = ("raw", "clean", "sections", "facts")
STAGES = (*FRAME_STAGES, "candidate", "published")
CHECKED_AT = datetime(2025, 2, 1)


@pytest.fixture(scope="module")
def good_candidate(tmp_path_factory):
    """A candidate of the good set, audited."""
    path = write_good_candidate(tmp_path_factory.mktemp("good"))
    record_results(path, "run1", CHECKED_AT, check_database("candidate", path))
    return path


@pytest.fixture(scope="module")
def prepared(good_candidate, tmp_path_factory):
    """Stage -> a file with its good tables, made when first asked for."""
    files = {}

    def prepare(stage):
        frames = stage in FRAME_STAGES
        key = "frames" if frames else stage
        if key not in files:
            path = files[key] = tmp_path_factory.mktemp(key) / "good.duckdb"
            if not frames:
                shutil.copy(good_candidate, path)
            with duckdb.connect(str(path)) as connection:
                if frames:
                    for table, rows in good_frames().items():
                        connection.register("rows", rows)
                        connection.execute(f"CREATE TABLE {table} AS FROM rows")
                if stage == "candidate":
                    loosen(connection)
        return files[key]

    return prepare


@pytest.fixture
def tables(request, prepared, tmp_path):
    """A stage, and a connection with its good tables on a copy of its own, open to mutation.

    A copy and no transaction that is rolled back: after a rollback DuckDB 1.5.5 now and then fails for good.
    """
    path = tmp_path / "tables.duckdb"
    shutil.copy(prepared(request.param), path)
    with duckdb.connect(str(path)) as connection:
        reports = "raw_reports" if request.param in FRAME_STAGES else "documents"
        connection.execute(f"CREATE TEMP TABLE named AS SELECT document_id AS id, path FROM {reports}")
        connection.execute("CREATE TEMP MACRO doc(part) AS (SELECT id FROM named WHERE contains(path, part))")
        yield request.param, connection


def loosen(connection):
    """Take the constraints off the tables: the audit must notice by itself what the database would refuse."""
    for (table,) in connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall():
        connection.execute(
            f"CREATE TABLE loose AS FROM {table}; DROP TABLE {table}; ALTER TABLE loose RENAME TO {table}"
        )


def broken(connection, stage, *, only=None):
    """Promises that are broken, of all or of those of some names, judged by their SQL alone."""
    connection.register("checking", pl.DataFrame({"checked_at": [CHECKED_AT]}))
    register_probes(connection, stage)
    found = set()
    for promise in promises(stage):
        if only is not None and promise.name not in only:
            continue
        if promise.rows:
            kept = connection.execute(f"SELECT * FROM ({promise.rows}) LIMIT 1").fetchone() is None
        else:
            assert promise.expectation == "ExpectTableRowCountToBeBetween"
            kept = connection.execute(
                f"SELECT count(*) >= {promise.kwargs['min_value']} FROM {promise.table}"
            ).fetchone()[0]
        if not kept:
            found.add(promise.name)
    return found


@pytest.mark.parametrize("stage", FRAME_STAGES)
def test_the_good_frames_keep_every_promise(stage, tmp_path):
    frames = good_frames()
    files = stored({table: frames[table] for table in required_tables(stage)}, tmp_path)
    results = check_files(stage, files, tmp_path / "scratch")
    assert [(r.name, r.observed, r.failing_rows) for r in results if not r.success] == []
    assert [r.name for r in results] == [p.name for p in promises(stage)]


@pytest.mark.parametrize("stage", ["candidate", "published"])
def test_the_good_warehouse_keeps_every_promise(stage, good_candidate):
    results = check_database(stage, good_candidate, CHECKED_AT)
    assert [(r.name, r.observed, r.failing_rows) for r in results if not r.success] == []


@pytest.mark.parametrize(
    ("tables", "mutation"),
    [pytest.param(m["stage"], m, id=f"{m['stage']}-{m['name'].replace(' ', '_')}") for m in MUTATIONS],
    indirect=["tables"],
)
def test_a_corruption_is_noticed(tables, mutation):
    stage, connection = tables
    connection.execute(mutation["sql"])
    found = broken(connection, stage)
    assert set(mutation["breaks"]) <= found
    severities = {p.severity for p in promises(stage) if p.name in mutation["breaks"]}
    assert ("error" in severities) == (mutation["severity"] == "error")


def _key(c):
    return f"INSERT INTO {c.table} SELECT * FROM {c.table}"


def _references(c):
    referring = {x.name: x.references.split(".")[0] for x in c.columns if x.references}
    own = [name for name, table in referring.items() if table not in ("indicators", "places", "units")]
    column = (own or list(referring))[-1]  # a stage does not see the reference tables
    return f"UPDATE {c.table} SET \"{column}\" = 'nowhere'"


STRUCTURAL = {
    ("values", "a required column without a value"): lambda c: f'UPDATE {c.table} SET "{_spoilt(c)}" = NULL',
    ("values", "a value that is not allowed"): lambda c: (
        f"UPDATE {c.table} SET \"{next(x.name for x in c.columns if x.allowed)}\" = 'nonsense'"
    ),
    ("key", "every row twice"): _key,
    ("references", "a reference to nowhere"): _references,
    ("schema", "a column of another name"): lambda c: (
        f'ALTER TABLE {c.table} RENAME COLUMN "{c.columns[-1].name}" TO renamed'
    ),
    ("keys", "every row of the warehouse twice"): _key,
    ("orphans", "references to nowhere in the warehouse"): _references,
}
"""(Kind of promise, corruption) -> the SQL that spoils a table; the last two judge all tables of the candidate at once."""


def _spoilt(c):
    """A required column that is not of the key."""
    return next((x.name for x in c.columns if not x.nullable and x.name not in c.key), c.key[0])


def _spoilt_tables(stage, kind, corruption):
    """The tables of a stage to which a corruption can be done."""
    for table in suite(stage).structure:
        c = contract(table)
        if corruption == "a value that is not allowed" and not any(x.allowed for x in c.columns):
            continue
        if kind in ("references", "orphans") and not any(x.references for x in c.columns):
            continue
        yield c


STRUCTURAL_CASES = [
    pytest.param(stage, kind, corruption, id=f"{stage}-{corruption.replace(' ', '_')}")
    for stage in (*FRAME_STAGES, "candidate")
    for kind, corruption in STRUCTURAL
    if (kind in ("keys", "orphans")) == (stage == "candidate")
    and (kind != "references" or any(p.name.endswith("_references") for p in promises(stage)))
]


@pytest.mark.parametrize(("tables", "kind", "corruption"), STRUCTURAL_CASES, indirect=["tables"])
def test_structural_promises_are_broken_by_tables_unlike_their_contracts(tables, kind, corruption):
    stage, connection = tables
    fill(connection)
    for c in _spoilt_tables(stage, kind, corruption):
        name = f"{stage}_{kind}" if kind in ("schema", "keys", "orphans") else f"{c.table}_{kind}"
        promise = next((p for p in promises(stage) if p.name == name), None)
        if promise is None:  # it refers to a table that the stage does not see
            continue
        connection.execute(STRUCTURAL[kind, corruption](c))
        if kind == "schema":
            register_probes(connection, stage, only={"schema_mismatches"})
        rows = connection.execute(f"SELECT * FROM ({promise.rows})").fetchall()
        if kind in ("schema", "keys", "orphans"):
            rows = [row for row in rows if c.table in row]
        assert rows, f"{name}: {corruption} in {c.table}"


def fill(connection):
    """A row for every table that the good set leaves empty."""
    connection.execute(
        "INSERT INTO rejects VALUES ('raw', 'suzhou_wjw', 'suzhou_wjw/x', 'x', 'empty', 'zero bytes', 'Fetch it again.')"
    )


@pytest.mark.parametrize("tables", STAGES, indirect=True)
def test_great_expectations_comes_to_the_same_verdicts(tables):
    stage, connection = tables
    for mutation in MUTATIONS:
        if mutation["stage"] == stage and "DELETE" not in mutation["sql"]:
            connection.execute(mutation["sql"])
    quarantining = {promise.name for promise in promises(stage) if promise.quarantine}
    expected = broken(connection, stage) - quarantining
    results = judge(connection, stage, CHECKED_AT)
    assert {r.name for r in results if not r.success} == expected
    assert len(expected) > (len(promises(stage)) - len(quarantining)) / 5
    for result in results:
        assert len(result.failing_rows) <= 20
        if not result.success and "could not be judged" not in result.observed:
            assert result.failing_count > 0
            assert result.action


def test_every_promise_has_a_corruption_that_breaks_it():
    broken_by = {(m["stage"], name) for m in MUTATIONS for name in m["breaks"]}
    structural = {(stage, kind) for stage, kind, _ in (case.values for case in STRUCTURAL_CASES)}
    untested = [
        (stage, p.name)
        for stage in STAGES
        for p in promises(stage)
        if (stage, p.name) not in broken_by and (stage, p.name.rsplit("_", 1)[-1]) not in structural
    ]
    assert untested == []


def test_there_are_enough_corruptions_and_names_are_unique():
    assert len(MUTATIONS) >= 40
    for stage in STAGES:
        assert [n for n, count in Counter(p.name for p in promises(stage)).items() if count > 1] == []
