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
from assets.stages.tables import STAGE_TABLES, stage_frames, table_dependencies, table_outputs, table_outs
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
    frames: dict[str, Frames] = {asset: {} for asset in STAGE_TABLES["facts"]}
    for source, frame in texts.items():
        rows: dict[str, list[Any]] = {asset: [] for asset in STAGE_TABLES["facts"]}
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
                rows["fact_rejects"].append(result)
                continue
            for asset, records in result._asdict().items():
                rows[asset] += records
        read = {
            "documents": clean_reports[source],
            "texts": frame,
            "sections": sections[source],
            "sentences": sentences[source],
        }
        for asset, admitted in stage_frames("facts", rows, read).items():
            frames[asset][source] = admitted
        context.log.info(f"{source}: {len(rows['facts'])} facts")
    chart = bar_chart("facts by source and status", facts_by_status(frames["facts"]))
    yield from table_outputs("facts", frames, {"facts": {"chart": dg.MetadataValue.md(chart)}})


def facts_by_status(facts: Frames) -> dict[str, dict[str, int]]:
    """Status -> source -> number of facts."""
    counts = {source: Counter(own["status"]) for source, own in facts.items()}
    return {
        status: {source: count[status] for source, count in counts.items()}
        for status in ("actual", "target", "baseline")
    }
