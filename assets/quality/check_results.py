"""Check results between the run that made them and the warehouse that keeps them.

A run that fails its audit publishes nothing; its results wait here, and the next published warehouse takes them up.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from warehouse.quality import CheckResult

KEPT_RUNS = 200
"""A published warehouse carries its own history, so older files are only a safeguard."""


def save_results(folder: Path, run_id: str, stage: str, checked_at: datetime, results: list[CheckResult]) -> None:
    """Keep the results of one stage of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    payload = {
        "run_id": run_id,
        "checked_at": checked_at.isoformat(),
        "results": [asdict(result) for result in results],
    }
    aside = folder / f".{run_id}.{stage}"
    aside.write_text(json.dumps(payload, ensure_ascii=False, default=str), encoding="utf-8")
    aside.replace(folder / f"{run_id}.{stage}.json")
    for old in sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime)[: -KEPT_RUNS * 6]:
        old.unlink()


def recorded_runs(
    folder: Path, but: Collection[tuple[str, str]] = ()
) -> Iterator[tuple[str, datetime, list[CheckResult]]]:
    """(run, time of the check, results) of every kept stage, oldest first, but those of the (run, stage) that are known."""
    for file in sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime):
        if tuple(file.stem.rsplit(".", 1)) in but:
            continue
        payload = json.loads(file.read_text(encoding="utf-8"))
        yield (
            payload["run_id"],
            datetime.fromisoformat(payload["checked_at"]),
            [CheckResult(**result) for result in payload["results"]],
        )


def now() -> datetime:
    """The time in UTC, without a zone as DuckDB's TIMESTAMP; only a run's own records hold a time, never a stage table."""
    return datetime.now(UTC).replace(tzinfo=None)
