"""Files to a published warehouse, this build beside an earlier one in turn on the same landing zones (端到端).

    python -m bench.end_to_end [--megabytes 1 10] [--sources 31] [--repeat 3] [--against 53110ef] [--json FILE]

Prints medians of wall seconds and of the peak memory of the largest process, and the ratio earlier / this one. Also one
changed report, ten scattered changed sources, and nothing changed. A size that the earlier build would need more than
`--patience` seconds for is given to this build only, beside the earlier one's time carried up from its last two sizes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from assets.locations import PROJECT
from bench.builds import BASE, earlier_build, environment
from bench.corpora import base_texts, make_landing

TOO_GREAT = "亿亿"
"""Counts beyond 10^18, at which build 53110ef publishes nothing: both builds get texts without them."""
SCATTERED = 10


class Run(NamedTuple):
    """One run of a build: wall seconds, and megabytes of the largest process."""

    seconds: float
    peak: float


def run(build: Path, landing: Path, warehouse: Path) -> Run:
    """Bring `warehouse` up to date with `landing` by `build`.

    Raises:
        SystemExit: the run did not publish.

    """
    variables = environment(ZHENGBAO_LANDING=str(landing), ZHENGBAO_WAREHOUSE=str(warehouse))
    log = warehouse.parent / "run.log"
    start = time.perf_counter()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assets.run"], cwd=build, env=variables, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{build} ended with {process.returncode} on {landing}:\n{log.read_text()[-3000:]}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def change(landing: Path, sources: int, number: int) -> None:
    """Add a sentence with a figure to the first report of `sources` sources that do not lie side by side."""
    folders = sorted(path for path in landing.iterdir() if path.is_dir())
    for folder in folders[:: max(1, len(folders) // sources)][:sources]:
        report = min(folder.iterdir())
        report.write_text(report.read_text() + f"\n全年新建村卫生室{number}所。\n")


def medians(runs: Sequence[Run]) -> Run:
    """Median of each figure by itself."""
    return Run(median(run.seconds for run in runs), median(run.peak for run in runs))


def in_turn(builds: dict[str, Path], repeat: int, measure: Callable[[str, int], Run]) -> dict[str, Run]:
    """Each build measured `repeat` times, the builds in turn, so that a slower hour of the machine hits both."""
    runs: dict[str, list[Run]] = {name: [] for name in builds}
    for number in range(repeat):
        for name in builds:
            runs[name].append(measure(name, number))
    return {name: medians(own) for name, own in runs.items()}


def report(what: str, found: dict[str, Run]) -> dict[str, object]:
    """Print a row; the row as a record."""
    ours, theirs = found["this"], found.get("earlier")
    ratio = theirs.seconds / ours.seconds if theirs else None
    old = f"{theirs.seconds:8.1f} s {theirs.peak:6.0f} MB" if theirs else " " * 20
    print(f"{what:<44}{ours.seconds:8.1f} s {ours.peak:6.0f} MB{old}{f'{ratio:7.1f} x' if ratio else ''}", flush=True)
    return {"what": what, "ratio": ratio} | {name: own._asdict() for name, own in found.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--sources", type=int, default=31)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--against", default=BASE)
    parser.add_argument("--patience", type=float, default=600)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    texts = [text for text in base_texts() if TOO_GREAT not in text]
    rows = []
    print(f"{'':<44}{'this build':>20}{'build ' + asked.against:>20}   ratio")
    with earlier_build(asked.against) as earlier, tempfile.TemporaryDirectory() as name:
        builds = {"this": PROJECT, "earlier": earlier}
        known: list[tuple[float, float]] = []
        for size in asked.megabytes:
            folder = Path(name) / f"{size:g}"
            landing = folder / "landing"
            written = make_landing(landing, int(size * 1e6), asked.sources, texts) / 1e6
            carried = carried_up(known, written)
            able = builds if carried is None or carried < asked.patience else {"this": PROJECT}

            def whole(build: str, number: int, landing: Path = landing, folder: Path = folder) -> Run:
                warehouse = folder / f"{build}{number}"
                warehouse.mkdir(parents=True)
                return run(builds[build], landing, warehouse)

            found = in_turn(able, asked.repeat, whole)
            rows.append(report(f"{written:.1f} MB in {asked.sources} sources, everything", found))
            if "earlier" in found:
                known.append((written, found["earlier"].seconds))
            elif carried:
                print(
                    f"{'':<44}the earlier build, carried up: {carried:.0f} s, {carried / found['this'].seconds:.1f} x"
                )
                rows[-1] |= {"carried": carried, "ratio": carried / found["this"].seconds}
        warehouses = {build: folder / f"{build}0" for build in able}
        for what, sources in (("nothing changed", 0), ("one changed report", 1), ("ten scattered sources", SCATTERED)):

            def again(build: str, number: int, sources: int = sources) -> Run:
                if sources and build == "this":
                    change(landing, sources, number)
                return run(builds[build], landing, warehouses[build])

            rows.append(report(what, in_turn(able, asked.repeat, again)))
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1))


def carried_up(known: Sequence[tuple[float, float]], size: float) -> float | None:
    """The earlier build's seconds at `size` megabytes by the line through its last two sizes; None without them."""
    if len(known) < 2:
        return None
    (small, fast), (great, slow) = known[-2:]
    return slow + (size - great) * (slow - fast) / (great - small)


if __name__ == "__main__":
    main()
