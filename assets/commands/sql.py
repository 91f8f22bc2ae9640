"""`make sql`: the DuckDB shell on the live warehouse, read-only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assets.locations import locations
from warehouse.publishing import live


def main() -> None:
    """Become the DuckDB command line; statements may come from standard input or as arguments of -c."""
    path = live(locations().warehouse)
    if path is None:
        sys.exit(f"No warehouse is published in {locations().warehouse}. Run `make run` first.")
    command = str(Path(sys.executable).parent / "duckdb")
    os.execv(command, [command, "-readonly", str(path), *sys.argv[1:]])


if __name__ == "__main__":
    main()
