"""Text to facts by two processes beside one: `python -m bench.two_processes [--megabytes 6] [--repeat 3]`.

The pool of the stages (clean, outline, facts; a pass each, as in a run) on the same reports, in turn with one process and with two, the start of the
processes apart. Prints the ratio of the medians of the clock, which means little on a busy machine, and the ratio that CPU times allow: all
CPU seconds of one process over those of the busiest of three (the one that hands out, and two that read).
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from assets.landing import read_zone
from assets.stages import workers
from assets.stages.documents import Tables, admitted, clean_documents, extract_documents, outline_documents
from assets.stages.raw import read_sources
from assets.stages.telling import Telling
from assets.stages.workers import Work, as_one, begun, gathered, parts_of
from bench.corpora import make_landing
from warehouse.contract import Stage

TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=6)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make_landing(Path(folder), int(asked.megabytes * 1e6), 5)
        zone = read_zone(Path(folder))
        batch = {source: zone.documents(source) for source in zone.sources}
        fresh = {document for own in batch.values() for document in own}
        (raw,) = read_sources(zone, batch, Telling(logging.getLogger(), 0), fresh, None)
        reports = {"raw_reports": raw["raw_reports"]}
    clocks: dict[int, list[float]] = {1: [], 2: []}
    busiest: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(asked.repeat):
        for count in (1, 2):
            os.environ[workers.WORKERS_VARIABLE] = str(count)
            text_to_facts(
                reports if count > 1 else {"raw_reports": reports["raw_reports"].head(10)}
            )  # starts the processes, and loads the language
            used = cpu()
            started = time.perf_counter()
            text_to_facts(reports)
            clocks[count].append(time.perf_counter() - started)
            busiest[count].append(max(after - used.get(process, 0) for process, after in cpu().items()))
            workers.beside.stop()
    size = reports["raw_reports"]["size_bytes"].sum() / 1e6
    print(
        f"{reports['raw_reports'].height} reports, {size:.1f} MB, load {os.getloadavg()[0]:.0f}: clock {median(clocks[1]):.1f} s and"
        f" {median(clocks[2]):.1f} s, {median(clocks[1]) / median(clocks[2]):.2f} x; by CPU times"
        f" {median(busiest[1]):.1f} s and {median(busiest[2]):.1f} s, {median(busiest[1]) / median(busiest[2]):.2f} x"
    )


def text_to_facts(reports: Tables) -> None:
    """The three stages with their quarantine, one after the other, each over all reports."""
    clean = made("clean", clean_documents, reports, lambda _: ({},))
    tables = {"documents": clean["clean_reports"], "texts": clean["texts"]}
    tables |= made("sections", outline_documents, tables)
    del tables["section_rejects"]
    made("facts", extract_documents, tables)


def made(
    stage: Stage, work: Work, read: Tables, arguments: Callable[[Tables], tuple[Any, ...]] = lambda _: ()
) -> dict[str, pl.DataFrame]:
    """The tables of a stage."""
    parts = begun(stage, work, parts_of(read, arguments))
    return dict(as_one([admitted(stage, tables, of) for tables, of in gathered(parts)]))


def cpu() -> dict[int, float]:
    """CPU seconds of this process and of those of the pool."""
    return {process: seconds(process) for process in (os.getpid(), *workers.beside.numbers)}


def seconds(process: int) -> float:
    """User and system time of a process (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
