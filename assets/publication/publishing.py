"""Write, audit, publish: all tables in one new DuckDB file, checked, and only then made the live warehouse."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import dagster as dg
import polars as pl

from assets import ahead
from assets.automation.retention import kept_versions
from assets.landing import current_zone
from assets.locations import locations
from assets.publication.candidates import candidate, candidate_path, make_again, what_is_current
from assets.publication.links import page_link
from assets.publication.made_of import record_made_of
from assets.publication.writers import own, writer
from assets.publication.written_by import record_writer
from assets.quality import judge
from assets.quality.check_results import now, recorded_runs
from assets.stages.code_version import code_version
from assets.stages.ledger import Ledger
from assets.stages.snapshots import MOST_OVERTAKEN, STALE, Snapshot, keep_overtaken, overtaken_runs, snapshot
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import OWNERS
from warehouse.contract import contract
from warehouse.evidence import build_site
from warehouse.exporting import export
from warehouse.publishing import publish, published_already, versions
from warehouse.quality import check_database, quality_rows, record_rows, recorded

STAGE_ASSETS = [
    asset
    for assets in STAGE_TABLES.values()
    for asset, table in assets.items()
    if contract(table).published or table == "text_signatures"
]


@dg.asset(
    deps=STAGE_ASSETS,
    group_name="warehouse",
    kinds={"duckdb"},
    owners=OWNERS,
    code_version=code_version("candidate"),
    required_resource_keys={"one_runner"},
    output_required=False,
    description="All tables and views in one new DuckDB file, not yet audited (待审仓库).",
)
def warehouse_candidate(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
    """WRITE: load the stage files of every source into a new file; nothing, and so no publishing, where the landing zone has overtaken the run."""
    run_id = context.run.run_id
    ledger = Ledger(locations().stages)
    seen = snapshot(run_id) or Snapshot.of(current_zone())
    sources, stale = what_is_current(ledger, seen)
    if stale:
        make_again(ledger, stale)
        context.log.warning(overtaken(run_id, stale))
        return
    about, write = candidate(run_id, seen, sources)
    counts = ahead.done("candidate", about, write)
    yield dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(candidate_path(run_id)),
            "dagster/row_count": sum(counts.values()),
            **{f"rows/{table}": count for table, count in counts.items()},
        }
    )


@dg.asset(
    deps=[warehouse_candidate, "extraction_quality"],
    group_name="warehouse",
    kinds={"duckdb"},
    owners=OWNERS,
    code_version=code_version("candidate"),
    required_resource_keys={"one_runner"},
    description="The published warehouse: zhengbao.duckdb, a symlink to an immutable file (发布仓库).",
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=49), warn_window=timedelta(hours=25)),
)
def warehouse(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """PUBLISH: record the check results in the candidate and switch the live name to it."""
    places = locations()
    path = candidate_path(context.run.run_id)
    if done := published_already(path, places.warehouse, context.run.run_id):
        record_made_of(path)
        return told(done)
    if not path.exists():
        raise dg.Failure(f"There is no candidate {path}: materialise warehouse_candidate in the same run.")
    waiting = [quality_rows(*kept) for kept in recorded_runs(places.quality, recorded(path))]
    if waiting:
        record_rows(path, pl.concat(waiting))
    published = publish(path, places.warehouse, context.run.run_id, keep=kept_versions())
    record_made_of(path)
    keep_overtaken([])
    found = published.resolve()  # as those who look behind the live name find it
    ahead.begin("published", found, judge.beside, partial(check_database, "published", found, now(), places.scratch))
    ahead.begin("site", found, own, partial(build_site, found, places.site, places.scratch))
    ahead.begin("exports", found, writer(found), partial(export, found, places.exports, places.scratch))
    return told(published)


def told(published: Path) -> dg.MaterializeResult[None]:
    """Remember which code wrote the live version, and show where things are."""
    places = locations()
    record_writer(published, code_version("candidate"), versions(places.warehouse))
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(published),
            "live": dg.MetadataValue.path(places.warehouse / "zhengbao.duckdb"),
            "bytes": published.stat().st_size,
            "data docs": dg.MetadataValue.url(page_link(places.data_docs / "index.html")),
            "column lineage": dg.MetadataValue.url(page_link(places.pages / "column_lineage.html")),
        }
    )


def overtaken(run_id: str, stale: list[str]) -> str:
    """What to say of a run that ends without publishing, since what it would publish never lay in the landing zone at one time.

    The next run takes all up, and the sensor asks for it even where the files are as they were before.

    Raises:
        Failure: so many runs were overtaken one after another that the landing zone cannot be the cause.

    """
    shown = ", ".join(stale[:10]) + (f" and {len(stale) - 10} more" if len(stale) > 10 else "")
    why = f"{STALE}: {shown}. They changed behind or beside the run, or their stage files are damaged. Nothing was published"
    before = overtaken_runs()
    if len(before) >= MOST_OVERTAKEN:
        raise dg.Failure(
            f"{why}, {len(before) + 1} times in a row. Let the landing zone rest, or look at these sources."
        )
    keep_overtaken([*before, run_id])
    return f"{why}; the next run takes them up."
