"""One bad document among good ones: whatever a row or document can break is moved to rejects by its stage, named there,
and the good ones stay as they are.
"""

from __future__ import annotations

from decimal import Decimal

import duckdb
import polars as pl
import pytest

from tests.mutation.good_set import good_frames
from tests.mutation.test_mutations import FRAME_STAGES, MUTATIONS, STAGES, broken
from warehouse.contract import contract
from warehouse.quality import promises, required_tables
from warehouse.quality.promise import suite
from warehouse.quarantine import admit, fitted


def own_tables(stage):
    return list(suite(stage).structure)


def admitted(stage, frames):
    """The stage's tables after quarantine."""
    records = {table: frames[table].rows() for table in own_tables(stage)}
    read = {table: frames[table] for table in required_tables(stage) if table not in records}
    return admit(stage, fitted(stage, records, read), read)


def changed(before, after):
    """Documents whose rows in any table are no longer the same."""
    found = set()
    for table, frame in before.items():
        if "document_id" in frame.columns:
            for document in frame["document_id"].unique():
                mine = pl.col("document_id") == document
                if not frame.filter(mine).equals(after[table].filter(mine)):
                    found.add(document)
    return found


def blocking(stage):
    """The promises of a stage that stop a run."""
    return {promise.name for promise in promises(stage) if promise.blocking}


def faults(stage, frames, among):
    """Which of these promises are broken in the tables, judged as the stage's check would if there were no quarantine."""
    with duckdb.connect() as connection:
        for table, frame in frames.items():
            connection.register(table, frame.to_arrow())
        return broken(connection, stage, only=among)


QUARANTINED = [
    pytest.param(m, id=m["name"].replace(" ", "_"))
    for m in MUTATIONS
    if m["stage"] in FRAME_STAGES and {p.name for p in promises(m["stage"]) if p.quarantine} & set(m["breaks"])
]


@pytest.mark.parametrize("mutation", QUARANTINED)
def test_what_breaks_a_quarantine_promise_is_named_and_the_others_stay(mutation):
    stage, good = mutation["stage"], good_frames()
    with duckdb.connect() as connection:
        for table, frame in good.items():
            connection.register("rows", frame)
            connection.execute(f"CREATE TABLE {table} AS FROM rows")
        name_table = "raw_reports"
        connection.execute(
            f"CREATE TEMP MACRO doc(part) AS (SELECT document_id FROM {name_table} WHERE contains(path, part))"
        )
        connection.execute(mutation["sql"])
        bad = {table: connection.execute(f"FROM {table}").pl() for table in good}
    spoilt = changed(good, bad) | (
        set(bad["facts"]["document_id"]) if stage == "facts" and "texts" in mutation["sql"] else set()
    )
    kept = admitted(stage, bad)

    quarantining = {p.name for p in promises(stage) if p.quarantine}
    assert {*kept["rejects"]["reason"]} & set(mutation["breaks"]) & quarantining or {
        *kept["rejects"]["reason"]
    } & quarantining
    assert set(kept["rejects"]["document_id"]) <= spoilt
    left = faults(stage, {**bad, **kept}, quarantining | blocking(stage))
    assert not left, "nothing is left that could stop the others"
    for table in own_tables(stage):
        if table != "rejects" and "document_id" in kept[table].columns:
            untouched = ~pl.col("document_id").is_in(list(spoilt))
            assert kept[table].filter(untouched).equals(bad[table].filter(untouched)), table


@pytest.mark.parametrize("stage", FRAME_STAGES)
def test_good_tables_pass_quarantine_unchanged(stage):
    good = good_frames()
    kept = admitted(stage, good)
    assert kept["rejects"].is_empty()
    for table in own_tables(stage):
        assert kept[table].equals(good[table]), table


SPOILERS = {
    "a missing value": lambda c: (c.nullable, None),
    "a value that is not allowed": lambda c: (not c.allowed, "nonsense"),
    "half a character": lambda c: (c.type != "text" or bool(c.allowed), "质量\ud800"),
    "a number that is too large": lambda c: (
        c.type not in ("int", "decimal(24,6)"),
        Decimal(10) ** 18 if c.type != "int" else 2**63,
    ),
}

CELLS = [
    pytest.param(stage, table, column.name, spoiler, id=f"{stage}-{table}-{column.name}-{spoiler.replace(' ', '_')}")
    for stage in FRAME_STAGES
    for table in suite(stage).structure
    if table not in ("rejects", "sources")
    for column in contract(table).columns
    for spoiler, spoil in SPOILERS.items()
    if not spoil(column)[0] and column.name not in ("document_id", "source", "path")
]


@pytest.mark.parametrize(("stage", "table", "column", "spoiler"), CELLS)
def test_a_cell_that_its_column_cannot_hold_takes_only_its_own_row_or_document(stage, table, column, spoiler):
    good = good_frames()
    rows = good[table].rows()
    place = good[table].columns.index(column)
    _, value = SPOILERS[spoiler](contract(table).column(column))
    records = {name: good[name].rows() for name in own_tables(stage)}
    records[table][0] = (*rows[0][:place], value, *rows[0][place + 1 :])
    read = {name: good[name] for name in required_tables(stage) if name not in records}
    kept = admit(stage, fitted(stage, records, read), read)
    document = rows[0][good[table].columns.index("document_id")]
    assert document in set(kept["rejects"]["document_id"])
    assert any(f"{table}.{column}" in detail for detail in kept["rejects"]["detail"])
    assert set(kept["rejects"]["document_id"]) == {document}
    assert not faults(stage, {**good, **kept}, blocking(stage))
    others = pl.col("document_id") != document
    for name in own_tables(stage):
        if name != "rejects" and "document_id" in good[name].columns:
            assert kept[name].filter(others).equals(good[name].filter(others)), name


REFERENCES = [
    pytest.param(stage, table, column.name, id=f"{stage}-{table}-{column.name}")
    for stage in FRAME_STAGES
    for table in suite(stage).structure
    for column in contract(table).columns
    if column.references and column.name != "document_id"
    if column.references.partition(".")[0] in {*suite(stage).structure, *suite(stage).reads}
]


@pytest.mark.parametrize(("stage", "table", "column"), REFERENCES)
def test_a_reference_to_nothing_takes_its_own_row_and_is_named(stage, table, column):
    good = good_frames()
    row = good[table][column].is_not_null().arg_max()
    spoilt = good[table].with_columns(
        pl.when(pl.int_range(pl.len()) == row).then(pl.lit("nowhere")).otherwise(column).alias(column)
    )
    kept = admitted(stage, {**good, table: spoilt})
    owner = "fact_id" if "document_id" not in good[table].columns else "document_id"
    document = good[table][owner][row]
    if owner == "fact_id":
        document = good["facts"].filter(pl.col("fact_id") == document)["document_id"][0]
    assert {f"{table}_references"} <= set(kept["rejects"]["reason"])
    assert set(kept["rejects"]["document_id"]) == {document}
    assert kept[table].height < good[table].height
    others = pl.col("document_id") != document
    for name in own_tables(stage):
        if name != "rejects" and "document_id" in good[name].columns:
            assert kept[name].filter(others).equals(good[name].filter(others)), name


def test_every_quarantine_promise_is_broken_by_one_document_here():
    by_mutation = {name for m in MUTATIONS for name in m["breaks"]}
    by_reference = {f"{param.values[1]}_references" for param in REFERENCES}
    # Rows of a document that the stage before did not make: of all rows a stage makes, each is made from such a document.
    by_construction = {
        f"{table}_references"
        for stage in FRAME_STAGES
        for table in suite(stage).structure
        if {c.name for c in contract(table).columns if c.references} == {"document_id"}
    }
    quarantining = {p.name for stage in FRAME_STAGES for p in promises(stage) if p.quarantine}
    assert quarantining <= by_mutation | by_reference | by_construction


KEYS = [
    (stage, table) for stage in FRAME_STAGES for table in suite(stage).structure if table not in ("rejects", "sources")
]


@pytest.mark.parametrize(("stage", "table"), KEYS)
def test_a_row_that_stands_twice_stands_once(stage, table):
    good = good_frames()
    records = {name: good[name].rows() for name in own_tables(stage)}
    records[table].append(records[table][0])
    read = {name: good[name] for name in required_tables(stage) if name not in records}
    kept = admit(stage, fitted(stage, records, read), read)
    if contract(table).key != ("document_id",):
        assert kept[table].equals(good[table])
    assert "stands there already" in kept["rejects"]["detail"][0]
    assert not faults(stage, {**good, **kept}, blocking(stage))


SETS = {
    "raw": {"every_file_is_accounted_for", "document_id_follows_source_and_path", "path_stays_in_its_source"},
    "clean": {"every_report_is_cleaned_or_rejected"},
    "sections": set(),
    "facts": set(),
    "candidate": {
        "the_warehouse_holds_documents",
        "every_file_is_in_the_warehouse_or_rejected",
        "every_document_has_all_its_tables",
        "same_content_stands_once",
        "figures_reach_the_warehouse",
        "stages_keep_most_documents",
        "facts_keep_most_rows",
        "quotes_round_trip",
        "digits_are_in_the_original",
        "places_have_their_parents",
        "indicator_bounds_are_ordered",
        "indicator_names_are_unambiguous",
    },
    "published": set(),
}
"""The blocking promises written by hand: of sets, of the program's own bookkeeping and of the reference tables. Whoever adds one
says here that no single document can break it, or makes it a quarantine promise.
"""


@pytest.mark.parametrize("stage", STAGES)
def test_blocking_promises_are_of_sets(stage):
    written = {p.name for p in suite(stage).promises if p.blocking}
    assert written <= SETS[stage]
    assert not {p.name for p in promises(stage) if p.blocking and p.quarantine}


def test_what_referred_to_a_row_in_quarantine_is_released():
    good = good_frames()
    spoilt = good["facts"].with_columns(
        value=pl.when(pl.col("indicator") == "签约项目").then(99).otherwise("value").cast(pl.Decimal(24, 6)),
        unit=pl.when(pl.col("indicator") == "新建村卫生室").then(pl.lit("百分点")).otherwise("unit"),
    )
    kept = admitted("facts", {**good, "facts": spoilt})
    assert set(kept["rejects"]["reason"]) == {"percentage_points_are_changes", "value_is_in_the_quote"}
    assert any("新建村卫生室12个" in detail for detail in kept["rejects"]["detail"])
    assert kept["facts"].height == spoilt.height - 2
    parts = kept["facts"].filter(pl.col("indicator").str.contains("类签约项目"))
    assert parts["part_of_fact_id"].null_count() == 3, "the parts stay without a whole"
    assert kept["commitment_facts"].is_empty(), "the commitment stays without its figure"
    assert kept["commitments"].height == good["commitments"].height
