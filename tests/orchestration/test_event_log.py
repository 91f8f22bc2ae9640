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


PARTS = dg.StaticPartitionsDefinition(["淄博市", "烟台市", "青岛市"])


@dg.multi_asset(
    outs={name: dg.AssetOut() for name in ("texts_of", "facts_of")},
    partitions_def=PARTS,
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def of_sources(context):
    for name in ("texts_of", "facts_of"):
        yield dg.Output(dict.fromkeys(context.partition_keys, 1), output_name=name, metadata={"rows": 3})


ASSETS = (
    "SELECT asset_key, last_run_id, json_extract(last_materialization, '$.event_log_entry.dagster_event.event_specific_data.materialization.partition'), "
    "(SELECT partition FROM event_logs WHERE id = json_extract(last_materialization, '$.storage_id')) FROM asset_keys"
)
TAGS = "SELECT asset_event_tags.asset_key, key, partition, value FROM asset_event_tags JOIN event_logs ON event_id = event_logs.id WHERE key NOT LIKE '%version%'"


def test_what_is_written_of_many_sources_together_is_what_dagster_writes_one_by_one(tmp_path):
    found = {}
    for kept, together in ((True, "1000"), (True, "2"), (False, "0")):
        variables = {
            "ZHENGBAO_WAREHOUSE": str(tmp_path / f"{kept}{together}"),
            "DAGSTER_HOME": "",
            "DAGSTER_EVENT_BATCH_SIZE": together,
        }
        with mock.patch.dict(os.environ, variables):
            prepare_home()
            job = dg.Definitions(
                assets=[of_sources], resources={"io_manager": dg.mem_io_manager}
            ).resolve_implicit_global_asset_job_def()
            tags = {"dagster/asset_partition_range_start": "淄博市", "dagster/asset_partition_range_end": "青岛市"}
            with instance_with_kept_connections() if kept else dg.DagsterInstance.get() as instance:
                runs = [job.execute_in_process(instance=instance, tags=tags).run_id for _ in range(2)]
                written = [
                    [
                        (entry.dagster_event_type, entry.step_key, entry.dagster_event.partition)
                        for entry in instance.all_logs(run)
                    ]
                    for run in runs
                ]
                with instance.event_log_storage.index_connection() as index:
                    events = "SELECT dagster_event_type, asset_key, partition FROM event_logs ORDER BY id"
                    rows = [sorted(map(tuple, index.exec_driver_sql(sql)), key=str) for sql in (events, TAGS)]
                    assets = [(key, runs.index(run), *more) for key, run, *more in index.exec_driver_sql(ASSETS)]
                counts = {
                    name: instance.event_log_storage.get_materialized_partitions(dg.AssetKey(name))
                    for name in ("texts_of", "facts_of")
                }
                found[kept, together] = ([sorted(own, key=str) for own in written], rows, sorted(assets), counts)
    assert found[True, "1000"] == found[True, "2"] == found[False, "0"]
    _, (events, _), assets, counts = found[True, "1000"]
    assert sum(event[0] == "ASSET_MATERIALIZATION" for event in events) == 12
    assert [asset[:2] for asset in assets] == [('["facts_of"]', 1), ('["texts_of"]', 1)]
    assert counts["facts_of"] == {"淄博市", "烟台市", "青岛市"}
