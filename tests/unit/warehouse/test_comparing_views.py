"""The comparing views, on facts written for the purpose; and the warehouse exported and imported again."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import duckdb
import polars as pl
import pytest

from tests.mutation.good_set import good_frames, write_reference
from warehouse.candidate import view_queries, write_candidate
from warehouse.contract import contract

YEAR = {year: (date(year, 1, 1), date(year, 12, 31)) for year in (2020, 2021, 2022, 2023, 2024, 2025)}


def build(folder, facts, reports=(2023, 2024), published=None, run_id="run1", built_at=datetime(2025, 1, 1)):
    """A candidate of yearly reports of 苏州市; a fact is a dict of columns with `report`, its report's year."""
    folder.mkdir(parents=True, exist_ok=True)
    frames = good_frames()
    document = frames["documents"].row(0, named=True)
    text = frames["texts"].row(0, named=True)
    section, sentence = frames["sections"].row(0, named=True), frames["sentences"].row(0, named=True)
    fact_row = frames["facts"].row(0, named=True)
    ids = {year: f"{year:016x}" for year in reports}
    rows = {
        "documents": [
            document
            | {
                "document_id": ids[year],
                "path": f"s/{year}.txt",
                "content_sha256": f"{year:064x}",
                "doc_type": "summary+plan",
                "period_label": str(year),
                "period_start": YEAR[year][0],
                "period_end": YEAR[year][1],
                "published_on": date(year, 1, 20),
                "near_duplicate_of": None,
            }
            for year in reports
        ],
        "texts": [text | {"document_id": ids[year]} for year in reports],
        "sections": [section | {"document_id": ids[year], "section_id": f"{ids[year]}-s0"} for year in reports],
        "sentences": [
            sentence
            | {"document_id": ids[year], "section_id": f"{ids[year]}-s0", "sentence_id": f"{ids[year]}-t0"}
            | {"text": f"{year}年签约率要提高。"}
            for year in reports
        ],
        "facts": [
            fact_row
            | {"indicator_code": None, "comparator": "=", "period": None, "part_of_fact_id": None}
            | {
                "fact_id": f"{ids[fact['report']]}-f{number}",
                "document_id": ids[fact["report"]],
                "section_id": f"{ids[fact['report']]}-s0",
                "sentence_id": f"{ids[fact['report']]}-t0",
                "clean_start": number,
                "measure": "level",
                "direction": None,
                "value_base": Decimal(fact["value"]),
                "unit_base": fact.get("unit", "%"),
                "quote": f"{fact['indicator_key']}{fact['value']}",
                "indicator": fact["indicator_key"],
                "period_start": YEAR[fact["year"]][0],
                "period_end": YEAR[fact["year"]][1],
            }
            | {key: value for key, value in fact.items() if key not in ("report", "year")}
            | {"value": Decimal(fact["value"])}
            for number, fact in enumerate(facts)
        ],
    }
    files = {}
    for table, made in rows.items():
        file = folder / f"{table}.parquet"
        pl.DataFrame(made, schema=contract(table).schema()).write_parquet(file)
        files[table] = [file]
    path = folder / f"{run_id}.duckdb"
    write_candidate(
        path,
        files,
        reference=write_reference(folder / "reference"),
        published=published,
        run_id=run_id,
        built_at=built_at,
    )
    return path


def ask(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def rate(report, year, value, status="actual", **more):
    return (
        {"report": report, "year": year, "value": value, "status": status}
        | {
            "indicator_key": "签约率",
            "indicator_code": "T001",
            "unit": "%",
        }
        | more
    )


def grown(report, year, value, status="actual", **more):
    return (
        {"report": report, "year": year, "value": value, "status": status}
        | {
            "indicator_key": "水果产量",
            "unit": "%",
            "kind": "delta",
            "measure": "growth",
            "direction": "up",
        }
        | more
    )


def test_headline_takes_the_plain_and_precise_figure_and_counts_what_else_is_said(tmp_path):
    path = build(
        tmp_path,
        [
            rate(2023, 2022, "45"),
            rate(2023, 2022, "45.3"),
            rate(2023, 2022, "47", aggregation="年均"),
            rate(2024, 2022, "45.3"),
            rate(2024, 2023, "50", place="昆山市", place_code="320583"),
        ],
    )
    found = ask(
        path,
        "SELECT place, value::DOUBLE, restatements, agrees FROM headline_series WHERE indicator_code = 'T001' ORDER BY 1, 2",
    )
    assert found == [("昆山市", 50.0, 0, True), ("苏州市", 45.3, 2, True)]


def test_headline_says_where_restatements_disagree_and_contradictions_quotes_both(tmp_path):
    path = build(tmp_path, [rate(2023, 2022, "45.3"), rate(2024, 2022, "46.1"), rate(2024, 2022, "45")])
    assert ask(path, "SELECT restatements, agrees FROM headline_series") == [(2, False)]
    found = ask(path, "SELECT within, first_quote, second_quote FROM contradictions ORDER BY 1, 2, 3")
    assert found == [("one report", "签约率46.1", "签约率45"), ("two reports", "签约率45.3", "签约率46.1")]


def test_a_contradiction_stands_once_however_often_its_values_are_stated(tmp_path):
    stated = [rate(2021, 2020, "45.3"), rate(2022, 2020, "45.3"), rate(2023, 2020, "46.1"), rate(2024, 2020, "46.1")]
    path = build(tmp_path, [*stated, rate(2024, 2020, "46.1")], reports=(2021, 2022, 2023, 2024))
    found = ask(
        path,
        """SELECT within, first_report_period, second_report_period, first_statements, second_statements,
            first_reports, second_reports, values_stated FROM contradictions""",
    )
    assert found == [("two reports", "2021", "2023", 2, 3, 2, 2, 2)]


def test_two_values_of_one_report_of_which_another_states_one_are_both_kinds_of_contradiction(tmp_path):
    path = build(tmp_path, [rate(2023, 2022, "45.3"), rate(2023, 2022, "46.1"), rate(2024, 2022, "45.3")])
    found = ask(
        path,
        "SELECT within, first_quote, first_report_period, second_quote, second_report_period FROM contradictions ORDER BY 1",
    )
    assert found == [
        ("one report", "签约率45.3", "2023", "签约率46.1", "2023"),
        ("two reports", "签约率46.1", "2023", "签约率45.3", "2024"),
    ]


def test_of_a_group_of_many_values_the_first_twenty_are_compared(tmp_path):
    path = build(tmp_path, [rate(2024, 2022, f"{value}.5") for value in range(10, 50)])
    found = ask(path, "SELECT count(*), min(values_stated), max(second_value)::DOUBLE FROM contradictions")
    assert found == [(20 * 19 // 2, 40, 29.5)]


@pytest.mark.parametrize(
    ("target", "outcome", "reached"),
    [
        ({"value": "5", "comparator": ">="}, {"value": "5.2"}, True),
        ({"value": "5", "comparator": "~"}, {"value": "4.8"}, True),
        ({"value": "5", "comparator": "~"}, {"value": "4.2"}, False),
        ({"value": "3", "direction": "down"}, {"value": "3.2", "direction": "down"}, True),
        ({"value": "3", "direction": "down"}, {"value": "1", "direction": "up"}, False),
        ({"value": "3", "comparator": "<="}, {"value": "2"}, True),
    ],
)
def test_reached_compares_by_comparator_and_direction(tmp_path, target, outcome, reached):
    path = build(tmp_path, [grown(2023, 2023, status="target", **target), grown(2024, 2023, **outcome)])
    found = ask(path, "SELECT reached, reporting, outcome_basis, outcome_report_period FROM plan_vs_outcome")
    assert found == [(reached, "reported", "actual", "2024")]


def test_targets_never_reported_back_and_those_that_are_still_to_come(tmp_path):
    path = build(tmp_path, [grown(2023, 2023, "5", "target"), grown(2024, 2024, "6", "target"), rate(2024, 2023, "9")])
    found = ask(path, "SELECT target_report_period, reporting, reached FROM plan_vs_outcome ORDER BY 1")
    assert found == [("2023", "not reported", None), ("2024", "pending", None)]


def test_an_outcome_of_a_later_report_an_estimate_a_baseline_and_a_level_are_told_apart(tmp_path):
    later = build(
        tmp_path / "later", [grown(2022, 2022, "5", "target"), grown(2024, 2022, "4")], reports=(2022, 2023, 2024)
    )
    assert ask(later, "SELECT outcome_report_period FROM plan_vs_outcome") == [("2024",)]
    estimate = build(tmp_path / "estimate", [grown(2023, 2023, "5", "target"), grown(2024, 2023, "6", "target")])
    assert ask(estimate, "SELECT outcome_value::DOUBLE, outcome_basis FROM plan_vs_outcome") == [(6.0, "estimate")]
    baseline = build(
        tmp_path / "baseline", [rate(2023, 2023, "50", "target"), rate(2024, 2023, "52", "baseline", period="2023年")]
    )
    assert ask(baseline, "SELECT outcome_value::DOUBLE, outcome_basis FROM plan_vs_outcome") == [(52.0, "baseline")]
    level = build(
        tmp_path / "level",
        [
            grown(2023, 2023, "5", "target", indicator_code="T001"),
            rate(2024, 2023, "61"),
        ],
    )
    assert ask(level, "SELECT outcome_value::DOUBLE, outcome_basis, reached FROM plan_vs_outcome") == [
        (61.0, "level", None)
    ]


def test_a_target_set_together_with_its_outcome(tmp_path):
    path = build(tmp_path, [rate(2024, 2023, "60", "target"), rate(2024, 2023, "62")])
    found = ask(path, "SELECT target_value::DOUBLE, outcome_value::DOUBLE FROM plan_vs_outcome")
    assert found in ([], [(60.0, 62.0)])


def test_silence_and_a_figure_not_read_are_told_apart(tmp_path):
    path = build(tmp_path, [rate(2023, 2022, "45.3")])
    found = ask(
        path, "SELECT report_period, stated, example FROM stated_indicators WHERE indicator_code = 'T001' ORDER BY 1"
    )
    assert found == [("2023", "with figure", "签约率45.3"), ("2024", "without figure", "2024年签约率要提高。")]


def test_keys_without_a_code_are_listed_by_reports(tmp_path):
    path = build(tmp_path, [grown(2023, 2023, "5", "target"), grown(2024, 2023, "6"), rate(2024, 2023, "9")])
    assert ask(path, "SELECT indicator_key, measure, documents, facts FROM indicator_keys") == [
        ("水果产量", "growth", 2, 2)
    ]


def test_the_text_is_found_with_place_period_and_section(tmp_path):
    path = build(tmp_path, [])
    found = ask(
        path,
        "SELECT place, report_period, section_path FROM searchable_sentences WHERE contains(text, '签约率') ORDER BY 2",
    )
    assert [row[:2] for row in found] == [("苏州市", "2023"), ("苏州市", "2024")]
    assert all(row[2] is not None for row in found)


def test_revisions_grow_by_one_version_and_are_bounded(tmp_path, monkeypatch):
    first = build(tmp_path / "1", [rate(2023, 2022, "45.3"), grown(2023, 2022, "5"), grown(2024, 2023, "6")])
    assert ask(first, "SELECT count(*) FROM revisions") == [(0,)]
    # Of the same statements one says another value, one another status, one is gone, one is new.
    second = build(
        tmp_path / "2",
        [
            rate(2023, 2022, "45.9"),
            grown(2023, 2022, "5", "baseline"),
            rate(2024, 2023, "50"),
        ],
        published=first,
        run_id="run2",
        built_at=datetime(2025, 1, 2),
    )
    found = ask(
        second, "SELECT change, old_value::DOUBLE, new_value::DOUBLE, new_status FROM revisions ORDER BY change, 2"
    )
    assert ("value", 45.3, 45.9, "actual") in found
    assert ("status", 5.0, 5.0, "baseline") in found
    third = build(
        tmp_path / "3", [rate(2023, 2022, "45.9")], published=second, run_id="run3", built_at=datetime(2025, 1, 3)
    )
    changes = dict(ask(third, "SELECT run_id, count(*) FROM revisions GROUP BY run_id"))
    assert changes == {"run2": len(found), "run3": 2}
    assert {row[0] for row in ask(third, "SELECT change FROM revisions WHERE run_id = 'run3'")} == {"gone"}
    monkeypatch.setattr("warehouse.revisions.KEPT_VERSIONS", 1)
    fourth = build(tmp_path / "4", [], published=third, run_id="run4", built_at=datetime(2025, 1, 4))
    assert {row[0] for row in ask(fourth, "SELECT run_id FROM revisions")} == {"run4"}


def test_a_report_that_was_not_there_before_is_no_revision(tmp_path):
    first = build(tmp_path / "1", [rate(2023, 2022, "45.3")], reports=(2023,))
    second = build(
        tmp_path / "2",
        [rate(2023, 2022, "45.3"), rate(2024, 2023, "50")],
        published=first,
        run_id="run2",
        built_at=datetime(2025, 1, 2),
    )
    assert ask(second, "SELECT * FROM revisions") == []


def test_a_view_reads_only_views_before_it_in_the_alphabet():
    """DuckDB writes exported views by the alphabet, so another order cannot be imported."""
    queries = view_queries()
    late = [
        (name, other)
        for name, sql in queries.items()
        for other in queries
        if other > name and re.search(rf"\b(?:FROM|JOIN)\s+{other}\b", sql)
    ]
    assert late == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_warehouse_is_exported_and_imported_again(tmp_path, form):
    path = build(tmp_path, [rate(2023, 2023, "60", "target"), rate(2024, 2023, "62"), grown(2024, 2023, "6")])
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(f"EXPORT DATABASE '{tmp_path / form}' (FORMAT {form})")
        views = [
            row[0] for row in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        ]
        counts = {view: connection.execute(f'SELECT count(*) FROM "{view}"').fetchone() for view in views}
    with duckdb.connect(str(tmp_path / f"{form}.duckdb")) as connection:
        connection.execute(f"IMPORT DATABASE '{tmp_path / form}'")
        assert set(view_queries()) <= set(views)
        assert {view: connection.execute(f'SELECT count(*) FROM "{view}"').fetchone() for view in views} == counts
