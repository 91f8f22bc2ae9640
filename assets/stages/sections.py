"""The sections stage: the heading tree and the sentences, with offsets."""

from collections.abc import Iterator, Mapping

import dagster as dg
import polars as pl

from assets.stages.frames import Frames
from assets.stages.incremental import Rows, run_stage
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import table_dependencies, table_outs
from assets.stages.telling import Telling
from assets.stages.workers import Job, each, outlined
from pipeline.records import Document, Reject, Text


@dg.multi_asset(
    outs=table_outs("sections"),
    internal_asset_deps=table_dependencies("sections", ["clean_reports", "texts"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def outline(context: dg.AssetExecutionContext, clean_reports: Frames, texts: Frames) -> Iterator[dg.Output[Frames]]:
    """Find the headings and sentences of each report."""

    def work(read: Mapping[str, pl.DataFrame], telling: Telling) -> Rows:
        text_of = {text.document_id: text for text in map(Text._make, read["texts"].iter_rows())}
        documents = map(Document._make, read["documents"].iter_rows())
        jobs = [Job(d.source, d.path, d.clean_chars // 4, (d, text_of[d.document_id])) for d in documents]
        rows: Rows = {asset: [] for asset in STAGE_TABLES["sections"]}
        for result in telling(each("sections", outlined, jobs)):
            if isinstance(result, Reject):
                rows["section_rejects"].append(result)
                continue
            sections, sentences = result
            rows["sections"] += sections
            rows["sentences"] += sentences
        return rows

    yield from run_stage(context, "sections", {"documents": clean_reports, "texts": texts}, work)
