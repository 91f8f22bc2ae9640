"""One `make run` of a build, watched: when it had published, and what each of its processes took (Linux)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from math import inf
from pathlib import Path
from statistics import median
from typing import NamedTuple

from assets.processes import CALLED
from bench.builds import environment

STEP = re.compile(r"✓ (\w+)\s+([\d.]+) s")
LOOK_EVERY = 0.1
"""Seconds. A process that lives less is not seen; of the others the last tenth of a second is missing."""
TICKS = os.sysconf("SC_CLK_TCK")
MAIN, FILES, OTHERS = "main", "files", "others"


class Process(NamedTuple):
    """What a process, or all of one duty together, took: megabytes at most of one, CPU seconds of all."""

    peak: float
    cpu: float


class Run(NamedTuple):
    """One run: wall seconds until it had published (None: it did not) and in all, processes by duty, seconds by step."""

    published: float | None
    seconds: float
    processes: dict[str, Process]
    steps: dict[str, float]

    @property
    def peak(self) -> float:
        """Megabytes of its largest process."""
        return max(process.peak for process in self.processes.values())

    @property
    def cpu(self) -> float:
        """CPU seconds of all processes."""
        return sum(process.cpu for process in self.processes.values())


def run(build: Path, landing: Path, warehouse: Path, patience: float = inf) -> Run:
    """Bring `warehouse` up to date with `landing` by `build`.

    Raises:
        SystemExit: the run failed.
        TimeoutError: it was ended, since it needed more than `patience` seconds.

    """
    cache = warehouse.with_name(
        f"{warehouse.name}-cache"
    )  # a first run measures the extractor, as every run of an early build does
    variables = environment(ZHENGBAO_LANDING=str(landing), ZHENGBAO_WAREHOUSE=str(warehouse), ZHENGBAO_CACHE=str(cache))
    log, live = warehouse.parent / "run.log", warehouse / "zhengbao.duckdb"
    before = live.resolve()
    published = None
    seen: dict[int, tuple[str, Process]] = {}
    start = time.perf_counter()
    command = [sys.executable, "-m", "assets.run"]
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=build, env=variables, stdout=output, stderr=output) as process,
    ):
        try:
            while process.poll() is None:
                for number in (process.pid, *below(process.pid)):
                    if told := look(number):
                        seen[number] = told
                if published is None and live.resolve() != before:
                    published = time.perf_counter() - start
                if time.perf_counter() - start > patience:
                    raise TimeoutError
                time.sleep(LOOK_EVERY)
        finally:
            process.kill()  # where it has not ended: those beside it end with it
    seconds = time.perf_counter() - start
    said = log.read_text()
    if process.returncode:
        sys.exit(f"{build} ended with {process.returncode} on {landing}:\n{said[-3000:]}")
    seen[process.pid] = (MAIN, seen[process.pid][1])
    return Run(published, seconds, by_duty(seen.values()), {name: float(took) for name, took in STEP.findall(said)})


def middle(runs: Sequence[Run]) -> Run:
    """The run of median length, with the median of the seconds to the published version."""
    told = [run.published for run in runs if run.published is not None]
    by_length = sorted(runs, key=lambda run: run.seconds)
    return by_length[(len(runs) - 1) // 2]._replace(
        seconds=median(run.seconds for run in runs), published=median(told) if told else None
    )


def by_duty(seen: Iterable[tuple[str, Process]]) -> dict[str, Process]:
    """The processes of one duty together."""
    found: dict[str, Process] = {}
    for duty, process in seen:
        peak, cpu = found.get(duty, Process(0, 0))
        found[duty] = Process(max(peak, process.peak), cpu + process.cpu)
    return found


def below(number: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    found: list[int] = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            own = [int(child) for child in task.read_text().split()]
        except OSError:  # it has ended
            continue
        for child in own:
            found += [child, *below(child)]
    return found


def look(number: int) -> tuple[str, Process] | None:
    """The duty of a process and what it took so far; None where it has ended."""
    place = Path(f"/proc/{number}")
    try:
        status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
        fields = (place / "stat").read_text().rpartition(")")[2].split()
        command = (place / "cmdline").read_text()
    except OSError:
        return None
    if "VmHWM" not in status or "resource_tracker" in command:  # it is about to end, or Python's own
        return None
    name = status["Name"].strip()
    duty = name.removeprefix(CALLED) if name.startswith(CALLED) else FILES if "assets.reading" in command else OTHERS
    return duty, Process(int(status["VmHWM"].split()[0]) / 1024, (int(fields[11]) + int(fields[12])) / TICKS)
