"""Publishers to an object store killed at random moments, under readers: `python -m bench.killed_publishers ADDRESS --rounds 20`.

Each round a process publishes a new version (a warehouse with a number, an export with the same) and is killed with SIGKILL somewhere;
another one then publishes to the end. Readers fetch the live version again and again: each must be whole, and never older than the
last. In the end the pointer names what was published last, every object it names is there, and orphans are swept.
The store is the environment's: AWS_ENDPOINT_URL and so on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import duckdb

from warehouse.storage.probe import require_conditional_writes
from warehouse.storage.store import Store
from warehouse.storage.versions import fetch, missing, pointed, publish_to_store, sweep

ROWS = 700_000
"""Of eight random bytes: a warehouse of some megabytes, so that it goes up in parts."""


def main() -> int:
    """Exit status 0: nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = rounds(Path(folder), asked.address, asked.rounds, asked.readers, asked.seed)
    print(json.dumps(result, ensure_ascii=False))
    return 1 if result["troubles"] else 0


def rounds(folder: Path, address: str, count: int, readers: int, seed: int) -> dict:
    """Do the rounds; what was counted, and every trouble.

    This process never enters the store: whoever does has threads, and can no longer be forked.
    """
    dice = random.Random(seed)
    if apart(lambda: require_conditional_writes(Store(address))):
        return {"rounds": 0, "troubles": ["the store keeps no conditions, or cannot be written to"]}
    with duckdb.connect(str(folder / "template.duckdb")) as connection:
        connection.execute(f"CREATE TABLE filler AS SELECT hash(i * {seed}) AS h FROM range({ROWS}) t(i)")
        connection.execute("CREATE TABLE number (n INTEGER)")
    report = folder / "report"
    build(folder, 0)
    begun = time.monotonic()
    apart(lambda: publish(address, folder))
    typical = time.monotonic() - begun
    watching = [fork(lambda k=k: read_on(address, folder / f"reader{k}")) for k in range(readers)]
    killed = 0
    troubles: list[str] = []
    try:
        for number in range(1, count + 1):
            build(folder, 2 * number - 1)
            publisher = fork(lambda: publish(address, folder))
            time.sleep(dice.uniform(0, typical))
            os.kill(publisher, signal.SIGKILL)
            killed += wait(publisher) == -signal.SIGKILL
            build(folder, 2 * number)
            if apart(lambda: publish(address, folder)):
                troubles.append(f"round {number}: the publisher behind the killed one failed")
            apart(lambda: look(address, report))
            found = json.loads(report.read_text())
            if not found["live"].startswith(f"{2 * number:05}-"):
                troubles.append(f"round {number}: the pointer names {found['live']}")
            troubles += [f"round {number}: missing {key}" for key in found["missing"]]
    finally:
        for reader in watching:
            os.kill(reader, signal.SIGTERM)
            wait(reader)
    apart(lambda: look(address, report, and_sweep=True))
    found = json.loads(report.read_text())
    troubles += [f"swept though kept: {key}" for key in found["missing"]]
    troubles += [f"not swept: {name}" for name in found["strange"]]
    fetches = 0
    for k in range(readers):
        lines = (folder / f"reader{k}" / "log").read_text().splitlines()
        fetches += len(lines)
        troubles += [f"reader {k}: {line}" for line in lines if not line.isdigit()]
        seen = [int(line) for line in lines if line.isdigit()]
        troubles += [f"reader {k} saw {a} and then {b}" for a, b in pairwise(seen) if b < a]
    return {"rounds": count, "killed": killed, "reads": fetches, "swept": found["swept"], "troubles": troubles}


def apart(work: Callable[[], object]) -> int:
    """Do it in a process of its own; its exit status."""
    return wait(fork(work))


def fork(work: Callable[[], object]) -> int:
    """A process that does the work; its number."""
    sys.stdout.flush()
    process = os.fork()
    if process:
        return process
    try:
        work()
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)


def wait(process: int) -> int:
    """Its exit status."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def look(address: str, report: Path, *, and_sweep: bool = False) -> None:
    """What the pointer names, what of it is not there, and with a sweep what of others is left behind it."""
    store = Store(address)
    swept = sweep(store, timedelta(0)) if and_sweep else []
    kept, _ = pointed(store)
    names = {version.name for version in kept}
    strange = {item.key.split("/")[1] for item in store.listed("versions")} - names
    found = {"live": kept[0].name, "missing": missing(store, kept), "strange": sorted(strange), "swept": len(swept)}
    report.write_text(json.dumps(found))


def build(folder: Path, number: int) -> None:
    """The version to publish next: its number in the warehouse and in an export."""
    for old in folder.glob("zhengbao-*.duckdb"):
        old.unlink()
    warehouse = folder / f"zhengbao-{number:05}.duckdb"
    warehouse.write_bytes((folder / "template.duckdb").read_bytes())
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("INSERT INTO number VALUES (?)", [number])
    exports = folder / "exports" / "csv"
    exports.mkdir(parents=True, exist_ok=True)
    (exports / "number.csv").write_text(f"n\n{number}\n")
    (exports / "same.csv").write_text("a\n1\n")


def publish(address: str, folder: Path) -> None:
    """One publisher."""
    (warehouse,) = folder.glob("zhengbao-*.duckdb")
    publish_to_store(Store(address), warehouse, folder / "exports", keep=2)


def read_on(address: str, folder: Path) -> None:
    """Fetch and read the live version again and again; a line a read, the number that stands in it."""
    folder.mkdir()
    store = Store(address)
    with (folder / "log").open("w", buffering=1) as lines:
        while True:
            try:
                file = fetch(store, folder, keep=2, said=lambda _: None)
                with duckdb.connect(str(file), read_only=True) as connection:
                    rows = connection.execute("SELECT count(*) FROM filler").fetchone()
                    (number,) = connection.execute("SELECT n FROM number").fetchone() or (-1,)
                good = rows == (ROWS,) and file.name.startswith(f"zhengbao-{number:05}-")
                print(number if good else f"{file.name}: {rows} rows, number {number}", file=lines)
            except Exception as error:
                print(repr(error).replace("\n", " "), file=lines)
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
