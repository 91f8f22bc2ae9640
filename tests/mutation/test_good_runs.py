"""No false alarm: real and sample reports, taken through the whole pipeline, keep every promise of every stage."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pytest

from assets.landing import read_bytes, read_zone
from pipeline.duplicates import signature
from pipeline.records import Reject, TextSignature
from pipeline.stages import Knowledge, clean_report, extract_report, outline_report, read_report
from tests.conftest import ROOT
from tests.mutation.good_set import stored
from warehouse.candidate import write_candidate
from warehouse.contract import contract, tables_of
from warehouse.quality import check_database, check_files, record_results, required_tables

STAGES = ("raw", "clean", "sections", "facts")
TRUE_ALARMS = {"manifest_agrees_with_the_report"}
"""The manifest of the samples contradicts one report on purpose."""


@pytest.fixture(scope="module")
def knowledge(tables):
    return Knowledge.from_tables(tables)


def run(landing, knowledge):
    """Every stage table of a landing zone, and the rejects of each stage."""
    rows = {made.table: [] for stage in STAGES for made in tables_of(stage)}
    rejects = {stage: [] for stage in STAGES}
    zone = read_zone(landing)
    for source, entries in zone.entries.items():
        rows["sources"].append((source, len(entries), sum(entry.size for entry in entries), "0" * 64))
        for entry in entries:
            raw = read_report(source, entry.path, read_bytes(entry))
            _report(rows, rejects, raw, zone.manifest.rows.get(entry.path), knowledge)
    del rows["rejects"]
    return frames(rows), {stage: frames({"rejects": own})["rejects"] for stage, own in rejects.items()}


def _report(rows, rejects, raw, manifest_row, knowledge):
    if isinstance(raw, Reject):
        rejects["raw"].append(raw)
        return
    rows["raw_reports"].append(raw)
    clean = clean_report(raw, manifest_row, knowledge)
    if isinstance(clean, Reject):
        rejects["clean"].append(clean)
        return
    rows["documents"].append(clean.document)
    rows["texts"].append(clean.text)
    rows["cleaning_steps"] += clean.steps
    rows["document_evidence"] += clean.evidence
    rows["blocks"] += clean.blocks
    rows["table_cells"] += clean.table_cells
    rows["text_signatures"].append(TextSignature(raw.document_id, signature(clean.text.clean_text)))
    sections, sentences = outline_report(clean.text, knowledge)
    rows["sections"] += sections
    rows["sentences"] += sentences
    for table, found in extract_report(clean.document, clean.text, sections, sentences, knowledge)._asdict().items():
        (rejects["facts"] if table == "fact_rejects" else rows[table]).extend(found)


def frames(rows):
    return {table: pl.DataFrame(own, schema=contract(table).schema(), orient="row") for table, own in rows.items()}


@pytest.mark.slow
@pytest.mark.parametrize("landing", ["samples", "real"])
def test_good_reports_keep_every_promise(landing, request, knowledge, tmp_path):
    folder = ROOT / "seeds" / "reports" if landing == "samples" else request.getfixturevalue("shared") / "seeds"
    tables, rejects = run(folder, knowledge)
    alarms = []
    for stage in STAGES:
        given = tables | {"rejects": rejects[stage]}
        alarms += check_files(
            stage, stored({table: given[table] for table in required_tables(stage)}, tmp_path / stage)
        )
    files = {}
    for table, frame in (tables | {"rejects": pl.concat(rejects.values())}).items():
        frame.write_parquet(tmp_path / f"{table}.parquet")
        files[table] = [tmp_path / f"{table}.parquet"]
    path = tmp_path / "candidate.duckdb"
    reference = ROOT / "seeds" / "reference"
    write_candidate(path, files, reference=reference, run_id="run", built_at=datetime(2026, 1, 1))
    audit = check_database("candidate", path)
    record_results(path, "run", datetime(2026, 1, 1), audit)
    alarms += audit + check_database("published", path, datetime(2026, 1, 1))
    broken = {(r.stage, r.name): r.failing_rows for r in alarms if not r.success and r.name not in TRUE_ALARMS}
    assert broken == {}
