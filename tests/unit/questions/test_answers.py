"""The queries of docs/questions.md give what was read in the provincial reports of 2025; skipped without the reports."""

from decimal import Decimal

import duckdb
import pytest
import yaml

from assets.landing import read_manifest
from assets.stages.knowledge import knowledge
from pipeline.stages import clean_report, extract_report, outline_report, read_report
from tests.conftest import ROOT
from tests.unit.questions.test_questions import QUESTIONS
from warehouse.candidate import write_candidate
from warehouse.contract import contract
from warehouse.fitting import fitting

ANSWERS = yaml.safe_load((ROOT / "tests" / "cases" / "questions_of_provinces.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def provinces(shared, tmp_path_factory):
    """A warehouse of the provincial reports of 2025 and five of the State Council, made by the pipeline's functions alone."""
    folder, corpus = tmp_path_factory.mktemp("provinces"), shared / "corpus"
    stated, known = read_manifest(corpus).rows, knowledge()
    tables = ("documents", "texts", "sections", "sentences", "facts", "commitments", "commitment_facts", "rankings")
    rows = {table: [] for table in tables}
    for file in sorted({*corpus.glob("*/2025.txt"), *corpus.glob("国务院/202[2-6].txt")}):
        path = file.relative_to(corpus).as_posix()
        cleaned = clean_report(read_report(file.parent.name, path, file.read_bytes()), stated.get(path), known)
        if not (cleaned.document.place_code or "").endswith("0000"):
            continue
        sections, sentences = outline_report(cleaned.text, known)
        extraction = extract_report(cleaned.document, cleaned.text, sections, sentences, known)
        rows["documents"].append(cleaned.document)
        rows["texts"].append(cleaned.text)
        rows["sections"] += sections
        rows["sentences"] += sentences
        rows["facts"] += extraction.facts
        rows["commitments"] += extraction.commitments
        rows["commitment_facts"] += extraction.commitment_facts
        rows["rankings"] += extraction.rankings
    files = {}
    for table, own in rows.items():
        files[table] = [folder / f"{table}.parquet"]
        fitting(contract(table), own)[0].write_parquet(files[table][0])
    path = folder / "provinces.duckdb"
    write_candidate(path, files, reference=ROOT / "seeds" / "reference")
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def misses(given, expected):
    """The expected rows that none of the given ones fits; None stands for anything."""
    return [
        row
        for row in expected
        if not any(
            all(want is None or (got == want if isinstance(want, str) else _near(got, want)) for got, want in pairs)
            for pairs in (list(zip(other, row, strict=True)) for other in given)
        )
    ]


def _near(got, want):
    return got is not None and abs(Decimal(str(got)) - Decimal(str(want))) < Decimal("0.000001")


@pytest.mark.parametrize("number", ANSWERS)
def test_the_answers_are_those_that_were_read(number, provinces):
    expected = ANSWERS[number]
    relation = provinces.sql(QUESTIONS[str(number)].strip().rstrip(";"))
    given = relation.select(*expected["columns"]).fetchall()
    assert misses(given, expected["rows"]) == []


def test_a_wrong_answer_is_a_miss():
    given = [("甲省", "~", Decimal("2.000000")), ("乙省", "=", None)]
    assert misses(given, [["甲省", "~", 2], ["乙省", "=", None]]) == []
    wrong = [["甲省", "~", 3], ["甲省", ">=", 2], ["丙省", "~", 2], ["乙省", "=", 1]]
    assert misses(given, wrong) == wrong
