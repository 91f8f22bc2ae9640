"""The facts stage: figures, rankings, commitments and mentions, each with its characters."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import polars as pl

from assets.publication.candidates import begin_candidate
from assets.stages.charts import bar_chart
from assets.stages.frames import Frames
from assets.stages.incremental import Rows, run_stage
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import MOST_SOURCES, table_dependencies, table_outs
from assets.stages.telling import Telling
from assets.stages.workers import Job, each, extracted
from pipeline.records import Document, Reject, Section, Sentence, Text


@dg.multi_asset(
    outs=table_outs("facts"),
    internal_asset_deps=table_dependencies("facts", ["clean_reports", "texts", "sections", "sentences"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def extraction(
    context: dg.AssetExecutionContext, clean_reports: Frames, texts: Frames, sections: Frames, sentences: Frames
) -> Iterator[dg.Output[Frames]]:
    """Read what each report states."""

    def work(read: Mapping[str, pl.DataFrame], telling: Telling) -> Rows:
        text_of = {text.document_id: text for text in map(Text._make, read["texts"].iter_rows())}
        sections_of: dict[str, list[Section]] = defaultdict(list)
        for section in map(Section._make, read["sections"].iter_rows()):
            sections_of[section.document_id].append(section)
        sentences_of: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in map(Sentence._make, read["sentences"].iter_rows()):
            sentences_of[sentence.document_id].append(sentence)
        jobs = []
        for document in map(Document._make, read["documents"].iter_rows()):
            own = document.document_id
            arguments = (document, text_of[own], sections_of[own], sentences_of[own])
            jobs.append(Job(document.source, document.path, document.clean_chars * 4, arguments))
        rows: Rows = {asset: [] for asset in STAGE_TABLES["facts"]}
        for result in telling(each("facts", extracted, jobs)):
            if isinstance(result, Reject):
                rows["fact_rejects"].append(result)
                continue
            for asset, records in result._asdict().items():
                rows[asset] += records
        return rows

    inputs = {"documents": clean_reports, "texts": texts, "sections": sections, "sentences": sentences}
    yield from run_stage(
        context, "facts", inputs, work, more=lambda frames: {"facts": {"chart": chart(frames["facts"])}}
    )
    begin_candidate(context.run.run_id)


def chart(facts: Frames) -> dg.MetadataValue[Any]:
    """A bar chart of the facts by source and status, of the sources with most facts: Dagster keeps it with each source's event."""
    most = sorted(facts, key=lambda source: -facts[source].height)[:MOST_SOURCES]
    shown = {source: rows for source, rows in facts.items() if source in most}
    title = "facts by source and status" + (f", {len(most)} of {len(facts)} sources" if len(most) < len(facts) else "")
    return dg.MetadataValue.md(bar_chart(title, facts_by_status(shown)))


def facts_by_status(facts: Frames) -> dict[str, dict[str, int]]:
    """Status -> source -> number of facts."""
    counts = {source: Counter(own["status"]) for source, own in facts.items()}
    return {
        status: {source: count[status] for source, count in counts.items()}
        for status in ("actual", "target", "baseline")
    }
