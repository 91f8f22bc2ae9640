"""One report in every format, in one landing zone and one run: the warehouse says the same of each."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assets.reading.office import soffice
from tests.formats.formats import FORMATS, as_docx, as_xlsx
from tests.formats.report import ISSUER, PUBLISHED, TABLE, TITLE

pytestmark = pytest.mark.slow

IDS = "document_id, section_id, sentence_id, raw_start, raw_end"
OF_THE_FILE = "content_sha256, encoding, media_type, reader, reader_version, raw_chars, noise_share, near_duplicate_of"
FACTS = f"""
    SELECT * EXCLUDE ({IDS}, fact_id, part_of_fact_id), part_of_fact_id IS NOT NULL
    FROM facts WHERE document_id = ? ORDER BY clean_start, clean_end, value"""
DOCUMENTS = f"SELECT * EXCLUDE (document_id, source, path, {OF_THE_FILE}) FROM documents WHERE document_id = ?"
SECTIONS = "SELECT level, marker, heading, clean_start, clean_end FROM sections WHERE document_id = ? ORDER BY ordinal"
RANKINGS = f"SELECT * EXCLUDE ({IDS}, ranking_id) FROM rankings WHERE document_id = ? ORDER BY clean_start"
TASKS = f"SELECT * EXCLUDE ({IDS}, commitment_id) FROM commitments WHERE document_id = ? ORDER BY clean_start"
OF_THE_TABLE = """
    SELECT quote, indicator, value, unit, period, status, kind, measure, rule FROM facts
    WHERE document_id = ? AND quote IN (SELECT text FROM table_cells WHERE document_id = ? AND row_head IS NOT NULL) ORDER BY clean_start"""
META = "SELECT title, issuer, published_on::VARCHAR FROM documents WHERE document_id = ?"


def as_doc(folder: Path) -> bytes:
    """The report as Word 97 has it, by LibreOffice."""
    (folder / "report.docx").write_bytes(as_docx())
    command = [soffice() or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(folder / "report.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "report.doc").read_bytes()


def test_every_format_gives_the_same_rows(deployment, tmp_path):
    files = {name: write() for name, write in FORMATS.items()}
    if soffice() is not None:
        files["doc"] = as_doc(tmp_path)
    for name, data in {**files, "xlsx": as_xlsx()}.items():
        folder = deployment.landing / f"by_{name}"
        folder.mkdir()
        (folder / f"2024.{name}").write_bytes(data)
    run = deployment.run()
    assert run.returncode == 0, run.stdout + run.stderr
    assert deployment.query("SELECT path, reason FROM rejects") == []
    ids = dict(deployment.query("SELECT split_part(path, '.', -1), document_id FROM documents"))
    assert set(ids) == {*files, "xlsx"}
    rows = {name: {query: deployment.query(query, id) for query in QUERIES} for name, id in ids.items()}
    expected = rows["txt"]
    assert deployment.query(META, ids["txt"]) == [(TITLE, ISSUER, PUBLISHED)]
    assert len(expected[FACTS]) >= 14
    for name in files:
        assert rows[name] == expected, name
    _cells_are_those_of_the_table(deployment, {name: ids[name] for name in (*files, "xlsx") if name != "txt"})
    annex = deployment.query(OF_THE_TABLE, ids["xlsx"], ids["xlsx"])
    assert annex == deployment.query(OF_THE_TABLE, ids["txt"], ids["xlsx"])
    assert [quote for quote, *_ in annex] == [value for row in TABLE[1:] for value in row[1:]]


QUERIES = (FACTS, DOCUMENTS, SECTIONS, RANKINGS, TASKS)


def _cells_are_those_of_the_table(deployment, ids):
    """Heads and unit of every value, and the block that holds it."""
    head, *rows = TABLE
    units = ("万人次", "万人次", "%")
    expected = {(row[0], head[c], units[c - 1], row[c]) for row in rows for c in (1, 2, 3)}
    for name, id in ids.items():
        found = deployment.query(
            "SELECT row_head, column_head, unit, text FROM table_cells WHERE document_id = ? AND row_head IS NOT NULL",
            id,
        )
        assert set(found) == expected, name
        placed = deployment.query(
            "SELECT count(*) FROM facts f JOIN blocks b ON b.document_id = f.document_id AND b.raw_start <= f.raw_start"
            " AND f.raw_end <= b.raw_end WHERE f.document_id = ?",
            id,
        )
        assert placed == deployment.query("SELECT count(*) FROM facts WHERE document_id = ?", id), name
