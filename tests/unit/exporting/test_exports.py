"""The export folders: what stands in them is what stands in the warehouse, and their packages validate."""

import csv
import json
import subprocess
from datetime import date
from decimal import Decimal

import duckdb
import polars as pl
import pytest
from frictionless import Package
from lxml import etree
from openpyxl import load_workbook

from assets.reading.office import soffice
from tests.mutation.good_set import write_good_candidate
from warehouse.exporting import export
from warehouse.exporting.relations import heads, relations, sheets
from warehouse.exporting.workbook import NOTES_SHEET, for_people


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    return write_good_candidate(folder).rename(folder / "zhengbao-one.duckdb")


@pytest.fixture(scope="module")
def exported(database, tmp_path_factory):
    return export(database, tmp_path_factory.mktemp("exports"))


def rows(database, relation, **options):
    with duckdb.connect(str(database), read_only=True) as connection:
        relations(connection)  # works the views out
        return connection.execute(relation.rows(**options)).fetchall()


@pytest.fixture(scope="module")
def described(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return {relation.name: relation for relation in relations(connection)}


def test_every_table_and_view_is_in_the_parquet_folder(database, exported, described):
    assert {file.stem for file in (exported.folder / "parquet").glob("*.parquet")} == set(described)
    for name, relation in described.items():
        file = exported.folder / "parquet" / f"{name}.parquet"
        with duckdb.connect() as connection:
            assert connection.execute(f"FROM read_parquet('{file}')").fetchall() == rows(database, relation), name
        assert pl.read_parquet(file).columns == [field.name for field in relation.fields]


def test_csv_begins_with_a_byte_order_mark_and_gives_the_same_rows(database, exported, described):
    files = list((exported.folder / "csv").glob("*.csv"))
    assert {file.stem for file in files} == set(sheets()) & set(described)
    for file in files:
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        relation = described[file.stem]
        types = {field.name: field.type for field in relation.fields if not field.type.endswith("[]")}
        with duckdb.connect() as connection:
            read = connection.execute(
                f"FROM read_csv('{file}', columns = {types}, header = true, allow_quoted_nulls = false)"
            )
            assert read.fetchall() == rows(database, relation, lists=False), file.stem
        with file.open(encoding="utf-8-sig", newline="") as text:
            assert next(csv.reader(text)) == list(types)


def test_workbook_gives_the_same_rows_with_their_types(database, exported, described):
    book = load_workbook(exported.folder / "xlsx" / "zhengbao.xlsx")
    assert book.sheetnames == [NOTES_SHEET, *(title for name, title in sheets().items() if name in described)]
    for name, title in sheets().items():
        if name not in described:
            continue
        relation, sheet = for_people(described[name]), book[title]
        assert sheet.freeze_panes == "A2"
        head, *found = sheet.iter_rows(values_only=True)
        assert list(head) == [field.head for field in relation.fields]
        assert [tuple(map(plain, row)) for row in found] == [tuple(map(plain, row)) for row in rows(database, relation)]


def plain(value):
    if value is None or value == "":
        return None  # a sheet knows no difference
    if isinstance(value, Decimal | float | int) and not isinstance(value, bool):
        return round(float(value), 6)
    return (
        value.date()
        if hasattr(value, "date") and not isinstance(value, date)
        else str(value)[:10]
        if isinstance(value, date)
        else value
    )


def test_a_sheet_shows_dates_and_numbers_as_such(exported):
    sheet = load_workbook(exported.folder / "xlsx" / "zhengbao.xlsx")[sheets()["documents"]]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, columns[heads()["period_start"]]).is_date
    assert sheet.cell(2, columns[heads()["raw_chars"]]).data_type == "n"


@pytest.mark.parametrize("kind", ["parquet", "csv", "xlsx"])
def test_packages_validate(exported, kind):
    package = Package(str(exported.folder / kind / "datapackage.json"))
    problems = package.validate() if kind == "csv" else package.metadata_validate(package.to_descriptor())
    if kind == "csv":
        assert problems.valid, problems.flatten(["title", "fieldName", "rowNumber", "message"])[:5]
    else:
        assert not list(problems)
    described = json.loads((exported.folder / kind / "datapackage.json").read_text(encoding="utf-8"))
    assert described["licenses"]
    assert "documents" in described["description"]
    for resource in described["resources"]:
        assert (exported.folder / kind / resource["path"]).is_file()


def test_a_package_is_found_invalid_when_a_file_is_spoilt(database, tmp_path):
    folder = export(database, tmp_path).folder / "csv"
    file = folder / "documents.csv"
    file.write_bytes(file.read_bytes().replace(b"summary", b"sumary"))
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_the_crate_names_every_file_and_describes_what_it_names(exported):
    described = json.loads((exported.folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in described["@graph"]}
    assert len(entities) == len(described["@graph"])
    root = entities["./"]
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert date.fromisoformat(root["datePublished"])
    assert entities[root["license"]["@id"]]["name"] == "Apache License 2.0"
    files = {
        str(file.relative_to(exported.folder))
        for file in exported.folder.rglob("*.*")
        if file.is_file() and not file.name.startswith(".") and file.name != "ro-crate-metadata.json"
    }
    named = {part["@id"] for folder in root["hasPart"] for part in entities[folder["@id"]]["hasPart"]}
    assert named == files
    assert {name for name, entity in entities.items() if entity["@type"] == "File"} == {
        name for name in files if not name.endswith("datapackage.json")
    }


def test_a_column_with_an_integer_beyond_excels_digits_is_text(database, tmp_path):
    large = tmp_path / "zhengbao-large.duckdb"
    large.write_bytes(database.read_bytes())
    with duckdb.connect(str(large)) as connection:
        connection.execute(f"UPDATE documents SET raw_chars = {10**15 + 1}")
    export(large, tmp_path / "exports")
    sheet = load_workbook(tmp_path / "exports" / "xlsx" / "zhengbao.xlsx")[sheets()["documents"]]
    columns = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, columns[heads()["raw_chars"]]).value == str(10**15 + 1)


def test_a_second_export_writes_nothing(database, tmp_path):
    first = export(database, tmp_path)
    assert first.written
    again = export(database, tmp_path)
    assert (again.written, again.unchanged) == ([], len(first.written))


def test_the_same_rows_in_a_new_version_leave_the_files(database, tmp_path):
    folder = tmp_path / "exports"
    export(database, folder)
    newer = tmp_path / "zhengbao-two.duckdb"
    newer.write_bytes(database.read_bytes())
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE documents SET title = 'changed' WHERE title = (SELECT min(title) FROM documents)")
    written = set(export(newer, folder).written)
    assert {"parquet/documents.parquet", "csv/documents.csv", "xlsx/zhengbao.xlsx"} <= written
    assert "parquet/sections.parquet" not in written
    assert json.loads((folder / "csv" / "datapackage.json").read_text(encoding="utf-8"))["version"] == "two"


def test_a_table_that_is_gone_leaves_no_file(database, tmp_path):
    export(database, tmp_path)
    stray = tmp_path / "csv" / "gone.csv"
    stray.write_text("x")
    (tmp_path / ".fingerprints.json").unlink()
    export(database, tmp_path)
    assert not stray.exists()


def test_text_that_looks_like_a_formula_stays_text(database, tmp_path):
    spoilt = tmp_path / "zhengbao-three.duckdb"
    spoilt.write_bytes(database.read_bytes())
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute("UPDATE documents SET title = '=1+1'")
    export(spoilt, tmp_path / "exports")
    sheet = load_workbook(tmp_path / "exports" / "xlsx" / "zhengbao.xlsx")[sheets()["documents"]]
    columns = {cell.value: cell.column for cell in sheet[1]}
    cell = sheet.cell(2, columns[heads()["title"]])
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_sheet_has_chinese_heads(described):
    missing = {
        f"{name}.{field.name}"
        for name in sheets()
        if name in described
        for field in described[name].fields
        if not any("一" <= sign <= "龥" for sign in field.head)
    }
    assert not missing, "add them to warehouse/exporting/heads.csv"


@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_with_the_right_types(database, exported, tmp_path):
    command = [soffice() or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "fods", "--outdir", str(tmp_path), str(exported.folder / "xlsx" / "zhengbao.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    if not (tmp_path / "zhengbao.fods").is_file():
        pytest.skip("LibreOffice has no spreadsheets here")
    tables = {
        table.get(f"{OPEN_TABLE}name"): table
        for table in etree.parse(str(tmp_path / "zhengbao.fods")).iter(f"{OPEN_TABLE}table")
    }
    head, first = list(tables[sheets()["documents"]].iter(f"{OPEN_TABLE}table-row"))[:2]
    columns = ["".join(cell.itertext()).strip() for cell in cells_of(head)]
    types = dict(zip(columns, (cell.get(f"{OPEN_OFFICE}value-type") for cell in cells_of(first)), strict=False))
    expected = {"period_start": "date", "raw_chars": "float", "title": "string", "document_id": "string"}
    assert {name: types[heads()[name]] for name in expected} == expected
    shown = dict(zip(columns, cells_of(first), strict=False))[heads()["period_start"]].get(f"{OPEN_OFFICE}date-value")
    with duckdb.connect(str(database), read_only=True) as connection:
        starts = {str(day) for (day,) in connection.execute("SELECT period_start FROM documents").fetchall()}
    assert shown in starts


OPEN_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OPEN_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def cells_of(row):
    """The cells of a row as it is seen; blank ones are written once with their number."""
    for cell in row:
        yield from [cell] * min(int(cell.get(f"{OPEN_TABLE}number-columns-repeated", 1)), 100)
