"""What a report, a fact and a source cost, in CPU seconds and bytes, and what a million reports would (成本模型).

    python -m bench.runs --alone --megabytes 2 10 --to FOLDER
    python -m bench.cost_model FOLDER/runs.json

The line through the first and the last whole run of bench.runs gives what a run costs before its first report, and what each further report costs. CPU
seconds are those of all processes together, which a busy machine lengthens less than the clock does; it still does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

MILLION = 1_000_000
KINDS = {
    "stage files": ".zhengbao/stages",
    "run history": ".zhengbao/dagster",
    "exports": "exports",
    "evidence site": "site",
}


def main() -> None:
    """Print what follows from the runs of a file."""
    rows = json.loads(Path(sys.argv[1]).read_text())
    whole = [row["left"] | {"cpu": row["taken"]["this"]["cpu"]} for row in rows if row["left"]]
    if len(whole) < 2:
        sys.exit(f"{sys.argv[1]} has {len(whole)} whole run; two sizes are needed.")
    tell(whole[0], whole[-1])


def left(landing: Path, warehouse: Path) -> dict[str, Any]:
    """What a whole run left: rows of the main tables, and bytes by kind."""
    live = (warehouse / "zhengbao.duckdb").resolve()
    with duckdb.connect(str(live), read_only=True) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
            for table in ("documents", "facts", "fact_evidence", "sources")
        }
    weights = {name: weight(warehouse / place) for name, place in KINDS.items()}
    return {**counts, "bytes": {"landing zone": weight(landing), **weights, "warehouse": live.stat().st_size}}


def weight(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def tell(small: dict[str, Any], great: dict[str, Any]) -> None:
    """The line through two runs, and where it leads."""
    reports = great["documents"] - small["documents"]
    each = (great["cpu"] - small["cpu"]) / reports
    print(f"a run before its first report  {small['cpu'] - each * small['documents']:8.1f} CPU s")
    print(f"a further report               {each * 1000:8.1f} CPU ms")
    print(f"a further fact                 {each * reports / (great['facts'] - small['facts']) * 1000:8.2f} CPU ms")
    print(f"a million reports              {each * MILLION / 3600:8.1f} CPU h")
    for name in great["bytes"]:
        one = (great["bytes"][name] - small["bytes"][name]) / reports
        print(f"  {name:<16}{one / 1000:9.1f} kB a report {one * MILLION / 1e9:9.1f} GB a million")


if __name__ == "__main__":
    main()
