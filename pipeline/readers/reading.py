"""What a reader makes of a file (读取结果): its text, and where in the file each part of the text stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.readers.grid import Grid, clean_cell

FURNITURE = ("header", "footer", "page_number", "contents", "gloss")
"""Kinds of parts that are the printed page's and not the report's: they stay in the text, and cleaning takes them away."""

FEWEST_LETTERS = 2
"""A file whose text has fewer letters or hanzi is no report."""

_LETTER = re.compile(r"[^\W_]")


class Part(NamedTuple):
    """A part of a file's text (文块): raw_text[start:end], which kind of thing it is, and where it stands in the file.

    `kind` is heading, paragraph, list_item, table_row, text_box, footnote, or one of FURNITURE. `page` counts from 1.
    `place` says where for a person: "paragraph 31", "table 2 row 3", "sheet 经济 row 4". `box` is "left top right bottom" on
    the page in points, from the top left corner.
    """

    kind: str
    level: int | None
    page: int | None
    place: str
    box: str | None
    start: int
    end: int


class Cell(NamedTuple):
    """A cell of a table (单元格), whose text is raw_text[start:end]. Tables, rows and columns count from 1.

    `row_head`, `column_head` and `unit` say what the value is of. `stored` is the value in the file where the cell shows it rounded or as a percentage.
    """

    table: int
    row: int
    column: int
    row_head: str | None
    column_head: str | None
    unit: str | None
    text: str
    stored: str | None
    place: str
    start: int
    end: int


class Stated(NamedTuple):
    """What a file says of itself outside its text, and in which words: HTML meta, docProps (文件自带元数据)."""

    field: str
    value: str
    quote: str


class Reading(NamedTuple):
    """A file that was read. `reader` names who read it; `encoding` is "unicode" where the format has characters, not bytes."""

    text: str
    media_type: str
    reader: str
    reader_version: str
    encoding: str
    encoding_basis: str
    parts: Sequence[Part] = ()
    cells: Sequence[Cell] = ()
    stated: Sequence[Stated] = ()


class Draft:
    r"""A reading under way: parts are added in reading order, each a line or several of the text.

    >>> draft = Draft()
    >>> draft.add("heading", "一、回顾", "paragraph 1")
    >>> draft.add("paragraph", "增长5.8%。", "paragraph 2")
    >>> draft.text(), draft.parts[1].start
    ('一、回顾\n增长5.8%。\n', 5)
    """

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.cells: list[Cell] = []
        self.stated: list[Stated] = []
        self.tables = 0
        self._lines: list[str] = []
        self._length = 0

    def add(
        self,
        kind: str,
        text: str,
        place: str,
        *,
        page: int | None = None,
        level: int | None = None,
        box: str | None = None,
    ) -> None:
        """A part on lines of its own; one without a visible sign is no part."""
        if text and not text.isspace():
            self.parts.append(Part(kind, level, page, place, box, self._length, self._length + len(text)))
            self._write(text)

    def blank(self) -> None:
        """An empty line."""
        self._write("")

    def add_table(
        self,
        grid: Grid,
        place: str = "",
        *,
        page: int | None = None,
        boxes: Sequence[str | None] = (),
        cell_places: bool = False,
    ) -> None:
        """A table: a line a row, its cells parted by tabs.

        `place` names the table ("sheet 经济"), else its number does; with `cell_places` a cell is named as in a sheet, B4.
        """
        self.tables += 1
        place = place or f"table {self.tables}"
        last = self.parts[-1] if self.parts else None
        heads = grid.heads(self._lines[-1] if last is not None and last.kind == "paragraph" else "")
        for r in range(grid.height):
            cells = [(c, grid.at(r, c)) for c in range(grid.width)]
            line = "\t".join(cell.text if cell else "" for _, cell in cells).rstrip("\t")
            if not line.strip():
                continue
            self.parts.append(
                Part(
                    "table_row",
                    None,
                    page,
                    f"{place} row {grid.row_number(r)}",
                    boxes[r] if r < len(boxes) else None,
                    self._length,
                    self._length + len(line),
                )
            )
            at = self._length
            for c, cell in cells:
                if cell and cell.text:
                    row, column = grid.row_number(r), grid.column_number(c)
                    spot = (
                        f"{place} {column_name(column)}{row}" if cell_places else f"{place} row {row} column {column}"
                    )
                    self.cells.append(
                        Cell(
                            self.tables,
                            row,
                            column,
                            *heads.of(r, c),
                            cell.text,
                            cell.stored,
                            spot,
                            at,
                            at + len(cell.text),
                        )
                    )
                at += len(cell.text if cell else "") + 1
            self._write(line)

    def state(self, field: str, value: str, quote: str) -> None:
        """Note what the file says of itself, where it says anything."""
        stated = Stated(field, clean_cell(value), quote)
        if stated.value and stated not in self.stated:
            self.stated.append(stated)

    def text(self) -> str:
        """The text so far; every part ends with a line end."""
        return "".join(self._lines)

    def has_text(self) -> bool:
        """Whether there is enough of a text for a report."""
        return self._length > 1000 or len(_LETTER.findall(self.text())) >= FEWEST_LETTERS

    def reading(
        self, media_type: str, reader: str, version: str, encoding: str = "unicode", basis: str = "format"
    ) -> Reading:
        """The finished reading."""
        return Reading(
            self.text(),
            media_type,
            reader,
            version,
            encoding,
            basis,
            tuple(self.parts),
            tuple(self.cells),
            tuple(self.stated),
        )

    def _write(self, text: str) -> None:
        self._lines.append(f"{text}\n")
        self._length += len(text) + 1


def column_name(number: int) -> str:
    """A column as a sheet names it.

    >>> column_name(1), column_name(28)
    ('A', 'AB')
    """
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
