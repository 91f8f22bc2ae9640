"""Kill runs at random moments while files come, change, go and come back, under readers: `python -m bench.kill_rounds --rounds 200`.

Each round changes the landing zone, kills a run with SIGKILL somewhere, sometimes withdraws the change, and runs again. The published
warehouse must then equal, row by row, that of a full rebuild, and no reader may ever fail or see a document without its text.

Most rounds run what writes: the stages, the candidate and the publication. Every `--whole`th round is all of `make run`, of whose time
three quarters go into checks, where a kill finds nothing half-written.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import dagster as dg
import duckdb

from assets.automation.one_runner import OneRunner
from assets.automation.triggers import publish_job, range_tags, republish_job
from assets.commands.progress import progress_logger
from assets.landing import read_zone
from assets.publication.publishing import warehouse, warehouse_candidate
from assets.quality import judge
from assets.stages.clean import clean
from assets.stages.facts import extraction
from assets.stages.parquet import stage_files
from assets.stages.partitions import bring_together
from assets.stages.raw import raw
from assets.stages.sections import outline
from assets.stages.workers import WORKERS_VARIABLE

HISTORY = ("quality_results", "row_counts", "revision_log")
"""What these tables hold is of runs, not of reports."""
REPORT = """{place}卫生健康委员会{year}年工作总结

{year}年，全市卫生健康系统紧扣年度目标，各项任务有序推进。
一、基层服务稳步提升。全市建成家庭医生团队{teams}个，老年人签约率达到{rate}%。
二、医疗质量持续改善。新增省级临床重点专科3个，检查检验互认项目达到120项。
"""
FEWEST = 3
"""Rounds that are done however busy the machine is."""
PLACES = ("青岛市", "淄博市", "济南市", "烟台市")


def main() -> int:
    """Exit status 0: nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--whole", type=int, default=10, help="every so many rounds all of make run; 0 for none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=0, help="stop after so long, behind three rounds; 0 for all rounds"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = rounds(Path(folder), chosen.rounds, chosen.readers, chosen.whole, chosen.seed, chosen.seconds)
    print(json.dumps(result, ensure_ascii=False))
    return 1 if result["troubles"] else 0


def rounds(folder: Path, count: int, readers: int, whole: int, seed: int, seconds: float = 0) -> dict:
    """Do the rounds; what was counted, and every trouble."""
    os.environ["ZHENGBAO_SETTLE_SECONDS"] = "0"
    os.environ[WORKERS_VARIABLE] = "1"
    preload()
    dice, started = random.Random(seed), time.monotonic()
    landing, warehouse = folder / "landing", folder / "warehouse"
    for place in PLACES[:2]:
        write(landing, place, "1", dice)
    troubles: list[str] = []
    typical = {}
    for lean in (True, False) if whole else (True,):
        write(landing, PLACES[2], str(lean), dice)
        begun = time.monotonic()
        if wait(start(landing, warehouse, folder / "log", lean)) != 0:
            return {"rounds": 0, "troubles": ["the first run failed: " + (folder / "log").read_text()[-800:]]}
        typical[lean] = time.monotonic() - begun
    watching = [fork(lambda k=k: read_on(warehouse, folder / f"reader{k}")) for k in range(readers)]
    done = killed = 0
    try:
        for number in range(count):
            if seconds and time.monotonic() - started > seconds and number >= FEWEST:
                break
            before = snapshot(landing)
            change(landing, dice)
            lean = not whole or number % whole != whole - 1
            run = start(landing, warehouse, folder / "log", lean)
            time.sleep(dice.uniform(0, typical[lean]))
            os.kill(run, signal.SIGKILL)
            killed += os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]) == -signal.SIGKILL
            if dice.random() < 0.4:
                restore(landing, before)
            if wait(start(landing, warehouse, folder / "log", lean)) != 0:
                troubles.append(f"round {number}: recovery failed: {(folder / 'log').read_text()[-800:]}")
                continue
            shutil.rmtree(folder / "anew", ignore_errors=True)
            if wait(rebuild(landing, folder / "anew", folder / "log2")) != 0:
                troubles.append(f"round {number}: rebuild failed: {(folder / 'log2').read_text()[-800:]}")
                continue
            if differ := differing(warehouse, folder / "anew"):
                troubles.append(f"round {number}: {', '.join(differ)} differ from a full rebuild")
            done += 1
    finally:
        for reader in watching:
            os.kill(reader, signal.SIGTERM)
            os.waitpid(reader, 0)
    reads = 0
    for k in range(readers):
        lines = (folder / f"reader{k}").read_text().splitlines()
        reads += len(lines)
        troubles += [f"reader {k}: {line}" for line in lines if line != "ok"]
    return {"rounds": done, "killed": killed, "reads": reads, "troubles": troubles}


def preload() -> None:
    """Import what every run needs once; a run is then a fork of this process, which has started no thread."""
    for module in ("assets.definitions", "duckdb_sqlalchemy", "warehouse.quality.expectations"):
        importlib.import_module(module)
    importlib.import_module("assets.stages.knowledge").knowledge()


def fork(work: Callable[[], int]) -> int:
    """A process that does the work; its number."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    try:
        os._exit(work())
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)


def start(landing: Path, warehouse: Path, log: Path, lean: bool) -> int:
    """`make run` in a process of its own; a lean one writes and publishes, and checks nothing."""

    def work() -> int:
        settle_in(landing, warehouse, log)
        os.environ[WORKERS_VARIABLE] = "1" if lean else "2"  # with a process beside, work is begun ahead
        if lean:
            importlib.import_module("assets.definitions").defs = lean_definitions()
            judge.beside.start = lambda: None
        return importlib.import_module("assets.commands.run").main()

    return fork(work)


def settle_in(landing: Path, warehouse: Path, log: Path) -> None:
    """Make this process one of a deployment, with what it says in a file."""
    with log.open("w") as stream:
        os.dup2(stream.fileno(), 1)
        os.dup2(stream.fileno(), 2)
    os.environ["ZHENGBAO_LANDING"], os.environ["ZHENGBAO_WAREHOUSE"] = str(landing), str(warehouse)


def lean_definitions() -> dg.Definitions:
    """The assets that write what is published, without checks."""
    return dg.Definitions(
        assets=[raw, clean, outline, extraction, warehouse_candidate, warehouse],
        jobs=[publish_job, republish_job],
        resources={"io_manager": stage_files, "one_runner": OneRunner()},
        loggers={"progress": progress_logger},
        executor=dg.in_process_executor,
    )


def rebuild(landing: Path, warehouse: Path, log: Path) -> int:
    """All stages from nothing to a published warehouse, in a process of its own."""

    def work() -> int:
        settle_in(landing, warehouse, log)
        with dg.DagsterInstance.ephemeral() as instance:
            sources = read_zone(landing).sources
            covered = bring_together(instance, sources, set(sources))
            job = lean_definitions().resolve_job_def(publish_job.name)
            result = job.execute_in_process(instance=instance, tags=range_tags(*covered) if covered else {})
        return 0 if result.success else 1

    return fork(work)


def wait(process: int) -> int:
    """The exit status of a process."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def write(landing: Path, source: str, name: str, dice: random.Random) -> None:
    """A report with figures of its own."""
    file = landing / source / f"{name}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    text = REPORT.format(place=source, year=2024, teams=dice.randrange(100, 9999), rate=dice.randrange(40, 99))
    file.write_text(text, encoding="utf-8")


def change(landing: Path, dice: random.Random) -> None:
    """Add, change, remove or move some files; at least one report stays."""
    for _ in range(dice.randrange(1, 4)):
        files = sorted(file for file in landing.rglob("*.txt"))
        what = dice.choice(["add", "change", "remove", "move"])
        if what == "add" or len(files) < 3:
            write(landing, dice.choice(PLACES), str(dice.randrange(5)), dice)
        elif what == "change":
            file = dice.choice(files)
            write(landing, file.parent.name, file.stem, dice)
        elif what == "remove":
            dice.choice(files).unlink()
        else:
            target = landing / dice.choice(PLACES) / f"m{dice.randrange(5)}.txt"
            target.parent.mkdir(exist_ok=True)
            dice.choice(files).rename(target)


def snapshot(landing: Path) -> dict[Path, bytes]:
    """Every file of the landing zone."""
    return {file: file.read_bytes() for file in landing.rglob("*.txt")}


def restore(landing: Path, files: dict[Path, bytes]) -> None:
    """The landing zone as it was."""
    for file in landing.rglob("*.txt"):
        if file not in files:
            file.unlink()
    for file, content in files.items():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)


def contents(warehouse: Path) -> dict[str, str]:
    """Table -> hash of its rows, in their order; the history of runs apart."""
    with duckdb.connect(str((warehouse / "zhengbao.duckdb").resolve()), read_only=True) as connection:
        tables = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {
            table: sha256(repr(connection.execute(f'FROM "{table}"').fetchall()).encode()).hexdigest()
            for table in tables
            if table not in HISTORY
        }


def differing(one: Path, other: Path) -> list[str]:
    """Tables whose rows are not the same."""
    here, there = contents(one), contents(other)
    return [table for table in here | there if here.get(table) != there.get(table)]


def read_on(warehouse: Path, log: Path) -> int:
    """Read the live warehouse again and again; a line a read."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    with log.open("w", buffering=1) as lines:
        while True:
            try:
                with duckdb.connect(str((warehouse / "zhengbao.duckdb").resolve()), read_only=True) as connection:
                    lost = connection.execute(
                        "SELECT count(*) FROM documents ANTI JOIN texts USING (document_id)"
                    ).fetchone()
                    empty = connection.execute("SELECT count(*) = 0 FROM facts").fetchone()
                print("ok" if lost == (0,) and empty == (False,) else f"lost {lost} empty {empty}", file=lines)
            except Exception as error:
                print(repr(error).replace("\n", " "), file=lines)
            time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
