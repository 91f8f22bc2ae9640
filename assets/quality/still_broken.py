"""Warnings of sources that a run did not look at: the state of a check is that of all sources, not of the last run's.

A check of a stage judges the sources of its run. What it found wrong in others still is, until they are read again; it is
kept here by source, apart from the check results that a published warehouse takes up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from warehouse.quality import CheckResult

FILE = "still_broken.json"

Broken = dict[str, dict[str, list[str]]]
"""Stage -> promise -> sources."""


def still_broken(
    folder: Path, results: Collection[CheckResult], judged: Collection[str], present: Collection[str]
) -> Mapping[str, list[str]]:
    """Promise -> sources besides the judged ones that broke it when they were last judged; the new results are kept.

    `judged` are the sources of the run, `present` those that there are. Errors are not remembered: a run with one
    publishes nothing of its sources, and the next run takes them up again.
    """
    file = folder / FILE
    kept: Broken = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    others: dict[str, list[str]] = {}
    for result in results:
        if result.severity != "warning":
            continue
        own = kept.setdefault(result.stage, {})
        others[result.name] = [
            source for source in own.get(result.name, []) if source in present and source not in judged
        ]
        own[result.name] = sorted({*others[result.name], *_sources(result, judged)})
    folder.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{FILE}.new")
    aside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    aside.replace(file)
    return others


def _sources(result: CheckResult, judged: Collection[str]) -> set[str]:
    """The sources that break a promise: those of the rows shown, or all judged ones where the rows name no file."""
    if result.success:
        return set()
    named = {
        str(row.get("source") or str(row.get("file") or row.get("path") or "").split("/", 1)[0])
        for row in result.failing_rows
    }
    return (named & set(judged)) or set(judged)
