"""Whole texts in parts: each document is in one, and nothing that is done part by part is another than of all at once."""

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from tests.mutation.good_set import write_good_candidate
from warehouse import texts
from warehouse.exporting.files import write_parquet
from warehouse.exporting.relations import relations
from warehouse.quality.probes import text_troubles
from warehouse.texts import parts_of_texts

FEW = 100
"""Characters: each text of the good set is longer."""


@pytest.fixture
def connection(tmp_path):
    with duckdb.connect(str(write_good_candidate(tmp_path))) as opened:
        yield opened


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(texts, "AT_ONCE", FEW)


def documents(connection, condition="true"):
    return [
        name
        for (name,) in connection.execute(f"SELECT document_id FROM documents WHERE {condition} ORDER BY 1").fetchall()
    ]


def test_each_document_is_in_one_part_in_order(connection, few):
    parts = [documents(connection, part) for part in list(parts_of_texts(connection))]
    assert [name for part in parts for name in part] == documents(connection)
    assert len(parts) > 1


def test_few_characters_are_one_part(connection):
    assert len(list(parts_of_texts(connection))) == 1


def test_without_documents_there_is_one_part_of_none(connection):
    connection.execute("CREATE TEMP TABLE documents AS FROM documents LIMIT 0")
    assert [documents(connection, part) for part in list(parts_of_texts(connection))] == [[]]


def test_troubles_are_found_in_every_part(connection, monkeypatch):
    connection.execute("CREATE TEMP TABLE facts AS SELECT * REPLACE (quote || '。' AS quote) FROM facts")
    at_once = text_troubles(connection, ["facts", "sentences"])
    monkeypatch.setattr(texts, "AT_ONCE", FEW)
    in_parts = text_troubles(connection, ["facts", "sentences"])
    assert set(at_once.filter(trouble="span")["document_id"]) == set(documents(connection))
    assert in_parts.sort(pl.all()).equals(at_once.sort(pl.all()))


def test_a_text_that_no_sentence_covers_is_told_of_its_own_document(connection, few):
    first, *_ = documents(connection)
    connection.execute(
        f"CREATE TEMP TABLE sentences AS FROM sentences WHERE NOT (document_id = '{first}' AND ordinal = 1)"
    )
    assert set(text_troubles(connection, ["sentences"])["document_id"]) == {first}


def test_texts_are_exported_in_row_groups_with_the_rows_of_all(connection, few, tmp_path):
    relation = next(each for each in relations(connection) if each.name == "texts")
    file = tmp_path / "texts.parquet"
    write_parquet(connection, relation, file)
    assert pq.ParquetFile(file).num_row_groups > 1
    assert (
        duckdb.execute("FROM read_parquet(?)", [str(file)]).fetchall() == connection.execute(relation.rows()).fetchall()
    )
