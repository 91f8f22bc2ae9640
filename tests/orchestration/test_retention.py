"""Run records stay within their bound; the run that made a source's latest rows stays besides."""

from pathlib import Path

import dagster as dg
import pytest

from assets.automation import retention
from assets.automation.retention import keep_bounds, needed_runs

PARTITIONS = dg.StaticPartitionsDefinition(["a", "b"])


@dg.asset(name="facts", partitions_def=PARTITIONS)
def facts():
    return 1


@dg.asset_check(asset=facts)
def check():
    return dg.AssetCheckResult(passed=True)


@pytest.fixture
def history(tmp_path, monkeypatch):
    (tmp_path / "landing").mkdir()
    monkeypatch.setenv("ZHENGBAO_LANDING", str(tmp_path / "landing"))
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("ZHENGBAO_KEEP_RUNS", "3")
    with dg.instance_for_test() as instance:
        yield instance


def materialise(instance, partition):
    job = dg.Definitions(assets=[facts], asset_checks=[check]).resolve_implicit_global_asset_job_def()
    return job.execute_in_process(instance=instance, partition_key=partition).run_id


def test_old_runs_go_and_the_latest_rows_of_every_source_stay(history):
    first = materialise(history, "a")
    others = [materialise(history, "b") for _ in range(6)]
    assert needed_runs(history) == {first, others[-1]}
    assert keep_bounds(history)["runs deleted"] == 3
    assert {run.run_id for run in history.get_runs()} == {first, *others[-3:]}
    assert set(history.get_materialized_partitions(dg.AssetKey("facts"))) == {"a", "b"}
    storage = history.event_log_storage
    with storage.index_connection() as connection:
        table = retention.AssetCheckExecutionsTable
        left = {row[0] for row in connection.execute(table.select().with_only_columns(table.c.run_id))}
    assert not left & set(others[:3])
    files = {file.name.partition(".db")[0] for file in Path(storage.path_for_shard("index")).parent.glob("*-*.db*")}
    assert files == {first, *others[-3:]}
    assert keep_bounds(history)["runs deleted"] == 0


def test_a_sensor_that_never_looked_is_told(history):
    assert retention.silent_sensor(history) is None, "nobody has started it on this instance"
