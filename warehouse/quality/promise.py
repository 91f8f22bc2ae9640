"""Promises: what must hold of a stage's tables, as data that a person can read and run.

A promise is a SQL query that finds the rows that break it, and what to do then. Semantic promises are
written by hand in suites/<stage>.yaml; structural ones come from the contracts. Nothing here imports
Great Expectations, so the promises are known in milliseconds.
"""

from __future__ import annotations

from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as validated

from warehouse.contract import Stage, contracts, read_yaml
from warehouse.quality.structure import SCHEMA, keys, orphans, structural_rows

SUITES_FOLDER = Path(__file__).resolve().parent / "suites"

Severity = Literal["error", "warning"]

_STRICT = ConfigDict(extra="forbid")


@validated(frozen=True, kw_only=True, config=_STRICT)
class Promise:
    """One promise of one table at one stage.

    `rows` is a query that gives the rows that break it: an empty result keeps the promise. Instead of
    it, `expectation` names a Great Expectations type with its `kwargs`.
    """

    name: str
    table: str
    severity: Severity
    blocking: bool = False
    promise_en: str
    promise_zh: str
    action: str
    """What a person does when it is broken."""
    rows: str | None = None
    expectation: str | None = None
    kwargs: dict[str, Any] = field(default_factory=dict)
    quarantine: bool | Literal["document"] = False
    """What breaks it is moved to rejects by its stage: the row (true), or all rows of its document (document). The stage's
    check then tells what was moved.
    """

    @property
    def audit(self) -> str | None:
        """The query of the stage's check: for a quarantine promise, what was moved to rejects by it."""
        if not self.quarantine:
            return self.rows
        return f"SELECT document_id, path, detail FROM rejects WHERE reason = '{self.name}'"

    @property
    def description(self) -> str:
        """The promise in English and Chinese."""
        return f"{self.promise_en} {self.promise_zh}"


@validated(frozen=True, kw_only=True, config=_STRICT)
class Suite:
    """The file of one stage."""

    stage: Stage
    structure: tuple[str, ...]
    """Tables whose contracts give structural promises here."""
    reads: tuple[str, ...] = ()
    """Tables of earlier stages that the promises look at."""
    unpacked: tuple[str, ...] = ()
    """Tables of long texts that many of the promises search: their files are unpacked once, not for each promise."""
    promises: tuple[Promise, ...]


_FAULT = "A fault of the program, not of a report: see the failing rows, mend the stage and run it again. Nothing is published meanwhile."
_FAULT_OF_A_ROW = "A fault of the program: the row was left out, everything else is published. Report it with the file."

_STRUCTURE: dict[str, tuple[str, str]] = {
    "schema": (
        "The tables of the stage have exactly the columns and types of their contracts.",
        "本阶段各表的列名、顺序与类型符合契约。",
    ),
    "values": (
        "Required columns of {table} are filled, absent text is NULL, and coded columns hold only the values their contract allows.",
        "{table} 的必填列均有值，缺失的文字为 NULL，代码列只含契约允许的取值。",
    ),
    "key": ("The key of {table} is unique.", "{table} 的主键不重复。"),
    "references": (
        "{table} has no orphans: whatever it refers to is there.",
        "{table} 没有孤儿记录：所引用的记录都存在。",
    ),
    "keys": ("Every key is unique over all sources.", "全部来源合并后，各表主键不重复。"),
    "orphans": ("No table has orphans: whatever it refers to is there.", "各表没有孤儿记录：所引用的记录都存在。"),
}


@cache
def suite(stage: Stage) -> Suite:
    """The suite of a stage as written in suites/<stage>.yaml."""
    file = SUITES_FOLDER / f"{stage}.yaml"
    return TypeAdapter(Suite).validate_python(read_yaml(file))


@cache
def promises(stage: Stage) -> tuple[Promise, ...]:
    """Every promise of a stage: the structural ones of its tables, then the semantic ones."""
    written = suite(stage)
    return (*_structural(written), *written.promises)


def _structural(written: Suite) -> list[Promise]:
    """What the contracts promise. The candidate's own DDL holds types, required and allowed values, so that keys and
    references over all sources are left to judge there.
    """
    tables = [contracts()[table] for table in written.structure]
    visible = {*written.structure, *written.reads}
    if written.stage == "candidate":
        whole = tables[0].table
        return [
            _contract_promise("candidate", whole, "keys", keys(tables)),
            _contract_promise("candidate", whole, "orphans", orphans(tables, visible)),
        ]
    made = [_contract_promise(written.stage, tables[0].table, "schema", SCHEMA)] if tables else []
    for table in tables:
        made += [
            _contract_promise(table.table, table.table, kind, rows, quarantine=kind == "references")
            for kind, rows in structural_rows(table, visible).items()
        ]
    return made


def _contract_promise(prefix: str, table: str, kind: str, rows: str, *, quarantine: bool = False) -> Promise:
    english, chinese = (words.format(table=table) for words in _STRUCTURE[kind])
    return Promise(
        name=f"{prefix}_{kind}",
        table=table,
        severity="error",
        blocking=not quarantine,
        quarantine=quarantine,
        promise_en=english,
        promise_zh=chinese,
        action=_FAULT_OF_A_ROW if quarantine else _FAULT,
        rows=rows,
    )


def required_tables(stage: Stage) -> tuple[str, ...]:
    """Tables that `check_files` needs for a stage: its own and those of earlier stages it looks at."""
    written = suite(stage)
    return tuple(dict.fromkeys((*written.structure, *(promise.table for promise in written.promises), *written.reads)))
