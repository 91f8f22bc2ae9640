"""Write, audit, publish: all tables in one new DuckDB file, checked, and only then made the live warehouse."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dagster as dg
import polars as pl

from assets.automation.retention import kept_versions
from assets.landing import UNFILED, current_zone
from assets.landing.manifest import Note
from assets.locations import Locations, locations
from assets.publication.links import page_link
from assets.publication.written_by import record_writer
from assets.quality.check_results import now, recorded_runs
from assets.stages.code_version import code_version
from assets.stages.ledger import Ledger
from assets.stages.reference_tables import REFERENCE_FOLDER
from assets.stages.snapshots import MOST_OVERTAKEN, STALE, Snapshot, keep_overtaken, overtaken_runs, snapshot
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import OWNERS
from pipeline.ids import document_id
from warehouse.candidate import write_candidate
from warehouse.contract import contract
from warehouse.publishing import live, publish, published_already, versions
from warehouse.quality import quality_rows, record_rows, recorded

STAGE_ASSETS = [
    asset
    for assets in STAGE_TABLES.values()
    for asset, table in assets.items()
    if contract(table).published or table == "text_signatures"
]


def candidate_path(run_id: str) -> Path:
    """The file that a run writes, audits and publishes."""
    return locations().candidates / f"{run_id}.duckdb"


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
    places = locations()
    path = candidate_path(context.run.run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in path.parent.glob("*"):  # of runs that died: this one holds the lock
        leftover.unlink()
    seen = snapshot(context.run.run_id) or Snapshot.of(current_zone())
    sources, stale = what_is_current(Ledger(places.stages), seen)
    if stale:
        context.log.warning(overtaken(context.run.run_id, stale))
        return
    counts = write_candidate(
        path,
        stage_files(places, sources),
        reference=REFERENCE_FOLDER,
        published=live(places.warehouse),
        run_id=context.run.run_id,
        built_at=now(),
        rejects=[note_row(note) for note in seen.notes],
    )
    yield dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(path),
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
        return told(done)
    if not path.exists():
        raise dg.Failure(f"There is no candidate {path}: materialise warehouse_candidate in the same run.")
    waiting = [quality_rows(*kept) for kept in recorded_runs(places.quality, recorded(path))]
    if waiting:
        record_rows(path, pl.concat(waiting))
    published = publish(path, places.warehouse, context.run.run_id, keep=kept_versions())
    keep_overtaken([])
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


def what_is_current(ledger: Ledger, seen: Snapshot) -> tuple[list[str], list[str]]:
    """The sources to publish, all that the run saw, and those of them whose stage files are of another state of the landing zone.

    One that came in behind the run's start, and has no files yet, is left to the next. Half-made, deleted, damaged or older stage
    files are never published as current; their source is run again.
    """
    stale = [
        source
        for source, fingerprint in sorted(seen.sources.items())
        if not ledger.is_new(source) and not ledger.is_current(source, fingerprint)
    ]
    for source in stale:
        ledger.begin("raw", [source])
    return [source for source in sorted(seen.sources) if not ledger.is_new(source)], stale


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


def note_row(note: Note) -> tuple[str, ...]:
    """What a person should know of the landing zone, as a row of rejects."""
    return ("candidate", UNFILED, note.path, document_id(UNFILED, note.path), note.reason, note.detail, note.remedy)


def stage_files(places: Locations, sources: list[str]) -> dict[str, list[Path]]:
    """Table -> the Parquet files of all present sources; `rejects` from every stage."""
    files: dict[str, list[Path]] = {}
    for assets in STAGE_TABLES.values():
        for asset, table in assets.items():
            own = [places.stages / asset / f"{source}.parquet" for source in sources]
            files.setdefault(table, []).extend(file for file in own if file.exists())
    return files
