"""Asset checks: every promise of warehouse/quality, one check an expectation, evaluated a whole suite at a time."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

import dagster as dg

from assets import ahead
from assets.automation.executor import has_workers
from assets.locations import locations
from assets.publication.candidates import candidate_path
from assets.publication.links import page_link
from assets.quality.check_results import now, save_results
from assets.quality.judge import asked, judge_stage, judged
from assets.quality.still_broken import still_broken
from assets.quality.stopping import Broken, NothingPublishedError, in_words
from assets.stages.partitions import SOURCE_PARTITIONS, run_sources
from assets.stages.stage_tables import STAGE_TABLES, TABLE_ASSETS
from assets.stages.tables import inert
from warehouse.contract import Stage
from warehouse.publishing import live
from warehouse.quality import CheckResult, Promise, check_database, promises, required_tables
from warehouse.quality.docs import build_data_docs

SEVERITY = {"error": dg.AssetCheckSeverity.ERROR, "warning": dg.AssetCheckSeverity.WARN}


def stage_asset(stage: Stage, table: str) -> str:
    """The asset that holds a table as a stage's checks see it."""
    if stage == "candidate":
        return "warehouse_candidate"
    if stage == "published":
        return "warehouse"
    own = {name: asset for asset, name in STAGE_TABLES[stage].items()}
    return own.get(table) or TABLE_ASSETS[table]


def spec(stage: Stage, promise: Promise, read: Iterable[str] = ()) -> dg.AssetCheckSpec:
    """What the UI shows of a promise before it is evaluated; `read` are the assets that its suite loads."""
    asset = stage_asset(stage, promise.table)
    return dg.AssetCheckSpec(
        promise.name,
        asset=asset,
        additional_deps=[other for other in read if other != asset],
        description=promise.description,
        blocking=promise.blocking,
        metadata={"table": promise.table, "severity": promise.severity, "what to do": promise.action},
    )


def evaluation(result: CheckResult, page: str, elsewhere: Collection[str] = ()) -> dg.AssetCheckResult:
    """A result as the UI shows it: what was observed, the failing rows, what to do.

    `elsewhere` are sources that the run did not judge and that broke the promise when they were judged last.
    """
    metadata: dict[str, dg.MetadataValue] = {
        "table": dg.MetadataValue.text(result.table),
        "observed": dg.MetadataValue.text(inert(result.observed, 300)),
        "failing_count": dg.MetadataValue.int(result.failing_count),
    }
    if not result.success:
        metadata["data docs"] = dg.MetadataValue.url(page)
        metadata["what to do"] = dg.MetadataValue.text(result.action)
        if result.failing_rows:
            metadata["failing rows"] = dg.MetadataValue.md(rows_table(result.failing_rows))
    if elsewhere:
        metadata["still broken by"] = dg.MetadataValue.text(inert("、".join(elsewhere), 300))
        metadata["what to do"] = dg.MetadataValue.text(result.action)
    return dg.AssetCheckResult(
        asset_key=stage_asset(result.stage, result.table),
        check_name=result.name,
        passed=result.success and not elsewhere,
        severity=SEVERITY[result.severity],
        metadata=metadata,
    )


def rows_table(rows: list[dict[str, object]]) -> str:
    """Failing rows as a Markdown table of inert text."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = ["| " + " | ".join(inert(column, 40) for column in columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(inert(row.get(column), 80) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def report(
    run_id: str, stage: Stage, results: list[CheckResult], elsewhere: Mapping[str, Collection[str]] | None = None
) -> Iterator[dg.AssetCheckResult]:
    """Keep the results for the warehouse's history, render Data Docs, and give the results to the UI; then end the step if they block."""
    checked_at = now()
    save_results(locations().quality, run_id, stage, checked_at, results)
    rendered = asked(build_data_docs, run_id, checked_at, results, locations().data_docs)
    page = page_link(locations().data_docs / run_id / f"{stage}.html")
    for result in results:
        yield evaluation(result, page, (elsewhere or {}).get(result.name, ()))
    rendered()
    stop_if_blocked(stage, results, page)


def stop_if_blocked(stage: Stage, results: list[CheckResult], page: str) -> None:
    """End the step where a blocking check failed; Dagster's own error would name the checks alone, above its trace.

    Raises:
        NothingPublishedError: one did.

    """
    blocking = {promise.name for promise in promises(stage) if promise.blocking}
    failed = [result for result in results if not result.success and result.name in blocking]
    if failed:
        tables = {
            f"failing rows of {result.name}": dg.MetadataValue.md(rows_table(result.failing_rows))
            for result in failed
            if result.failing_rows
        }
        raise NothingPublishedError(
            [
                Broken(
                    result.name,
                    stage_asset(stage, result.table),
                    [in_words(row) for row in result.failing_rows] or [result.observed],
                    result.failing_count,
                    result.action,
                )
                for result in failed
            ],
            {"data docs": dg.MetadataValue.url(page), **tables},
        )


def frame_checks(stage: Stage) -> dg.AssetChecksDefinition:
    """The suite of a stage whose tables are Parquet files, on the sources of the run.

    The checks have no partitions and load the files themselves: with partitions, the list of checks and the lineage
    show "Skipped" after a run over several sources (docs/adr/0016).
    """
    assets = {stage_asset(stage, table): table for table in required_tables(stage)}
    # Named besides, the tables of earlier stages put their checks before this one. Workers, who have all tables from one step, judge the
    # stages beside each other.
    read = () if has_workers() else assets

    @dg.multi_asset_check(
        name=f"{stage}_quality",
        specs=[spec(stage, promise, read) for promise in promises(stage)],
    )
    def quality(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        here = locations()
        present = list(context.instance.get_dynamic_partitions(SOURCE_PARTITIONS))
        sources = run_sources(context.run.tags, present)
        results = judged(judge_stage, stage, here.stages, assets, sources, here.scratch)
        elsewhere = still_broken(here.work, results, sources, present)
        yield from report(context.run.run_id, stage, results, elsewhere)

    return quality


def candidate_checks() -> dg.AssetChecksDefinition:
    """AUDIT: what must hold before the candidate may be published."""

    @dg.multi_asset_check(
        name="candidate_quality", specs=[spec("candidate", promise) for promise in promises("candidate")]
    )
    def quality(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        path = candidate_path(context.run.run_id)
        results = judged(check_database, "candidate", path, now(), locations().scratch)
        yield from report(context.run.run_id, "candidate", results)

    return quality


def published_checks() -> dg.AssetChecksDefinition:
    """What a reader finds behind the live name."""

    @dg.multi_asset_check(
        name="published_quality", specs=[spec("published", promise) for promise in promises("published")]
    )
    def quality(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        here = locations()
        path = live(here.warehouse)
        if path is None:
            raise dg.Failure(f"No warehouse is published in {here.warehouse}.")
        judge = partial(judged, check_database, "published", path, now(), here.scratch)
        yield from report(context.run.run_id, "published", ahead.done("published", path, judge))

    return quality


checks = [*map(frame_checks, STAGE_TABLES), candidate_checks(), published_checks()]
