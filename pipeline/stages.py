"""The stages of a report's way, each a function of values: what the assets call.

A file that cannot be taken gives a `Reject` with its reason instead of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple, TypeVar

from pipeline.cleaning import CleaningKnowledge, clean
from pipeline.commitments import CommitmentKnowledge, extract_commitments
from pipeline.comparing import Comparing, complete_facts
from pipeline.decoding import Refusal
from pipeline.facts import FactKnowledge, read_facts, to_read, unread_tables
from pipeline.identity import (
    StableIds,
    identified_commitments,
    identified_evidence,
    identified_facts,
    identified_links,
    identified_mentions,
    identified_rankings,
)
from pipeline.ids import document_id
from pipeline.mentions import MentionKnowledge, extract_mentions
from pipeline.metadata import MetadataKnowledge, read_metadata
from pipeline.offsets import OffsetMap
from pipeline.places import PlaceIndex
from pipeline.quotes import mentions_shown_by_original, shown_by_original
from pipeline.rankings import RankingKnowledge, extract_rankings, placed
from pipeline.readers import Reading, read
from pipeline.readers.layouts import pack, unpack
from pipeline.records import (
    Block,
    CleaningStep,
    Commitment,
    CommitmentFact,
    Document,
    DocumentEvidence,
    Fact,
    FactEvidence,
    Mention,
    Ranking,
    RawReport,
    Reject,
    Section,
    Sentence,
    TableCell,
    Text,
)
from pipeline.report_parts import report_parts
from pipeline.sections import OutlineKnowledge, outline
from pipeline.tables import Tables
from pipeline.tabular import Table

T = TypeVar("T")
LONGEST_DETAIL = 500


class Knowledge(NamedTuple):
    """All language knowledge, compiled once from the reference tables."""

    cleaning: CleaningKnowledge
    places: PlaceIndex
    metadata: MetadataKnowledge
    outline: OutlineKnowledge
    facts: FactKnowledge
    comparing: Comparing
    rankings: RankingKnowledge
    commitments: CommitmentKnowledge
    mentions: MentionKnowledge

    @classmethod
    def from_tables(cls, tables: Tables) -> Knowledge:
        """Compile the tables of seeds/reference and seeds/language."""
        places = PlaceIndex.from_tables(tables)
        return cls(
            CleaningKnowledge.from_tables(tables),
            places,
            MetadataKnowledge.from_tables(tables),
            OutlineKnowledge.from_tables(tables),
            FactKnowledge.from_tables(tables, places),
            Comparing.from_tables(tables),
            RankingKnowledge.from_tables(tables),
            CommitmentKnowledge.from_tables(tables),
            MentionKnowledge.from_tables(tables, places),
        )


class CleanReport(NamedTuple):
    """A cleaned report with its metadata."""

    document: Document
    text: Text
    steps: list[CleaningStep]
    evidence: list[DocumentEvidence]
    blocks: list[Block]
    table_cells: list[TableCell]


class Extraction(NamedTuple):
    """What a report states."""

    facts: list[Fact]
    fact_evidence: list[FactEvidence]
    rankings: list[Ranking]
    commitments: list[Commitment]
    commitment_facts: list[CommitmentFact]
    mentions: list[Mention]
    fact_rejects: list[Reject]


def read_report(
    source: str, path: str, data: bytes, reader: Callable[[bytes], Reading | Refusal] = read
) -> RawReport | Reject:
    """Read a file of the landing zone. `reader` may be one that reads in a process apart."""
    document = document_id(source, path)
    reading = reader(data)
    if isinstance(reading, Refusal):
        return Reject("raw", source, path, document, reading.reason, reading.detail, reading.remedy)
    return RawReport(
        document_id=document,
        source=source,
        path=path,
        size_bytes=len(data),
        content_sha256=sha256(data).hexdigest(),
        media_type=reading.media_type,
        encoding=reading.encoding,
        encoding_basis=reading.encoding_basis,
        reader=reading.reader,
        reader_version=reading.reader_version,
        raw_text=reading.text,
        layout=pack(reading),
    )


def clean_report(raw: RawReport, manifest: Mapping[str, str] | None, knowledge: Knowledge) -> CleanReport | Reject:
    """Clean a report's text and read its metadata."""
    layout = unpack(raw.layout)
    cleaned = clean(raw.raw_text, knowledge.cleaning, layout.furniture())
    if isinstance(cleaned, Refusal):
        return Reject("clean", raw.source, raw.path, raw.document_id, cleaned.reason, cleaned.detail, cleaned.remedy)
    metadata = read_metadata(
        raw.source,
        raw.path,
        cleaned.page_text,
        cleaned.clean_text,
        manifest,
        knowledge.metadata,
        knowledge.places,
        layout.stated,
    )
    document = Document(
        document_id=raw.document_id,
        source=raw.source,
        path=raw.path,
        title=metadata.title,
        issuer=metadata.issuer,
        issuer_place=metadata.issuer_place,
        place_code=metadata.place_code,
        doc_type=metadata.doc_type,
        period_label=metadata.period_label,
        period_start=metadata.period_start,
        period_end=metadata.period_end,
        period_basis=metadata.period_basis,
        published_on=metadata.published_on,
        index_no=metadata.index_no,
        doc_no=metadata.doc_no,
        url=metadata.url,
        content_sha256=raw.content_sha256,
        encoding=raw.encoding,
        media_type=raw.media_type,
        reader=raw.reader,
        reader_version=raw.reader_version,
        script=cleaned.script,
        raw_chars=len(raw.raw_text),
        clean_chars=len(cleaned.clean_text),
        noise_share=round(cleaned.noise_share, 6),
        near_duplicate_of=None,
    )
    clean_offsets, raw_offsets = cleaned.offset_map
    return CleanReport(
        document,
        Text(raw.document_id, raw.raw_text, cleaned.clean_text, clean_offsets, raw_offsets),
        [CleaningStep(raw.document_id, *step) for step in cleaned.steps],
        [DocumentEvidence(raw.document_id, *evidence) for evidence in metadata.evidence],
        [Block(raw.document_id, ordinal, *part) for ordinal, part in enumerate(layout.parts, start=1)],
        [TableCell(raw.document_id, *cell) for cell in layout.cells],
    )


def outline_report(text: Text, knowledge: Knowledge) -> tuple[list[Section], list[Sentence]]:
    """The heading tree and the sentences of a cleaned report."""
    result = outline(text.document_id, text.clean_text, offset_map(text), knowledge.outline)
    return result.sections, result.sentences


def extract_report(
    document: Document, text: Text, sections: list[Section], sentences: list[Sentence], knowledge: Knowledge
) -> Extraction:
    """Everything a cleaned, outlined report states."""
    offsets = offset_map(text)
    context = (document, text.clean_text, offsets, sections, sentences)
    original = (text.clean_text, text.raw_text, offsets)
    parts = report_parts(document, text.clean_text, sections, sentences, knowledge.facts.parts)
    facts, evidence = read_facts(*context, knowledge.facts, parts)
    commitments, commitment_facts = extract_commitments(*context, facts, knowledge.commitments, parts)
    rankings = placed(
        extract_rankings(*context, facts, knowledge.rankings),
        document,
        knowledge.places,
        # A rank has no unit of its own; like that of a change, its indicator may be measured in any.
        lambda subject: knowledge.facts.indicators.code_of(subject, "%", "delta", document.issuer_place),
        knowledge.rankings,
    )
    facts, compared = complete_facts(facts, text.clean_text, sentences, knowledge.comparing, knowledge.facts.indicators)
    mentions = mentions_shown_by_original(extract_mentions(*context, knowledge.mentions), text.raw_text)
    ids = StableIds(sentences)
    return Extraction(
        identified_facts(shown_by_original(facts, *original), ids),
        identified_evidence([*evidence, *compared], ids),
        identified_rankings(shown_by_original(rankings, *original), ids),
        identified_commitments(shown_by_original(commitments, *original), ids),
        list(identified_links(commitment_facts, ids)),
        identified_mentions(mentions, ids),
        _unread(document, unread_tables(text.clean_text, knowledge.facts.tables)),
    )


def facts_of_report(
    document: Document,
    text: Text,
    sections: list[Section],
    sentences: list[Sentence],
    knowledge: Knowledge,
    raw_span: tuple[int, int] | None = None,
) -> list[Fact]:
    """The facts that `extract_report` finds, those in `raw_span` of the original where one is given, without what else a report states: for
    measuring the extractor on passages of whole reports. Only what these facts may lean on is read.
    """
    offsets = offset_map(text)
    parts = report_parts(document, text.clean_text, sections, sentences, knowledge.facts.parts)
    only = to_read(text.clean_text, sentences, *offsets.clean_span(*raw_span)) if raw_span else None
    facts, _ = read_facts(document, text.clean_text, offsets, sections, sentences, knowledge.facts, parts, only)
    facts, _ = complete_facts(facts, text.clean_text, sentences, knowledge.comparing, knowledge.facts.indicators)
    shown = identified_facts(shown_by_original(facts, text.clean_text, text.raw_text, offsets), StableIds(sentences))
    return [fact for fact in shown if raw_span is None or raw_span[0] <= fact.raw_start < raw_span[1]]


def _unread(document: Document, tables: list[Table]) -> list[Reject]:
    """One row for the tables of a document whose heads do not say what their numbers are."""
    if not tables:
        return []
    heads = "; ".join(" | ".join(cell.text for cell in table.heads) for table in tables)
    return [
        Reject(
            "facts",
            document.source,
            document.path,
            document.document_id,
            "table_not_read",
            f"{len(tables)} with the heads {heads}"[:LONGEST_DETAIL],
            "The rest of the report is read. Put the table as sentences, or as rows under a head with the names of its columns.",
        )
    ]


def offset_map(text: Text) -> OffsetMap:
    """The map of a stored text."""
    return OffsetMap(list(text.clean_offsets), list(text.raw_offsets))


def attempt(stage: str, source: str, path: str, action: Callable[[], T]) -> T | Reject:
    """The action's result, or a `Reject` in the place of an unforeseen exception: one report never stops the others.

    >>> attempt("facts", "s", "a.txt", lambda: 1 // 0).reason
    'internal_error'
    """
    try:
        return action()
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:500]
        remedy = "This is a defect of the program. Report it with this file; the file is taken again once it is mended."
        return Reject(stage, source, path, document_id(source, path), "internal_error", detail, remedy)
