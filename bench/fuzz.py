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
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar
from unittest import mock

import duckdb
import polars as pl

from assets.landing import read_zone
from assets.locations import PROJECT
from assets.stages import documents as stage_documents
from assets.stages.documents import Tables, clean_documents, extract_documents, outline_documents
from assets.stages.knowledge import knowledge
from assets.stages.raw import read_sources
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.telling import Telling
from pipeline.duplicates import signature
from pipeline.records import Reject
from pipeline.stages import attempt
from tests.formats.fuzz import files as damaged_files
from warehouse.contract import Stage
from warehouse.quality import promises, required_tables
from warehouse.quality.judging import register_probes

T = TypeVar("T")
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
    signature("一")  # loads what it needs, which the first file would pay for
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
    """What becomes of a source of these files; `spent` takes each document's seconds a kilobyte behind its reading."""
    for name, data in batch:
        file = folder / "fuzz" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    zone = read_zone(folder)
    told: Counter[str] = Counter(files=len(batch))
    documents = zone.documents("fuzz")
    (frames,) = read_sources(zone, {"fuzz": documents}, Telling(logging.getLogger(), 0), documents.keys(), None)
    kilobytes = {row["path"]: max(row["size_bytes"], 1000) / 1000 for row in frames["raw_reports"].to_dicts()}
    seconds: Counter[str] = Counter()
    tables: dict[str, pl.DataFrame] = {}
    rejects = []
    for stage in STAGE_TABLES:
        if stage != "raw":
            with mock.patch.object(stage_documents, "attempt", partial(timed, seconds)):
                frames = WORK[stage](tables)
        tables |= {STAGE_TABLES[stage][asset]: frame for asset, frame in frames.items()}
        rejects.append(tables["rejects"])
        told.update(f"blocked by {name}" for name in blocking(stage, tables))
        told.update(tables["rejects"]["reason"])
    spent += [seconds[path] / size for path, size in kilobytes.items()]
    named = {path for frame in rejects for path in frame["path"]} | set(tables["documents"]["path"])
    told["lost"] = sum(item.path not in named for item in zone.items("fuzz"))
    told.update(documents=tables["documents"].height, facts=tables["facts"].height)
    return +told


WORK: dict[Stage, Callable[[dict[str, pl.DataFrame]], Tables]] = {
    "clean": lambda read: clean_documents(read, {}),
    "sections": outline_documents,
    "facts": extract_documents,
}


def timed(seconds: Counter[str], stage: Stage, source: str, path: str, action: Callable[[], T]) -> T | Reject:
    """`attempt`, with its CPU seconds added to those of the document."""
    begun = time.process_time()
    found = attempt(stage, source, path, action)
    seconds[path] += time.process_time() - begun  # type: ignore[assignment]
    return found


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
