"""The views answer what they are for, on a small set of reports."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from tests.mutation.good_set import write_good_candidate


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    path = write_good_candidate(tmp_path_factory.mktemp("views"))
    connection = duckdb.connect(str(path))
    yield connection
    connection.close()


def test_indicator_series_follows_an_indicator_through_the_periods(warehouse):
    series = warehouse.execute(
        """SELECT report_period, status, value::DOUBLE FROM indicator_series
        WHERE indicator_code = 'T001' AND place = '苏州市' AND kind = 'level' ORDER BY period_end, status"""
    ).fetchall()
    assert series == [("2023", "actual", 45.1), ("2024", "actual", 47.2), ("2024", "target", 45.0)]


def test_plan_vs_outcome_joins_a_target_to_the_nearest_later_outcome(warehouse):
    found = warehouse.execute(
        """SELECT indicator_name, target_value::DOUBLE, outcome_value::DOUBLE, attainment, reached, outcome_is_interim
        FROM plan_vs_outcome WHERE reporting = 'reported' ORDER BY indicator_name DESC"""
    ).fetchall()
    assert found == [
        ("每千人口床位数", 6.5, 6.4, 0.9846, False, False),
        ("家庭医生签约率", 45.0, 47.2, 1.0489, True, False),
    ]


def test_document_summary_counts_what_was_read(warehouse):
    found = warehouse.execute(
        "SELECT path, sections, facts, actuals, targets, coded_facts, rankings, commitments, mentions FROM document_summary"
    ).fetchall()
    assert found == [
        ("suzhou_wjw/plan-2024.txt", 4, 5, 0, 5, 2, 0, 1, 1),
        ("suzhou_wjw/summary-2023.txt", 2, 2, 2, 0, 2, 0, 0, 0),
        ("suzhou_wjw/summary-2024.txt", 4, 9, 9, 0, 3, 1, 0, 1),
        ("xiamen_wjw/h1-2024.txt", 3, 4, 4, 0, 0, 0, 0, 0),
    ]


def test_district_breakdown_shows_districts_with_their_share(warehouse):
    found = warehouse.execute(
        "SELECT district, indicator, value::DOUBLE, whole_value::DOUBLE, share_of_whole FROM district_breakdown ORDER BY district"
    ).fetchall()
    assert found == [("思明区", "三级医院", 5.0, 14.0, 0.3571), ("昆山市", "社区医院", 8.0, None, None)]


def test_parts_check_sums_the_parts(warehouse):
    found = warehouse.execute(
        "SELECT whole::INT, sum_of_parts::INT, parts, verdict, breakdown FROM parts_check ORDER BY whole DESC"
    ).fetchall()
    assert found == [
        (30, 10, 1, "partial", "青年名中医 10"),
        (25, 25, 3, "consistent", "产业类签约项目 17、战略类签约项目 5、技术类签约项目 3"),
        (14, 5, 1, "partial", "三级医院 5"),
    ]


def test_parts_check_follows_nested_breakdowns(warehouse):
    """51 = 39 + 12, 39 = 12 + 22 + 5, and that 12 = 5 + 7: three wholes at three depths, all consistent."""
    warehouse.execute("BEGIN")
    template = "SELECT * FROM facts WHERE indicator = '夜间门诊'"
    tree = {
        "a": (51, None),
        "b": (39, "a"),
        "c": (12, "a"),
        "d": (12, "b"),
        "e": (22, "b"),
        "f": (5, "b"),
        "g": (5, "d"),
        "h": (7, "d"),
    }
    for name, (value, whole) in tree.items():
        warehouse.execute(
            f"INSERT INTO facts SELECT * REPLACE (? AS fact_id, ? AS value, ? AS part_of_fact_id, ? AS indicator) FROM ({template})",
            [name, value, whole, name],
        )
    found = warehouse.execute(
        "SELECT fact_id, depth, root_fact_id, verdict FROM parts_check WHERE root_fact_id = 'a' ORDER BY fact_id"
    ).fetchall()
    warehouse.execute("ROLLBACK")
    assert found == [("a", 0, "a", "consistent"), ("b", 1, "a", "consistent"), ("d", 2, "a", "consistent")]


def test_indicator_coverage_says_what_is_known_where(warehouse):
    found = warehouse.execute(
        "SELECT indicator_code, place, report_period, actuals, targets FROM indicator_coverage"
    ).fetchall()
    assert found == [
        ("T001", "苏州市", "2023", 1, 0),
        ("T001", "苏州市", "2024", 2, 1),
        ("T002", "苏州市", "2023", 1, 0),
        ("T002", "苏州市", "2024", 1, 1),
    ]


def test_frequent_uncoded_indicators_lists_what_lacks_a_code(warehouse):
    found = warehouse.execute("SELECT indicator, unit, facts FROM frequent_uncoded_indicators LIMIT 1").fetchall()
    assert found == [("三级医院", "家", 2)]


def test_quality_views_show_trend_and_offenders(warehouse):
    warehouse.execute("BEGIN")
    for run, day, success, count in [("r1", 1, True, 0), ("r2", 2, False, 7), ("r3", 3, False, 4)]:
        warehouse.execute(
            "INSERT INTO quality_results VALUES (?, ?, 'facts', 'facts', 'a_check', 'warning', ?, '', ?)",
            [run, datetime(2025, 1, day), success, count],
        )
    trend = warehouse.execute(
        "SELECT run_id, checks, kept, broken_errors, broken_warnings, failing_rows FROM quality_trend"
    ).fetchall()
    worst = warehouse.execute(
        "SELECT check_name, judged, broken, rows_then, kept_now FROM quality_worst_offenders"
    ).fetchall()
    warehouse.execute("ROLLBACK")
    assert trend == [("r1", 1, 1, 0, 0, 0), ("r2", 1, 0, 0, 1, 7), ("r3", 1, 0, 0, 1, 4)]
    assert worst == [("a_check", 3, 2, 4, False)]


def test_the_file_can_be_exported_and_imported(warehouse, tmp_path):
    warehouse.execute(f"EXPORT DATABASE '{tmp_path}' (FORMAT parquet)")
    with duckdb.connect() as again:
        again.execute(f"IMPORT DATABASE '{tmp_path}'")
        names = "SELECT table_name, table_type FROM information_schema.tables ORDER BY ALL"
        assert again.execute(names).fetchall() == warehouse.execute(names).fetchall()
        for name, _ in again.execute(names).fetchall():
            rows = f'SELECT count(*), sum(hash(r)) FROM "{name}" AS r'
            assert again.execute(rows).fetchall() == warehouse.execute(rows).fetchall(), name
