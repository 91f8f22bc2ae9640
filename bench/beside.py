"""Text to facts (metadata, clean, outline, facts with their evidence; one core), this build beside an earlier one, in turn on the same texts.

    python -m bench.beside [--against 53110ef] [--turns 3] [--texts 60] [--show 20] [--instructions]

Texts are those of ../shared/corpus where it stands beside the project, else the samples. Prints the ratio of the medians of CPU
seconds, and the facts that differ. `make beside` runs it.

With `--instructions` each build reads a few texts once under valgrind, which counts the instructions of the machine: a ratio that
no load changes (half a minute a build and ten texts; collections of garbage are counted too).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median

from assets.locations import PROJECT
from bench.builds import BASE, earlier_build, environment
from bench.reading_once import FIELDS

CORPUS, SAMPLES = PROJECT.parent / "shared" / "corpus", PROJECT / "seeds" / "reports"
ONCE = Path(__file__).with_name("reading_once.py")


def texts(limit: int) -> dict[str, str]:
    """Path -> text, spread evenly over the collection."""
    folder = CORPUS if CORPUS.is_dir() else SAMPLES
    files = sorted(folder.rglob("*.txt"))
    step = max(1, len(files) // limit)
    read = {}
    for file in files[::step]:
        try:
            read[file.relative_to(folder).as_posix()] = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
    return read


def turn(build: Path, given: Path, folder: Path) -> dict[str, object]:
    """One reading by a build, in a process of its own."""
    out = folder / "out.json"
    done = subprocess.run([sys.executable, str(ONCE), str(given), str(out)], cwd=build, env=environment(), check=False)
    if done.returncode:
        sys.exit(f"{build} ended with {done.returncode}.")
    return json.loads(out.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def instructions(build: Path, given: Path, folder: Path) -> int:
    """Instructions of the machine in which a build reads the texts, the same whatever else runs."""
    counter = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder / 'callgrind.out'}"]
    command = [*counter, sys.executable, str(ONCE), str(given), str(folder / "out.json"), "counted"]
    steady = environment(PYTHONHASHSEED="0")
    done = subprocess.run(command, cwd=build, env=steady, check=False, capture_output=True, text=True)
    counted = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or counted is None:
        sys.exit(f"{build} ended with {done.returncode}: {done.stderr[-500:]}")
    return int(counted[1])


def differences(earlier: dict[str, list[list[str]]], now: dict[str, list[list[str]]]) -> list[tuple[str, str, str]]:
    """(kind of difference, path, words) for each fact that only one build has or that differs in a field."""
    found = []
    for path, rows in now.items():
        before = {(row[1], row[3], row[-1][-12:], n): row for n, row in numbered(earlier.get(path, []))}
        after = {(row[1], row[3], row[-1][-12:], n): row for n, row in numbered(rows)}
        for key in before.keys() | after.keys():
            old, new = before.get(key), after.get(key)
            if old is None or new is None:
                row = new or old or []
                found.append(("only now" if old is None else "only earlier", path, f"{row[-1]} = {row[0]}"))
                continue
            for name, was, value in zip(FIELDS, old, new, strict=True):
                if was != value:
                    found.append((name, path, f"{new[-1]}: {was} -> {value}"))
    return found


def numbered(rows: list[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows with their number among those of equal value, unit and words."""
    seen: Counter[tuple[str, ...]] = Counter()
    out = []
    for row in rows:
        key = (row[1], row[3], row[-1][-12:])
        out.append((seen[key], row))
        seen[key] += 1
    return out


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="bench.beside", description=__doc__)
    parser.add_argument("--against", default=BASE, help="the earlier build, a commit")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--show", type=int, default=20, help="how many differing facts are shown")
    parser.add_argument("--instructions", action="store_true", help="count instructions instead, with valgrind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhengbao-beside-") as name, earlier_build(options.against) as build:
        folder = Path(name)
        given = folder / "texts.json"
        given.write_text(json.dumps(texts(options.texts), ensure_ascii=False), encoding="utf-8")
        if options.instructions:
            before, after = (instructions(place, given, folder) for place in (build, PROJECT))
            print(
                f"build {options.against}: {before:,} instructions; this build: {after:,}; earlier / this: {before / after:.2f}"
            )
            return
        runs: dict[Path, list[dict[str, object]]] = {build: [], PROJECT: []}
        for _ in range(options.turns):
            for place in runs:
                runs[place].append(turn(place, given, folder))
        earlier, now = (median(float(str(run["seconds"])) for run in runs[place]) for place in (build, PROJECT))
        facts = [runs[place][-1]["facts"] for place in (build, PROJECT)]
        differ = differences(*facts)  # type: ignore[arg-type]
    count = sum(len(rows) for rows in facts[1].values())  # type: ignore[attr-defined]
    print(f"{count} facts of {len(facts[1])} texts, median of {options.turns} turns each")  # type: ignore[arg-type]
    print(f"build {options.against}: {earlier:.2f} s; this build: {now:.2f} s; earlier / this: {earlier / now:.2f}")
    for kind, number in Counter(kind for kind, _, _ in differ).most_common():
        print(f"{number:7}  {kind}")
    for kind, path, words in differ[: options.show]:
        print(f"  {kind} | {path} | {words}")


if __name__ == "__main__":
    main()
