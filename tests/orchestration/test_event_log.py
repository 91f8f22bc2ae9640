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
