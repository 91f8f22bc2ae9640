"""The command's run beside a live daemon, both wanting to publish: `python -m bench.overlaps --rounds 20`.

`make dev` watches a landing zone on loopback. In each round files come, change, go and move; when the sensor's run is queued or works, they
change again and `python -m assets.run` starts beside it. Counted are runs that failed, on either side, and runs whose steps were at work at
the same time, by the event log; whenever all rests the published warehouse must hold the files of the landing zone and no others.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import dagster as dg
import duckdb
from dagster._core.instance.ref import InstanceRef

from assets.automation.one_runner import IN_PROCESS_TAG
from assets.automation.retention import RUNS_VARIABLE, VERSIONS_VARIABLE
from assets.locations import PROJECT
from bench.kill_rounds import change, write
from tests.end_to_end.servers import Server, environment, running_server

UNFINISHED = """
{ runsOrError(filter: {statuses: [QUEUED, NOT_STARTED, STARTING, STARTED, CANCELING]}) { ... on Runs { results { runId } } } }"""
PATIENCE = 1200
"""Seconds for a run to come or to end, and for the warehouse to be that of the landing zone; many, for a machine at work elsewhere."""
QUIET = 5
"""Behind so many rounds all rests, and the published files are compared; in between one round runs into the next."""
SOURCES = ("青岛市", "淄博市", "济南市", "烟台市", "潍坊市", "临沂市")
STEPS = {dg.DagsterEventType.STEP_START, dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.STEP_FAILURE}

FAILURES = {dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.RUN_FAILURE}


class Work(NamedTuple):
    """A run of the history."""

    run_id: str
    by: str
    status: str
    first: float
    """When its first step began, and its last ended."""
    last: float
    why: str
    """What was said where it failed."""


def main() -> int:
    """Exit status 0: nothing failed, and one run published at a time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0, help="begin no round after so long; 0 for all rounds")
    chosen = parser.parse_args()
    os.environ |= {"ZHENGBAO_SETTLE_SECONDS": "0", RUNS_VARIABLE: "10000", VERSIONS_VARIABLE: "10000"}
    with tempfile.TemporaryDirectory() as folder:
        result = overlaps(Path(folder), chosen.rounds, chosen.seconds, random.Random(chosen.seed))
    print(json.dumps(result, ensure_ascii=False))
    return 1 if result["troubles"] else 0


def overlaps(folder: Path, rounds: int, seconds: float, dice: random.Random) -> dict[str, object]:
    """Do the rounds; what was counted, and every trouble."""
    landing, warehouse = folder / "landing", folder / "warehouse"
    for source in SOURCES:
        write(landing, source, "1", dice)
    warehouse.mkdir()
    troubles: list[str] = []
    done = beside = 0
    started = time.monotonic()
    with running_server(landing, warehouse) as server:
        for number in range(rounds):
            if seconds and time.monotonic() - started > seconds:
                break
            done += 1
            scatter(landing, dice)
            if not wait_for(lambda: bool(unfinished(server))):
                troubles.append(f"round {number}: the sensor asked for no run")
                continue
            time.sleep(dice.uniform(0, 12))
            scatter(landing, dice)
            overlapping = bool(unfinished(server))
            beside += overlapping
            command = start(server)
            time.sleep(dice.uniform(0, 8))
            if dice.random() < 0.5:  # while it reads
                scatter(landing, dice)
            try:
                output, _ = command.communicate(timeout=PATIENCE)
            finally:
                command.kill()
            if command.returncode:
                troubles.append(f"round {number}: the command ended with {command.returncode}: {output[-1500:]}")
            if number % QUIET == QUIET - 1:
                troubles += compared(server)
            how = "beside a run" if overlapping else "alone"
            print(f"round {number}: {how}, {troubles}", file=sys.stderr, flush=True)
        troubles += compared(server)
    works = history(warehouse)
    troubles += [
        f"run {work.run_id} by {work.by}: {work.status} {work.why}" for work in works if work.status != "SUCCESS"
    ]
    together = [f"{one.run_id} and {other.run_id}" for one, other in pairwise(works) if other.first < one.last]
    versions = len(list(warehouse.glob("zhengbao-*.duckdb")))
    return {
        "rounds": done,
        "begun beside a run of the daemon": beside,
        "runs": Counter(f"{work.by} {work.status}" for work in works),
        "publications": versions,
        "at the same time": together,
        "troubles": troubles + together,
    }


def compared(server: Server) -> list[str]:
    """The files that the warehouse does not hold as they are, when nothing is left to do."""
    if wait_for(lambda: not unfinished(server) and holds(server.warehouse) == lies(server.landing)):
        return []
    return [f"{different(holds(server.warehouse), lies(server.landing))} differ"]


def scatter(landing: Path, dice: random.Random) -> None:
    """Change files as the kill rounds do, and one in a source of these, so that changed sources lie apart."""
    change(landing, dice)
    for source in dice.sample(SOURCES, 2):
        write(landing, source, str(dice.randrange(4)), dice)


def start(server: Server) -> subprocess.Popen[str]:
    """The command beside the daemon."""
    return subprocess.Popen(
        [sys.executable, "-m", "assets.run"],
        cwd=PROJECT,
        env=environment(server.landing, server.warehouse),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def unfinished(server: Server) -> list[str]:
    """Runs that wait or work, by the webserver."""
    return [run["runId"] for run in server.ask(UNFINISHED)["runsOrError"]["results"]]


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def lies(landing: Path) -> dict[str, str]:
    """Path -> hash of the files of the landing zone."""
    return {
        file.relative_to(landing).as_posix(): sha256(file.read_bytes()).hexdigest() for file in landing.rglob("*.txt")
    }


def holds(warehouse: Path) -> dict[str, str]:
    """Path -> hash of the published documents."""
    live = warehouse / "zhengbao.duckdb"
    if not live.exists():
        return {}
    with duckdb.connect(str(live.resolve()), read_only=True) as connection:
        return dict(connection.execute("SELECT path, content_sha256 FROM documents").fetchall())


def different(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Paths that are in one only, or with other contents."""
    return sorted({path for path, _ in one.items() ^ other.items()})


def history(warehouse: Path) -> list[Work]:
    """The runs that had steps or did not succeed, in the order of their first steps."""
    found = []
    with dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(warehouse / ".zhengbao" / "dagster"))) as instance:
        for run in instance.get_runs():
            times = [entry.timestamp for entry in instance.all_logs(run.run_id, of_type=STEPS)]
            if times or run.status != dg.DagsterRunStatus.SUCCESS:
                by = "command" if IN_PROCESS_TAG in run.tags else "daemon"
                failed = instance.all_logs(run.run_id, of_type=FAILURES)
                why = " | ".join(f"{entry.step_key or 'run'}: {said(entry)[:600]}" for entry in failed)
                found.append(Work(run.run_id, by, run.status.value, min(times, default=0), max(times, default=0), why))
    return sorted(found, key=lambda work: work.first)


def said(entry: dg.EventLogEntry) -> str:
    """The message of a failure, or the error behind it."""
    error = getattr(entry.dagster_event.event_specific_data, "error", None) if entry.dagster_event else None
    cause = error.cause if error and error.cause else error
    return cause.message if cause else entry.message


if __name__ == "__main__":
    sys.exit(main())
