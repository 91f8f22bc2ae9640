"""One run, in this process, over the sources that need it."""

from __future__ import annotations

from dataclasses import dataclass, field

import dagster as dg
from filelock import FileLock

from assets.automation.triggers import (
    landing_fingerprints,
    publish_job,
    published_fingerprints,
    range_tags,
    republish_job,
)
from assets.commands.progress import console
from assets.locations import locations
from assets.stages.partitions import SOURCE_PARTITIONS, contiguous_ranges

IN_PROCESS_TAG = "zhengbao/in_process"


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


def bring_up_to_date() -> Outcome:
    """Run the sources whose files, manifest rows or code differ from the live warehouse, and publish.

    Raises:
        LandingError: the landing zone cannot be used.

    """
    here = locations()
    here.work.mkdir(parents=True, exist_ok=True)
    with FileLock(here.work / "run.lock"), dg.DagsterInstance.get() as instance:
        close_dead_runs(instance)
        found, published = landing_fingerprints(), published_fingerprints()
        keys = register_sources(instance, list(found))
        changed = {source for source, value in found.items() if published.get(source) != value}
        outcome = Outcome(sorted(changed), len(found) - len(changed))
        if changed:
            ranges = contiguous_ranges(changed, keys)
            for first, last in ranges:
                run(instance, publish_job.name, range_tags(first, last), outcome)
        elif set(published) != set(found) or not published:
            run(instance, republish_job.name, {}, outcome)
        return outcome


def register_sources(instance: dg.DagsterInstance, found: list[str]) -> list[str]:
    """Make the instance's partitions those of the landing zone; returns them in the instance's order."""
    known = instance.get_dynamic_partitions(SOURCE_PARTITIONS)
    for gone in set(known) - set(found):
        instance.delete_dynamic_partition(SOURCE_PARTITIONS, gone)
    instance.add_dynamic_partitions(SOURCE_PARTITIONS, [source for source in found if source not in known])
    return list(instance.get_dynamic_partitions(SOURCE_PARTITIONS))


def close_dead_runs(instance: dg.DagsterInstance) -> None:
    """A killed `make run` leaves a run that is forever underway; whoever holds the lock knows that it is dead."""
    underway = dg.RunsFilter(
        tags={IN_PROCESS_TAG: "true"}, statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING]
    )
    for dead in instance.get_runs(filters=underway):
        instance.report_run_failed(
            dead,
            "The process of this run was killed. Nothing of it was published; the next run takes its sources up again.",
        )


def run(instance: dg.DagsterInstance, job_name: str, tags: dict[str, str], outcome: Outcome) -> None:
    """Execute a job here and add what came of it to `outcome`."""
    from assets.definitions import defs  # after the landing zone is known to be usable

    console.print(f"\n{job_name}: {' … '.join(dict.fromkeys(tags.values())) or 'all sources'}")
    result = defs.resolve_job_def(job_name).execute_in_process(
        instance=instance,
        tags=tags | {IN_PROCESS_TAG: "true"},
        run_config={"loggers": {"progress": {}}},
        raise_on_error=False,
    )
    outcome.runs.append(result.run_id)
    outcome.success &= result.success
    outcome.failed_steps += (
        [event.step_key or "" for event in result.get_step_failure_events()] if not result.success else []
    )
    for evaluation in result.get_asset_check_evaluations():
        if evaluation.passed:
            outcome.passed += 1
        elif evaluation.severity == dg.AssetCheckSeverity.WARN:
            outcome.warned.append(evaluation)
        else:
            outcome.failed.append(evaluation)
