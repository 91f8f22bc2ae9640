"""The facts stage: figures, rankings, commitments and mentions, each with its characters."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

import dagster as dg

from assets.stages.charts import bar_chart
from assets.stages.knowledge import knowledge
from assets.stages.parquet import Frames
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.tables import STAGE_TABLES, table_dependencies, table_outputs, table_outs
from pipeline.records import Document, Reject, Section, Sentence, Text
from pipeline.stages import attempt, extract_report


@dg.multi_asset(
    outs=table_outs("facts"),
    internal_asset_deps=table_dependencies("facts", ["clean_reports", "texts", "sections", "sentences"]),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
)
def extraction(
    context: dg.AssetExecutionContext, clean_reports: Frames, texts: Frames, sections: Frames, sentences: Frames
) -> Iterator[dg.Output[Frames]]:
    """Read what each report states."""
    rows: dict[str, dict[str, list[Any]]] = {asset: {} for asset in STAGE_TABLES["facts"]}
    for source, frame in texts.items():
        for by_source in rows.values():
            by_source[source] = []
        sections_of: dict[str, list[Section]] = defaultdict(list)
        for section in map(Section._make, sections[source].iter_rows()):
            sections_of[section.document_id].append(section)
        sentences_of: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in map(Sentence._make, sentences[source].iter_rows()):
            sentences_of[sentence.document_id].append(sentence)
        documents = map(Document._make, clean_reports[source].iter_rows())
        for document, text in zip(documents, map(Text._make, frame.iter_rows()), strict=True):
            parts = (sections_of[document.document_id], sentences_of[document.document_id])
            result = attempt(
                "facts", source, document.path, partial(extract_report, document, text, *parts, knowledge())
            )
            if isinstance(result, Reject):
                rows["fact_rejects"][source].append(result)
                continue
            for asset, records in result._asdict().items():
                rows[asset][source] += records
        context.log.info(f"{source}: {len(rows['facts'][source])} facts")
    chart = bar_chart("facts by source and status", facts_by_status(rows["facts"]))
    yield from table_outputs("facts", rows, {"facts": {"chart": dg.MetadataValue.md(chart)}})


def facts_by_status(facts: dict[str, list[Any]]) -> dict[str, dict[str, int]]:
    """Status -> source -> number of facts."""
    counts = {source: Counter(fact.status for fact in own) for source, own in facts.items()}
    return {
        status: {source: count[status] for source, count in counts.items()}
        for status in ("actual", "target", "baseline")
    }
