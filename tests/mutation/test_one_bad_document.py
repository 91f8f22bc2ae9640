"""One bad document among good ones, to the end: the candidate of what quarantine leaves keeps every blocking promise, the good ones
are in it whole, and the bad one is named. Every quarantine rule and every blocking check has such a document here, or the last test says so.
"""

from __future__ import annotations

from datetime import datetime

import duckdb
import polars as pl
import pytest

from tests.mutation.good_set import good_frames, write_reference
from tests.mutation.test_mutations import FRAME_STAGES, MUTATIONS, broken
from tests.mutation.test_quarantine import REFERENCES, admitted, blocking, faults, own_tables
from warehouse.candidate import write_candidate
from warehouse.quality import promises, required_tables
from warehouse.quality.promise import suite
from warehouse.quarantine import admit, fitted

pytestmark = pytest.mark.slow

RULES = [
    pytest.param(m, p.name, id=f"{p.name}-{m['name'].replace(' ', '_')}")
    for m in MUTATIONS
    if m["stage"] in FRAME_STAGES
    for p in promises(m["stage"])
    if p.quarantine and p.name in m["breaks"]
]

MANY = "INSERT INTO facts SELECT fact_id || '-' || k, * EXCLUDE (fact_id, k) {} FROM facts CROSS JOIN range(300) AS many(k) WHERE indicator = '三级医院'"
WORST = {
    "every_file_is_accounted_for": ("raw", "UPDATE raw_reports SET raw_text = ' ' WHERE document_id = doc('h1-2024')"),
    "every_report_is_cleaned_or_rejected": ("clean", "DELETE FROM texts WHERE document_id = doc('h1-2024')"),
    "the_warehouse_holds_documents": ("clean", "DELETE FROM texts WHERE document_id = doc('h1-2024')"),
    "every_file_is_in_the_warehouse_or_rejected": ("clean", "DELETE FROM texts WHERE document_id = doc('h1-2024')"),
    "every_document_has_all_its_tables": ("sections", "DELETE FROM sections WHERE document_id = doc('h1-2024')"),
    "same_content_stands_once": (
        "clean",
        "UPDATE documents SET content_sha256 = (SELECT content_sha256 FROM documents WHERE document_id = doc('plan-2024')) WHERE document_id = doc('h1-2024')",
    ),
    "figures_reach_the_warehouse": ("facts", "DELETE FROM facts WHERE document_id = doc('h1-2024')"),
    "stages_keep_most_documents": ("facts", MANY.format("REPLACE (NULL AS unit)")),
    "facts_keep_most_rows": ("facts", MANY.format("REPLACE (9812 AS value, '%' AS unit)")),
    "quotes_round_trip": ("facts", "UPDATE facts SET clean_start = clean_start + 1 WHERE document_id = doc('h1-2024')"),
    "digits_are_in_the_original": (
        "facts",
        "UPDATE facts SET raw_start = raw_start + 12, raw_end = raw_end + 12 WHERE document_id = doc('h1-2024')",
    ),
    "candidate_keys": ("facts", "INSERT INTO facts SELECT * FROM facts WHERE document_id = doc('h1-2024')"),
    "candidate_orphans": ("facts", "UPDATE facts SET sentence_id = 'nowhere' WHERE document_id = doc('h1-2024')"),
}
"""Blocking promise of a set -> stage, and the worst that one document could do to it there."""

NO_DOCUMENT = {
    "document_id_follows_source_and_path",
    "path_stays_in_its_source",
    "places_have_their_parents",
    "indicator_bounds_are_ordered",
    "indicator_names_are_unambiguous",
}
"""Blocking promises that no content of a document reaches: how the reader of the landing zone names things, and the reference tables."""

STRUCTURE = {"schema", "values", "key"}
"""What contracts promise of a frame; test_quarantine spoils every cell and key of one document."""


def corrupted(sql):
    """The good tables after a corruption."""
    with duckdb.connect() as connection:
        for table, frame in good_frames().items():
            connection.register("rows", frame)
            connection.execute(f"CREATE TABLE {table} AS FROM rows")
        connection.execute("CREATE TEMP TABLE named AS SELECT document_id AS id, path FROM raw_reports")
        connection.execute("CREATE TEMP MACRO doc(part) AS (SELECT id FROM named WHERE contains(path, part))")
        connection.execute(sql)
        return {table: connection.execute(f"FROM {table}").pl() for table in good_frames()}


def with_one_bad(good, bad, document):
    """The good tables, with the rows of one document as the corruption left them."""
    mine = pl.col("document_id") == document
    return {
        table: pl.concat([frame.filter(~mine), bad[table].filter(mine)]) if "document_id" in frame.columns else frame
        for table, frame in good.items()
    }


def differing(good, bad):
    """The documents that a corruption changed."""
    return [
        document
        for document in good["raw_reports"]["document_id"]
        if any(
            not frame.filter(document_id=document).equals(bad[table].filter(document_id=document))
            for table, frame in good.items()
            if "document_id" in frame.columns
        )
    ]


def stages_from(stage, tables, judge=False):
    """What the stages from this one on keep of the tables, and all their rejects."""
    kept, rejects = dict(tables), []
    for one in FRAME_STAGES[FRAME_STAGES.index(stage) :]:
        there = set(kept["documents" if one in ("sections", "facts") else "raw_reports"]["document_id"])
        rows = {
            name: kept[name].filter(pl.col("document_id").is_in(there))
            if "document_id" in kept[name].columns
            else kept[name]
            for name in own_tables(one)
        }
        records = {name: frame.rows() for name, frame in rows.items()} | {"rejects": []}
        read = {name: kept[name] for name in required_tables(one) if name not in records}
        kept |= admit(one, fitted(one, records, read), read)
        rejects.append(kept["rejects"])
        if judge:
            assert not faults(one, kept, blocking(one))
    return {name: frame for name, frame in kept.items() if name != "rejects"}, pl.concat(rejects)


def candidate(folder, tables, rejects):
    """The candidate of these tables."""
    files = {}
    for name, frame in {**tables, "rejects": rejects}.items():
        files[name] = [folder / f"{name}.parquet"]
        frame.write_parquet(files[name][0])
    path, reference = folder / "candidate.duckdb", write_reference(folder / "reference")
    write_candidate(path, files, reference=reference, run_id="run1", built_at=datetime(2025, 1, 1))
    return path


def assert_the_good_ones_are_published(folder, tables, rejects, bad):
    good = good_frames()
    with duckdb.connect(str(candidate(folder, tables, rejects))) as connection:
        assert not broken(connection, "candidate", only=blocking("candidate"))
        named = connection.execute("SELECT document_id FROM rejects").fetchall()
        assert set(named) <= {(bad,)}
        for table in ("documents", "texts", "sections", "sentences", "facts", "rankings", "commitments", "mentions"):
            counted = f"SELECT document_id, count(*) FROM {table} WHERE document_id <> ? GROUP BY ALL ORDER BY ALL"
            connection.register("rows", good[table])
            wanted = connection.execute(counted.replace(table, "rows"), [bad]).fetchall()
            assert connection.execute(counted, [bad]).fetchall() == wanted, table


@pytest.mark.parametrize(("mutation", "rule"), RULES)
def test_a_quarantine_rule_takes_one_document_and_publishes_the_others(mutation, rule, tmp_path):
    good, bad, stage = good_frames(), corrupted(mutation["sql"]), mutation["stage"]
    for document in differing(good, bad):
        spoilt = with_one_bad(good, bad, document)
        if rule in set(admitted(stage, spoilt)["rejects"].filter(document_id=document)["reason"]):
            assert_the_good_ones_are_published(tmp_path, *stages_from(stage, spoilt), document)
            return
    pytest.fail("no document breaks the rule")


@pytest.mark.parametrize("check", WORST)
def test_a_blocking_check_is_not_tripped_by_one_document(check, tmp_path):
    stage, sql = WORST[check]
    good, bad = good_frames(), corrupted(sql)
    (document,) = differing(good, bad)
    assert_the_good_ones_are_published(
        tmp_path, *stages_from(stage, with_one_bad(good, bad, document), judge=True), document
    )


def test_every_rule_and_every_blocking_check_has_its_bad_document():
    rules = {rule for _, rule in (param.values for param in RULES)}
    rules |= {f"{param.values[1]}_references" for param in REFERENCES}
    # Whose only reference is the document: rows are made for a document, so that they have one.
    made_for_a_document = {
        f"{table}_references"
        for stage in FRAME_STAGES
        for table in suite(stage).structure
        if (stage, table) not in {param.values[:2] for param in REFERENCES}
    }
    for stage in (*FRAME_STAGES, "candidate"):
        for promise in promises(stage):
            if promise.quarantine:
                assert promise.name in rules | made_for_a_document, promise.name
            elif promise.blocking:
                structural = promise.name.rpartition("_")[2] in STRUCTURE and stage != "candidate"
                assert structural or promise.name in {*WORST, *NO_DOCUMENT}, promise.name
