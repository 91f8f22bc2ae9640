"""Contracts agree with the records of the pipeline, with one another, and with DuckDB."""

from __future__ import annotations

import csv
import re
import types
import typing
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from assets.stages.reference_tables import REFERENCE_FOLDER
from pipeline import records
from warehouse.contract import contract, contracts, published_tables, tables_of

RECORDS = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + "s" * (not name.endswith("Evidence")): record
    for name, record in vars(records).items()
    if isinstance(record, type) and hasattr(record, "_fields")
}
TYPES = {str: "text", int: "int", float: "float", Decimal: "decimal(24,6)", date: "date", list[int]: "list<int>"}
EXTERNAL = {
    "landing": {"source", "path", "bytes"},
    "manifest": {"title", "issuer", "issuer_place", "doc_type", "period_label", "published_on", "url", "path"},
    "reference": {
        *("indicators", "indicator_names", "indicator_relations", "indicator_wording"),
        *("comparison_words", "places", "unit_bases", "units"),
    },
}


@pytest.mark.parametrize("table", sorted(RECORDS))
def test_contract_has_the_columns_of_the_record(table):
    hints = typing.get_type_hints(RECORDS[table])
    expected = []
    for name in RECORDS[table]._fields:
        options = typing.get_args(hints[name]) if isinstance(hints[name], types.UnionType) else (hints[name],)
        base = next(option for option in options if option is not type(None))
        expected.append((name, TYPES[base], type(None) in options))
    assert [(c.name, c.type, c.nullable) for c in contract(table).columns] == expected


def test_every_stage_table_has_a_record():
    staged = {c.table for stage in ("raw", "clean", "sections", "facts") for c in tables_of(stage)}
    assert staged == set(RECORDS)


def test_lineage_and_references_point_at_columns_that_exist():
    known = {t: set(c.names) for t, c in contracts().items()} | EXTERNAL
    for table, c in contracts().items():
        for column, upstream in c.lineage().items():
            for from_table, from_column in upstream:
                assert from_column in known.get(from_table, ()), f"{table}.{column} from {from_table}.{from_column}"
        for column in c.columns:
            if column.references:
                other, _, name = column.references.partition(".")
                assert name in known.get(other, ()), f"{table}.{column.name} references {column.references}"


def test_file_names_are_table_names_and_keys_are_not_null():
    from warehouse.contract import CONTRACTS_FOLDER

    assert sorted(p.stem for p in CONTRACTS_FOLDER.glob("*.yaml")) == sorted(contracts())
    nullable_keys = [(t, k) for t, c in contracts().items() for k in c.key if c.column(k).nullable]
    assert nullable_keys == [("document_evidence", "quote")]  # one field may be read from several places


def test_both_languages_document_every_column():
    for c in contracts().values():
        for text_en, text_zh in [(c.doc_en, c.doc_zh), *((x.doc_en, x.doc_zh) for x in c.columns)]:
            assert text_en.endswith(".")
            assert re.search(r"[一-鿿]", text_zh)
            assert text_zh.endswith("。")


def test_ddl_makes_the_table_with_its_constraints_and_comments():
    with duckdb.connect() as con:
        for c in published_tables():
            con.execute(c.ddl())
        columns = con.execute(
            "select column_name, data_type, is_nullable, comment from duckdb_columns() where table_name = 'facts' order by column_index"
        ).fetchall()
        facts = contract("facts")
        assert [(n, t, bool(null)) for n, t, null, _ in columns] == [
            (c.name, c.duckdb_type, c.nullable) for c in facts.columns
        ]
        assert all(
            c.doc_en in comment and c.doc_zh in comment
            for c, (_, _, _, comment) in zip(facts.columns, columns, strict=True)
        )
        with pytest.raises(duckdb.ConstraintException):
            con.execute("insert into commitment_facts values (null, 'f', 'd')")
        with pytest.raises(duckdb.ConstraintException):
            con.execute("insert into rejects values ('nowhere', 's', 'p', 'd', 'r', 'd', 'r')")


def test_polars_schema_survives_parquet_and_duckdb(tmp_path):
    for c in contracts().values():
        file = tmp_path / f"{c.table}.parquet"
        c.empty().write_parquet(file)
        described = duckdb.sql(f"describe select * from '{file}'").fetchall()
        assert [(row[0], row[1]) for row in described] == [(x.name, x.duckdb_type) for x in c.columns]


@pytest.mark.parametrize("table", [c.table for c in tables_of("reference")])
def test_reference_csv_has_the_columns_of_its_contract(table):
    file = REFERENCE_FOLDER / f"{table}.csv"
    if not file.exists():
        pytest.skip(f"{file.name} is not here yet")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.reader(lines)) == contract(table).names


def test_a_missing_contract_says_what_to_add():
    with pytest.raises(KeyError, match=r"warehouse/contracts/nonsense\.yaml"):
        contract("nonsense")
