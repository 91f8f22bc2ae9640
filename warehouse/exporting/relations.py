"""What is exported: a table or view, with its columns as its contract and heads.csv describe them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import duckdb
import yaml

from warehouse.candidate import view_comment, view_queries
from warehouse.contract import Column, contracts

PAIRED = {"first": "第一处", "second": "第二处", "target": "目标", "outcome": "结果", "old": "前版", "new": "新版"}
"""Prefixes by which a view sets two things side by side."""
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Field:
    """One column of an export."""

    name: str
    type: str
    """The DuckDB type."""
    head: str
    """Chinese column name."""
    description: str
    contract: Column | None = None
    """The column of the table's contract; views have none."""


@dataclass(frozen=True)
class Relation:
    """A table or view of the published warehouse."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    stored: str = ""
    """What SQL reads it from: the table itself, or the rows of a view, worked out once."""
    key: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def rows(self, *, lists: bool = True, where: str = "true") -> str:
        """SELECT of the rows in a fixed order, of those for which `where` holds; without `lists`, columns that hold lists are left out."""
        names = ", ".join(f'"{field.name}"' for field in self.fields if lists or not field.type.endswith("[]"))
        order = ", ".join(f'"{name}"' for name in self.order) or "ALL"
        return f"SELECT {names} FROM {self.stored} WHERE {where} ORDER BY {order}"


@cache
def sheets() -> dict[str, str]:
    """Name of a table or view that people open -> its Chinese title, in order."""
    return dict(yaml.safe_load((HERE / "sheets.yaml").read_text(encoding="utf-8")))


@cache
def heads() -> dict[str, str]:
    """Column -> its Chinese name, for all tables and views alike."""
    with (HERE / "heads.csv").open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["head"] for row in csv.DictReader(file)}


def head(name: str) -> str:
    """The Chinese name of a column: from heads.csv, else of the column it is one of two of, else as its contract begins.

    >>> head("value"), head("second_value"), head("fact_id")
    ('数值', '第二处数值', '事实编号')
    """
    if name in heads():
        return heads()[name]
    first, _, rest = name.partition("_")
    if first in PAIRED and rest:
        return PAIRED[first] + head(rest)
    described = _columns_by_name().get(name)
    return re.split(r"[，。；：、（(]", described.doc_zh)[0] if described else name


def relations(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    """Every table and view of the open warehouse, in alphabetical order; the rows of views are kept in temporary tables."""
    names = connection.execute(
        """SELECT table_name, table_type = 'VIEW' FROM information_schema.tables
        WHERE table_catalog = current_database() AND table_schema = 'main' ORDER BY 1"""
    ).fetchall()
    found = []
    for name, is_view in names:
        stored = f'"{name}"'
        if is_view:
            stored = f'"rows of {name}"'
            connection.execute(f'CREATE OR REPLACE TEMP TABLE {stored} AS FROM "{name}"')
        found.append(_relation(connection, name, stored))
    return found


def _relation(connection: duckdb.DuckDBPyConnection, name: str, stored: str) -> Relation:
    contract = contracts().get(name)
    own = {column.name: column for column in contract.columns} if contract else {}
    columns = connection.execute(f"DESCRIBE FROM {stored}").fetchall()
    fields = _told_apart(tuple(_field(column[0], column[1], own.get(column[0])) for column in columns))
    if contract is not None:
        text = f"{contract.doc_en} {contract.doc_zh}"
        key = contract.key if set(contract.key) <= {field.name for field in fields} else ()
        return Relation(name, sheets().get(name, name), text, fields, stored, key, contract.sort_columns if key else ())
    text = " ".join(view_comment(view_queries().get(name, "")))
    return Relation(name, sheets().get(name, name), text, fields, stored)


def _told_apart(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Heads that stand once: of columns with one Chinese name each says its own name too."""
    heads_used = Counter(field.head for field in fields)
    return tuple(
        replace(field, head=f"{field.head} {field.name}") if heads_used[field.head] > 1 else field for field in fields
    )


def _field(name: str, type_: str, contract: Column | None) -> Field:
    described = contract or _columns_by_name().get(name)
    text = f"{described.doc_en} {described.doc_zh}" if described else ""
    return Field(name, type_, head(name), text, contract)


@cache
def _columns_by_name() -> dict[str, Column]:
    """A view's column says what the column of the same name says, of the table that has it first."""
    found: dict[str, Column] = {}
    for table in ("facts", "documents", "indicators", *contracts()):
        for column in contracts()[table].columns:
            found.setdefault(column.name, column)
    return found
