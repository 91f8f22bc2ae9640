"""The workbook that people open: a sheet a view, Chinese column names, frozen heads, numbers and dates as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

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
"""Excel keeps fifteen digits; an integer beyond that is written as text."""


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
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(file), options) as book:
        book.set_properties({"title": "政报 Zhengbao"})
        book.set_calc_mode("manual")
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            "number": book.add_format({"num_format": "#,##0.######"}),
            "integer": book.add_format({"num_format": "0"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        first = book.add_worksheet(NOTES_SHEET)
        first.set_column(0, 0, 24)
        first.set_column(1, 1, 100)
        lines = [("政报 Zhengbao", ""), *(("", note) for note in notes)]
        lines += [(relation.title, f"{relation.name}: {relation.description}") for relation in relations]
        for row, (left, right) in enumerate(lines):
            first.write_string(row, 0, left)
            first.write_string(row, 1, right[:LONGEST_CELL])
        for relation in relations:
            _write_sheet(connection, book.add_worksheet(relation.title), relation, head, formats)


def _write_sheet(
    connection: duckdb.DuckDBPyConnection, sheet: Any, relation: Relation, head: Any, formats: dict[str, Any]
) -> None:
    fields = relation.fields
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, _width(field))
        sheet.write_string(0, column, field.head, head)
    shown = [_format(field.type, formats) for field in fields]
    result = connection.execute(f"{relation.rows()} LIMIT {LONGEST_SHEET}")
    row = 0
    while rows := result.fetchmany(10_000):
        for values in rows:
            row += 1
            for column, value in enumerate(values):
                if value is not None:
                    _write(sheet, row, column, value, shown[column])
    sheet.autofilter(0, 0, row, len(fields) - 1)


def _write(sheet: Any, row: int, column: int, value: Any, shown: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value[:LONGEST_CELL])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, shown)
    elif isinstance(value, int | float | Decimal) and -EXACT < value < EXACT:
        sheet.write_number(row, column, float(value), shown)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_CELL])


def _format(type_: str, formats: dict[str, Any]) -> Any:
    kind = {"DATE": "date", "BIGINT": "integer", "INTEGER": "integer"}.get(
        type_, "time" if type_.startswith("TIMESTAMP") else "number"
    )
    return formats[kind]


def _width(field: Field) -> int:
    if field.name in {"quote", "target_quote", "outcome_quote", "object", "title", "detail", "remedy", "subject"}:
        return 60
    return 12 if field.type in {"DATE", "BIGINT", "INTEGER", "BOOLEAN"} else 18
