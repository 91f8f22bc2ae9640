"""The clean stage: metadata from the page box, noise removed, Simplified script; every edit is recorded."""

from collections.abc import Iterator
from functools import partial

import dagster as dg

from assets.landing import read_manifest
from assets.locations import locations
from assets.stages.knowledge import knowledge
from assets.stages.parquet import Frames
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.tables import STAGE_TABLES, stage_frames, table_dependencies, table_outputs, table_outs
from pipeline.duplicates import signature
from pipeline.records import RawReport, Reject, TextSignature
from pipeline.stages import attempt, clean_report


@dg.multi_asset(
    outs=table_outs("clean"),
    internal_asset_deps=table_dependencies("clean", ["raw_reports"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
)
def clean(context: dg.AssetExecutionContext, raw_reports: Frames) -> Iterator[dg.Output[Frames]]:
    """Clean each report and read what it says of itself."""
    manifest = read_manifest(locations().landing)
    frames: dict[str, Frames] = {asset: {} for asset in STAGE_TABLES["clean"]}
    for source, frame in raw_reports.items():
        rows: dict[str, list[object]] = {asset: [] for asset in STAGE_TABLES["clean"]}
        for report in map(RawReport._make, frame.iter_rows()):
            row = manifest.get(report.path)
            result = attempt("clean", source, report.path, partial(clean_report, report, row, knowledge()))
            if isinstance(result, Reject):
                rows["clean_rejects"].append(result)
                continue
            rows["clean_reports"].append(result.document)
            rows["texts"].append(result.text)
            rows["cleaning_steps"] += result.steps
            rows["document_evidence"] += result.evidence
            rows["text_signatures"].append(TextSignature(report.document_id, signature(result.text.clean_text)))
        for asset, admitted in stage_frames("clean", rows, {"raw_reports": frame}).items():
            frames[asset][source] = admitted
        context.log.info(f"{source}: {len(rows['clean_reports'])} documents, {len(rows['clean_rejects'])} rejected")
    yield from table_outputs("clean", frames)
