"""Where a text holds a table, and its cells (表格识别).

A row a line: cells parted by tabs, bars or wide blanks. A cell a line, as copying from a page leaves it: the heads, then the rows one cell
after another; how many columns there are is told by the cells themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.sections.lines import Line, lines_of

PARTED = re.compile(r"[ \u3000]*[|｜][ \u3000|｜]*|\t+|[ \u3000]{2,}")
# One blank parts cells only where all rows below the heads are a name and numbers.
BLANK = re.compile(r"[ \u3000]+")
RULE_LINE = re.compile(r"[|｜\s:+-]+")
NUMBER = re.compile(r"[-－+＋±]?\d[\d,，]*(?:\.\d+)?(?:\s?[%％‰])?")
# 12家, 340张; 2023年 and 3号 are no figures.
FIGURE = re.compile(rf"{NUMBER.pattern}\s?(?![年月日号级类期])[\u4e00-\u9fff]{{0,3}}")
SENTENCE = re.compile("[。！？；]")
BARS = ("|", "｜")
LONGEST_CELL, LONGEST_COLUMN_CELL = 40, 20
NO_CELL = re.compile("[。！？；：:\t|｜]|   ")
LINES_ABOVE = 3
FEWEST_CELLS, MOST_COLUMNS, LONGEST_ROW = 5, 12, 480


class Cell(NamedTuple):
    """text[start:end], what one cell of a table holds; empty where start == end."""

    start: int
    end: int
    text: str

    @property
    def is_number(self) -> bool:
        """Whether the cell is a number, with or without its sign, percent and unit."""
        return FIGURE.fullmatch(self.text) is not None


class Table(NamedTuple):
    """text[start:end] is a table; `rows` all have as many cells as `heads`. `above` are the lines before it: title and unit (单位：万元)."""

    start: int
    end: int
    heads: list[Cell]
    rows: list[list[Cell]]
    above: list[Line]

    @property
    def has_figures(self) -> bool:
        """Whether a cell beside the first column is a number."""
        return any(cell.is_number for row in self.rows for cell in row[1:])


def find_tables(text: str) -> Iterator[Table]:
    r"""The tables of `text`, in order.

    >>> [[cell.text for cell in table.heads] for table in find_tables("县区\t床位\n甲县\t30\n乙县\t40\n")]
    [['县区', '床位']]
    """
    lines = list(lines_of(text))
    short = [len(line.text) <= LONGEST_ROW and SENTENCE.search(line.text) is None for line in lines]
    at = 0
    column: _Column | None = None
    fruitless: dict[re.Pattern[str], _Fruitless] = {}
    while at + 1 < len(lines):
        if not (short[at] and short[at + 1]):
            at += 1
            continue
        table, behind = _of_rows(lines, at, fruitless)
        if table is None:
            if column is None or at >= column.end:
                column = _Column(lines, at)
            table, behind = _of_cells(lines, at, column)
        if table is not None:
            yield table
        at = max(behind, at + 1)


class _Fruitless(NamedTuple):
    """Up to line `until` rows of `width` cells make no table: what one attempt has seen, so that a page of such rows is not seen again from each."""

    until: int = 0
    width: int = 0


def _of_rows(lines: Sequence[Line], at: int, fruitless: dict[re.Pattern[str], _Fruitless]) -> tuple[Table | None, int]:
    """A table of a row a line that begins at line `at`, and the line behind it."""
    table, behind = _parted_by(PARTED, lines, at, fruitless)
    if table is None and lines[at].text.count(" ") <= MOST_COLUMNS:
        return _parted_by(BLANK, lines, at, fruitless)
    return table, behind


def _parted_by(
    gap: re.Pattern[str], lines: Sequence[Line], at: int, fruitless: dict[re.Pattern[str], _Fruitless]
) -> tuple[Table | None, int]:
    heads = _cells(lines[at], gap)
    width, seen = len(heads), fruitless.get(gap, _Fruitless())
    if width < 2 or any(cell.is_number for cell in heads[1:]) or (at < seen.until and width == seen.width):
        return None, at + 1
    rows: list[list[Cell]] = [heads]
    body: list[tuple[int, list[Cell]]] = []
    end = at + 1
    while end < len(lines):
        line = lines[end]
        if RULE_LINE.fullmatch(line.text):
            end += 1
            continue
        cells = _cells(line, gap)
        if len(cells) < 2 or abs(len(cells) - width) > 1:
            break
        apart = line.start - lines[end - 1].end > 1
        if apart and len(rows) > 1 and not any(cell.is_number for cell in cells[1:]):
            # Behind a blank line the heads of the next table.
            break
        rows.append(cells)
        if len(cells) == width:
            body.append((end, cells))
        end += 1
    if len(rows) < 2:
        return None, at + 1
    table = Table(lines[at].start, lines[end - 1].end, heads, [cells for _, cells in body], _above(lines, at))
    if not table.has_figures:
        fruitless[gap] = _Fruitless(end - 1, width)
        return None, at + 1
    if gap is BLANK:
        words = [number for number, cells in body if not all(cell.is_number for cell in cells[1:])]
        if words:
            fruitless[gap] = _Fruitless(words[-1], width)
            return None, at + 1
    return table, end


def _cells(line: Line, gap: re.Pattern[str]) -> list[Cell]:
    """The cells of a line; a sentence has none."""
    if len(line.text) > LONGEST_ROW or SENTENCE.search(line.text) or not gap.search(line.text):
        return []
    text, shift = line.text, line.start
    edge = re.match(r"[|｜][ \u3000]*", text)
    begin = edge.end() if edge else 0
    stop = len(text)
    tail = re.search(r"[ \u3000]*[|｜]$", text)
    if tail and tail.start() > begin:
        stop = tail.start()
    cells = []
    for found in gap.finditer(text, begin, stop):
        cells.append(_cell(text, begin, found.start(), shift))
        begin = found.end()
    cells.append(_cell(text, begin, stop, shift))
    return cells if max(len(cell.text) for cell in cells) <= LONGEST_CELL else []


def _cell(text: str, start: int, end: int, shift: int) -> Cell:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Cell(start + shift, end + shift, text[start:end])


class _Column:
    """The lines from `begin` to `end` that are a cell each, looked at once, however many tables are tried in them."""

    def __init__(self, lines: Sequence[Line], begin: int) -> None:
        self.begin = begin
        self.barred = lines[begin].text.endswith(BARS)
        self.cells: list[Cell] = []
        for number in range(begin, len(lines)):
            line = lines[number]
            cell = _cell(line.text, 0, len(line.text.rstrip("|｜ \u3000")), line.start)
            is_cell = cell.text and len(cell.text) <= LONGEST_COLUMN_CELL and not NO_CELL.search(cell.text)
            if not is_cell or self.barred != line.text.endswith(BARS):
                break
            self.cells.append(cell)
        # At least its first line, cell or not, so that the next one is looked at behind it.
        self.end = begin + max(1, len(self.cells))
        self._numbers = [cell.is_number for cell in self.cells]
        self._before = [0, *accumulate(self._numbers)]
        self._mixed: dict[int, list[int]] = {}

    def from_line(self, at: int) -> list[Cell]:
        """The cells from a line of the text on."""
        return self.cells[at - self.begin :]

    def numbers(self, start: int, end: int) -> int:
        """How many of cells[start:end] are numbers."""
        return self._before[end] - self._before[start]

    def width(self, at: int) -> int | None:
        """How many columns there are from line `at` on: the width at which every column is of words or of numbers; the widest of several.

        病名 发病数 死亡数 合计 1108 9 肺结核 252 3: three columns, since the numbers stand in the second and third of each three.
        """
        start, end = at - self.begin, len(self.cells)
        fits = []
        for width in range(2, min(MOST_COLUMNS, (end - start) // 2) + 1):
            if self.numbers(start, start + width):  # a number among the heads, and among those of all wider tables
                break
            body, stop = start + width, start + (end - start) // width * width
            is_even = self._first_mixed(width)[body] >= stop - width
            if is_even and self.numbers(body, body + width):
                fits.append(((end - start) % width == 0, width))
        return max(fits)[1] if fits else None

    def _first_mixed(self, width: int) -> list[int]:
        """For each cell the first from it on that is a number where the one `width` behind it is a word, or the other way round."""
        if width not in self._mixed:
            numbers, first = self._numbers, [len(self._numbers)] * (len(self._numbers) + 1)
            for k in reversed(range(len(numbers) - width)):
                first[k] = k if numbers[k] != numbers[k + width] else first[k + 1]
            self._mixed[width] = first
        return self._mixed[width]


def _of_cells(lines: Sequence[Line], at: int, column: _Column) -> tuple[Table | None, int]:
    """A table of a cell a line that begins at line `at` of its column, and the line behind it."""
    length = column.begin + len(column.cells) - at
    if length < FEWEST_CELLS:
        return None, at + 1
    numbers = column.numbers(at - column.begin, len(column.cells))
    if numbers < 2 or (not column.barred and numbers < length // 3):
        return None, at + 1
    width = column.width(at)
    if width is None:
        return None, at + 1 if not column.barred else column.end
    run = column.from_line(at)
    count = len(run) // width
    rows = [run[k * width : (k + 1) * width] for k in range(1, count)]
    stop = run[count * width - 1].end
    return Table(run[0].start, stop, run[:width], rows, _above(lines, at)), column.end


def _above(lines: Sequence[Line], at: int) -> list[Line]:
    return list(lines[max(0, at - LINES_ABOVE) : at])
