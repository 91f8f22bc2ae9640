"""Extraction quality: the extractor measured on labelled reports, as an asset with a trend and a gate."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from assets.locations import PROJECT
from assets.stages.code_version import code_version
from assets.stages.knowledge import knowledge
from assets.stages.tables import OWNERS, inert
from pipeline.evaluation import (
    Evaluation,
    Floors,
    GoldDocument,
    GoldSet,
    Predicted,
    evaluate,
    gate,
    parse_floors,
    parse_gold,
)
from pipeline.ids import document_id
from pipeline.offsets import identity
from pipeline.records import Document, Text
from pipeline.stages import Knowledge, extract_report, outline_report

GOLD = PROJECT / "seeds" / "gold"
SHARED_GOLD = PROJECT.parent / "shared" / "gold"
FLOORS = GOLD / "floors.yaml"
SHOWN_MISSES = 30


def gold_splits() -> dict[str, tuple[GoldSet, dict[str, str]]]:
    """Split -> (labels, clean texts by name): the project's own, and those of ../shared where it is."""
    folders = {folder.name: (folder, folder) for folder in sorted(GOLD.iterdir()) if folder.is_dir()}
    if (SHARED_GOLD / "facts.jsonl").is_file():
        folders["shared"] = (SHARED_GOLD, SHARED_GOLD / "clean")
    return {split: read_gold(labels, texts) for split, (labels, texts) in folders.items()}


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
    return Document(**fields)


def measure() -> dict[str, Evaluation]:
    """Every split's evaluation."""
    language = knowledge()
    return {
        split: evaluate(
            texts, gold, {document.doc: predict(document, texts[document.doc], language) for document in gold.documents}
        )
        for split, (gold, texts) in gold_splits().items()
    }


def read_floors() -> Floors:
    """The floors that the measures must keep."""
    return parse_floors(FLOORS.read_text(encoding="utf-8"))


@dg.asset(
    group_name="quality",
    kinds={"python"},
    owners=OWNERS,
    code_version=code_version(),
    description="The extractor measured on labelled reports: precision, recall, F1 and the share right of each field (抽取质量).",
    check_specs=[
        dg.AssetCheckSpec(
            "measures_keep_their_floors",
            asset="extraction_quality",
            description="No measure of the extractor is below its floor in seeds/gold/floors.yaml. 抽取各项指标不低于门槛。",
            blocking=True,
        )
    ],
)
def extraction_quality() -> Iterator[dg.MaterializeResult[None]]:
    """Measure, and hold the measures against their floors."""
    evaluations = measure()
    measures = {split: evaluation.measures for split, evaluation in evaluations.items()}
    shortfalls = gate(read_floors(), measures)
    yield dg.MaterializeResult(
        metadata={
            **{
                f"{split}/{name}": round(value, 4) for split, named in measures.items() for name, value in named.items()
            },
            "by phenomenon": dg.MetadataValue.md(phenomena_table(evaluations)),
            "misses": dg.MetadataValue.md(misses_table(evaluations)),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name="measures_keep_their_floors",
                passed=not shortfalls,
                metadata={
                    "failing_count": len(shortfalls),
                    "what to do": "See the misses of this asset; mend the table or rule that changed last.",
                    **{f"{fall.split}/{fall.measure}": f"{fall.value} is below {fall.floor}" for fall in shortfalls},
                },
            )
        ],
    )


def phenomena_table(evaluations: dict[str, Evaluation]) -> str:
    """Shares by phenomenon as a Markdown table."""
    lines = ["| split | phenomenon | rows | detected | strict |", "| --- | --- | ---: | ---: | ---: |"]
    lines += [
        f"| {split} | {inert(name, 40)} | {score.rows} | {score.detected:.3f} | {score.strict:.3f} |"
        for split, evaluation in evaluations.items()
        for name, score in evaluation.phenomena.items()
    ]
    return "\n".join(lines)


def misses_table(evaluations: dict[str, Evaluation]) -> str:
    """Some disagreements as a Markdown table; the held-out set's are counted only, so that nobody tunes to them."""
    lines = ["| document | problem | quote | expected | found |", "|" + " --- |" * 5]
    shown = [miss for split, evaluation in evaluations.items() if split != "held_out" for miss in evaluation.misses]
    lines += ["| " + " | ".join(inert(value, 60) for value in miss) + " |" for miss in shown[:SHOWN_MISSES]]
    return "\n".join(lines) + f"\n\n{len(shown)} in all, the held-out documents' not shown."
