"""The workbook that people open: a sheet a view, Chinese column names, frozen heads, numbers and dates as such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import xlsxturbo
from xlsxturbo.types import HeaderFormat, SheetOptions

from warehouse.exporting.relations import Field, Relation

FOR_MACHINES = {
    "section_id",
    "sentence_id",
    "clean_start",
    "clean_end",
    "raw_start",
    "raw_end",
    "rule",
    "content_sha256",
}
"""Columns that the workbook leaves to the other formats; the row's own id leads to them."""
LONGEST_SHEET = 1_048_576 - 1
LONGEST_CELL = 32_767
NOTES_SHEET = "说明"
EXACT = 10**15
"""Excel keeps fifteen digits; a column that holds an integer beyond them is written as text."""
HEAD: HeaderFormat = {
    "bold": True,
    "bg_color": "#DCE6F1",
    "border_bottom": "thin",
    "wrap_text": True,
    "align_vertical": "top",
}
NUMERIC = re.compile("U?(HUGE|BIG|SMALL|TINY)?INT|INTEGER|DOUBLE|FLOAT|DECIMAL")
NUMBER, INTEGER, DAY, TIME = "#,##0.######", "0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
FORMATS = {"BIGINT": INTEGER, "INTEGER": INTEGER, "HUGEINT": INTEGER, "DOUBLE": NUMBER, "DATE": DAY}


def for_people(relation: Relation) -> Relation:
    """The relation without the columns that nobody reads in a sheet."""
    shown = tuple(
        field for field in relation.fields if field.name not in FOR_MACHINES and not field.type.endswith("[]")
    )
    return replace(relation, fields=shown)


def write_workbook(
    connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation], notes: Iterable[str], file: Path
) -> None:
    """One sheet a relation, and before them a sheet that says what they are; rows beyond a sheet's length are left out and told."""
    lines = [("政报 Zhengbao", ""), *(("", note) for note in notes)]
    lines += [(relation.title, f"{relation.name}: {relation.description}"[:LONGEST_CELL]) for relation in relations]
    first = pl.DataFrame(lines, schema=["about", "text"], orient="row")
    sheets: list[tuple[pl.DataFrame, str, SheetOptions]] = [
        (first, NOTES_SHEET, {"header": False, "column_widths": {0: 24, 1: 100}}),
        *((_Sheet(connection, relation), relation.title, _layout(relation)) for relation in relations),
    ]
    # Level 3 is as fast as 1, and near to 6 in size.
    xlsxturbo.dfs_to_xlsx(sheets, file, constant_memory=True, compression_level=3)


class _Sheet(pl.DataFrame):
    """The rows of a sheet as a frame that holds none of them: they are read while they are written.

    The writer asks a frame for its columns, its shape and `iter_rows`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
        super().__init__(schema=[field.head for field in relation.fields])
        self._connection = connection
        self._query = f"{relation.rows()} LIMIT {LONGEST_SHEET}"
        numbers = [field.name for field in relation.fields if NUMERIC.match(field.type)]
        beyond = ", ".join(f'max(abs("{name}")) >= {EXACT}' for name in numbers)
        asked = ", ".join(filter(None, ["count(*)", beyond]))
        found = connection.execute(f"SELECT {asked} FROM {relation.stored}").fetchone()
        assert found is not None
        height, *are_beyond = found
        self._height = min(int(height), LONGEST_SHEET)
        self._exact = {name for name, is_beyond in zip(numbers, are_beyond, strict=True) if is_beyond}

    @property
    def shape(self) -> tuple[int, int]:
        """Of what `iter_rows` gives."""
        return self._height, self.width

    def iter_rows(self, *, named: bool = False, buffer_size: int = 20_000) -> Iterator[Any]:
        """The rows as values, in the relation's order; texts as long as a cell holds, integers that Excel would round as text."""
        assert not named
        for batch in self._connection.execute(self._query).to_arrow_reader(buffer_size):
            rows = pl.DataFrame(batch)
            yield from rows.select(_fitting(column, column.name in self._exact) for column in rows).iter_rows()


def _fitting(column: pl.Series, exact: bool) -> pl.Series:
    if column.dtype == pl.String:
        return column.str.slice(0, LONGEST_CELL)
    return column.cast(pl.String) if exact else column


def _layout(relation: Relation) -> SheetOptions:
    return {
        "freeze_panes": True,
        "autofilter": True,
        "header_format": HEAD,
        "column_widths": {at: _width(field) for at, field in enumerate(relation.fields)},
        "column_formats": {
            field.head: {"num_format": form} for field in relation.fields if (form := _format(field.type))
        },
    }


def _format(type_: str) -> str | None:
    """How numbers and times of a DuckDB type are shown; None for texts and switches."""
    if type_.startswith("DECIMAL"):
        return NUMBER
    return TIME if type_.startswith("TIMESTAMP") else FORMATS.get(type_)


def _width(field: Field) -> int:
    if field.name in {"quote", "target_quote", "outcome_quote", "object", "title", "detail", "remedy", "subject"}:
        return 60
    return 12 if field.type in {"DATE", "BIGINT", "INTEGER", "BOOLEAN"} else 18
