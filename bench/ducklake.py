"""A published warehouse as one file beside the same tables in a DuckLake: `python -m bench.ducklake WAREHOUSE.duckdb`.

Both lie on the local disk, the lake's catalog in DuckDB, its quickest form. Prints what publishing costs, what one changed source costs, the
bytes, and the median time of a few questions, asked by who opens the warehouse anew and by who has it open. Needs the extension:
`pip install duckdb-extension-ducklake==1.5.5`. Decision docs/adr/0028 rests on it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import duckdb
from duckdb_extensions import import_extension

QUESTIONS = {
    "an indicator by place": "SELECT place, max(value) FROM facts WHERE indicator LIKE '%生产总值%' GROUP BY place",
    "one fact with its sentence": """SELECT * FROM facts JOIN documents USING (document_id) JOIN sentences USING (sentence_id)
        WHERE fact_id = (SELECT min(fact_id) FROM facts)""",
    "facts of each source": "SELECT source, count(*) FROM facts JOIN documents USING (document_id) GROUP BY source",
    "rules of the evidence": "SELECT field, rule, count(*) FROM fact_evidence GROUP BY ALL",
}
TURNS = 7


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("warehouse", type=Path)
    file = parser.parse_args().warehouse.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lake = opened(folder)
        lake.execute(f"ATTACH '{file}' AS file (READ_ONLY)")
        tables = [
            row[0]
            for row in lake.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'file'").fetchall()
        ]
        told("all tables into the lake", folder, lambda: publish(lake, tables))
        told("one changed source", folder, lambda: change(lake, tables))
        print(f"bytes: file {file.stat().st_size / 1e6:.1f} MB, lake {size(folder):.1f} MB")
        lake.close()

        def from_file() -> duckdb.DuckDBPyConnection:
            return duckdb.connect(str(file), read_only=True)

        for question, query in QUESTIONS.items():
            anew = [asked(open_, query, again=False) for open_ in (from_file, lambda: opened(folder, "READ_ONLY, "))]
            kept = [asked(open_, query, again=True) for open_ in (from_file, lambda: opened(folder, "READ_ONLY, "))]
            print(
                f"{question:<28} opened anew: file {anew[0]:6.0f} ms, lake {anew[1]:6.0f} ms; open: {kept[0]:6.0f} and {kept[1]:6.0f} ms"
            )


def opened(folder: Path, how: str = "") -> duckdb.DuckDBPyConnection:
    """A connection whose tables are the lake's."""
    connection = duckdb.connect()
    try:
        import_extension("ducklake", con=connection)
    except ImportError:
        sys.exit("The extension is not installed: pip install duckdb-extension-ducklake==1.5.5")
    connection.execute(f"ATTACH 'ducklake:{folder}/catalog' AS lake ({how}DATA_PATH '{folder}/data')")
    connection.execute("USE lake")
    return connection


def publish(lake: duckdb.DuckDBPyConnection, tables: list[str]) -> None:
    """All tables of the file, in one transaction."""
    lake.execute("BEGIN")
    for table in tables:
        lake.execute(f'CREATE TABLE lake."{table}" AS FROM file."{table}"')
    lake.execute("COMMIT")


def change(lake: duckdb.DuckDBPyConnection, tables: list[str]) -> None:
    """The rows of the first source's documents deleted and written again, in one transaction."""
    of_source = "document_id IN (SELECT document_id FROM file.documents WHERE source = (SELECT min(source) FROM file.documents))"
    lake.execute("BEGIN")
    for table in tables:
        if "document_id" in [row[0] for row in lake.execute(f'DESCRIBE file."{table}"').fetchall()]:
            lake.execute(f'DELETE FROM lake."{table}" WHERE {of_source}')
            lake.execute(f'INSERT INTO lake."{table}" SELECT * FROM file."{table}" WHERE {of_source}')
    lake.execute("COMMIT")


def told(what: str, folder: Path, work: Callable[[], None]) -> None:
    """Do it, and print its seconds and bytes."""
    before, clock, cpu = size(folder), time.perf_counter(), time.process_time()
    work()
    print(
        f"{what:<28} {time.perf_counter() - clock:6.2f} s, {time.process_time() - cpu:6.2f} s of CPU, {size(folder) - before:6.1f} MB written"
    )


def size(folder: Path) -> float:
    """Megabytes of all files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def asked(open_: Callable[[], duckdb.DuckDBPyConnection], query: str, *, again: bool) -> float:
    """Median milliseconds of a question; `again`: on a connection that has answered it before."""
    times = []
    for _ in range(TURNS):
        clock = time.perf_counter()
        connection = open_()
        if again:
            connection.execute(query).fetchall()
            clock = time.perf_counter()
        connection.execute(query).fetchall()
        times.append(1000 * (time.perf_counter() - clock))
        connection.close()
    return median(times)


if __name__ == "__main__":
    main()
