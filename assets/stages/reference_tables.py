"""Read the tables that a domain expert edits: codes in seeds/reference, words in seeds/language."""

from __future__ import annotations

import csv
from pathlib import Path

from assets.locations import PROJECT
from warehouse.contract import read_yaml

REFERENCE_FOLDER = PROJECT / "seeds" / "reference"
LANGUAGE_FOLDER = PROJECT / "seeds" / "language"

Table = list[dict[str, str]]


def read_tables(folder: Path = REFERENCE_FOLDER, language: Path = LANGUAGE_FOLDER) -> dict[str, Table]:
    """Every CSV of `folder` by its stem, and every topic of `language` by its folder's name; rows as str cells (UTF-8, header row)."""
    tables = {path.stem: _read(path) for path in sorted(folder.glob("*.csv"))}
    return tables | {path.parent.name: read_topic(path.parent) for path in sorted(language.glob("*/contract.yaml"))}


def table_files(folder: Path = REFERENCE_FOLDER, language: Path = LANGUAGE_FOLDER) -> dict[str, list[Path]]:
    """The files that each table is read from."""
    files = {path.stem: [path] for path in sorted(folder.glob("*.csv"))}
    topics = sorted(path.parent for path in language.glob("*/contract.yaml"))
    return files | {topic.name: [topic / "contract.yaml", *sorted(topic.glob("*.csv"))] for topic in topics}


def read_topic(folder: Path) -> Table:
    """The files of a topic, one kind of word each, as one table: the column that its contract names holds the kind."""
    kind = read_yaml(folder / "contract.yaml")["kind_column"]
    files = {path: _read(path) for path in sorted(folder.glob("*.csv"))}
    columns = dict.fromkeys(column for rows in files.values() for row in rows for column in row)
    return [dict.fromkeys(columns, "") | row | {kind: path.stem} for path, rows in files.items() for row in rows]


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]
