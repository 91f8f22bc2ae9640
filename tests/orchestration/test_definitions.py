"""What Dagster loads: assets, checks, schedule and sensor, without a run."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from dagster._core.utils import make_new_run_id

from assets.automation import triggers as automation
from assets.automation.lock import holder, is_running, only_runner
from assets.automation.one_runner import HOST_TAG, PROCESS_TAG, close_dead_runs
from assets.automation.plan import Plan
from assets.definitions import defs
from assets.stages.aside import Aside
from assets.stages.parquet import ParquetIOManager
from assets.stages.partitions import bring_together
from assets.stages.stage_tables import STAGE_TABLES
from warehouse.quality import promises

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_every_promise_is_a_check(graph):
    names = {key.name for key in graph.asset_check_keys}
    for stage in (*STAGE_TABLES, "candidate", "published"):
        assert {promise.name for promise in promises(stage)} <= names


def test_blocking_checks_stand_before_publishing(graph):
    blocking = {key.name for key in graph.asset_check_keys if graph.get_check_spec(key).blocking}
    assert "facts_key" in blocking
    assert "the_warehouse_holds_documents" in blocking
    assert "measures_keep_their_floors" in blocking


def test_with_workers_all_is_judged_behind_the_parts_and_published_behind_that():
    code = """
from assets.definitions import defs
graph = defs.resolve_job_def("materialise_and_publish").graph
before = {node.name: {on.node for ons in needs.values() for on in ons.get_node_dependencies()} for node, needs in graph.dependencies.items()}
stages = {"raw_quality", "clean_quality", "sections_quality", "facts_quality"}
assert all(before[check] == {"reading"} for check in stages), before
assert before["warehouse_candidate"] >= stages, before
assert before["warehouse"] >= {"warehouse_candidate", "candidate_quality", "extraction_quality"}, before
"""
    with_workers = {"ZHENGBAO_CELERY": "deploy/many_hosts/celery.yaml", "ZHENGBAO_BROKER": "redis://127.0.0.1:1/0"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | with_workers, check=True)


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
        (request,) = evaluate_sensor(instance).run_requests
        assert instance.get_dynamic_partitions("source") == ["a", "b"]
        assert (request.tags[automation.RANGE_START_TAG], request.tags[automation.RANGE_END_TAG]) == ("a", "b")
        assert evaluate_sensor(instance).run_requests[0].run_key == request.run_key, "one change, one key"
        (landing / "a" / "1.txt").write_text("二")
        assert evaluate_sensor(instance).run_requests[0].run_key != request.run_key


def test_scattered_changes_are_one_run_of_these_sources_alone(monkeypatch, landing):
    found = [f"s{k:02}" for k in range(41)]
    changed = {*found[3::4], "new"}
    todo = Plan([*found, "new"], changed, publish=True, settled=True, key="k", notes=[])
    monkeypatch.setattr(automation, "plan", lambda: todo)
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("source", found)
        (request,) = evaluate_sensor(instance).run_requests
        keys = instance.get_dynamic_partitions("source")
        first, last = (keys.index(request.tags[tag]) for tag in (automation.RANGE_START_TAG, automation.RANGE_END_TAG))
        assert set(keys[first : last + 1]) == changed
        assert set(keys) == {*found, "new"}


def test_the_range_of_a_waiting_run_is_not_torn():
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("source", ["a", "b", "c", "d"])
        waiting = instance.create_run_for_job(defs.resolve_job_def("materialise_and_publish"))
        assert bring_together(instance, ["a", "b", "d"], {"a", "d"}) == ("a", "d")
        assert instance.get_dynamic_partitions("source") == ["a", "b", "c", "d"]
        assert bring_together(instance, ["a", "b", "d", "e"], {"b", "e"}) == ("b", "e")
        instance.report_run_canceled(waiting)
        assert bring_together(instance, ["a", "b", "d", "e"], {"a", "d"}) == ("a", "d")
        assert instance.get_dynamic_partitions("source") == ["b", "e", "a", "d"]


def quiet(**other):
    return Plan(
        **{"found": ["a"], "changed": set(), "publish": False, "settled": True, "key": "k", "notes": []} | other
    )


def test_sensor_is_quiet_when_the_warehouse_is_up_to_date(landing, monkeypatch):
    monkeypatch.setattr(automation, "plan", quiet)
    with dg.DagsterInstance.ephemeral() as instance:
        result = evaluate_sensor(instance)
        assert not result.run_requests
        assert "Nothing changed" in result.skip_reason.skip_message


def test_sensor_waits_for_a_file_that_is_being_written(landing, monkeypatch):
    monkeypatch.setattr(automation, "plan", lambda: quiet(changed={"a"}, publish=True, settled=False))
    with dg.DagsterInstance.ephemeral() as instance:
        assert "being written" in evaluate_sensor(instance).skip_reason.skip_message


def test_sensor_waits_for_a_run_that_is_under_way(landing, monkeypatch):
    monkeypatch.setattr(automation, "plan", lambda: quiet(changed={"a"}, publish=True))
    monkeypatch.setattr(automation, "is_running", lambda: True)
    with dg.DagsterInstance.ephemeral() as instance:
        assert "under way" in evaluate_sensor(instance).skip_reason.skip_message


def test_sensor_republishes_when_a_source_is_gone(landing, monkeypatch):
    monkeypatch.setattr(automation, "plan", lambda: quiet(publish=True))
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("source", ["a", "gone"])
        result = evaluate_sensor(instance)
        assert [request.job_name for request in result.run_requests] == ["republish"]
        assert instance.get_dynamic_partitions("source") == ["a"]


def test_the_slot_of_a_killed_run_is_given_back():
    with dg.DagsterInstance.ephemeral() as instance:
        dead = subprocess.Popen(["true"])
        dead.wait()
        here = socket.gethostname()
        for process, host in ((dead.pid, here), (os.getpid(), here), (dead.pid, "another-pod")):
            instance.add_run(
                dg.DagsterRun(
                    job_name="republish",
                    run_id=make_new_run_id(),
                    status=dg.DagsterRunStatus.STARTED,
                    tags={PROCESS_TAG: str(process), HOST_TAG: host},
                )
            )
        (closed,) = close_dead_runs(instance)
        assert instance.get_run_by_id(closed).status == dg.DagsterRunStatus.FAILURE
        assert instance.get_run_by_id(closed).tags.items() >= {PROCESS_TAG: str(dead.pid), HOST_TAG: here}.items()


def test_the_lock_is_held_once_and_tells_by_whom(landing):
    said = []
    with only_runner("a test", said.append):
        assert is_running()
        assert holder()["process"] == os.getpid()
        with only_runner("within", said.append):
            pass
        code = "from assets.automation.lock import *; print(is_running(), described(holder()))"
        other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert other.stdout.startswith("True a test (process")
    assert not is_running()
    assert said == []


def test_schedule_covers_every_source(landing):
    with dg.instance_for_test() as instance:
        assert isinstance(automation.nightly(dg.build_schedule_context(instance=instance)), dg.SkipReason)
        instance.add_dynamic_partitions("source", ["c", "gone", "a"])
        for source in ("a", "b", "c"):
            (landing / source).mkdir()
            (landing / source / "1.txt").write_text("一")
        request = automation.nightly(dg.build_schedule_context(instance=instance))
        assert (request.tags[automation.RANGE_START_TAG], request.tags[automation.RANGE_END_TAG]) == ("c", "b")
        assert instance.get_dynamic_partitions("source") == ["c", "a", "b"], (
            "a new source is taken, a removed one is not"
        )


@pytest.mark.parametrize("key", ["../x", "a/b", ".hidden"])
def test_partition_key_cannot_leave_the_folder(tmp_path, key):
    with pytest.raises(ValueError, match="no name of a source"):
        ParquetIOManager(tmp_path).path(dg.AssetKey("texts"), key)


def test_parquet_round_trip_of_several_sources(tmp_path):
    frames = {"b": pl.DataFrame({"x": [1, 2]}), "a": pl.DataFrame({"x": [3]})}
    made = Aside(tmp_path, "run")
    made.add("table", frames)

    @dg.asset(
        name="table",
        partitions_def=dg.StaticPartitionsDefinition(["a", "b"]),
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def table():
        assert not list((tmp_path / "table").glob("*.parquet")), "nobody sees them before their step ends"
        return made.frames("table")

    loaded = {}

    @dg.asset(partitions_def=dg.StaticPartitionsDefinition(["a", "b"]), backfill_policy=dg.BackfillPolicy.single_run())
    def reader(table):
        loaded.update(table)

    result = dg.materialize(
        [table, reader],
        resources={"io_manager": ParquetIOManager(tmp_path)},
        tags={automation.RANGE_START_TAG: "a", automation.RANGE_END_TAG: "b"},
    )
    assert result.success
    assert list(loaded) == ["a", "b"]
    assert loaded["b"].equals(frames["b"])
    assert sorted(file.name for file in (tmp_path / "table").iterdir()) == ["a.parquet", "b.parquet"]
