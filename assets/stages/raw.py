"""The raw stage: every file of a source, read whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from assets.landing import fingerprint, read_manifest, sources, total_size
from assets.locations import locations
from assets.stages.code_version import code_version
from assets.stages.parquet import Frames
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.tables import STAGE_TABLES, stage_frames, table_outputs, table_outs
from pipeline.ids import document_id
from pipeline.records import RawReport, Reject, Source
from pipeline.stages import attempt, read_report


@dg.multi_asset(outs=table_outs("raw"), partitions_def=source_partitions, backfill_policy=ONE_RUN)
def raw(context: dg.AssetExecutionContext) -> Iterator[dg.Output[Frames]]:
    """Read each file of the landing zone; what cannot be read is rejected with its reason."""
    landing = locations().landing
    files = sources(landing)
    manifest = read_manifest(landing)
    frames: dict[str, Frames] = {asset: {} for asset in STAGE_TABLES["raw"]}
    for source in context.partition_keys:
        own = files.get(source, [])
        row = Source(source, len(own), total_size(own), fingerprint(landing, own, manifest, code_version()))
        results = [read_file(source, landing, file) for file in own]
        reports = [result for result in results if isinstance(result, RawReport)]
        rejects = [result for result in results if isinstance(result, Reject)]
        rows: dict[str, list[Any]] = {"sources": [row], "raw_reports": reports, "raw_rejects": rejects}
        for asset, frame in stage_frames("raw", rows, {}).items():
            frames[asset][source] = frame
        context.log.info(f"{source}: {len(reports)} reports, {len(rejects)} rejected")
    yield from table_outputs("raw", frames)


def read_file(source: str, landing: Path, file: Path) -> RawReport | Reject:
    """One file, or why it could not be read."""
    path = file.relative_to(landing).as_posix()
    try:
        data = file.read_bytes()
    except OSError as error:
        remedy = "Make the file readable for the user that runs the pipeline; it is taken at the next run."
        detail = error.strerror or str(error)
        return Reject("raw", source, path, document_id(source, path), "unreadable_file", detail, remedy)
    return attempt("raw", source, path, lambda: read_report(source, path, data))
