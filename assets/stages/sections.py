"""The sections stage: the heading tree and the sentences, with offsets."""

from collections.abc import Iterator
from functools import partial

import dagster as dg

from assets.stages.knowledge import knowledge
from assets.stages.parquet import Frames
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.tables import STAGE_TABLES, stage_frames, table_dependencies, table_outputs, table_outs
from pipeline.records import Document, Reject, Text
from pipeline.stages import attempt, outline_report


@dg.multi_asset(
    outs=table_outs("sections"),
    internal_asset_deps=table_dependencies("sections", ["clean_reports", "texts"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
)
def outline(context: dg.AssetExecutionContext, clean_reports: Frames, texts: Frames) -> Iterator[dg.Output[Frames]]:
    """Find the headings and sentences of each report."""
    frames: dict[str, Frames] = {asset: {} for asset in STAGE_TABLES["sections"]}
    for source, frame in texts.items():
        rows: dict[str, list[object]] = {asset: [] for asset in STAGE_TABLES["sections"]}
        documents = map(Document._make, clean_reports[source].iter_rows())
        for document, text in zip(documents, map(Text._make, frame.iter_rows()), strict=True):
            result = attempt("sections", source, document.path, partial(outline_report, text, knowledge()))
            if isinstance(result, Reject):
                rows["section_rejects"].append(result)
                continue
            sections, sentences = result
            rows["sections"] += sections
            rows["sentences"] += sentences
        read = {"documents": clean_reports[source], "texts": frame}
        for asset, admitted in stage_frames("sections", rows, read).items():
            frames[asset][source] = admitted
        context.log.info(f"{source}: {len(rows['sections'])} sections, {len(rows['sentences'])} sentences")
    yield from table_outputs("sections", frames)
