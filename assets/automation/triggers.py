"""When things run: a daily schedule, and a sensor on the landing zone."""

from hashlib import sha256

import dagster as dg
import duckdb

from assets.landing import fingerprint, read_manifest, sources
from assets.locations import locations
from assets.stages.code_version import code_version
from assets.stages.partitions import (
    RANGE_END_TAG,
    RANGE_START_TAG,
    SOURCE_PARTITIONS,
    contiguous_ranges,
    source_partitions,
)
from warehouse.publishing import live

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


def landing_fingerprints() -> dict[str, str]:
    """Source -> fingerprint of what lies in the landing zone now."""
    landing = locations().landing
    manifest = read_manifest(landing)
    return {source: fingerprint(landing, files, manifest, code_version()) for source, files in sources(landing).items()}


def published_fingerprints() -> dict[str, str]:
    """Source -> fingerprint of what the live warehouse was made from; empty before the first publishing."""
    path = live(locations().warehouse)
    if path is None:
        return {}
    with duckdb.connect(str(path), read_only=True) as connection:
        return dict(connection.execute("select source, fingerprint from sources").fetchall())


@dg.schedule(
    job=publish_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night at 02:00: all sources, from the files to the published warehouse.",
)
def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run over all known sources."""
    keys = context.instance.get_dynamic_partitions(SOURCE_PARTITIONS)
    if not keys:
        return dg.SkipReason(f"The landing zone {locations().landing} has had no source yet.")
    return dg.RunRequest(tags=range_tags(keys[0], keys[-1]))


@dg.sensor(
    jobs=[publish_job, republish_job],
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Registers new sources and runs those whose files, manifest rows or code changed since the last publishing.",
)
def landing_zone(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Compare the landing zone with the live warehouse; the run key keeps one change from running twice."""
    found = landing_fingerprints()
    published = published_fingerprints()
    known = list(context.instance.get_dynamic_partitions(SOURCE_PARTITIONS))
    added = [source for source in found if source not in known]
    gone = [source for source in known if source not in found]
    changed = {source for source, value in found.items() if published.get(source) != value}
    keys = [source for source in known if source not in gone] + added
    requests = [
        dg.RunRequest(
            run_key=run_key({source: found[source] for source in keys[keys.index(first) : keys.index(last) + 1]}),
            job_name=publish_job.name,
            tags=range_tags(first, last),
        )
        for first, last in contiguous_ranges(changed, keys)
    ]
    if not requests and (removed := sorted(set(published) - set(found))):
        requests = [dg.RunRequest(run_key=run_key(published | dict.fromkeys(removed, "")), job_name=republish_job.name)]
    partitions: list[dg.AddDynamicPartitionsRequest | dg.DeleteDynamicPartitionsRequest] = []
    if added:
        partitions.append(source_partitions.build_add_request(added))
    if gone:
        partitions.append(source_partitions.build_delete_request(gone))
    return dg.SensorResult(
        run_requests=requests,
        dynamic_partitions_requests=partitions,
        skip_reason=None if requests else f"Nothing changed in {locations().landing}.",
    )


def run_key(fingerprints: dict[str, str]) -> str:
    """One key for one state of some sources."""
    return sha256(repr(sorted(fingerprints.items())).encode()).hexdigest()
