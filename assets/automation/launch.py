"""One run, in this process, over the sources that need it."""

from __future__ import annotations

from dataclasses import dataclass, field

import dagster as dg

from assets.automation.event_log import instance_with_kept_connections
from assets.automation.one_runner import IN_PROCESS_TAG, close_dead_runs, only_runner, process_tags
from assets.automation.retention import keep_bounds, kept_runs
from assets.automation.timeline import NO_RETRY, put_on_timeline
from assets.automation.triggers import Plan, plan, publish_job, range_tags, republish_job
from assets.commands.progress import console
from assets.landing.manifest import Note
from assets.locations import locations
from assets.quality import judge
from assets.stages import workers
from assets.stages.partitions import bring_together
from assets.stages.snapshots import overtaken_runs
from warehouse.publishing import live

MORE_RUNS = 10
"""Runs are tidied away so many at a time."""
ATTEMPTS = 3
"""A landing zone that changes while it is read is read again so many times."""


@dataclass
class Outcome:
    """What a run did."""

    changed: list[str]
    unchanged: int
    runs: list[str] = field(default_factory=list)
    success: bool = True
    passed: int = 0
    warned: list[dg.AssetCheckEvaluation] = field(default_factory=list)
    failed: list[dg.AssetCheckEvaluation] = field(default_factory=list)
    failed_steps: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    overtaken: bool = False
    """Whether the landing zone changed meanwhile, so that nothing was published."""


def bring_up_to_date() -> Outcome:
    """Run the sources whose files, manifest rows or code differ from the live warehouse, and publish once.

    Raises:
        LandingError: the landing zone cannot be used.

    """
    with only_runner("make run", console.print):
        todo = plan()
        if not todo.changed and not todo.publish:
            return Outcome([], len(todo.found), notes=todo.notes)
        prepare(todo)
        with instance_with_kept_connections() as instance:
            return _bring_up_to_date(instance, todo)


def prepare(todo: Plan) -> None:
    """Start the processes that read and judge: they load the language and Great Expectations while this one loads the assets."""
    judge.beside.start()
    if todo.changed and workers.most() > 1:
        workers.beside.start()


def _bring_up_to_date(instance: dg.DagsterInstance, todo: Plan) -> Outcome:
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
