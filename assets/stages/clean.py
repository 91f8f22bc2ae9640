"""The clean stage: metadata from the page box, noise removed, Simplified script; every edit is recorded."""

from collections.abc import Iterator

import dagster as dg

from assets.landing import read_manifest
from assets.locations import locations
from assets.stages.documents import Tables, clean_documents
from assets.stages.frames import StoredFrames
from assets.stages.incremental import Made, Scope, outputs, run_stage, scope_of
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.snapshots import snapshot
from assets.stages.tables import table_dependencies, table_outs


@dg.multi_asset(
    outs=table_outs("clean"),
    internal_asset_deps=table_dependencies("clean", ["raw_reports"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def clean(context: dg.AssetExecutionContext, raw_reports: StoredFrames) -> Iterator[dg.Output[StoredFrames]]:
    """Clean each report and read what it says of itself."""
    yield from outputs("clean", clean_reports(scope_of(context), raw_reports))


def clean_reports(scope: Scope, raw_reports: StoredFrames) -> Made:
    """The clean stage over some sources, with the manifest as the run saw it when it began."""
    seen = snapshot(scope.run_id)
    manifest = seen.manifest if seen else read_manifest(locations().landing).rows

    def rows_of(read: Tables) -> tuple[dict[str, dict[str, str]]]:
        return ({path: manifest[path] for path in read["raw_reports"]["path"] if path in manifest},)

    return run_stage(scope, "clean", {"raw_reports": raw_reports}, clean_documents, rows_of)
