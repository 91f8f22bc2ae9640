"""The run history of `make run` is that of Dagster: its own class reads what ours writes."""

import os
from unittest import mock

import dagster as dg
from dagster._core.storage.event_log import SqliteEventLogStorage

from assets.automation.event_log import KeptConnections, instance_with_kept_connections
from assets.automation.home import prepare_home


@dg.asset
def something():
    return 1


@dg.asset_check(asset=something)
def something_holds():
    return dg.AssetCheckResult(passed=True)


def test_what_is_written_with_kept_connections_is_read_by_dagster(tmp_path):
    variables = {"ZHENGBAO_WAREHOUSE": str(tmp_path), "DAGSTER_HOME": ""}
    with mock.patch.dict(os.environ, variables):
        prepare_home()
        job = dg.Definitions(assets=[something], asset_checks=[something_holds]).resolve_implicit_global_asset_job_def()
        with instance_with_kept_connections() as instance:
            assert isinstance(instance.event_log_storage, KeptConnections)
            runs = [job.execute_in_process(instance=instance).run_id for _ in range(2)]
            written = {run: len(instance.all_logs(run)) for run in runs}
            with dg.DagsterInstance.get() as other, other.event_log_storage.run_connection(runs[0]):
                assert instance.get_run_by_id(runs[0]).is_success, "both have the files open at once"
        left = {file.name for file in tmp_path.rglob("*") if file.name.endswith(("-wal", "-shm"))}
        assert not left, "every file is closed at the end"
        with dg.DagsterInstance.get() as other:
            assert type(other.event_log_storage) is SqliteEventLogStorage
            assert {run: len(other.all_logs(run)) for run in runs} == written
            assert min(written.values()) > 5
            key = dg.AssetCheckKey(dg.AssetKey("something"), "something_holds")
            history = other.event_log_storage.get_asset_check_execution_history(key, limit=5)
            assert [record.run_id for record in history] == runs[::-1]


@dg.asset_check(asset=something)
def something_fails():
    return dg.AssetCheckResult(passed=False, metadata={"why": "so that a check fails"})


def rows_of(storage):
    """Everything about a run that Dagster's tables hold, but for numbers and times that differ from run to run."""
    found = []
    with storage.index_connection() as index:
        for table, columns in (
            ("event_logs", "dagster_event_type, step_key, asset_key, partition"),
            ("asset_check_executions", "asset_key, check_name, partition, execution_status"),
        ):
            found += [tuple(row) for row in index.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY id")]
        linked = index.exec_driver_sql(
            "SELECT count(*) FROM asset_check_executions JOIN event_logs ON evaluation_event_storage_id = event_logs.id "
            "AND event = evaluation_event AND timestamp = evaluation_event_timestamp"
        )
        found.append(("linked", linked.scalar()))
    return found


def test_the_rows_are_those_of_dagsters_own_class(tmp_path):
    rows = {}
    for kept in (True, False):
        with mock.patch.dict(os.environ, {"ZHENGBAO_WAREHOUSE": str(tmp_path / str(kept)), "DAGSTER_HOME": ""}):
            prepare_home()
            job = dg.Definitions(
                assets=[something], asset_checks=[something_holds, something_fails]
            ).resolve_implicit_global_asset_job_def()
            with instance_with_kept_connections() if kept else dg.DagsterInstance.get() as instance:
                run = job.execute_in_process(instance=instance, raise_on_error=False).run_id
                events = [(entry.dagster_event_type, entry.step_key) for entry in instance.all_logs(run)]
                rows[kept] = (sorted(events, key=str), rows_of(instance.event_log_storage))
    assert rows[True][0] == rows[False][0]
    assert sorted(map(str, rows[True][1])) == sorted(map(str, rows[False][1]))
    assert ("linked", 2) in rows[True][1]


def test_a_check_that_this_process_has_not_planned_is_kept_too(tmp_path):
    with mock.patch.dict(os.environ, {"ZHENGBAO_WAREHOUSE": str(tmp_path), "DAGSTER_HOME": ""}):
        prepare_home()
        job = dg.Definitions(assets=[something], asset_checks=[something_holds]).resolve_implicit_global_asset_job_def()
        with instance_with_kept_connections() as instance:
            run = job.execute_in_process(instance=instance).run_id
            with instance.event_log_storage.index_connection() as index:
                index.exec_driver_sql("DELETE FROM asset_check_executions")
            evaluated = [
                entry
                for entry in instance.all_logs(run)
                if entry.dagster_event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
            ]
            for entry in evaluated:
                instance.event_log_storage.store_event(entry)
            key = dg.AssetCheckKey(dg.AssetKey("something"), "something_holds")
            history = instance.event_log_storage.get_asset_check_execution_history(key, limit=5)
            assert [record.run_id for record in history] == [run]
