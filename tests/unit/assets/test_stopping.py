"""A run that a blocking check ends says which row and what to do, in the first lines of what the page of the run shows."""

from __future__ import annotations

import dagster as dg
import pytest

from assets.commands.progress import why
from assets.quality.checks import evaluation, stage_asset, stop_if_blocked
from assets.quality.stopping import SHOWN_CHECKS, WIDTH, Broken, told
from warehouse.quality import CheckResult, promises

ROWS = [{"fact_id": "7f", "document_id": "7", "failed": "value is missing", "file": "a/<b>.txt"}]


def result(name, **changes):
    promise = next(one for one in promises("facts") if one.name == name)
    said = {"success": False, "observed": "1 failing row", "failing_count": 1, "failing_rows": ROWS, **changes}
    return CheckResult(
        name=name, stage="facts", table=promise.table, severity=promise.severity, action=promise.action, **said
    )


def run_of(results):
    """The step failure of a run whose check gives these results, as its page has it; None where it succeeds."""

    @dg.multi_asset_check(
        specs=[
            dg.AssetCheckSpec(one.name, asset=stage_asset("facts", one.table), blocking=promise.blocking)
            for one in results
            for promise in promises("facts")
            if promise.name == one.name
        ]
    )
    def quality():
        for one in results:
            yield evaluation(one, "http://127.0.0.1:3001/facts.html")
        stop_if_blocked("facts", results, "http://127.0.0.1:3001/facts.html")

    defs = dg.Definitions(
        asset_checks=[quality], jobs=[dg.define_asset_job("all", selection=dg.AssetSelection.all_asset_checks())]
    )
    done = defs.resolve_job_def("all").execute_in_process(raise_on_error=False)
    assert len(done.get_asset_check_evaluations()) == len(results), "every result is kept, whatever fails"
    failures = done.get_step_failure_events()
    return failures[0].step_failure_data if failures else None


def test_the_failure_says_row_and_remedy_before_anything_else():
    failed = run_of([result("facts_values"), result("facts_key", success=True, failing_rows=[])])
    lines = failed.error.message.splitlines()
    assert "Nothing is published, since a blocking check failed" in lines[0]
    assert lines[1:] == [
        "facts_values on facts: 1 failing",
        "    a/<b>.txt: fact_id 7f, document_id 7, failed value is missing",
        f"    To do: {result('facts_values').action}",
    ]
    metadata = failed.user_failure_data.metadata
    assert "value is missing" in metadata["failing rows of facts_values"].value
    assert "<b>" not in metadata["failing rows of facts_values"].value
    assert metadata["data docs"].value.endswith("facts.html")


def test_the_terminal_says_it_in_one_line():
    assert why(run_of([result("facts_values")])).startswith("Nothing is published, since a blocking check failed")


def test_a_check_that_does_not_block_ends_nothing():
    (name,) = [one.name for one in promises("facts") if not one.blocking][:1]
    assert run_of([result(name)]) is None


def test_many_failures_stay_on_the_page():
    rows = ["长" * 400] * 30
    lines = told([Broken(f"check_{k}", "facts", rows, 30, "Mend it.") for k in range(9)]).splitlines()
    assert len(lines) <= 14
    assert all(len(line) <= WIDTH + 4 for line in lines)
    assert lines[-1] == "Also failed: " + ", ".join(f"check_{k}" for k in range(SHOWN_CHECKS, 9))


def test_measures_below_their_floors_say_which(monkeypatch):
    import assets.quality.evaluation as quality
    from pipeline.evaluation import Floors

    monkeypatch.setattr(quality, "cached", lambda: quality.Measures({"dev": {"found_f1": 0.5}}, "", ""))
    monkeypatch.setattr(quality, "read_floors", lambda: Floors("", {"dev": {"found_f1": 0.9}}, []))
    done = dg.materialize([quality.extraction_quality], raise_on_error=False)
    (failure,) = done.get_step_failure_events()
    assert "dev/found_f1: 0.5 is below 0.9" in failure.step_failure_data.error.message
    with pytest.raises(quality.NothingPublishedError):
        dg.materialize([quality.extraction_quality])
