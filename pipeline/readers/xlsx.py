"""XLSX (电子表格) -> reading: each table of each sheet that is shown, cells as they are shown, by openpyxl."""

from __future__ import annotations

import io
import re
import warnings
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import openpyxl
from openpyxl.utils.datetime import from_excel

from pipeline.readers.cell_format import CHINESE_DATES, shown
from pipeline.readers.grid import LONGEST, WIDEST, Grid, GridCell, clean_cell
from pipeline.readers.guards import Archive, RefusedError, parse_xml
from pipeline.readers.office import main_part, state_core_properties
from pipeline.readers.reading import Draft, Reading, column_name
from pipeline.readers.sniffing import XLSX

VERSION = f"1 (openpyxl {version('openpyxl')})"
MOST_CELLS = 1_000_000
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s?\d*$", re.I)
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<row\b[^>]*>")
_COLUMN = re.compile(rb"<col\b[^>]*>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_ATTRIBUTE = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
# A formula whose result nobody has stored: programs write it so, and Excel fills it in when it opens the file.
_UNCALCULATED = re.compile(
    rb'<c\b[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_MOST_NAMED = 20
_SPLIT = "Keep the report's own tables in the workbook and put it there again."


def read_xlsx(data: bytes, archive: Archive) -> Reading:
    """The sheets that are shown, in their order.

    Raises:
        RefusedError: it is broken, over a limit, or holds no text.

    """
    main_part(archive, "xl/workbook.xml")
    parts = {}
    for name in archive.names:
        part = archive.read(name)  # counted before another program unpacks it
        if name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in part[:4096]:
                parse_xml(part, name)
            parts[name] = part
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that say nothing of the cells
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise RefusedError("broken_file", f"The workbook cannot be opened: {type(error).__name__}: {error}.") from error
    draft = Draft()
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            _add_sheet(draft, sheet, parts.get(sheet._worksheet_path.lstrip("/"), b""), book)
    if not draft.has_text():
        raise RefusedError(
            "empty", "The sheets of the workbook that are shown hold no text.", "Put the report's tables into it."
        )
    state_core_properties(draft, archive)
    return draft.reading(XLSX, "xlsx", VERSION)


def _add_sheet(draft: Draft, sheet: Any, xml: bytes, book: Any) -> None:
    missing = [match[1].decode() for match in _UNCALCULATED.finditer(xml)]
    if missing:
        cells = ", ".join(missing[:_MOST_NAMED]) + (" …" if len(missing) > _MOST_NAMED else "")
        draft.state("uncalculated_cells", f"{sheet.title}: {cells}", "formulas whose results the file does not hold")
    hidden_rows = {_numbers(row[0])[b"r"] for row in _ROW.finditer(xml) if _HIDDEN.search(row[0]) and b" r=" in row[0]}
    hidden_columns = {
        column
        for found in _COLUMN.finditer(xml)
        if _HIDDEN.search(found[0])
        for column in range(_numbers(found[0])[b"min"], min(_numbers(found[0])[b"max"], WIDEST) + 1)
    }
    spans = {
        (int(top), _column(left)): (int(bottom) - int(top) + 1, _column(right) - _column(left) + 1)
        for left, top, right, bottom in (match.groups() for match in _MERGED.finditer(xml))
    }
    rows: dict[int, dict[int, GridCell]] = {}
    count = 0
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.row in hidden_rows or cell.column in hidden_columns:
                continue
            count += 1
            if cell.row > LONGEST or cell.column > WIDEST or count > MOST_CELLS:
                raise RefusedError(
                    "too_large",
                    f"Sheet {sheet.title} is larger than {LONGEST:,} rows and {WIDEST} columns.",
                    _SPLIT,
                )
            text, stored = _cell(cell, book)
            if text:
                height, width = spans.get((cell.row, cell.column), (1, 1))
                rows.setdefault(cell.row, {})[cell.column] = GridCell(text, height, width, stored)
    if rows and not _DEFAULT_NAME.match(sheet.title):
        draft.add("heading", clean_cell(sheet.title), f"sheet {sheet.title}", level=1)
    for block in _blocks(rows):
        _add_block(draft, sheet.title, rows, block)


def _blocks(rows: dict[int, dict[int, GridCell]]) -> list[list[int]]:
    """Rows without a blank row between them; a merged cell reaches over one."""
    blocks: list[list[int]] = []
    reach = 0
    for row in sorted(rows):
        if not blocks or row > reach + 1:
            blocks.append([])
        blocks[-1].append(row)
        reach = max(reach, row, *(row + min(cell.row_span, LONGEST) - 1 for cell in rows[row].values()))
    return blocks


def _add_block(draft: Draft, title: str, rows: dict[int, dict[int, GridCell]], block: list[int]) -> None:
    place = f"sheet {title}"
    if len(block) == 1 and len(rows[block[0]]) == 1:
        ((column, cell),) = rows[block[0]].items()
        draft.add("paragraph", cell.text, f"{place} {column_name(column)}{block[0]}")
        return
    first_column = min(min(rows[row]) for row in block)
    grid = Grid(block[0], first_column)
    for row in block:
        for column, cell in rows[row].items():
            grid.put(row - block[0], column - first_column, cell)
    draft.add_table(grid, place, cell_places=True)


def _cell(cell: Any, book: Any) -> tuple[str, str | None]:
    value, number_format = cell.value, cell.number_format
    if isinstance(value, int | float) and not isinstance(value, bool):
        chinese = CHINESE_DATES.get(_format_number(cell, book))
        if chinese and 0 < value < 2_958_466:
            moment = from_excel(value, book.epoch)
            if not isinstance(moment, timedelta):
                value, number_format = moment, chinese
    text, stored = shown(value, number_format)
    return clean_cell(text), stored


def _format_number(cell: Any, book: Any) -> int:
    """The number of the cell's format: openpyxl calls those of Chinese Excel General."""
    styles = book._cell_styles
    style = getattr(cell, "_style_id", 0)
    return styles[style].numFmtId if 0 <= style < len(styles) else 0


def _numbers(tag: bytes) -> dict[bytes, int]:
    return {b"min": 1, b"max": 0, b"r": 0} | {name: int(value) for name, value in _ATTRIBUTE.findall(tag)}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
