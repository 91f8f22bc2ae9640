"""A table as a grid of cells (表格): spans laid out, and which cells are heads of which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.language.dates import YEAR_HEAD

WIDEST, LONGEST = 200, 20_000
"""Most columns and rows of a table; what is larger is no table of a report."""
_LARGEST_SPAN = 10_000

# A cell that states a value: a number with what may stand around it, no words.
_VALUE = re.compile(
    r"[＋+\-－−±(（]?\s*[\d０-９][\d０-９,，. 　．]*\s*(?:[%％‰]|[万亿]?元|个?百分点|(?![年月日季])[^\W\d_]{1,4})?\s*[)）]?$|[—\-－/…*]{1,3}$"
)


_NUMBER_HEAD = re.compile(r"(?:序|编|行)\s*[号次]$|No\.?$", re.I)
_UNIT_HEAD = re.compile(r"(?:计量)?单\s*位$")
_UNIT_LINE = re.compile(r"(?:计量)?单\s*位\s*[：:]\s*([^\s，,、；;）)]{1,12})")
_UNIT_IN_HEAD = re.compile(r"[（(]\s*(?:单位[：:])?\s*([^（）()\d]{1,8})\s*[）)]\s*$")


class GridCell(NamedTuple):
    """A cell's text without tabs and line ends, and how many rows and columns it covers."""

    text: str
    row_span: int = 1
    col_span: int = 1
    stored: str | None = None


class Head(NamedTuple):
    """What a cell's value is of: the heads of its row and its column, and its unit (表头, 单位); absent is None."""

    row: str | None = None
    column: str | None = None
    unit: str | None = None


NO_HEAD = Head()


class Heads(NamedTuple):
    """The heads of a grid by row and column; rows before `first_row` and columns before `first_column` are heads themselves."""

    rows: dict[int, str]
    columns: dict[int, str]
    units: dict[int, str]
    unit: str | None
    first_row: int
    first_column: int

    def of(self, row: int, column: int) -> Head:
        """The heads of a cell; a head has none itself.

        The unit is that of the row's own cell 单位, else the one in brackets in a head, else the table's.
        """
        if row < self.first_row or column < self.first_column:
            return NO_HEAD
        above, beside = self.columns.get(column) or None, self.rows.get(row) or None
        unit = self.units.get(row) or unit_of(above) or unit_of(beside) or self.unit
        return Head(beside, above, unit)


class Grid:
    """Cells by row and column, both from 0.

    >>> grid = Grid.of_rows([[GridCell("指标"), GridCell("2024年")], [GridCell("财政收入"), GridCell("21.07")]])
    >>> grid.heads("单位：亿元").of(1, 1)
    Head(row='财政收入', column='2024年', unit='亿元')
    """

    def __init__(self, first_row: int = 1, first_column: int = 1) -> None:
        self.width = self.height = 0
        self._cells: dict[tuple[int, int], GridCell] = {}
        self._covered: dict[tuple[int, int], tuple[int, int]] = {}
        self._first = (first_row, first_column)

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[GridCell]]) -> Grid:
        """A grid from rows of cells as HTML writes them: a covered place has no cell."""
        grid = cls()
        for r, row in enumerate(rows):
            c = 0
            for cell in row:
                while (r, c) in grid._covered:
                    c += 1
                grid.put(r, c, cell)
                c += max(1, cell.col_span)
            grid.height = max(grid.height, r + 1)
        return grid

    def put(self, row: int, column: int, cell: GridCell) -> None:
        """Set a cell; what it covers beyond its own place stays blank."""
        if cell.row_span <= 1 and cell.col_span <= 1:
            self._cells[row, column] = cell
            self._covered.setdefault((row, column), (row, column))
            self.height = max(self.height, row + 1)
            self.width = max(self.width, column + 1)
            return
        rows = range(row, row + min(max(1, cell.row_span), LONGEST))
        columns = range(column, column + min(max(1, cell.col_span), WIDEST))
        if len(rows) * len(columns) > _LARGEST_SPAN:
            rows, columns = range(row, row + 1), range(column, column + 1)
        self._cells[row, column] = cell
        for r in rows:
            for c in columns:
                self._covered.setdefault((r, c), (row, column))
        self.height = max(self.height, row + 1)
        self.width = max(self.width, columns.stop)

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that begins there."""
        return self._cells.get((row, column))

    def row_number(self, row: int) -> int:
        """The row as the file counts."""
        return row + self._first[0]

    def column_number(self, column: int) -> int:
        """The column as the file counts."""
        return column + self._first[1]

    def heads(self, line_above: str = "") -> Heads:
        """Which cells are heads: the rows above the first that states a value, and the columns left of the first that do.

        `line_above` is what stands above the table, where its unit may be.
        """
        first_row = next((r for r in range(self.height) if self._values(r)), self.height)
        if first_row == 0 or first_row == self.height:
            first_row = min(1, self.height)
        body = range(first_row, self.height)
        first_column = next(
            (c for c in range(self.width) if any(is_value(self._shown(r, c)) for r in body)), min(1, self.width)
        )
        # A column of running numbers (序号) comes before what it counts.
        if first_column == 0 and self.width > 2:
            first_column = next((c for c in range(1, self.width) if any(is_value(self._shown(r, c)) for r in body)), 1)
        titles = self._titles(first_row)
        columns = {c: self._joined((r, c) for r in range(titles, first_row)) for c in range(self.width)}
        unit_column = next((c for c in range(first_column) if _UNIT_HEAD.match(columns[c])), None)
        beside = [c for c in range(first_column) if c != unit_column and not _NUMBER_HEAD.match(columns[c])]
        lines = [self._joined((r, c) for c in range(self.width)) for r in range(titles)]
        return Heads(
            {r: self._joined((r, c) for c in beside) for r in body},
            columns,
            {} if unit_column is None else {r: self._shown(r, unit_column) for r in body},
            next((found[1] for line in (*lines, line_above) if (found := _UNIT_LINE.search(line))), None),
            first_row,
            first_column,
        )

    def _titles(self, first_row: int) -> int:
        """How many rows on top are one cell across the table: its title or its unit, no heads."""
        count = 0
        while count < first_row - 1 and sum(bool(self._own(count, c)) for c in range(self.width)) == 1:
            count += 1
        return count

    def _values(self, row: int) -> bool:
        return any(
            is_value(text) and not YEAR_HEAD.match(text) for c in range(self.width) if (text := self._own(row, c))
        )

    def _own(self, row: int, column: int) -> str:
        cell = self._cells.get((row, column))
        return cell.text if cell else ""

    def _shown(self, row: int, column: int) -> str:
        """The text that a reader sees there, of a merged cell too."""
        origin = self._covered.get((row, column))
        return self._own(*origin) if origin else ""

    def _joined(self, places: Iterable[tuple[int, int]]) -> str:
        words: list[str] = []
        for row, column in places:
            text = self._shown(row, column)
            if text and text not in words[-1:]:
                words.append(text)
        return " / ".join(words)


def unit_of(head: str | None) -> str | None:
    """The unit that a head names in brackets.

    >>> unit_of("财政收入（万元）"), unit_of("增长(%)"), unit_of("指标")
    ('万元', '%', None)
    """
    found = _UNIT_IN_HEAD.search(head) if head else None
    return found[1] if found else None


def is_value(text: str) -> bool:
    """Whether a cell states a value rather than names one.

    >>> [is_value(s) for s in ("386.4亿元", "5.8%", "-", "地区生产总值", "2024年完成")]
    [True, True, True, False, False]
    """
    return _VALUE.match(text) is not None


def clean_cell(text: str) -> str:
    r"""A cell's text on one line.

    >>> clean_cell(" 地区\n生产总值\t")
    '地区 生产总值'
    """
    return " ".join(text.split())
