"""A landing zone of many formats beside the same texts as plain text: reading and the stages after it, in one process.

    python -m bench.mixed_zone [FILES] [ROUNDS]

HTML, DOCX, PDF and OFD in equal parts, no DOC. Both zones go through the stages that a run has for each file, the readers in their
child process as in a run; the time is the wall's, since one waits for the other. Asked for is at most 1.5 times the time of the plain texts.
"""

from __future__ import annotations

import sys
import time
from itertools import cycle, islice

from assets.reading import read_content
from assets.stages.reference_tables import read_tables
from pipeline.records import Reject
from pipeline.stages import Knowledge, clean_report, extract_report, outline_report, read_report
from tests.formats.formats import FORMATS

MIXED = [name for name in FORMATS if name != "txt"]


def through(files: list[tuple[str, bytes]], knowledge: Knowledge) -> int:
    """All stages for every file, one stage after the other as in a run; the number of facts."""
    facts = 0
    read = [read_report("source", f"source/{at}.{name}", data, read_content) for at, (name, data) in enumerate(files)]
    for raw in read:
        assert not isinstance(raw, Reject), raw
        report = clean_report(raw, None, knowledge)
        assert not isinstance(report, Reject), report
        sections, sentences = outline_report(report.text, knowledge)
        facts += len(extract_report(report.document, report.text, sections, sentences, knowledge).facts)
    return facts


def main() -> None:
    """Print both times and their ratio."""
    count, rounds = (int(argument) for argument in (sys.argv[1:] + ["300", "3"][len(sys.argv) - 1 :]))
    made = {name: write() for name, write in FORMATS.items()}
    zones = {
        "plain text": [("txt", made["txt"])] * count,
        "mixed": list(islice(cycle((name, made[name]) for name in MIXED), count)),
    }
    knowledge = Knowledge.from_tables(read_tables())
    best: dict[str, float] = {}
    for files in zones.values():
        through(files[:8], knowledge)  # loads tables and libraries
    for _ in range(rounds):
        for zone, files in zones.items():
            start = time.perf_counter()
            facts = through(files, knowledge)
            best[zone] = min(best.get(zone, 1e9), time.perf_counter() - start)
            print(f"{zone:<12}{facts:>8} facts {time.perf_counter() - start:8.2f} s", flush=True)
    print(f"mixed : plain text = {best['mixed'] / best['plain text']:.2f}; asked for: at most 1.5")


if __name__ == "__main__":
    main()
