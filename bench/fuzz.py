"""Mutated files of all kinds through all stages: `python -m bench.fuzz --files 10000`.

Texts are made from the samples by cutting, repeating, mixing, changing bytes and writing numbers of any length; one file in five is of
another format, damaged (tests/formats/fuzz.py). A batch of them is a source: it lies in a landing zone, is read, cleaned, outlined and
extracted by the functions that a run calls, and admitted by quarantine. No exception may pass, every file must be a document or have a
reject, and no blocking promise may be broken. The slowest file is told in seconds a kilobyte, beside the middle one.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import duckdb
import polars as pl

from assets.landing import read_zone
from assets.locations import PROJECT
from assets.stages.knowledge import knowledge
from assets.stages.raw import read_source
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import stage_frames
from assets.stages.telling import Telling
from assets.stages.workers import cleaned, extracted, outlined
from pipeline.records import RawReport, Reject, Section, Sentence
from tests.formats.fuzz import files as damaged_files
from warehouse.contract import Stage
from warehouse.quality import promises, required_tables
from warehouse.quality.judging import register_probes

BATCH = 50
OTHER_FORMATS = 5
"""One file in so many is of another format than text."""
ODD = (
    "9" * 40,
    "&#50;&#48;",
    "\ud83d",
    "\x00",
    "﷽" * 50,
    "\u202e",
    "１" * 25,
    "-5.2%",
    "(" * 200,
    "一、" * 100,
    "亿" * 30,
    "<b>" * 50,
)


def main() -> int:
    """Exit status 0: nothing passed the stages, nothing is lost, nothing would block."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0 for all files")
    chosen = parser.parse_args()
    os.environ["ZHENGBAO_SETTLE_SECONDS"] = "0"
    started, counted, spent = time.monotonic(), Counter[str](), list[float]()
    made = mutants(chosen.files, chosen.seed)
    knowledge()
    while batch := [one for _, one in zip(range(BATCH), made, strict=False)]:
        with tempfile.TemporaryDirectory() as folder:
            counted += through(Path(folder), batch, spent)
        if chosen.seconds and time.monotonic() - started > chosen.seconds:
            break
    told = {
        **counted,
        "seconds a kilobyte": {"middle": median(spent), "slowest": max(spent)},
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told, ensure_ascii=False))
    return 1 if any(name in ("internal_error", "lost") or name.startswith("blocked") for name in counted) else 0


def mutants(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many names and contents, the same for the same seed."""
    dice = random.Random(seed)
    samples = [file.read_bytes() for file in sorted((PROJECT / "seeds" / "reports").rglob("*.txt"))]
    others = damaged_files(count // OTHER_FORMATS, seed)
    for number in range(count):
        if number % OTHER_FORMATS == OTHER_FORMATS - 1:
            name, data = next(others)
            yield f"{number:06}.{name.rpartition('.')[2]}", data
        else:
            yield f"{number:06}.txt", mutated(dice, samples)


def mutated(dice: random.Random, samples: list[bytes]) -> bytes:
    """A sample with a few changes."""
    data = dice.choice(samples)
    for _ in range(dice.randrange(1, 5)):
        at = dice.randrange(len(data) + 1)
        what = dice.randrange(6)
        if what == 0:
            data = data[:at]
        elif what == 1:
            data = data[:at] + dice.choice(ODD).encode("utf-8", "surrogatepass") + data[at:]
        elif what == 2:
            data = data[:at] + dice.randbytes(dice.randrange(1, 40)) + data[at:]
        elif what == 3:
            other = dice.choice(samples)
            data = data[:at] + other[dice.randrange(len(other) + 1) :]
        elif what == 4:
            data = data[:at] + data[at : at + 200] * dice.randrange(1, 30) + data[at:]
        else:
            data = data.decode("utf-8", "replace").encode(dice.choice(["gb18030", "utf-16", "utf-8-sig"]), "replace")
    return data


def through(folder: Path, batch: list[tuple[str, bytes]], spent: list[float]) -> Counter[str]:
    """What becomes of a source of these files; `spent` takes each file's seconds a kilobyte behind its reading."""
    for name, data in batch:
        file = folder / "fuzz" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    zone = read_zone(folder)
    told: Counter[str] = Counter(files=len(batch))
    rows = {asset: list[tuple]() for assets in STAGE_TABLES.values() for asset in assets}
    rows |= read_source(zone, "fuzz", Telling(logging.getLogger(), 0), zone.documents("fuzz").keys(), None)
    for report in rows["raw_reports"]:
        begun = time.process_time()
        take(report, rows)
        spent.append((time.process_time() - begun) * 1000 / max(len(report.raw_text.encode("utf-8", "replace")), 1000))
    frames: dict[str, pl.DataFrame] = {}
    rejects = []
    for stage in STAGE_TABLES:
        made = stage_frames(stage, {asset: rows[asset] for asset in STAGE_TABLES[stage]}, frames)
        frames |= {STAGE_TABLES[stage][asset]: frame for asset, frame in made.items()}
        rejects.append(frames["rejects"])
        told.update(f"blocked by {name}" for name in blocking(stage, frames))
        told.update(frames["rejects"]["reason"])
        gone = set(frames["rejects"]["document_id"])  # as a later stage would find it
        rows = {a: [r for r in own if getattr(r, "document_id", None) not in gone] for a, own in rows.items()}
    named = {path for frame in rejects for path in frame["path"]} | set(frames["documents"]["path"])
    told["lost"] = sum(item.path not in named for item in zone.items("fuzz"))
    told.update(documents=frames["documents"].height, facts=frames["facts"].height)
    return +told


def take(report: RawReport, rows: dict[str, list]) -> None:
    """One report through the stages behind the reading, as the assets do it."""
    found = cleaned(report, None)
    if isinstance(found, Reject):
        rows["clean_rejects"].append(found)
        return
    clean, signature = found
    document, text = clean.document, clean.text
    rows["clean_reports"].append(document)
    rows["texts"].append(text)
    rows["text_signatures"].append(signature)
    for asset, own in (("cleaning_steps", clean.steps), ("document_evidence", clean.evidence)):
        rows[asset] += own
    rows["blocks"] += clean.blocks
    rows["table_cells"] += clean.table_cells
    parts: tuple[list[Section], list[Sentence]] | Reject = outlined(document, text)
    if isinstance(parts, Reject):
        rows["section_rejects"].append(parts)
        parts = [], []
    rows["sections"] += parts[0]
    rows["sentences"] += parts[1]
    said = extracted(document, text, *parts)
    if isinstance(said, Reject):
        rows["fact_rejects"].append(said)
        return
    for asset, own in said._asdict().items():
        rows[asset] += own


def blocking(stage: Stage, frames: dict[str, pl.DataFrame]) -> list[str]:
    """The blocking promises of a stage that its frames break."""
    with duckdb.connect() as connection:
        for table in required_tables(stage):
            connection.register(table, frames[table].to_arrow())
        register_probes(connection, stage, audit=True)
        judged = [promise for promise in promises(stage) if promise.blocking and promise.audit]
        return [promise.name for promise in judged if connection.execute(str(promise.audit)).fetchone()]


if __name__ == "__main__":
    sys.exit(main())
