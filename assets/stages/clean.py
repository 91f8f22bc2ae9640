"""The clean stage: metadata from the page box, noise removed, Simplified script; every edit is recorded."""

from collections.abc import Iterator, Mapping

import dagster as dg
import polars as pl

from assets.landing import read_manifest
from assets.locations import locations
from assets.stages.frames import Frames
from assets.stages.incremental import Rows, run_stage
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.snapshots import snapshot
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import table_dependencies, table_outs
from assets.stages.telling import Telling
from assets.stages.workers import Job, cleaned, each
from pipeline.records import RawReport, Reject


@dg.multi_asset(
    outs=table_outs("clean"),
    internal_asset_deps=table_dependencies("clean", ["raw_reports"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def clean(context: dg.AssetExecutionContext, raw_reports: Frames) -> Iterator[dg.Output[Frames]]:
    """Clean each report and read what it says of itself."""
    seen = snapshot(context.run.run_id)
    manifest = seen.manifest if seen else read_manifest(locations().landing).rows

    def work(read: Mapping[str, pl.DataFrame], telling: Telling) -> Rows:
        reports = map(RawReport._make, read["raw_reports"].iter_rows())
        jobs = [Job(r.source, r.path, len(r.raw_text), (r, manifest.get(r.path))) for r in reports]
        rows: Rows = {asset: [] for asset in STAGE_TABLES["clean"]}
        for result in telling(each("clean", cleaned, jobs)):
            if isinstance(result, Reject):
                rows["clean_rejects"].append(result)
                continue
            report, signature = result
            rows["clean_reports"].append(report.document)
            rows["texts"].append(report.text)
            rows["cleaning_steps"] += report.steps
            rows["document_evidence"] += report.evidence
            rows["blocks"] += report.blocks
            rows["table_cells"] += report.table_cells
            rows["text_signatures"].append(signature)
        return rows

    yield from run_stage(context, "clean", {"raw_reports": raw_reports}, work)
