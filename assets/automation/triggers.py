"""When things run: a daily schedule, and a sensor on the landing zone."""

import os

import dagster as dg

from assets.automation.lock import is_running
from assets.automation.one_runner import close_dead_runs
from assets.automation.plan import plan
from assets.landing import LandingError, current_zone
from assets.locations import locations
from assets.stages.partitions import RANGE_END_TAG, RANGE_START_TAG, bring_together, has_unfinished_runs

everything = dg.AssetSelection.all()

publish_job = dg.define_asset_job(
    "materialise_and_publish",
    selection=everything,
    description="All stages for the sources of the run, then write, audit and publish the warehouse of all sources.",
)

republish_job = dg.define_asset_job(
    "republish",
    selection=everything - dg.AssetSelection.groups("raw", "clean", "sections", "facts"),
    description="Write, audit and publish from the stage files as they are, for instance after a source was removed.",
)


def range_tags(first: str, last: str) -> dict[str, str]:
    """The tags by which a run covers the sources from first to last."""
    return {RANGE_START_TAG: first, RANGE_END_TAG: last}


@dg.schedule(
    job=publish_job,
    cron_schedule=os.environ.get("ZHENGBAO_SCHEDULE") or "0 2 * * *",
    execution_timezone=os.environ.get("ZHENGBAO_TIMEZONE") or "Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night at 02:00 (ZHENGBAO_SCHEDULE, ZHENGBAO_TIMEZONE): all sources, from the files to the published warehouse.",
)
def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run over all sources."""
    try:
        found = current_zone().sources
    except LandingError as error:
        return dg.SkipReason(str(error))
    covered = bring_together(context.instance, found, set(found))
    if covered is None:
        return dg.SkipReason(f"The landing zone {locations().landing} has no source yet.")
    return dg.RunRequest(tags=range_tags(*covered))


@dg.sensor(
    jobs=[publish_job, republish_job],
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Registers new sources and runs those whose files, manifest rows or code changed since the last publishing.",
)
def landing_zone(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Compare the landing zone with the live warehouse; the run key keeps one change from running twice."""
    close_dead_runs(context.instance)
    if is_underway(context.instance):
        return dg.SensorResult(skip_reason="A run is under way; what has changed meanwhile is taken behind it.")
    try:
        todo = plan()
    except LandingError as error:
        return dg.SensorResult(skip_reason=str(error))
    if not todo.settled:
        return dg.SensorResult(skip_reason="A file is still being written; it is taken when it rests.")
    covered = bring_together(context.instance, todo.found, todo.changed)
    if covered:
        request = dg.RunRequest(run_key=todo.key, job_name=publish_job.name, tags=range_tags(*covered))
    elif todo.publish and todo.found:
        request = dg.RunRequest(run_key=todo.key, job_name=republish_job.name)
    else:
        return dg.SensorResult(skip_reason=f"Nothing changed in {locations().landing}.")
    return dg.SensorResult(run_requests=[request])


def is_underway(instance: dg.DagsterInstance) -> bool:
    """Whether a run of this deployment waits or works."""
    return has_unfinished_runs(instance) or is_running()
