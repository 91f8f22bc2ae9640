"""Whole runs and runs behind a change, files to a published warehouse, this build beside an earlier one in turn on the same landing zones (整轮运行).

    python -m bench.runs [--megabytes 1 10] [--sources 31 300 1000] [--repeat 3] [--against 53110ef | --alone] [--to FOLDER]

Every size is read in every number of sources; then, at the last size, one report changes, ten sources that do not lie side by side, and nothing. Told
are the seconds until a run had published and those of the whole run: site and exports come behind the published version, and build 53110ef has
neither, so the whole run of this build does more. Peak memory is that of the largest process of each duty; medians are over `--repeat`.

In FOLDER: runs.json, runs.svg (seconds), steps.svg (which step takes them). The earlier build is left out where it would need more than `--patience`
seconds by the line through its last two sizes (its time is then carried up), and is ended where it needs more all the same.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from math import inf
from pathlib import Path

from rich.console import Console

from assets.locations import PROJECT
from bench.builds import BASE, earlier_build
from bench.corpora import for_both_builds, make_landing
from bench.cost_model import left
from bench.telling import EARLIER, THIS, Case, Taken, draw, records, steps_table, table
from bench.watched import Run, middle, run

CHANGES = {"one report changed": 1, "ten scattered sources": 10, "nothing changed": 0}
SECONDS = {THIS: (12.0, 3.0, 0.1), EARLIER: (10.0, 7.0, 0.5)}
"""What a run of a build takes on two quiet cores, about: before the first report, a megabyte, a source."""
DISK = 30
"""Bytes that a run leaves a byte of text."""
PIPED_WIDTH = 180


def main() -> None:
    """Measure, print, and write where it is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--sources", type=int, nargs="+", default=[31])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--against", default=BASE)
    parser.add_argument("--alone", action="store_true", help="without an earlier build")
    parser.add_argument("--patience", type=float, default=900)
    parser.add_argument("--to", type=Path)
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    builds = [THIS] if asked.alone else [THIS, EARLIER]
    console.print(what_it_takes(asked.megabytes, asked.sources, asked.repeat, builds))
    cases: list[Case] = []
    beside = nullcontext() if asked.alone else earlier_build(asked.against)
    with beside as earlier, tempfile.TemporaryDirectory(prefix="zhengbao-runs-") as name:
        measure({THIS: PROJECT} | ({EARLIER: earlier} if earlier else {}), asked, Path(name), cases, console)
    console.print(table(cases), steps_table(cases))
    if asked.to:
        asked.to.mkdir(parents=True, exist_ok=True)
        (asked.to / "runs.json").write_text(json.dumps(records(cases), indent=1, ensure_ascii=False))
        draw(cases, asked.to)


def what_it_takes(megabytes: Sequence[float], sources: Sequence[int], repeat: int, builds: Sequence[str]) -> str:
    """How long the bench will take, about, and how much of the disk."""
    seconds = 0.0
    for build in builds:
        fixed, each_megabyte, each_source = SECONDS[build]
        whole = sum(fixed + each_megabyte * size + each_source * count for size in megabytes for count in sources)
        seconds += repeat * (whole + len(CHANGES) * fixed * len(sources))
    disk = DISK * repeat * len(builds) * sum(megabytes) * len(sources) / 1000
    return f"Takes about {seconds / 60:.0f} minutes on two quiet cores, and {disk:.1f} GB of the disk meanwhile."


def measure(
    builds: dict[str, Path], asked: argparse.Namespace, folder: Path, cases: list[Case], console: Console
) -> None:
    """All cases, each told as it ends."""
    texts = for_both_builds()
    patience = {THIS: inf, EARLIER: asked.patience}
    for count in asked.sources:
        known: list[tuple[float, float]] = []
        for size in asked.megabytes:
            place = folder / f"{count}-{size:g}"
            written = make_landing(place / "landing", int(size * 1e6), count, texts) / 1e6
            what = f"{written:.1f} MB in {count} sources"
            carried = carried_up(known, written)
            able = builds if carried is None or carried < asked.patience else {THIS: PROJECT}
            taken = in_turn(able, asked.repeat, partial(read_whole, able, place, patience))
            rest = left(place / "landing", place / f"{THIS}0")
            tell(
                Case(what, written, count, os.getloadavg()[0], taken, None if EARLIER in taken else carried, rest),
                cases,
                console,
            )
            if theirs := taken.get(EARLIER):
                known.append((written, theirs.seconds))
        ready = {build: path for build, path in able.items() if taken[build]}
        for change, sources in CHANGES.items():
            told = in_turn(ready, asked.repeat, partial(read_again, ready, place, patience, sources))
            tell(Case(f"{what}: {change}", written, count, os.getloadavg()[0], told), cases, console)


def tell(case: Case, cases: list[Case], console: Console) -> None:
    """Keep a case, and say how long it took."""
    cases.append(case)
    told = (f"{build} {run.seconds:.1f} s" if run else f"{build} too long" for build, run in case.taken.items())
    console.print(f"{case.what}: {', '.join(told)}")


def read_whole(builds: Mapping[str, Path], place: Path, patience: Mapping[str, float], build: str, number: int) -> Run:
    """A first run, which measures the extractor too."""
    warehouse = place / f"{build}{number}"
    warehouse.mkdir()
    return run(builds[build], place / "landing", warehouse, patience[build])


def read_again(
    builds: Mapping[str, Path], place: Path, patience: Mapping[str, float], sources: int, build: str, number: int
) -> Run:
    """A run behind a change of so many sources, which this build, the first in turn, makes."""
    if sources and build == THIS:
        change_reports(place / "landing", sources, number)
    return run(builds[build], place / "landing", place / f"{build}0", patience[build])


def in_turn(builds: dict[str, Path], repeat: int, measured: Callable[[str, int], Run]) -> Taken:
    """Each build measured `repeat` times, the builds in turn, so that a slower hour of the machine hits both."""
    runs: dict[str, list[Run]] = {name: [] for name in builds}
    too_long: set[str] = set()
    for number in range(repeat):
        for name in builds:
            if name not in too_long:
                try:
                    runs[name].append(measured(name, number))
                except TimeoutError:
                    too_long.add(name)
    return {name: None if name in too_long else middle(own) for name, own in runs.items()}


def change_reports(landing: Path, sources: int, number: int) -> None:
    """Add a sentence with a figure to the first report of `sources` sources that do not lie side by side."""
    folders = sorted(path for path in landing.iterdir() if path.is_dir())
    for folder in folders[:: max(1, len(folders) // sources)][:sources]:
        report = min(folder.iterdir())
        report.write_text(report.read_text() + f"\n全年新建村卫生室{number}所。\n")


def carried_up(known: Sequence[tuple[float, float]], size: float) -> float | None:
    """Seconds at `size` megabytes by the line through the last two sizes; None without them."""
    if len(known) < 2:
        return None
    (small, fast), (great, slow) = known[-2:]
    return slow + (size - great) * (slow - fast) / (great - small)


if __name__ == "__main__":
    main()
