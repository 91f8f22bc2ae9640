"""Quarantine: rows and documents that break a promise are moved to rejects in the stage where they arise.

One bad row does not hold up everything else, and it is not lost: `rejects` says which promise it broke, in which words,
and what to do. So a blocking check never sees what a single document can cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import polars as pl

from warehouse.contract import Contract, Stage, contract
from warehouse.fitting import Misfit, Row, fitting
from warehouse.quality.judging import register_probes
from warehouse.quality.promise import Promise, promises

Tables = dict[str, pl.DataFrame]

_ROUNDS = 5
"""What is taken away may leave others broken; after so many rounds whole documents go."""
_MISFIT = "does_not_fit"
_MISFIT_REMEDY = "The words were misread, or the file holds what no report does: look at them in the file. The rest of the report is in the warehouse."
_SHOWN = 300


def fitted(stage: Stage, records: Mapping[str, Iterable[Row]], read: Mapping[str, pl.DataFrame]) -> Tables:
    """The records of a stage as frames that keep their contracts, with `rejects` for what does not.

    `records` are the rows of the stage's tables, `rejects` among them; `read` the frames of earlier stages about the same documents.
    """
    tables: Tables = {}
    rejects = list(records["rejects"])
    misfits: dict[str, list[Misfit]] = {}
    for table, rows in records.items():
        if table != "rejects":
            tables[table], misfits[table] = fitting(contract(table), rows)
    if any(misfits.values()):
        files = _files({**read, **tables})
        for table, found in misfits.items():
            for misfit in found:
                rejects += _take_misfit(stage, tables, contract(table), misfit, files)
    tables["rejects"] = _told(rejects)
    return tables


def admit(stage: Stage, made: Mapping[str, pl.DataFrame], read: Mapping[str, pl.DataFrame]) -> Tables:
    """The stage's frames without what breaks a quarantine promise, which is told in `rejects`.

    `made` are those of all tables of the stage, `rejects` among them; `read` those of earlier stages that its promises look at
    (only the documents in question).
    """
    tables = dict(made)
    rejects = list(made["rejects"].rows())
    files: dict[str, tuple[str, str]] = {}
    touched: set[str] = set()
    asked, of = made, read
    for attempt in range(1, _ROUNDS + 1):
        found = _broken(stage, asked, of)
        if not found:
            break
        files = files or _files({**read, **tables})
        for promise, broken in found:
            taken = list(_take(stage, tables, promise, broken, files, whole=attempt == _ROUNDS))
            touched.update(reject[3] for reject in taken)
            rejects += taken
        tables["rejects"] = _told(rejects)
        asked, of = about(tables, touched), about(read, touched)  # no other document has changed
    return tables


def about(frames: Mapping[str, pl.DataFrame], documents: Iterable[str]) -> Tables:
    """The rows of some documents; of a table without documents all."""
    chosen = pl.col("document_id").is_in(pl.Series(sorted(documents), dtype=pl.String).implode())
    return {name: frame.filter(chosen) if "document_id" in frame.columns else frame for name, frame in frames.items()}


def _told(rejects: Iterable[Row]) -> pl.DataFrame:
    frame, _ = fitting(contract("rejects"), dict.fromkeys(map(tuple, rejects)))
    return frame


def _broken(
    stage: Stage, tables: Mapping[str, pl.DataFrame], read: Mapping[str, pl.DataFrame]
) -> list[tuple[Promise, list[dict[str, Any]]]]:
    """The quarantine promises that are broken, with the rows that break them."""
    quarantining = [promise for promise in promises(stage) if promise.quarantine]
    if not quarantining:
        return []
    frames = {**read, **tables}
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")  # others read meanwhile
        for name, frame in frames.items():
            connection.register(name, frame.to_arrow())
        register_probes(connection, stage, only=("text_troubles",))
        # One query for all: most reports break no promise, and each query costs more than its look at a few rows.
        any_rows = (
            f"SELECT {place} AS place WHERE EXISTS (\n{_query(promise)}\n)"
            for place, promise in enumerate(quarantining)
        )
        places = connection.execute(f"{' UNION ALL '.join(any_rows)} ORDER BY place").fetchall()
        return [
            (quarantining[place], connection.execute(_query(quarantining[place])).pl().to_dicts())
            for (place,) in places
        ]


def _query(promise: Promise) -> str:
    return str(promise.rows).strip().rstrip(";")


def _take(
    stage: Stage,
    tables: Tables,
    promise: Promise,
    broken: Sequence[Mapping[str, Any]],
    files: Mapping[str, tuple[str, str]],
    *,
    whole: bool,
) -> Iterable[Row]:
    """Take what breaks a promise out of the tables; the rejects that say so."""
    table = contract(promise.table)
    by_document = whole or promise.quarantine == "document" or table.key == ("document_id",)
    told: set[Any] = set()
    for row in broken:
        what = row["document_id"] if by_document else tuple(row[name] for name in table.key)
        if what in told:
            continue
        told.add(what)
        document = row.get("document_id") or _document_of(tables, table, what)
        source, path = files[document]
        name = "" if by_document else f" {' '.join(map(str, what))}"
        detail = f"{table.table}{name}: {str(row.get('quote') or '')[:_SHOWN]}".strip()
        yield stage, source, path, document, promise.name, detail, promise.action
    if by_document:
        _remove_documents(tables, told)
    else:
        _remove_rows(tables, table, told)


def _take_misfit(
    stage: Stage, tables: Tables, table: Contract, misfit: Misfit, files: Mapping[str, tuple[str, str]]
) -> Iterable[Row]:
    """A misfit is no longer in its table: take what referred to it; the reject that says so."""
    row = dict(zip(table.names, misfit.row, strict=True))
    key = tuple(row[name] for name in table.key)
    document = row.get("document_id") or _document_of(tables, table, key)
    source, path = files.get(document, (row.get("source"), row.get("path")))
    shown = repr(row.get(misfit.column, key))[:_SHOWN]
    detail = f"{table.table}.{misfit.column} {misfit.problem}: {shown}; {str(row.get('quote') or '')[:_SHOWN]}"
    if table.key == ("document_id",):
        _remove_documents(tables, {document})
    elif misfit.column in table.names and misfit.column not in table.key:  # else no row can refer to it
        _release(tables, table, {key})
    yield stage, source, path, document, _MISFIT, detail.encode("utf-8", "replace").decode(), _MISFIT_REMEDY


def _remove_documents(tables: Tables, documents: set[str]) -> None:
    gone = pl.Series(sorted(documents), dtype=pl.String)
    for name, frame in tables.items():
        if "document_id" in frame.columns and name != "rejects":
            tables[name] = frame.filter(~pl.col("document_id").is_in(gone.implode()))


def _remove_rows(tables: Tables, table: Contract, keys: set[tuple[Any, ...]]) -> None:
    tables[table.table] = tables[table.table].join(
        _keys(table, keys), on=table.key, how="anti", nulls_equal=True, maintain_order="left"
    )
    _release(tables, table, keys)


def _release(tables: Tables, table: Contract, keys: set[tuple[Any, ...]]) -> None:
    """Rows that referred to what was taken away: an optional reference is emptied, a row that needs it goes too."""
    if len(table.key) > 1:
        return
    gone = pl.Series([key for (key,) in keys], dtype=table.column(table.key[0]).polars_type)
    for name in tables:
        other = contract(name)
        for column in other.columns:
            if column.references != f"{table.table}.{table.key[0]}":
                continue
            refers = pl.col(column.name).is_in(gone.implode()).fill_null(False)
            if column.nullable:
                emptied = pl.when(refers).then(None).otherwise(pl.col(column.name)).alias(column.name)
                tables[name] = tables[name].with_columns(emptied)
            elif (orphans := tables[name].filter(refers)).height:
                _remove_rows(tables, other, set(orphans.select(other.key).iter_rows()))


def _keys(table: Contract, keys: set[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(keys), schema={name: table.column(name).polars_type for name in table.key}, orient="row")


def _files(tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[str, str]]:
    """Document -> its source and path."""
    return {
        document: (source, path)
        for name in ("raw_reports", "documents")
        if name in tables
        for document, source, path in tables[name].select("document_id", "source", "path").iter_rows()
    }


def _document_of(tables: Tables, table: Contract, key: Any) -> str:
    """The document of a row without that column, by what it refers to."""
    for name, value in zip(table.key, key, strict=True):
        referred, _, column = (table.column(name).references or "").partition(".")
        if referred in tables and "document_id" in tables[referred].columns:
            found = tables[referred].filter(pl.col(column) == value)["document_id"]
            if len(found):
                return str(found[0])
    raise KeyError(f"{table.table} {key} belongs to no document")
