"""The figures of a table: what each cell counts, by the heads of its row and its column (表格取数)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.times import find_times
from pipeline.tabular.cells import UNIT_ABOVE, UNIT_IN_HEAD, TableWords
from pipeline.tabular.finding import NUMBER, Cell, Table

VALUE = re.compile(rf"(?P<number>{NUMBER.pattern})\s?(?P<unit>[\u4e00-\u9fff/]{{0,6}})")
UNIT_AND_NUMBER = re.compile(
    rf"[（(](?P<unit>[^（）()\n]{{1,8}})[）)][ \u3000]*[:：\t][ \u3000]*(?P<number>{NUMBER.pattern})(?=[ \u3000]*(?:[；;，,、。\n]|$))"
)
LABEL = re.compile(r"(?:^|[\n；;，,、。\t \u3000])(?P<label>[\u4e00-\u9fffA-Za-z“”0-9]{2,24})$")
LONGEST_LABEL = 26


class TableFigure(NamedTuple):
    """The figure of a cell; `place` and `period` as the heads print them, `status` where they tell one.

    `label` names the row, `head` the column; `unit_at` is where the text prints the unit.
    """

    cell: Cell
    label: Cell
    head: Cell
    indicator: str
    value: Decimal
    unit: str
    unit_at: tuple[int, int]
    kind: str
    status: str | None
    place: str | None
    period: str | None
    period_at: tuple[int, int]


class _Unit(NamedTuple):
    scale: int
    name: str
    at: tuple[int, int]


def read_labelled(text: str, words: TableWords) -> Iterator[TableFigure]:
    """Figures whose label bears the unit: 财政补助收入（万元）：3541.07."""
    for hit in UNIT_AND_NUMBER.finditer(text):
        known = words.unit_of(hit["unit"])
        low = max(0, hit.start() - LONGEST_LABEL)
        named = LABEL.search(text[low : hit.start()])
        if known is None or named is None:
            continue
        label = Cell(low + named.start("label"), hit.start(), named["label"])
        cell = Cell(hit.start("number"), hit.end("number"), hit["number"])
        printed = VALUE.fullmatch(cell.text)
        if printed is None:
            continue
        is_change = words.holds("change_head", label.text)
        value, name, at = _value(printed, cell, _Unit(*known, hit.span("unit")), words)
        kind = "delta" if is_change else "level"
        yield TableFigure(cell, label, label, label.text, value, name, at, kind, None, None, None, (0, 0))


class _Column(NamedTuple):
    name: str
    unit: _Unit | None
    period: str | None


def read_table(table: Table, words: TableWords) -> list[TableFigure]:
    """The figures of `table`; empty where its cells are no figures (a list with serial numbers) or its heads do not say of what."""
    columns = [_column(cell, words) for cell in table.heads]
    labels = _label_column(table, columns, words)
    if labels is None:
        return []
    unit_column = next((k for k, column in enumerate(columns) if words.is_one_of("unit_head", column.name)), None)
    default = _unit_above(table, words)
    return [
        figure
        for row in table.rows
        for figure in _of_row(row, table.heads, columns, labels, unit_column, default, words)
    ]


def _column(cell: Cell, words: TableWords) -> _Column:
    text = "".join(cell.text.split())
    printed = UNIT_IN_HEAD.search(text)
    known = words.unit_of(printed["unit"]) if printed else None
    unit = _Unit(*known, (cell.start, cell.end)) if known else None
    if printed and unit:
        text = text[: printed.start()]
    times = find_times(text)
    period = text if times and times[0].start == 0 and times[0].end == len(text) else None
    return _Column(text, unit, period)


def _label_column(table: Table, columns: Sequence[_Column], words: TableWords) -> int | None:
    """The column that names the rows: the first of words that is no serial number and no unit."""
    for k, column in enumerate(columns):
        if words.is_one_of("serial_head", column.name) or words.is_one_of("unit_head", column.name):
            continue
        cells = [row[k] for row in table.rows]
        if not any(cell.is_number for cell in cells) and any(cell.text for cell in cells):
            return k
        if column.period is None and words.is_one_of("time_head", column.name):
            return k
    return None


def _unit_above(table: Table, words: TableWords) -> _Unit | None:
    for line in reversed(table.above):
        printed = UNIT_ABOVE.search(line.text)
        known = words.unit_of(printed["unit"]) if printed else None
        if printed and known:
            return _Unit(*known, (line.start + printed.start("unit"), line.start + printed.end("unit")))
    return None


def _of_row(
    row: Sequence[Cell],
    heads: Sequence[Cell],
    columns: Sequence[_Column],
    labels: int,
    unit_column: int | None,
    default: _Unit | None,
    words: TableWords,
) -> Iterator[TableFigure]:
    label = _column(row[labels], words)
    head = columns[labels].name
    own = words.unit_of(row[unit_column].text) if unit_column is not None else None
    own_unit = _Unit(*own, (row[unit_column].start, row[unit_column].end)) if own and unit_column is not None else None
    for k, (cell, column) in enumerate(zip(row, columns, strict=True)):
        if k in (labels, unit_column) or words.is_one_of("serial_head", column.name):
            continue
        printed = VALUE.fullmatch(cell.text)
        if printed is None:
            continue
        place, period, indicator = None, column.period or label.period, label.name
        if words.is_one_of("place_head", head):
            total = words.is_one_of("total", label.name)
            place, indicator = (None if total else label.name), column.name
        elif label.period is not None or words.is_one_of("total", label.name):
            indicator = column.name
        elif column.period is None and not words.is_one_of("value_head", column.name):
            indicator = label.name + column.name
        is_change = words.holds("change_head", column.name)
        if is_change and not words.is_one_of("place_head", head):
            indicator = label.name
        if not indicator:
            continue
        unit = column.unit or (None if is_change else label.unit or own_unit or default)
        value, name, unit_at = _value(printed, cell, unit, words)
        dated = row[labels] if column.period is None else heads[k]
        yield TableFigure(
            cell,
            row[labels],
            heads[k],
            indicator,
            value,
            name,
            unit_at,
            "delta" if is_change else "level",
            "target" if words.holds("target_head", column.name) else None,
            place,
            period,
            (dated.start, dated.end),
        )


def _value(
    printed: re.Match[str], cell: Cell, unit: _Unit | None, words: TableWords
) -> tuple[Decimal, str, tuple[int, int]]:
    """The value, scale multiplied out, its unit and where that is printed: in the cell itself before a head."""
    number = printed["number"].replace(",", "").replace("，", "").replace("－", "-").strip().lstrip("+＋±")
    at = (cell.start, cell.end)
    if number[-1] in "%％‰":
        return Decimal(number[:-1].strip()), number[-1].replace("％", "%"), at
    own = words.unit_of(printed["unit"]) if printed["unit"] else None
    if own:
        return Decimal(number) * own[0], own[1], at
    if unit and not printed["unit"]:
        return Decimal(number) * unit.scale, unit.name, unit.at
    return Decimal(number), printed["unit"], at
