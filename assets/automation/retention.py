"""How long what runs leave behind is kept, by settings of the environment, and the job that keeps to it.

- ZHENGBAO_KEEP_VERSIONS: published warehouses (5).
- ZHENGBAO_KEEP_RUNS: run records with their events (50). The run that made the latest rows of a source stays besides.
- Data Docs of the last 20 runs, check results of the last 200.
"""

import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import dagster as dg
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage

from assets.automation.alerts import Alert, send
from assets.landing import current_zone
from assets.locations import locations
from assets.quality.check_results import now
from assets.stages.ledger import Ledger

VERSIONS_VARIABLE = "ZHENGBAO_KEEP_VERSIONS"
RUNS_VARIABLE = "ZHENGBAO_KEEP_RUNS"
LAST_TABLE = dg.AssetKey("facts")
"""Of the last stage: the run that made a source's latest rows of it made them all."""
SILENT = timedelta(hours=1)


def kept_versions() -> int:
    """How many published warehouses are kept."""
    return max(1, int(os.environ.get(VERSIONS_VARIABLE) or 5))


def kept_runs() -> int:
    """How many run records, with their events, are kept."""
    return max(1, int(os.environ.get(RUNS_VARIABLE) or 50))


def keep_bounds(instance: dg.DagsterInstance) -> dict[str, int]:
    """Delete run records beyond those kept, and stage files of sources that are gone; how many of each."""
    here = locations()
    staying = needed_runs(instance)
    ended = dg.RunsFilter(
        statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    )
    old = [run.run_id for run in instance.get_runs(filters=ended)[kept_runs() :] if run.run_id not in staying]
    for run_id in old:
        instance.delete_run(run_id)
        shutil.rmtree(here.parts / run_id, ignore_errors=True)
        with suppress(Exception):  # a log that another tool keeps, or none at all, holds up nothing
            instance.compute_log_manager.delete_logs(prefix=[run_id])
    _forget_checks(instance, old)
    _remove_files(instance)
    if old:
        _shrink()
    return {
        "runs deleted": len(old),
        "stage files deleted": Ledger(here.stages).remove(current_zone().sources),
    }


def needed_runs(instance: dg.DagsterInstance) -> set[str]:
    """The runs that made the latest rows of a source: without their events the UI would show these as missing."""
    storage = instance.event_log_storage
    latest = list(
        storage.get_latest_storage_id_by_partition(LAST_TABLE, dg.DagsterEventType.ASSET_MATERIALIZATION).values()
    )
    if not latest or not isinstance(storage, SqlEventLogStorage):
        return set()
    needed: set[str] = set()
    with storage.index_connection() as connection:
        for start in range(0, len(latest), 500):
            chosen = SqlEventLogStorageTable.c.id.in_(latest[start : start + 500])
            needed |= {
                row[0]
                for row in connection.execute(
                    SqlEventLogStorageTable.select().with_only_columns(SqlEventLogStorageTable.c.run_id).where(chosen)
                )
            }
    return needed


def _forget_checks(instance: dg.DagsterInstance, runs: list[str]) -> None:
    """Dagster leaves a deleted run's evaluations of checks behind."""
    storage = instance.event_log_storage
    if isinstance(storage, SqlEventLogStorage):
        with storage.index_connection() as connection:
            for run_id in runs:
                connection.execute(
                    AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id)
                )


def _remove_files(instance: dg.DagsterInstance) -> None:
    """Dagster keeps a file of events a run on SQLite, and leaves it empty and as large as it was when the run is deleted."""
    if not isinstance(instance.event_log_storage, SqliteEventLogStorage):
        return
    folder = Path(instance.event_log_storage.path_for_shard(INDEX_SHARD_NAME)).parent
    files = list(folder.glob("*-*-*-*-*.db*"))  # before the runs are asked for: a run is recorded before its events
    known = {run.run_id for run in instance.get_runs()}
    for file in files:
        if file.name.partition(".db")[0] not in known:
            file.unlink(missing_ok=True)


def _shrink() -> None:
    """Give the room of deleted rows back; a database that another process has open is left for the next time."""
    for file in locations().dagster_home.rglob("*.db"):
        if file.stem in ("index", "runs", "schedules"):
            with suppress(sqlite3.Error), sqlite3.connect(file, timeout=1) as connection:
                connection.execute("VACUUM")


def disk_use() -> dict[str, int]:
    """Bytes of each kind of thing that runs leave."""
    here = locations()
    folders = {
        "run history": here.dagster_home,
        "stage files": here.stages,
        "data docs": here.data_docs,
        "check results": here.quality,
    }
    used = {
        name: sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        for name, folder in folders.items()
    }
    return used | {"published versions": sum(file.stat().st_size for file in here.warehouse.glob("zhengbao-*.duckdb"))}


@dg.op(
    required_resource_keys={"one_runner"},
    description="Keep to the bounds of ZHENGBAO_KEEP_RUNS and the like; tell of a sensor that is silent.",
)
def keep_to_bounds(context: dg.OpExecutionContext) -> None:
    """Delete what is beyond the bounds, and show the disk use."""
    deleted = keep_bounds(context.instance)
    context.log.info(f"{deleted}")
    context.add_output_metadata({**deleted, **{f"bytes/{name}": size for name, size in disk_use().items()}})
    if said := silent_sensor(context.instance):
        send(
            Alert("Zhengbao 政报: the landing zone is not watched", said, "silent sensor"),
            locations().work / "alerts.json",
            now(),
        )


def silent_sensor(instance: dg.DagsterInstance, name: str = "landing_zone") -> str | None:
    """What is wrong with the sensor on the landing zone: stopped, failing, or silent for an hour."""
    for state in instance.all_instigator_state():
        if state.instigator_name != name:
            continue
        if not state.is_running:
            return f"The sensor {name} is stopped. Start it under Automation in the Dagster UI."
        ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=1)
        if not ticks or now().timestamp() - ticks[0].timestamp > SILENT.total_seconds():
            return f"The sensor {name} has not looked for an hour. See whether the daemon runs."
        if ticks[0].error:
            return f"The sensor {name} fails: {ticks[0].error.message.strip()}"
    return None


@dg.job(description="Keep the run history, stage files and the like within their bounds (维护).")
def maintenance() -> None:
    """One step."""
    keep_to_bounds()


daily_maintenance = dg.ScheduleDefinition(
    name="daily_maintenance",
    job=maintenance,
    cron_schedule=os.environ.get("ZHENGBAO_MAINTENANCE") or "30 3 * * *",
    execution_timezone=os.environ.get("ZHENGBAO_TIMEZONE") or "Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night at 03:30 (ZHENGBAO_MAINTENANCE): keep what runs leave within its bounds.",
)
