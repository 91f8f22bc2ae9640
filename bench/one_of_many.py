"""One changed file among many of a source, and ten changed sources among 41, this build beside an earlier one (增量).

    python -m bench.one_of_many [--files 500] [--sources 41] [--kilobytes 0] [--only files] [--repeat 3] [--against 53110ef]

Reports are a few lines long, so that the fixed costs of a run and what grows with the number of unchanged documents are seen, and not
the reading; with `--kilobytes` they are the first so many of those of bench.corpora. Prints wall seconds of each first run, medians of the runs behind a change, their ratio, publications and documents read.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from assets.locations import PROJECT
from bench.builds import BASE, earlier_build
from bench.corpora import for_both_builds, other_figures
from bench.kill_rounds import write
from bench.watched import run

SCATTERED = 10


def main() -> None:
    """Measure and print one line of JSON a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--sources", type=int, default=41)
    parser.add_argument("--kilobytes", type=int, default=0, help="of a report; 0 for a few lines")
    parser.add_argument("--only", choices=["files", "sources"], help="one of the two cases")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--against", default=BASE)
    asked = parser.parse_args()
    with earlier_build(asked.against) as earlier, tempfile.TemporaryDirectory() as name:
        builds = {"this": PROJECT, "earlier": earlier}
        for case, places, files, changed in (
            (f"one of {asked.files} files", ["青岛市"], asked.files, 1),
            (
                f"{SCATTERED} of {asked.sources} sources",
                [f"第{k:02}市" for k in range(asked.sources)],
                asked.sources,
                SCATTERED,
            ),
        ):
            if (asked.only == "sources" and changed == 1) or (asked.only == "files" and changed > 1):
                continue
            folder = Path(name) / case.replace(" ", "_")
            writer = report_writer(asked.kilobytes * 1000)
            print(
                json.dumps({"case": case} | measured(folder, builds, places, files, changed, asked.repeat, writer)),
                flush=True,
            )


def report_writer(size: int) -> Callable[[Path, str, str], None]:
    """Writes a report of so many bytes (0: a few lines) into a source, with other figures each time."""
    dice = random.Random(1)
    if not size:
        return lambda landing, source, name: write(landing, source, name, dice)
    texts = for_both_builds()

    def write_whole(landing: Path, source: str, name: str) -> None:
        seed = dice.randrange(1_000_000)
        text = other_figures(texts[int(name) % len(texts)], seed).encode()[:size].decode(errors="ignore")
        file = landing / source / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    return write_whole


def measured(
    folder: Path,
    builds: dict[str, Path],
    places: list[str],
    files: int,
    changed: int,
    repeat: int,
    write_report: Callable[[Path, str, str], None],
) -> dict[str, object]:
    """Seconds of each build, in turn on the same landing zone, and what this build published and read."""
    landing = folder / "landing"
    for k in range(files):
        write_report(landing, places[k % len(places)], str(k))
    first = {build: run(place, landing, warehouse(folder, build)).seconds for build, place in builds.items()}
    seconds: dict[str, list[float]] = {build: [] for build in builds}
    versions = published(warehouse(folder, "this"))
    for _ in range(repeat):
        for k in range(0, files, files // changed)[:changed]:
            write_report(landing, places[k % len(places)], str(k))
        for build, place in builds.items():
            seconds[build].append(run(place, landing, warehouse(folder, build)).seconds)
    middle = {build: median(own) for build, own in seconds.items()}
    return {
        "first run": first,
        "after a change": middle,
        "ratio": middle["earlier"] / middle["this"],
        "publications a run": len(published(warehouse(folder, "this")) - versions) / repeat,
        "documents read": documents_read(warehouse(folder, "this")),
    }


def warehouse(folder: Path, build: str) -> Path:
    """Where a build publishes."""
    path = folder / build
    path.mkdir(parents=True, exist_ok=True)
    return path


def published(place: Path) -> set[str]:
    """The names of the published versions."""
    return {file.name for file in place.glob("zhengbao-*.duckdb")}


def documents_read(place: Path) -> int:
    """Documents that the last run took through the stage of facts, by its log."""
    logs = (place / ".zhengbao" / "dagster" / "history" / "runs").glob("*.db")
    newest = max((file for file in logs if file.stem != "index"), key=lambda file: file.stat().st_mtime)
    with sqlite3.connect(newest) as connection:
        rows = connection.execute("SELECT event FROM event_logs WHERE step_key = 'extraction'").fetchall()
    return sum(int(read) for (event,) in rows for read in re.findall(r"(\d+) of \d+ documents read", event))


if __name__ == "__main__":
    main()
