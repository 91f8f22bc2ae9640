"""Where a text holds a table, and its cells (表格识别).

A row a line: cells parted by tabs, bars or wide blanks. A cell a line, as copying from a page leaves it: the heads, then the rows one cell
after another; how many columns there are is told by the cells themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    while at + 1 < len(lines):
        if not (short[at] and short[at + 1]):
            at += 1
            continue
        table, behind = _of_rows(lines, at)
        if table is None:
            table, behind = _of_cells(lines, at)
        if table is not None:
            yield table
        at = max(behind, at + 1)


def _of_rows(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """A table of a row a line that begins at line `at`, and the line behind it."""
    table, behind = _parted_by(PARTED, lines, at)
    if table is None and lines[at].text.count(" ") <= MOST_COLUMNS:
        table, behind = _parted_by(BLANK, lines, at)
        if table is not None and not all(cell.is_number for row in table.rows for cell in row[1:]):
            return None, at + 1
    return table, behind


def _parted_by(gap: re.Pattern[str], lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    rows: list[list[Cell]] = []
    end = at
    while end < len(lines):
        line = lines[end]
        if rows and RULE_LINE.fullmatch(line.text):
            end += 1
            continue
        cells = _cells(line, gap)
        if len(cells) < 2 or (rows and abs(len(cells) - len(rows[0])) > 1):
            break
        apart = rows and line.start - lines[end - 1].end > 1
        if apart and len(rows) > 1 and not any(cell.is_number for cell in cells[1:]):
            # Behind a blank line the heads of the next table.
            break
        rows.append(cells)
        end += 1
    if len(rows) < 2:
        return None, at + 1
    width = len(rows[0])
    heads, body = rows[0], [row for row in rows[1:] if len(row) == width]
    table = Table(lines[at].start, lines[end - 1].end, heads, body, _above(lines, at))
    if any(cell.is_number for cell in heads[1:]) or not table.has_figures:
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


def _of_cells(lines: Sequence[Line], at: int) -> tuple[Table | None, int]:
    """A table of a cell a line that begins at line `at`, and the line behind it."""
    run: list[Cell] = []
    barred = lines[at].text.endswith(BARS)
    end = at
    while end < len(lines):
        line = lines[end]
        cell = _cell(line.text, 0, len(line.text.rstrip("|｜ \u3000")), line.start)
        is_cell = cell.text and len(cell.text) <= LONGEST_COLUMN_CELL and not NO_CELL.search(cell.text)
        if not is_cell or barred != line.text.endswith(BARS):
            break
        run.append(cell)
        end += 1
    numbers = sum(cell.is_number for cell in run)
    if len(run) < FEWEST_CELLS or numbers < 2 or (not barred and numbers < len(run) // 3):
        return None, at + 1
    width = _width(run)
    if width is None:
        return None, at + 1 if not barred else end
    count = len(run) // width
    rows = [run[k * width : (k + 1) * width] for k in range(1, count)]
    stop = run[count * width - 1].end
    return Table(run[0].start, stop, run[:width], rows, _above(lines, at)), end


def _width(run: Sequence[Cell]) -> int | None:
    """How many columns there are: the width at which every column is of words or of numbers; the widest of several.

    病名 发病数 死亡数 合计 1108 9 肺结核 252 3: three columns, since the numbers stand in the second and third of each three.
    """
    first = next((k for k, cell in enumerate(run) if cell.is_number), None)
    if first is None:
        return None
    fits = []
    for width in range(2, min(MOST_COLUMNS, len(run) // 2) + 1):
        if first < width:
            break
        body = run[width : len(run) // width * width]
        kinds = [{cell.is_number for cell in body[k::width]} for k in range(width)]
        if all(len(kind) == 1 for kind in kinds) and any(kind == {True} for kind in kinds):
            fits.append((len(run) % width == 0, width))
    return max(fits)[1] if fits else None


def _above(lines: Sequence[Line], at: int) -> list[Line]:
    return list(lines[max(0, at - LINES_ABOVE) : at])
