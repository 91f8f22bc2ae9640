"""Data Docs: the Great Expectations pages of a run's checks, readable without a network, the last runs kept.

The pages are rendered by Great Expectations. Its templates load styles and scripts from the internet
and do not escape what a report says; here both are mended: one style sheet of our own stands in each
page, and every text that comes from data is escaped before it is rendered.
"""

from __future__ import annotations

import html
import importlib
import json
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from warehouse.contract import STAGES, Stage
from warehouse.quality.judging import expectation
from warehouse.quality.promise import promises
from warehouse.quality.results import CheckResult

STYLE = Path(__file__).with_name("docs.css")
SCRIPT = Path(__file__).with_name("docs.js")
ROWS_SHOWN = 5


def build_data_docs(
    run_id: str, checked_at: datetime, results: Sequence[CheckResult], folder: Path, keep: int = 20
) -> Path:
    """Write the pages of a run's results, one a stage, and the index of the runs; returns the index.

    May be called once a stage or once a run: pages of the same run are added. The last `keep` runs stay.
    """
    name = re.sub(r"[^0-9A-Za-z._-]", "_", run_id).lstrip(".") or "run"
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        own = [result for result in results if result.stage == stage]
        if own:
            _write(target / f"{stage}.html", _page(stage, run_id, checked_at, own))
            summary = {
                "run_id": run_id,
                "checked_at": checked_at.isoformat(timespec="seconds"),
                "checks": len(own),
                "errors": sum(not result.success and result.severity == "error" for result in own),
                "warnings": sum(not result.success and result.severity == "warning" for result in own),
            }
            _write(target / f"{stage}.json", json.dumps(summary, ensure_ascii=False))
    runs = sorted(_runs(folder), key=lambda run: max(stage["checked_at"] for stage in run[1].values()), reverse=True)
    for stale, _ in runs[max(1, keep) :]:
        shutil.rmtree(stale)
    index = folder / "index.html"
    _write(index, _index(runs[: max(1, keep)]))
    return index


def _runs(folder: Path) -> list[tuple[Path, dict[str, dict[str, Any]]]]:
    """Each run's folder, and the summaries of its stages."""
    found = []
    for run in folder.iterdir():
        if run.is_dir():
            stages: dict[str, dict[str, Any]] = {
                stage: json.loads((run / f"{stage}.json").read_text(encoding="utf-8"))
                for stage in STAGES
                if (run / f"{stage}.json").is_file()
            }
            if stages:
                found.append((run, stages))
    return found


def _page(stage: Stage, run_id: str, checked_at: datetime, results: Sequence[CheckResult]) -> str:
    """The page of one stage as Great Expectations renders it, made to stand alone."""
    core: Any = importlib.import_module("great_expectations.core")
    renderers: Any = importlib.import_module("great_expectations.render.renderer")
    by_name = {promise.name: promise for promise in promises(stage)}
    kept = sum(result.success for result in results)
    validation = core.ExpectationSuiteValidationResult(
        success=kept == len(results),
        suite_name=stage,
        results=[
            core.ExpectationValidationResult(
                success=result.success,
                expectation_config=expectation(by_name[result.name]).configuration,
                result={"observed_value": _observed(result)},
                exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
            )
            for result in sorted(results, key=lambda result: (result.success, result.severity))
        ],
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": kept,
            "unsuccessful_expectations": len(results) - kept,
            "success_percent": 100 * kept / len(results),
        },
        meta={
            "run_id": {"run_name": html.escape(run_id), "run_time": checked_at.isoformat() + "+00:00"},
            "batch_spec": {},
            "great_expectations_version": version("great_expectations"),
        },
    )
    document = renderers.ValidationResultsPageRenderer().render(validation)
    return _standing_alone(_view().render(document))


@cache
def _view() -> Any:
    """The view, which compiles twenty templates when it first renders."""
    views: Any = importlib.import_module("great_expectations.render.view")
    return views.DefaultJinjaPageView()


def _observed(result: CheckResult) -> str:
    """What was observed, and for a broken promise its name, some rows and what to do, as safe HTML."""
    if result.success:
        return html.escape(result.observed)
    rows = [
        "; ".join(f"{key}: {value}" for key, value in row.items() if value is not None)
        for row in result.failing_rows[:ROWS_SHOWN]
    ]
    lines = [f"{result.severity}: {result.table}.{result.name}, {result.observed}", *rows, f"To do: {result.action}"]
    # $ begins a placeholder in the renderer's templates
    return "<br>".join(html.escape(line).replace("$", "&#36;") for line in lines)


def _standing_alone(page: str) -> str:
    """The page without anything that is loaded from elsewhere, with our style and script in it."""
    page = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    page = re.sub(r"<link\b[^>]*>", "", page)
    page = re.sub(r"<img\b[^>]*>", "Data Docs", page)
    page = re.sub(r"<footer\b.*?</footer>", "", page, flags=re.DOTALL)
    page = re.sub(r'<a href="[^"]*expectations/[^"]*"\s*>(.*?)</a>', r"\1", page, flags=re.DOTALL)
    page = re.sub(r'href="[./]*/index\.html"', 'href="../index.html"', page)
    own = f"<style>{STYLE.read_text(encoding='utf-8')}</style><script>{SCRIPT.read_text(encoding='utf-8')}</script></head>"
    return page.replace("</head>", own, 1)


def _index(runs: list[tuple[Path, dict[str, dict[str, Any]]]]) -> str:
    rows = []
    for folder, stages in runs:
        cells = []
        for stage in STAGES:
            found = stages.get(stage)
            if found is None:
                cells.append("<td></td>")
                continue
            state = "text-danger" if found["errors"] else "text-warning" if found["warnings"] else "text-success"
            told = f"{found['checks']} checks, {found['errors']} errors, {found['warnings']} warnings"
            cells.append(f'<td><a class="{state}" href="{html.escape(folder.name)}/{stage}.html">{told}</a></td>')
        first = next(iter(stages.values()))
        rows.append(
            f"<tr><td>{html.escape(first['checked_at'])}</td><td>{html.escape(first['run_id'])}</td>{''.join(cells)}</tr>"
        )
    heads = "".join(f"<th>{head}</th>" for head in ("checked at (UTC)", "run", *STAGES))
    style = STYLE.read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>Zhengbao Data Docs</title>'
        f'<style>{style}</style></head><body><div class="container-fluid"><h4>Data Docs of the last {len(runs)} runs 最近各次运行的质量检查</h4>'
        f'<table class="table"><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div></body></html>'
    )


def _write(file: Path, text: str) -> None:
    """A reader sees the old page or the new one."""
    aside = file.with_name(f".{file.name}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
