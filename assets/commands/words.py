"""`python -m assets.commands.words [TOPIC]`: which rows of the word tables earn their place (make words)."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

from assets.locations import PROJECT
from assets.quality.gold_sets import CORPUS, GOLD, REAL, predict, read_gold
from assets.stages.knowledge import knowledge
from assets.stages.reference_tables import LANGUAGE_FOLDER, read_tables
from pipeline.evaluation import GoldDocument
from pipeline.evaluation.witnesses import Witness, idle, twice, witnesses
from pipeline.stages import Knowledge

CASES = PROJECT / "tests" / "cases"
SHOWN = 40


def main() -> int:
    """Print the report; always 0, since a row may wait for its text."""
    parser = argparse.ArgumentParser(
        prog="words", description="Say which rows of seeds/language earn their place (词表报告)."
    )
    parser.add_argument("topic", nargs="?", help="a folder of seeds/language; without it all are shown")
    parser.add_argument(
        "--without",
        action="store_true",
        help="leave out each witnessed row in turn and say which change nothing (minutes)",
    )
    arguments = parser.parse_args()
    console = Console()
    texts = {name: text for name, (_, text) in labelled().items()} | cases()
    reports = {str(path): path.read_text(encoding="utf-8", errors="ignore") for path in sorted(CORPUS.rglob("*.txt"))}
    for folder in sorted(path.parent for path in LANGUAGE_FOLDER.glob("*/contract.yaml")):
        if arguments.topic in (None, folder.name):
            report(console, folder, texts, reports, without=arguments.without)
    return 0


def labelled() -> dict[str, tuple[GoldDocument, str]]:
    """The labelled documents that the project holds, by split and name, with their texts."""
    found: dict[str, tuple[GoldDocument, str]] = {}
    for folder in sorted(GOLD.iterdir()):
        if folder.is_dir() and folder != REAL:
            gold, texts = read_gold(folder, folder)
            found |= {f"{folder.name}/{document.doc}": (document, texts[document.doc]) for document in gold.documents}
    return found


def cases() -> dict[str, str]:
    """The cases of the tests, by file and number."""
    return {
        f"{path.parent.name}/{path.stem}/{number}": json.dumps(case, ensure_ascii=False)
        for path in sorted(CASES.rglob("*.json"))
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
    }


def report(console: Console, folder: Path, texts: dict[str, str], reports: dict[str, str], *, without: bool) -> None:
    """One topic: per kind how many rows no text holds, only one does, and which words contradict."""
    contract = yaml.safe_load((folder / "contract.yaml").read_text(encoding="utf-8"))
    rows = [(row[contract["kind_column"]], row[contract["key"]]) for row in read_tables()[folder.name]]
    seen, real = witnesses(rows, texts), witnesses(rows, reports)
    table = Table(title=folder.name)
    for column in ("kind", "rows", "in no labelled text", "and in no report", "in one report only"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    counts = {
        "rows": Counter(kind for kind, _ in rows),
        "unlabelled": Counter(row.kind for row in seen if not row.texts),
        "unseen": Counter(row.kind for row, other in zip(seen, real, strict=True) if not row.texts and not other.texts),
        "single": Counter(
            row.kind for row, other in zip(seen, real, strict=True) if not row.texts and len(other.texts) == 1
        ),
    }
    for kind in contract["kinds"]:
        table.add_row(kind, *(str(count[kind]) for count in counts.values()))
    console.print(table)
    duplicates, contradictions = twice(rows)
    console.print(f"duplicates: {', '.join(f'{kind}/{word}' for kind, word in duplicates) or 'none'}")
    if contract["exclusive"]:
        told = [f"{word} ({', '.join(kinds)})" for word, kinds in contradictions]
        console.print(f"contradictions: {'、'.join(told) or 'none'}")
    if without:
        rest = idle([row for row in seen if row.texts], _reader(folder.name, contract))
        console.print(
            f"removal changes no labelled fact ({len(rest)}): {'、'.join(row.word for row in rest[:SHOWN])}{' …' if len(rest) > SHOWN else ''}"
        )


def _reader(topic: str, contract: Mapping[str, Any]) -> Callable[[Witness | None, str], object]:
    tables = read_tables()
    whole = knowledge()
    gold = labelled()
    cached: dict[Witness, Knowledge] = {}

    def read(left_out: Witness | None, name: str) -> object:
        if name not in gold:
            return None
        if left_out is not None and left_out not in cached:
            cached.clear()
            kind, key = contract["kind_column"], contract["key"]
            kept = [row for row in tables[topic] if (row[kind], row[key]) != (left_out.kind, left_out.word)]
            cached[left_out] = Knowledge.from_tables(tables | {topic: kept})
        return predict(*gold[name], whole if left_out is None else cached[left_out])

    return read


if __name__ == "__main__":
    raise SystemExit(main())
