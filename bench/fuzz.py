"""Mutated files through all stages: `python -m bench.fuzz --files 10000`; no exception may pass the stages, and no row may be lost.

Files are made from the samples by cutting, repeating, mixing, changing bytes and writing numbers of any length; each goes through
decoding, cleaning, outlining, extraction and quarantine as in a run.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from typing import Any

import polars as pl

from assets.locations import PROJECT
from assets.stages.knowledge import knowledge
from pipeline.records import Reject
from pipeline.stages import attempt, clean_report, extract_report, outline_report, read_report
from warehouse.quarantine import admit

BATCH = 10
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
    """Exit status 0: nothing passed the stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0 for all files")
    chosen = parser.parse_args()
    dice, started = random.Random(chosen.seed), time.monotonic()
    samples = [file.read_bytes() for file in sorted((PROJECT / "seeds" / "reports").rglob("*.txt"))]
    counted: Counter[str] = Counter()
    slowest = (0.0, 0)
    for first in range(0, chosen.files, BATCH):
        if chosen.seconds and time.monotonic() - started > chosen.seconds:
            break
        for number in range(first, min(first + BATCH, chosen.files)):
            data, begun = mutated(dice, samples), time.process_time()
            counted += through(f"fuzz/{number}.txt", data)
            slowest = max(slowest, ((time.process_time() - begun) / max(len(data), 2000), number))
            counted["files"] += 1
    counted["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**counted, "slowest_seconds_a_byte": slowest[0], "slowest_file": slowest[1]}))
    return 1 if counted["internal_error"] or counted["lost"] else 0


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


def through(path: str, data: bytes) -> Counter[str]:
    """What becomes of a file; `internal_error` and `lost` must not."""
    raw = attempt("raw", "fuzz", path, lambda: read_report("fuzz", path, data))
    if isinstance(raw, Reject):
        return rejected([raw])
    report = attempt("clean", "fuzz", path, lambda: clean_report(raw, None, knowledge()))
    if isinstance(report, Reject):
        return rejected([report])
    document, text = report.document, report.text
    outlined = attempt("sections", "fuzz", path, lambda: outline_report(text, knowledge()))
    if isinstance(outlined, Reject):
        return rejected([outlined])
    found = attempt("facts", "fuzz", path, lambda: extract_report(document, text, *outlined, knowledge()))
    if isinstance(found, Reject):
        return rejected([found])
    read: dict[str, pl.DataFrame] = admit(
        "clean",
        {
            "documents": [document],
            "texts": [text],
            "cleaning_steps": report.steps,
            "document_evidence": report.evidence,
            "rejects": [],
        },
        admit("raw", {"raw_reports": [raw], "rejects": []}, {}),
    )
    records: dict[str, Any] = {**found._asdict(), "rejects": []}
    sections = admit("sections", {"sections": outlined[0], "sentences": outlined[1], "rejects": []}, read)
    facts = admit("facts", records, {**read, **sections})
    told = Counter({"documents": 1, "facts": facts["facts"].height})
    told.update(reason for frame in (read, sections, facts) for reason in frame["rejects"]["reason"])
    if facts["facts"].height + facts["rejects"].height < len({fact.fact_id for fact in found.facts}):
        told["lost"] += 1
    return told


def rejected(rejects: list[Reject]) -> Counter[str]:
    """Rejects by reason."""
    return Counter(reject.reason for reject in rejects)


if __name__ == "__main__":
    sys.exit(main())
