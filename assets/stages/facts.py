"""The facts stage: figures, rankings, commitments and mentions, each with its characters."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.publication.candidates import begin_candidate
from assets.stages.charts import bar_chart
from assets.stages.documents import extract_documents
from assets.stages.frames import StoredFrames
from assets.stages.incremental import outputs, run_stage, scope_of
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.tables import MOST_SOURCES, table_dependencies, table_outs


@dg.multi_asset(
    outs=table_outs("facts"),
    internal_asset_deps=table_dependencies("facts", ["clean_reports", "texts", "sections", "sentences"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def extraction(
    context: dg.AssetExecutionContext,
    clean_reports: StoredFrames,
    texts: StoredFrames,
    sections: StoredFrames,
    sentences: StoredFrames,
) -> Iterator[dg.Output[StoredFrames]]:
    """Read what each report states."""
    inputs = {"documents": clean_reports, "texts": texts, "sections": sections, "sentences": sentences}
    made = run_stage(scope_of(context), "facts", inputs, extract_documents)
    yield from outputs("facts", made, {"facts": {"chart": chart(made.aside.frames("facts"))}})
    begin_candidate(context.run.run_id)


def chart(facts: StoredFrames) -> dg.MetadataValue[Any]:
    """A bar chart of the facts by source and status, of the sources with most facts: Dagster keeps it with each source's event."""
    by_status = {source: Counter(facts.column(source, "status")) for source in facts}
    most = sorted(by_status, key=lambda source: -by_status[source].total())[:MOST_SOURCES]
    title = "facts by source and status" + (f", {len(most)} of {len(facts)} sources" if len(most) < len(facts) else "")
    counts = {
        status: {source: count[status] for source, count in by_status.items() if source in most}
        for status in ("actual", "target", "baseline")
    }
    return dg.MetadataValue.md(bar_chart(title, counts))
