"""Write the export folders: parquet/, csv/ and xlsx/, each with its datapackage.json, and what they are together."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from warehouse.bounded import WRITING, opened, within_memory
from warehouse.exporting.crate import METADATA, crate
from warehouse.exporting.datapackage import LICENCE, STATEMENT, datapackage
from warehouse.exporting.files import write_csv, write_parquet
from warehouse.exporting.relations import HERE, Relation, relations, sheets
from warehouse.exporting.workbook import for_people, write_workbook
from warehouse.fingerprints import code_fingerprint, digest, keep_fingerprints, read_fingerprints, relation_fingerprint

KEPT = ".fingerprints.json"
WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Relation, Path], None]] = {
    "parquet": write_parquet,
    "csv": write_csv,
}
WORKBOOK = "zhengbao.xlsx"


@dataclass
class Exports:
    """What an export did."""

    folder: Path
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def export(database: Path, folder: Path, scratch: Path | None = None) -> Exports:
    """Bring the export folders up to date with a published warehouse file; with `scratch`, a folder, memory is bounded.

    Each file is written aside and then renamed, so that whoever reads has the old one or the new one.
    """
    return within_memory(partial(_export, database, folder), scratch)


def _export(database: Path, folder: Path, scratch: Path | None) -> Exports:
    done = Exports(folder)
    folder.mkdir(parents=True, exist_ok=True)
    kept, now = read_fingerprints(folder / KEPT), {}
    code = code_fingerprint(HERE)
    version = digest([code, database.resolve().name])  # a published file never changes
    if kept.get("version") == version and all((folder / name).exists() for name in kept if name != "version"):
        done.unchanged = len(kept) - 1
        return done
    with opened(database, database.stat().st_size, scratch, read_only=True, a_thread=WRITING) as connection:
        connection.execute("SET preserve_insertion_order = true")
        everything = relations(connection)
        people = [relation for name in sheets() for relation in everything if relation.name == name]
        state = {
            relation.name: digest([code, relation_fingerprint(connection, relation.stored), str(relation.fields)])
            for relation in everything
        }
        for relation in everything:
            done.rows[relation.name] = _count(connection, relation.stored)
        for kind, own in (("parquet", everything), ("csv", people)):
            (folder / kind).mkdir(exist_ok=True)
            for relation in own:
                name = f"{kind}/{relation.name}.{kind}"
                now[name] = state[relation.name]
                if kept.get(name) == now[name] and (folder / name).exists():
                    done.unchanged += 1
                    continue
                aside = folder / kind / f".{relation.name}.new"
                WRITERS[kind](connection, relation, aside)
                aside.replace(folder / name)
                done.written.append(name)
        sources = [source for (source,) in connection.execute("SELECT source FROM sources ORDER BY source").fetchall()]
        (folder / "xlsx").mkdir(exist_ok=True)
        book = f"xlsx/{WORKBOOK}"
        now[book] = digest(state[relation.name] for relation in people)
        if kept.get(book) == now[book] and (folder / book).exists():
            done.unchanged += 1
        else:
            aside = folder / "xlsx" / ".workbook.new"
            write_workbook(
                connection, list(map(for_people, people)), [STATEMENT, f"{LICENCE['title']} {LICENCE['path']}"], aside
            )
            aside.replace(folder / book)
            done.written.append(book)
    packages: dict[str, dict[str, Any]] = {}
    label = database.resolve().stem.removeprefix("zhengbao-")
    for kind, own in (("parquet", everything), ("csv", people), ("xlsx", list(map(for_people, people)))):
        packages[kind] = datapackage(own, kind, label, sources, done.rows)
        _write_json(folder / kind / "datapackage.json", packages[kind])
        _remove_others(
            folder / kind, {Path(name).name for name in now if name.startswith(f"{kind}/")} | {"datapackage.json"}
        )
    published = date.fromtimestamp(database.stat().st_mtime)  # a published file never changes
    _write_json(folder / METADATA, crate(packages, published.isoformat()))
    keep_fingerprints(folder / KEPT, now | {"version": version})
    return done


def _write_json(file: Path, value: dict[str, Any]) -> None:
    aside = file.with_name(f".{file.name}.new")
    aside.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    aside.replace(file)


def _remove_others(folder: Path, names: set[str]) -> None:
    """A table that is gone leaves no file behind."""
    for file in folder.iterdir():
        if file.name not in names:
            file.unlink()


def _count(connection: duckdb.DuckDBPyConnection, stored: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {stored}").fetchone()
    assert found is not None
    return int(found[0])
