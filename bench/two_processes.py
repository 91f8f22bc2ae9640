"""Text to facts by two processes beside one: `python -m bench.two_processes [--megabytes 6] [--repeat 3]`.

The pool of the stages (clean, outline, facts; a pass each, as in a run) on the same reports, in turn with one process and with two, the start of the
processes apart. Prints the ratio of the medians of the clock, which means little on a busy machine, and the ratio that CPU times allow: all
CPU seconds of one process over those of the busiest of three (the one that hands out, and two that read).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from assets.landing import read_zone
from assets.stages import workers
from assets.stages.workers import Job, cleaned, each, extracted, outlined
from bench.corpora import make_landing
from bench.throughput import reports_of
from pipeline.records import RawReport, Reject

TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=6)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_landing(Path(folder), int(asked.megabytes * 1e6), 5)
        assert read_zone(Path(folder)).sources
        reports = reports_of(Path(folder))
    clocks: dict[int, list[float]] = {1: [], 2: []}
    busiest: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(asked.repeat):
        for count in (1, 2):
            os.environ[workers.WORKERS_VARIABLE] = str(count)
            text_to_facts(reports[:40] if count == 1 else reports)  # starts the processes, and loads the language
            used = cpu()
            begun = time.perf_counter()
            text_to_facts(reports)
            clocks[count].append(time.perf_counter() - begun)
            busiest[count].append(max(after - used.get(process, 0) for process, after in cpu().items()))
            workers.beside.stop()
    size = sum(len(report.raw_text.encode()) for report in reports) / 1e6
    print(
        f"{len(reports)} reports, {size:.1f} MB, load {os.getloadavg()[0]:.0f}: clock {median(clocks[1]):.1f} s and"
        f" {median(clocks[2]):.1f} s, {median(clocks[1]) / median(clocks[2]):.2f} x; by CPU times"
        f" {median(busiest[1]):.1f} s and {median(busiest[2]):.1f} s, {median(busiest[1]) / median(busiest[2]):.2f} x"
    )


def text_to_facts(reports: list[RawReport]) -> None:
    """The three stages, one after the other, each over all reports."""

    def jobs(arguments: list[tuple]) -> list[Job]:
        return [Job("s", "p", 100_000, own) for own in arguments]

    clean = [
        found for found in each("clean", cleaned, jobs([(r, None) for r in reports])) if not isinstance(found, Reject)
    ]
    texts = [(report.document, report.text) for report, _ in clean]
    outlines = list(each("sections", outlined, jobs(texts)))
    whole = [
        (*text, *outline) for text, outline in zip(texts, outlines, strict=True) if not isinstance(outline, Reject)
    ]
    list(each("facts", extracted, jobs(whole)))


def cpu() -> dict[int, float]:
    """CPU seconds of this process and of those of the pool."""
    return {process: seconds(process) for process in (os.getpid(), *workers.beside.numbers)}


def seconds(process: int) -> float:
    """User and system time of a process (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
