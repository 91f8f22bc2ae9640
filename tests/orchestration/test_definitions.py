"""What Dagster loads: assets, checks, schedule and sensor, without a run."""

import dagster as dg
import polars as pl
import pytest

from assets.automation import triggers as automation
from assets.definitions import defs
from assets.stages.parquet import ParquetIOManager
from assets.stages.tables import STAGE_TABLES
from warehouse.quality import promises


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_every_promise_is_a_check(graph):
    names = {key.name for key in graph.asset_check_keys}
    for stage in (*STAGE_TABLES, "candidate", "published"):
        assert {promise.name for promise in promises(stage)} <= names


def test_blocking_checks_stand_before_publishing(graph):
    blocking = {key.name for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    assert "fact_quotes_round_trip" in blocking
    assert "the_warehouse_holds_documents" in blocking
    assert "measures_keep_their_floors" in blocking


@pytest.fixture
def landing(tmp_path, monkeypatch):
    folder = tmp_path / "landing"
    folder.mkdir()
    monkeypatch.setenv("ZHENGBAO_LANDING", str(folder))
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path / "warehouse"))
    return folder


def evaluate_sensor(instance):
    with dg.build_sensor_context(instance=instance, definitions=defs) as context:
        return automation.landing_zone(context)


def test_sensor_registers_and_runs_new_sources(landing):
    for source in ("b", "a"):
        (landing / source).mkdir()
        (landing / source / "1.txt").write_text("一")
    with dg.DagsterInstance.ephemeral() as instance:
        result = evaluate_sensor(instance)
        assert result.dynamic_partitions_requests[0].partition_keys == ["a", "b"]
        (request,) = result.run_requests
        assert (request.tags[automation.RANGE_START_TAG], request.tags[automation.RANGE_END_TAG]) == ("a", "b")
        instance.add_dynamic_partitions("source", ["a", "b"])
        assert evaluate_sensor(instance).run_requests[0].run_key == request.run_key, "one change, one key"
        (landing / "a" / "1.txt").write_text("二")
        assert evaluate_sensor(instance).run_requests[0].run_key != request.run_key


def test_sensor_is_quiet_when_the_warehouse_is_up_to_date(landing, monkeypatch):
    (landing / "a").mkdir()
    (landing / "a" / "1.txt").write_text("一")
    monkeypatch.setattr(automation, "published_fingerprints", automation.landing_fingerprints)
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("source", ["a"])
        result = evaluate_sensor(instance)
        assert not result.run_requests
        assert "Nothing changed" in result.skip_reason.skip_message


def test_sensor_republishes_when_a_source_is_gone(landing, monkeypatch):
    monkeypatch.setattr(automation, "published_fingerprints", lambda: {"gone": "f"})
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("source", ["gone"])
        result = evaluate_sensor(instance)
        assert [request.job_name for request in result.run_requests] == ["republish"]
        assert result.dynamic_partitions_requests[0].partition_keys == ["gone"]


def test_schedule_covers_every_source(landing):
    with dg.instance_for_test() as instance:
        assert isinstance(automation.nightly(dg.build_schedule_context(instance=instance)), dg.SkipReason)
        instance.add_dynamic_partitions("source", ["c", "a", "b"])
        request = automation.nightly(dg.build_schedule_context(instance=instance))
        assert (request.tags[automation.RANGE_START_TAG], request.tags[automation.RANGE_END_TAG]) == ("c", "b")


@pytest.mark.parametrize("key", ["../x", "a/b", ".hidden"])
def test_partition_key_cannot_leave_the_folder(tmp_path, key):
    from upath import UPath

    manager = ParquetIOManager(UPath(tmp_path))
    with pytest.raises(ValueError, match="no name of a source"):
        manager.get_path_for_partition(dg.build_output_context(), UPath(tmp_path), key)


def test_parquet_round_trip_of_several_sources(tmp_path):
    from upath import UPath

    frames = {"b": pl.DataFrame({"x": [1, 2]}), "a": pl.DataFrame({"x": [3]})}

    @dg.asset(
        name="table",
        partitions_def=dg.StaticPartitionsDefinition(["a", "b"]),
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def table():
        return frames

    loaded = {}

    @dg.asset(partitions_def=dg.StaticPartitionsDefinition(["a", "b"]), backfill_policy=dg.BackfillPolicy.single_run())
    def reader(table):
        loaded.update(table)
        return table

    result = dg.materialize(
        [table, reader],
        resources={"io_manager": ParquetIOManager(UPath(tmp_path))},
        tags={automation.RANGE_START_TAG: "a", automation.RANGE_END_TAG: "b"},
    )
    assert result.success
    assert list(loaded) == ["a", "b"]
    assert loaded["b"].equals(frames["b"])
    assert sorted(file.name for file in (tmp_path / "table").iterdir()) == ["a.parquet", "b.parquet"]
