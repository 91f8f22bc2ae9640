"""What a report, a fact and a source cost, in CPU seconds and bytes, and what a million reports would (成本模型).

    python -m bench.cost_model [--megabytes 2 10] [--sources 31] [--json FILE]

Whole runs (`make run`, with all checks) at two sizes or more: the line through the first and the last gives what a run costs before its first report, and
what each further report costs. CPU seconds of all processes together, which a busy machine lengthens less than the clock does; it still does.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from assets.locations import PROJECT
from bench.builds import environment
from bench.corpora import make_landing

STEP = re.compile(r"✓ (\w+)\s+([\d.]+) s")
MILLION = 1_000_000
KINDS = {
    "landing zone": "landing",
    "stage files": "warehouse/.zhengbao/stages",
    "run history": "warehouse/.zhengbao/dagster",
    "exports": "warehouse/exports",
    "evidence site": "warehouse/site",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[2, 10])
    parser.add_argument("--sources", type=int, default=31)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    runs = []
    for size in asked.megabytes:
        with tempfile.TemporaryDirectory() as folder:
            runs.append(run(Path(folder), size, asked.sources))
        print(json.dumps(runs[-1]), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(runs, indent=1))
    if len(runs) > 1:
        tell(runs[0], runs[-1])


def run(folder: Path, megabytes: float, sources: int) -> dict:
    """One whole run: what was read, what it took and what it left."""
    make_landing(folder / "landing", int(megabytes * 1e6), sources)
    variables = environment(ZHENGBAO_LANDING=f"{folder}/landing", ZHENGBAO_WAREHOUSE=f"{folder}/warehouse")
    before, begun = os.times(), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "assets.run"], cwd=PROJECT, env=variables, capture_output=True, text=True, check=False
    )
    seconds, after = time.monotonic() - begun, os.times()
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    live = (folder / "warehouse" / "zhengbao.duckdb").resolve()
    with duckdb.connect(str(live), read_only=True) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
            for table in ("documents", "facts", "fact_evidence", "sources")
        }
    return {
        **counts,
        "cpu": after.children_user - before.children_user + after.children_system - before.children_system,
        "wall": seconds,
        "load": os.getloadavg()[1],
        "bytes": {name: weight(folder / place) for name, place in KINDS.items()} | {"warehouse": live.stat().st_size},
        "steps": {name: float(took) for name, took in STEP.findall(done.stdout)},
    }


def weight(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def tell(small: dict, great: dict) -> None:
    """The line through two runs, and where it leads."""
    reports = great["documents"] - small["documents"]
    each = (great["cpu"] - small["cpu"]) / reports
    print(f"\na run before its first report  {small['cpu'] - each * small['documents']:8.1f} CPU s")
    print(f"a further report               {each * 1000:8.1f} CPU ms")
    print(f"a further fact                 {each * reports / (great['facts'] - small['facts']) * 1000:8.2f} CPU ms")
    print(f"a million reports              {each * MILLION / 3600:8.1f} CPU h")
    for name in great["bytes"]:
        one = (great["bytes"][name] - small["bytes"][name]) / reports
        print(f"  {name:<16}{one / 1000:9.1f} kB a report {one * MILLION / 1e9:9.1f} GB a million")
    whole = sum(great["steps"].values())
    for name, took in sorted(great["steps"].items(), key=lambda step: -step[1])[:12]:
        print(f"  {name:<24}{took / whole:5.0%} of the steps' time")


if __name__ == "__main__":
    main()
