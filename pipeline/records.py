"""The rows that the stages make, one class a warehouse table.

Each class has exactly the columns of the contract of the same table (warehouse/contracts); a test
compares them. All `*_start` and `*_end` are Python `str` indices, end exclusive: `clean_*` into
`Text.clean_text`, `raw_*` into `Text.raw_text`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Source(NamedTuple):
    """A publishing body's folder as a run found it (来源)."""

    source: str
    files: int
    size_bytes: int
    fingerprint: str


class RawReport(NamedTuple):
    """A file of the landing zone that could be read as text (原始报告). `layout` is what `pipeline.readers.layouts` packs."""

    document_id: str
    source: str
    path: str
    size_bytes: int
    content_sha256: str
    media_type: str
    encoding: str
    encoding_basis: str
    reader: str
    reader_version: str
    raw_text: str
    layout: str


class Reject(NamedTuple):
    """A file, document or row that a stage could not accept, with what to do about it (退回)."""

    stage: str
    source: str
    path: str
    document_id: str
    reason: str
    detail: str
    remedy: str


class Document(NamedTuple):
    """What a report says of itself (文档元数据). Absent is None, never an empty string."""

    document_id: str
    source: str
    path: str
    title: str | None
    issuer: str | None
    issuer_place: str | None
    place_code: str | None
    doc_type: str | None
    period_label: str | None
    period_start: date | None
    period_end: date | None
    period_basis: str | None
    published_on: date | None
    index_no: str | None
    doc_no: str | None
    url: str | None
    content_sha256: str
    encoding: str
    media_type: str
    reader: str
    reader_version: str
    script: str
    raw_chars: int
    clean_chars: int
    noise_share: float
    near_duplicate_of: str | None


class DocumentEvidence(NamedTuple):
    """Why a metadata field has its value: one row for each reading of a field (元数据依据)."""

    document_id: str
    field: str
    value: str
    basis: str
    quote: str | None


class Text(NamedTuple):
    """Original and cleaned text, and the map between them (原文与净文).

    Clean index c in segment k (the last k with clean_offsets[k] <= c) comes from raw index
    raw_offsets[k] + c - clean_offsets[k]; see pipeline.offsets.
    """

    document_id: str
    raw_text: str
    clean_text: str
    clean_offsets: list[int]
    raw_offsets: list[int]


class Block(NamedTuple):
    """A part of a file's text, and where in the file it stands (文块): see `readers.Part`. Plain text has none."""

    document_id: str
    ordinal: int
    kind: str
    level: int | None
    page: int | None
    place: str
    box: str | None
    raw_start: int
    raw_end: int


class TableCell(NamedTuple):
    """A cell of a table with the heads that say what it is of (单元格): see `readers.Cell`."""

    document_id: str
    table_no: int
    row_no: int
    column_no: int
    row_head: str | None
    column_head: str | None
    unit: str | None
    text: str
    stored: str | None
    place: str
    raw_start: int
    raw_end: int


class TextSignature(NamedTuple):
    """The MinHash signature of a cleaned text, by which near duplicates are found (文本指纹)."""

    document_id: str
    signature: list[int]


class CleaningStep(NamedTuple):
    """One edit of one cleaning step, in places of the original text (清洗记录)."""

    document_id: str
    step: str
    raw_start: int
    raw_end: int
    removed: str
    inserted: str


class Section(NamedTuple):
    """A heading and what stands under it (章节).

    The span covers the whole subtree, so that a child's span lies within its parent's; `text` is
    the section's own part, clean_text[clean_start:own_end], up to its first child.
    """

    section_id: str
    document_id: str
    parent_section_id: str | None
    ordinal: int
    level: int
    marker: str
    heading: str
    path: str
    numbering_note: str | None
    clean_start: int
    clean_end: int
    own_end: int
    raw_start: int
    raw_end: int
    text: str


class Sentence(NamedTuple):
    """A sentence of a section, `。！？；`-terminated or a line of its own (句子)."""

    sentence_id: str
    section_id: str
    document_id: str
    ordinal: int
    clean_start: int
    clean_end: int
    text: str


class Fact(NamedTuple):
    """A quantity the report states: what, how much, where, when, planned or achieved (数量事实)."""

    fact_id: str
    document_id: str
    section_id: str
    sentence_id: str
    indicator: str
    indicator_code: str | None
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: str
    kind: str
    status: str
    place: str | None
    place_code: str | None
    period: str | None
    period_start: date | None
    period_end: date | None
    part_of_fact_id: str | None
    quote: str
    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int
    rule: str
    indicator_key: str = ""
    measure: str = "level"
    direction: str | None = None
    basis: str | None = None
    aggregation: str | None = None
    price_basis: str | None = None
    value_base: Decimal | None = None
    unit_base: str | None = None


class FactEvidence(NamedTuple):
    """What decided a field of a fact: the rule, the words it went by, and the row of a reference table (事实依据).

    `words` are clean_text[clean_start:clean_end]; a field at its default has no row.
    """

    fact_id: str
    document_id: str
    field: str
    rule: str
    words: str
    clean_start: int
    clean_end: int
    source_table: str | None
    source_row: str | None


class Ranking(NamedTuple):
    """A statement of rank: 居全省首位, 全国唯一 (位次)."""

    ranking_id: str
    document_id: str
    section_id: str
    sentence_id: str
    subject: str
    scope: str
    rank: int
    comparator: str
    quote: str
    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int
    rule: str
    indicator_code: str | None = None
    place: str | None = None
    place_code: str | None = None


class Commitment(NamedTuple):
    """A task that the report takes on (任务承诺)."""

    commitment_id: str
    document_id: str
    section_id: str
    sentence_id: str
    verb: str
    object: str
    deadline: str | None
    deadline_on: date | None
    responsible_unit: str | None
    hardness: str
    status: str
    quote: str
    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int
    rule: str


class CommitmentFact(NamedTuple):
    """A target fact that quantifies a commitment (任务指标)."""

    commitment_id: str
    fact_id: str
    document_id: str


class Mention(NamedTuple):
    """A policy 《》, programme “”, organisation or place that the text names (提及)."""

    mention_id: str
    document_id: str
    section_id: str
    kind: str
    text: str
    canonical_code: str | None
    issuer: str | None
    number: str | None
    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int
