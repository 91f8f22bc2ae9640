"""Rows that fit their contract: a frame is built of them, and what does not fit is told apart with its reason.

A value that a column cannot hold (a number of thirty digits, half a surrogate pair) would otherwise become NULL without a
word, or end the run of all other reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from warehouse.contract import Column, Contract

Row = tuple[Any, ...]

_INT64 = 2**63


class Misfit(NamedTuple):
    """A row that its table cannot hold: the column, and what is wrong there."""

    row: Row
    column: str
    problem: str


def fitting(contract: Contract, rows: Iterable[Row]) -> tuple[pl.DataFrame, list[Misfit]]:
    """The rows that keep the contract's types, required and allowed values and its key, as a frame; and the others.

    Of rows with the same key the first is kept.
    """
    kept = list(rows)
    misfits: list[Misfit] = []
    for k, column in enumerate(contract.columns):
        values = [row[k] for row in kept]
        if _all_fit(column, values):
            continue
        problems = [_problem(column, value) for value in values]
        misfits += [Misfit(row, column.name, said) for row, said in zip(kept, problems, strict=True) if said]
        kept = [row for row, said in zip(kept, problems, strict=True) if not said]
    schema = contract.schema()
    columns: Sequence[Sequence[Any]] = list(zip(*kept, strict=True)) if kept else [()] * len(schema)
    frame = pl.DataFrame(
        [pl.Series(name, values, dtype) for (name, dtype), values in zip(schema.items(), columns, strict=True)]
    )
    again = ~frame.select(contract.key).to_struct("key").is_first_distinct()
    if again.any():
        key = ", ".join(contract.key)
        misfits += [Misfit(kept[i], key, "stands there already") for i in again.arg_true()]
        frame = frame.filter(~again)
    return frame, misfits


def _all_fit(column: Column, values: Sequence[Any]) -> bool:
    """The same as no `_problem` in any value, a column at a time."""
    kinds = set(map(type, values))
    if type(None) in kinds:
        if not column.nullable:
            return False
        kinds.discard(type(None))
    if not kinds <= _TYPES[_family(column)]:
        return False
    if column.type == "text":
        distinct = set(values)
        if column.allowed and not distinct <= {*column.allowed, None}:
            return False
        return not (column.nullable and "" in distinct) and _encodable("".join(filter(None, distinct)))
    bounded = _BOUNDED.get(_family(column))
    if bounded is None:
        return True
    there = [value for value in values if value is not None]
    if kinds <= {int}:  # of whole numbers the least and the greatest speak for all
        there = [min(there), max(there)] if there else []
    return all(bounded(column, value) for value in there)


def _problem(column: Column, value: Any) -> str | None:
    """Why the column cannot hold the value; None where it can."""
    if value is None:
        return None if column.nullable else "is missing"
    if type(value) not in _TYPES[_family(column)]:
        return f"is no {column.type}"
    if column.type == "text":
        if column.allowed and value not in column.allowed:
            return "is none of the allowed values"
        if column.nullable and value == "":
            return "is empty"
        return None if _encodable(value) else "holds a character that is none"
    bounded = _BOUNDED.get(_family(column))
    return None if bounded is None or bounded(column, value) else f"is out of the range of {column.type}"


def _family(column: Column) -> str:
    return column.type.partition("(")[0]


def _encodable(value: str | None) -> bool:
    return value is None or value.isascii() or not _SURROGATE.search(value)


def _decimal_fits(column: Column, value: Decimal) -> bool:
    return value.is_finite() and abs(value) < _bound(column.type)


@cache
def _bound(decimal: str) -> int:
    """Below what a value of a decimal type must be.

    >>> _bound("decimal(5,2)")
    999
    """
    digits, scale = map(int, re.findall(r"\d+", decimal))
    return int(10 ** (digits - scale)) - 1


_SURROGATE = re.compile("[\ud800-\udfff]")
_TYPES: dict[str, set[type]] = {
    "text": {str},
    "int": {int},
    "float": {float, int},
    "decimal": {Decimal, int},
    "date": {date},
    "timestamp": {datetime},
    "bool": {bool},
    "list<int>": {list, tuple},
}
_BOUNDED: dict[str, Callable[[Column, Any], bool]] = {
    "int": lambda _, value: -_INT64 <= value < _INT64,
    "decimal": lambda column, value: _decimal_fits(column, Decimal(value)),
    "list<int>": lambda _, values: not values or -_INT64 <= min(values) <= max(values) < _INT64,
}
