"""The evidence site of a thousand documents: built, built again without a change, and with one document changed.

    python -m bench.site WAREHOUSE.duckdb [DOCUMENTS] [--profile]

The documents are those of a published warehouse, copied under other places, with other titles and figures, until there are enough, so that views
over places and periods have as much to do as with as many reports. Exports are timed beside it. Asked for is at most 60 s for the site of a
thousand documents; `most` is the greatest memory of the process so far. Where others use the machine, the seconds of CPU are what to read.
"""

from __future__ import annotations

import cProfile
import pstats
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.evidence import build_site
from warehouse.exporting import export


def multiplied(source: Path, target: Path, documents: int) -> int:
    """A copy of a warehouse with about so many documents; how many it has."""
    shutil.copy(source, target)
    target.chmod(0o644)
    with duckdb.connect(str(target)) as connection:
        found = connection.execute("SELECT count(*) FROM documents").fetchone()
        have = found[0] if found else 0
        times = -(-documents // have)
        connection.execute(
            """
            CREATE TEMP TABLE copies AS
            SELECT d.document_id AS old_id, substr(md5(d.document_id || k), 1, 16) AS new_id, 1 + k / 100 AS factor, d.issuer_place AS old_place,
                   p.name AS new_place, p.adcode AS new_code
            FROM (SELECT *, row_number() OVER (ORDER BY document_id) - 1 AS n FROM documents) AS d
            CROSS JOIN range(1, ?) AS r(k)
            JOIN (SELECT name, adcode, row_number() OVER (ORDER BY adcode) - 1 AS m FROM places WHERE level = 'county' AND until IS NULL) AS p
              ON p.m = d.n * ? + k
            """,
            [times, times],
        )
        # No more than asked for.
        connection.execute(
            "DELETE FROM copies WHERE new_id NOT IN (SELECT new_id FROM copies ORDER BY md5(new_id) LIMIT ?)",
            [max(0, documents - have)],
        )
        tables = connection.execute(
            "SELECT table_name, list(column_name) FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'main' AND table_type = 'BASE TABLE' GROUP BY ALL HAVING list_contains(list(column_name), 'document_id')"
        ).fetchall()
        for table, columns in tables:
            changed = [f"replace(t.{name}, c.old_id, c.new_id) AS {name}" for name in columns if name.endswith("_id")]
            for place, code in (("issuer_place", "place_code"), ("place", "place_code")):
                if place in columns and code in columns:
                    own = f"t.{place} = c.old_place"
                    changed.append(f"CASE WHEN {own} THEN c.new_place ELSE t.{place} END AS {place}")
                    changed.append(f"CASE WHEN {own} THEN c.new_code ELSE t.{code} END AS {code}")
            if table == "documents":
                changed.append("replace(t.title, c.old_place, c.new_place) AS title")
            if table == "facts":
                changed += [f"t.{name} * c.factor AS {name}" for name in ("value", "value_max", "value_base")]
            connection.execute(
                f"INSERT INTO {table} SELECT t.* REPLACE ({', '.join(changed)}) FROM {table} AS t JOIN copies AS c ON t.document_id = c.old_id"
            )
        found = connection.execute("SELECT count(*) FROM documents").fetchone()
        return found[0] if found else 0


def timed(what: str, act: Callable[[], object]) -> float:
    """Run and say how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = act()
    seconds = time.process_time() - cpu
    written = getattr(result, "written", "")
    written = f"{len(written) if isinstance(written, list) else written} written"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:<44}{time.perf_counter() - wall:8.2f} s wall {seconds:8.2f} s CPU {most:7.0f} MB most  {written}",
        flush=True,
    )
    return seconds


def main() -> None:
    """Print the times."""
    source, *rest = (argument for argument in sys.argv[1:] if not argument.startswith("--"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "zhengbao-one.duckdb"
        count = multiplied(Path(source), database, int(rest[0]) if rest else 1000)
        profiler = cProfile.Profile() if "--profile" in sys.argv else None
        if profiler:
            profiler.enable()
        timed(f"site of {count} documents", lambda: build_site(database, folder / "site"))
        if profiler:
            profiler.disable()
            pstats.Stats(profiler).sort_stats("tottime").print_stats(22)
        timed("exports", lambda: export(database, folder / "exports"))
        timed("site again, same version", lambda: build_site(database, folder / "site"))
        timed("exports again, same version", lambda: export(database, folder / "exports"))
        other = folder / "zhengbao-two.duckdb"
        shutil.copy(database, other)
        timed("site again, new version of the same rows", lambda: build_site(other, folder / "site"))
        timed("exports again, new version of the same rows", lambda: export(other, folder / "exports"))
        with duckdb.connect(str(other)) as connection:
            connection.execute(
                "UPDATE facts SET rule = rule || '2' WHERE document_id = (SELECT min(document_id) FROM facts)"
            )
        third = other.rename(folder / "zhengbao-three.duckdb")
        timed("site with one document changed", lambda: build_site(third, folder / "site"))
        timed("exports with one document changed", lambda: export(third, folder / "exports"))


if __name__ == "__main__":
    main()
