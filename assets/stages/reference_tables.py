"""Read the tables of seeds/reference, the language knowledge that a domain expert edits."""

from __future__ import annotations

import csv
from pathlib import Path

from assets.locations import PROJECT

REFERENCE_FOLDER = PROJECT / "seeds" / "reference"


def read_tables(folder: Path = REFERENCE_FOLDER) -> dict[str, list[dict[str, str]]]:
    """Every CSV of `folder` by its stem, rows as str cells (UTF-8, header row)."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = [dict(row) for row in csv.DictReader(file)]
    return tables
