"""Runs in this process, over the sources that need them."""

from __future__ import annotations

import dagster as dg

from assets.automation.event_log import instance_with_kept_connections
from assets.automation.one_runner import IN_PROCESS_TAG, close_dead_runs, process_tags
from assets.automation.outcome import ATTEMPTS, Outcome
from assets.automation.plan import Plan, plan
from assets.automation.retention import keep_bounds, kept_runs
from assets.automation.timeline import NO_RETRY, put_on_timeline
from assets.automation.triggers import publish_job, range_tags, republish_job
from assets.commands.console import console
from assets.locations import locations
from assets.stages.partitions import bring_together
from assets.stages.snapshots import overtaken_runs
from warehouse.publishing import live

MORE_RUNS = 10
"""Runs are tidied away so many at a time."""


def publish(todo: Plan) -> Outcome:
    """Do what is to be done, once more where the landing zone changes meanwhile."""
    with instance_with_kept_connections() as instance:
        return _publish(instance, todo)


def _publish(instance: dg.DagsterInstance, todo: Plan) -> Outcome:
    close_dead_runs(instance)
    for attempt in range(ATTEMPTS):
        todo = plan() if attempt else todo
        outcome = Outcome(sorted(todo.changed), len(todo.found) - len(todo.changed), notes=todo.notes)
        covered = bring_together(instance, todo.found, todo.changed)
        if covered:
            run(instance, publish_job.name, range_tags(*covered), outcome)
        elif todo.publish and (todo.found or live(locations().warehouse)):
            run(instance, republish_job.name, {}, outcome)
        if not outcome.overtaken:
            break
        console.print("The landing zone changed meanwhile; once more.")
    outcome.success &= not outcome.overtaken
    if instance.get_runs_count() > kept_runs() + MORE_RUNS:
        keep_bounds(instance)
    return outcome


def run(instance: dg.DagsterInstance, job_name: str, tags: dict[str, str], outcome: Outcome) -> None:
    """Execute a job here and add what came of it to `outcome`."""
    from assets.definitions import defs  # after the landing zone is known to be usable

    console.print(f"\n{job_name}: {' … '.join(dict.fromkeys(tags.values())) or 'all sources'}")
    put_on_timeline(instance, job_name)
    result = defs.resolve_job_def(job_name).execute_in_process(
        instance=instance,
        tags=tags | {IN_PROCESS_TAG: "true"} | NO_RETRY | process_tags(),
        run_config={"loggers": {"progress": {}}},
        raise_on_error=False,
    )
    outcome.runs.append(result.run_id)
    outcome.success &= result.success
    for event in result.get_step_failure_events() if not result.success else ():
        outcome.failed_steps.append(event.step_key or "")
    outcome.overtaken = result.success and result.run_id in overtaken_runs()
    for evaluation in result.get_asset_check_evaluations():
        if evaluation.passed:
            outcome.passed += 1
        elif evaluation.severity == dg.AssetCheckSeverity.WARN:
            outcome.warned.append(evaluation)
        else:
            outcome.failed.append(evaluation)
