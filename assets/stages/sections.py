"""The sections stage: the heading tree and the sentences, with offsets."""

from collections.abc import Iterator

import dagster as dg

from assets.stages.documents import outline_documents
from assets.stages.frames import StoredFrames
from assets.stages.incremental import outputs, run_stage, scope_of
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.tables import table_dependencies, table_outs


@dg.multi_asset(
    outs=table_outs("sections"),
    internal_asset_deps=table_dependencies("sections", ["clean_reports", "texts"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def outline(
    context: dg.AssetExecutionContext, clean_reports: StoredFrames, texts: StoredFrames
) -> Iterator[dg.Output[StoredFrames]]:
    """Find the headings and sentences of each report."""
    inputs = {"documents": clean_reports, "texts": texts}
    yield from outputs("sections", run_stage(scope_of(context), "sections", inputs, outline_documents))
