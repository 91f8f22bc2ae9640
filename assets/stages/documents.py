"""What each stage makes of some documents: the tables of earlier stages in, its own tables out, with what quarantine takes out in the rejects.

Reading is done by processes beside a run. A document that fails is rejected, and the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import polars as pl

from assets.stages.knowledge import knowledge
from assets.stages.stage_tables import STAGE_TABLES
from pipeline.duplicates import signature
from pipeline.records import Document, RawReport, Reject, Section, Sentence, Text, TextSignature
from pipeline.stages import CleanReport, attempt, clean_report, extract_report, outline_report
from warehouse.contract import Stage
from warehouse.quarantine import admit, fitted

Tables = Mapping[str, pl.DataFrame]
"""Name -> rows: of what is read by table, of what is made by asset."""
Rows = dict[str, list[Any]]
"""Asset -> records."""


def clean_documents(read: Tables, manifest: Mapping[str, dict[str, str]]) -> Tables:
    """Reports cleaned, with the signatures of their texts; `manifest` has rows by path."""
    rows = no_rows("clean")
    for raw in map(RawReport._make, read["raw_reports"].iter_rows()):
        found = cleaned(raw, manifest.get(raw.path))
        if isinstance(found, Reject):
            rows["clean_rejects"].append(found)
            continue
        report, of_text = found
        rows["clean_reports"].append(report.document)
        rows["texts"].append(report.text)
        rows["cleaning_steps"] += report.steps
        rows["document_evidence"] += report.evidence
        rows["blocks"] += report.blocks
        rows["table_cells"] += report.table_cells
        rows["text_signatures"].append(of_text)
    return stage_frames("clean", rows, read)


def cleaned(report: RawReport, row: dict[str, str] | None) -> tuple[CleanReport, TextSignature] | Reject:
    """A report cleaned, with the signature of its text."""

    def work() -> tuple[CleanReport, TextSignature] | Reject:
        found = clean_report(report, row, knowledge())
        if isinstance(found, Reject):
            return found
        return found, TextSignature(report.document_id, signature(found.text.clean_text))

    return attempt("clean", report.source, report.path, work)


def outline_documents(read: Tables) -> Tables:
    """The sections and sentences of cleaned reports."""
    rows = no_rows("sections")
    text_of = {text.document_id: text for text in map(Text._make, read["texts"].iter_rows())}
    for document in map(Document._make, read["documents"].iter_rows()):
        work = partial(outline_report, text_of[document.document_id], knowledge())
        found = attempt("sections", document.source, document.path, work)
        if isinstance(found, Reject):
            rows["section_rejects"].append(found)
            continue
        sections, sentences = found
        rows["sections"] += sections
        rows["sentences"] += sentences
    return stage_frames("sections", rows, read)


def extract_documents(read: Tables) -> Tables:
    """What cleaned, outlined reports state."""
    rows = no_rows("facts")
    text_of = {text.document_id: text for text in map(Text._make, read["texts"].iter_rows())}
    sections_of: dict[str, list[Section]] = defaultdict(list)
    for section in map(Section._make, read["sections"].iter_rows()):
        sections_of[section.document_id].append(section)
    sentences_of: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in map(Sentence._make, read["sentences"].iter_rows()):
        sentences_of[sentence.document_id].append(sentence)
    for document in map(Document._make, read["documents"].iter_rows()):
        own = document.document_id
        work = partial(extract_report, document, text_of[own], sections_of[own], sentences_of[own], knowledge())
        found = attempt("facts", document.source, document.path, work)
        if isinstance(found, Reject):
            rows["fact_rejects"].append(found)
            continue
        for asset, records in found._asdict().items():
            rows[asset] += records
    return stage_frames("facts", rows, read)


def stage_frames(stage: Stage, rows: Mapping[str, Iterable[Any]], read: Tables) -> Tables:
    """Asset -> records of the pipeline, as frames that keep their contracts; what does not is in the rejects.

    `read` are the tables of earlier stages about the same documents.
    """
    tables = STAGE_TABLES[stage]
    found = fitted(stage, {table: rows[asset] for asset, table in tables.items()}, read)
    return {asset: found[table] for asset, table in tables.items()}


def admitted(stage: Stage, made: Tables, read: Tables) -> Tables:
    """Asset -> rows of a stage without what breaks its promises, which is in the rejects."""
    tables = STAGE_TABLES[stage]
    kept = admit(stage, {table: made[asset] for asset, table in tables.items()}, read)
    return {asset: kept[table] for asset, table in tables.items()}


def no_rows(stage: Stage) -> Rows:
    """No record in any of the stage's assets."""
    return {asset: [] for asset in STAGE_TABLES[stage]}


def only_rejected(stage: Stage, reject: Reject, read: Tables) -> Tables:
    """What a stage makes of a document that it rejects."""
    rows = no_rows(stage)
    rows[next(asset for asset, table in STAGE_TABLES[stage].items() if table == "rejects")] = [reject]
    return stage_frames(stage, rows, read)
