"""Files to a published warehouse by one worker of Celery, then by two: `python -m bench.celery_workers [--megabytes 20] [--sources 31] [--repeat 1]`.

Redis, PostgreSQL and the workers are started on loopback; each worker reads by one process (ZHENGBAO_WORKERS=1), and is new: what it loads first
is in its time. The same landing zone each time, one worker and two in turn. Prints seconds from the request of a run to its publication,
and from the first part of the reading to the last; then the ratios of the medians. Needs Debian's postgresql and redis-server.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.corpora import base_texts, make_landing
from tests.deploy.many_hosts import Workers, all_sources, history, queue_and_history
from tests.deploy.single_host import ROOT, wait_for

NAMES = ("one", "two")
PUBLISHED = "SELECT max(timestamp) FROM event_logs WHERE dagster_event_type = 'ASSET_MATERIALIZATION' AND step_key = 'warehouse'"
PARTS = """
SELECT min(timestamp) FILTER (WHERE dagster_event_type = 'STEP_START'), max(timestamp) FILTER (WHERE dagster_event_type = 'STEP_SUCCESS'),
       count(*) FILTER (WHERE dagster_event_type = 'STEP_SUCCESS')
FROM event_logs WHERE step_key LIKE 'reading.part[%'
"""
STEPS = """
SELECT step_key, extract(epoch FROM max(timestamp) FILTER (WHERE dagster_event_type = 'STEP_SUCCESS')
                                  - min(timestamp) FILTER (WHERE dagster_event_type = 'STEP_START'))
FROM event_logs WHERE step_key NOT LIKE 'reading.part[%' GROUP BY step_key ORDER BY min(timestamp)
"""
PATIENCE = 3600


class Took(NamedTuple):
    """Seconds of a run."""

    until_published: float
    reading: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--sources", type=int, default=31)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--steps", action="store_true", help="tell the seconds of each other step too")
    asked = parser.parse_args()
    texts = base_texts()
    took: dict[int, list[Took]] = {1: [], 2: []}
    for _ in range(asked.repeat):
        for count in took:
            with tempfile.TemporaryDirectory() as name:
                make_landing(Path(name) / "landing", int(asked.megabytes * 1e6), asked.sources, texts)
                took[count].append(measured(Path(name), NAMES[:count], asked.steps))
    print(f"request to published: {ratio(took, 0):.2f} x, reading alone: {ratio(took, 1):.2f} x")


def ratio(took: dict[int, list[Took]], field: int) -> float:
    """One worker's median over that of two."""
    one, two = (median(run[field] for run in took[count]) for count in (1, 2))
    return one / two


def measured(folder: Path, names: tuple[str, ...], steps: bool) -> Took:
    """One run by so many new workers."""
    with queue_and_history(folder, visibility_timeout=PATIENCE * 2) as environment:
        workers = Workers(environment, environment["ZHENGBAO_CELERY"], folder)
        try:
            tags = json.dumps(all_sources(environment))
            for name in names:
                workers.start(name)
            wait_for(lambda: all(map(workers.ready, names)), 120, "the workers did not start", folder)
            return run(folder, environment, tags, len(names), steps)
        finally:
            workers.end()


def run(folder: Path, environment: dict[str, str], tags: str, count: int, steps: bool) -> Took:
    """Ask for a run over all sources, and wait until it has ended."""
    command = [sys.executable, "-m", "dagster", "job", "execute", "-m", "assets.definitions", "--tags", tags]
    begun, load = datetime.now(UTC).replace(tzinfo=None), os.getloadavg()[0]
    with (folder / "run.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "-j", "materialise_and_publish"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            status = process.wait(PATIENCE)
        finally:
            process.kill()
    if status:
        sys.exit(f"The run ended with {status}:\n{(folder / 'run.log').read_text()[-3000:]}")
    (published,), (first, last, parts) = asked(environment, PUBLISHED)[0], asked(environment, PARTS)[0]
    took = Took((published - begun).total_seconds(), (last - first).total_seconds())
    print(
        f"{count} worker{'s' if count > 1 else ' '}: published after {took.until_published:6.1f} s, {parts} parts read in {took.reading:6.1f} s"
        f" (load {load:.1f} before, {os.getloadavg()[0]:.1f} after)",
        flush=True,
    )
    for step, seconds in asked(environment, STEPS) if steps else ():
        print(f"    {step} {seconds}")
    return took


def asked(environment: dict[str, str], query: str) -> list[tuple[Any, ...]]:
    """The rows of a query to the run history."""
    connection = history(environment)
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    connection.close()
    return rows


if __name__ == "__main__":
    main()
