"""The labelled reports that are there, and what the pipeline finds in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from assets.landing import read_manifest
from assets.locations import PROJECT
from pipeline.evaluation import (
    GoldDocument,
    GoldSet,
    Passage,
    Predicted,
    parse_gold,
    parse_passages,
    present,
    real_gold,
    within,
)
from pipeline.ids import document_id
from pipeline.language.periods import parse_label
from pipeline.offsets import identity
from pipeline.records import Document, Fact, Reject, Text
from pipeline.stages import Knowledge, clean_report, extract_report, facts_of_report, outline_report, read_report

GOLD = PROJECT / "seeds" / "gold"
REAL = GOLD / "real"
SHARED_GOLD = PROJECT.parent / "shared" / "gold"
CORPUS = PROJECT.parent / "shared" / "corpus"
HALVES = ("dev", "held_out")
BARE = "_bare"
REAL_SPLITS = frozenset(f"real_{half}{suffix}" for half in HALVES for suffix in ("", BARE))
"""Splits that are there only where the reports are."""


class Split(NamedTuple):
    """Labelled texts by the name of the gold document, and how to find what the pipeline reads in them.

    `shown` says whether its misses may be looked at while rules are written.
    """

    name: str
    gold: GoldSet
    texts: Mapping[str, str]
    predicted: Callable[[], dict[str, Predicted]]
    shown: bool


def splits(language: Callable[[], Knowledge]) -> Iterator[Split]:
    """Passages of real reports, with and without their rows of the manifest, then the texts written for this project."""
    yield from real_splits(language)
    folders = {folder.name: (folder, folder) for folder in sorted(GOLD.iterdir()) if folder.is_dir() and folder != REAL}
    if (SHARED_GOLD / "facts.jsonl").is_file():
        folders["shared"] = (SHARED_GOLD, SHARED_GOLD / "clean")
    for name, (labels, texts_folder) in folders.items():
        gold, texts = read_gold(labels, texts_folder)
        yield Split(name, gold, texts, partial(_predict_all, gold, texts, language), shown=name != "held_out")


def real_splits(language: Callable[[], Knowledge], corpus: Path = CORPUS, labels: Path = REAL) -> Iterator[Split]:
    """real_dev and real_held_out, and the same reports read as if they had no manifest; none where the reports are not."""
    passages = parse_passages((labels / "passages.jsonl").read_text(encoding="utf-8"))
    files = {
        passage.document: (corpus / passage.document).read_bytes()
        for passage in passages
        if (corpus / passage.document).is_file()
    }
    manifest = read_manifest(corpus).rows
    for half in HALVES:
        file = labels / f"{half}.jsonl"
        chosen = [passage for passage in present(passages, files) if passage.half == half]
        if not chosen or not file.is_file():
            continue
        documents = {passage.document: files[passage.document] for passage in chosen}
        decoded = {document: content.decode() for document, content in documents.items()}
        gold, texts = real_gold(chosen, file.read_text(encoding="utf-8"), decoded)
        for suffix, rows in (("", manifest), (BARE, {})):
            predicted = partial(_read_passages, chosen, documents, rows, language)
            yield Split(f"real_{half}{suffix}", gold, texts, predicted, shown=half == "dev")


def read_passage(
    passage: Passage, content: bytes, manifest: Mapping[str, str] | None, language: Knowledge
) -> list[Fact]:
    """The facts of a passage of a file that goes the whole way, as a run would find them; none of one that is rejected."""
    raw = read_report(passage.document.split("/")[0], passage.document, content)
    if isinstance(raw, Reject):
        return []
    report = clean_report(raw, manifest, language)
    if isinstance(report, Reject):
        return []
    outlined = outline_report(report.text, language)
    span = (passage.offset, passage.offset + passage.length)
    return within(passage, facts_of_report(report.document, report.text, *outlined, language, span))


def read_gold(labels: Path, texts: Path) -> tuple[GoldSet, dict[str, str]]:
    """The labels of a folder and the texts they are about."""
    gold = parse_gold(
        *((labels / f"{name}.jsonl").read_text(encoding="utf-8") for name in ("documents", "facts", "rankings"))
    )
    return gold, {document.doc: (texts / document.doc).read_text(encoding="utf-8") for document in gold.documents}


def predict(gold: GoldDocument, text: str, language: Knowledge) -> Predicted:
    """What the extractor finds in a clean text whose metadata is known."""
    document = labelled_document(gold, text, language)
    stored = Text(document.document_id, text, text, *identity())
    extraction = extract_report(document, stored, *outline_report(stored, language), language)
    return Predicted(extraction.facts, extraction.rankings)


def labelled_document(gold: GoldDocument, text: str, language: Knowledge) -> Document:
    """A document row with the labelled metadata."""
    place = language.places.resolve(gold.issuer_place) if gold.issuer_place else None
    fields: dict[str, Any] = dict.fromkeys(Document._fields)
    fields |= {name: value for name, value in gold._asdict().items() if name in fields}
    fields |= {"document_id": document_id("gold", gold.doc), "source": "gold", "path": gold.doc}
    fields |= {"place_code": place.adcode if place else None, "clean_chars": len(text), "raw_chars": len(text)}
    if period := parse_label(gold.period_label or ""):
        # The parts of a report are told by its days.
        fields |= {"period_start": period.start, "period_end": period.end}
    return Document(**fields)


def _predict_all(gold: GoldSet, texts: Mapping[str, str], language: Callable[[], Knowledge]) -> dict[str, Predicted]:
    return {document.doc: predict(document, texts[document.doc], language()) for document in gold.documents}


def _read_passages(
    passages: Sequence[Passage],
    documents: Mapping[str, bytes],
    manifest: Mapping[str, Mapping[str, str]],
    language: Callable[[], Knowledge],
) -> dict[str, Predicted]:
    return {
        passage.passage: Predicted(
            read_passage(passage, documents[passage.document], manifest.get(passage.document), language())
        )
        for passage in passages
    }
