"""Contracts: what a table promises, written down once (warehouse/contracts/<table>.yaml).

From a contract come the polars schema, the CREATE TABLE with its comments, the structural quality
promises, the column documentation of the user interface, column lineage and the data dictionary.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import polars as pl
import yaml
from pydantic import ConfigDict, Field, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

CONTRACTS_FOLDER = Path(__file__).resolve().parent / "contracts"

Stage = Literal["raw", "clean", "sections", "facts", "candidate", "published"]
STAGES: tuple[Stage, ...] = get_args(Stage)
TableStage = Literal["raw", "clean", "sections", "facts", "candidate", "reference"]
ColumnType = Literal["text", "int", "float", "decimal(24,6)", "date", "timestamp", "bool", "list<int>"]

_POLARS: dict[ColumnType, pl.DataType] = {
    "text": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "decimal(24,6)": pl.Decimal(24, 6),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us"),
    "bool": pl.Boolean(),
    "list<int>": pl.List(pl.Int64()),
}
_DUCKDB: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "float": "DOUBLE",
    "decimal(24,6)": "DECIMAL(24,6)",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "bool": "BOOLEAN",
    "list<int>": "BIGINT[]",
}


_STRICT = ConfigDict(extra="forbid")


class ColumnDoc(NamedTuple):
    """A column as a user interface shows it."""

    name: str
    type: str
    nullable: bool
    description: str


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Column:
    """One column of a contract."""

    name: str
    type: ColumnType
    unit: str | None = None
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    references: str | None = None
    """`table.column` that every value must be found in."""
    upstream: tuple[str, ...] = Field(alias="from")
    """`table.column` it is made of; landing, manifest and reference are what comes from outside."""
    doc_en: str
    doc_zh: str

    @property
    def duckdb_type(self) -> str:
        """The DuckDB type."""
        return _DUCKDB[self.type]

    @property
    def polars_type(self) -> pl.DataType:
        """The polars type."""
        return _POLARS[self.type]

    def definition(self) -> str:
        """The column's line of CREATE TABLE."""
        null = "" if self.nullable else " NOT NULL"
        values = ", ".join(map(quote_literal, self.allowed))
        check = f' CHECK ("{self.name}" IN ({values}))' if values else ""
        return f'"{self.name}" {self.duckdb_type}{null}{check}'


@dataclass(frozen=True, kw_only=True, config=_STRICT)
class Contract:
    """What one table promises."""

    table: str
    stages: tuple[TableStage, ...]
    """Stages that write rows of it."""
    published: bool = True
    """False for a table that only passes between stages."""
    grain: str
    key: tuple[str, ...]
    order: tuple[str, ...] = ()
    """Columns the rows are sorted by, so that the same rows make the same file; the key if empty."""
    doc_en: str
    doc_zh: str
    columns: tuple[Column, ...]

    @model_validator(mode="after")
    def _names_exist(self) -> Contract:
        unknown = {*self.key, *self.order} - set(self.names)
        if unknown:
            raise ValueError(f"contract {self.table}: key or order names unknown columns {sorted(unknown)}")
        return self

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    @property
    def sort_columns(self) -> tuple[str, ...]:
        """Columns that fix the order of the rows."""
        return self.order or self.key

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def schema(self) -> pl.Schema:
        """The polars schema."""
        return pl.Schema({column.name: column.polars_type for column in self.columns})

    def empty(self) -> pl.DataFrame:
        """A frame without rows."""
        return pl.DataFrame(schema=self.schema())

    def column_docs(self, language: Literal["en", "zh"] = "en") -> list[ColumnDoc]:
        """Name, type, nullability and description of each column, for a user interface."""
        return [
            ColumnDoc(c.name, c.duckdb_type, c.nullable, c.doc_zh if language == "zh" else c.doc_en)
            for c in self.columns
        ]

    def lineage(self) -> dict[str, list[tuple[str, str]]]:
        """Each column's upstream columns as (table, column)."""
        return {
            c.name: [(table, name) for table, _, name in (source.partition(".") for source in c.upstream)]
            for c in self.columns
        }

    def ddl(self) -> str:
        """CREATE TABLE with constraints, and COMMENT ON the table and its columns (English, then Chinese)."""
        definitions = ",\n  ".join(column.definition() for column in self.columns)
        comments = [f'COMMENT ON TABLE "{self.table}" IS {quote_literal(f"{self.doc_en} {self.doc_zh}")};']
        comments += [
            f'COMMENT ON COLUMN "{self.table}"."{c.name}" IS {quote_literal(f"{c.doc_en} {c.doc_zh}")};'
            for c in self.columns
        ]
        return f'CREATE TABLE "{self.table}" (\n  {definitions}\n);\n' + "\n".join(comments)


def quote_literal(text: str) -> str:
    """A SQL string literal.

    >>> quote_literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def read_yaml(file: Path) -> Any:
    """What a YAML file says, read by the parser in C where there is one."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def contracts() -> dict[str, Contract]:
    """Every contract by its table name, in alphabetical order."""
    adapter = TypeAdapter(Contract)
    loaded = (adapter.validate_python(read_yaml(path)) for path in sorted(CONTRACTS_FOLDER.glob("*.yaml")))
    return {contract.table: contract for contract in loaded}


def contract(table: str) -> Contract:
    """The contract of a table."""
    try:
        return contracts()[table]
    except KeyError:
        raise KeyError(f"there is no contract for table {table!r}; add warehouse/contracts/{table}.yaml") from None


def tables_of(stage: TableStage) -> list[Contract]:
    """The contracts of the tables that a stage writes."""
    return [contract for contract in contracts().values() if stage in contract.stages]


def published_tables() -> list[Contract]:
    """The contracts of the tables that stand in the warehouse."""
    return [contract for contract in contracts().values() if contract.published]
