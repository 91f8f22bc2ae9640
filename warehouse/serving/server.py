"""The process that serves: it takes up new versions, writes the access log, and ends itself when a query overstays.

DuckDB cannot interrupt a query of another connection, so a query that runs too long is ended with its process; the
supervisor starts the next one at once.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import duckdb

from warehouse.contract import quote_literal
from warehouse.publishing import live
from warehouse.serving.guard import GUARD, guard_macro
from warehouse.serving.settings import TOKEN_VARIABLE, Settings

OVERSTEPPED = 75
"""Exit status when queries took more time or memory than they may."""
POLL_SECONDS = 0.1
LOGGED_ROWS = 1000
"""DuckDB's log in memory is emptied when it holds more."""
ACCESS_LOG_BYTES = 20_000_000
"""The access log is turned over (access.jsonl.1) beyond this."""
BUSY = 0.5
"""Processor seconds a second above which the process computes, rather than waits for a client to fetch."""
PROGRAM_MEGABYTES = 512
MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
EXTENSIONS = ("httpfs", "quack")  # httpfs first: without it a locked-down server answers every request with HTTP 500

RUNNING = """
SELECT connection_id, query, query_started_at, epoch(now()::TIMESTAMP - query_started_at)
FROM quack_active_connections() WHERE state = 'active' AND query <> ''
"""
LOG = """
SELECT timestamp::TIMESTAMP, m.message_type, m.quack_connection_id, m.query, m.duration_ms, m.error
FROM (SELECT timestamp, parse_duckdb_log_message('Quack', message) AS m FROM duckdb_logs WHERE type = 'Quack')
WHERE timestamp::TIMESTAMP > ? ORDER BY timestamp
"""


class Server:
    """One serving process; `step` is its work beside serving."""

    def __init__(self, settings: Settings, token: str) -> None:
        self.settings = settings
        self.version: Path | None = None
        self.logged_until = datetime.min
        self.answered: dict[str, datetime] = {}  # connection -> when its last query began to answer
        self.processor = (time.monotonic(), time.process_time())
        self.connection = self._open(token)

    def _open(self, token: str) -> duckdb.DuckDBPyConnection:
        settings = self.settings
        settings.published.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(
            config={
                "extension_directory": str(settings.extensions),
                "memory_limit": f"{settings.megabytes}MB",
                "threads": settings.threads,
                "max_temp_directory_size": "0KB",
            }
        )
        load_extensions(connection)
        connection.execute("CALL enable_logging('Quack', storage = 'memory')")
        connection.execute(guard_macro())
        connection.execute(f"SET GLOBAL quack_authorization_function = 'memory.main.{GUARD}'")
        connection.execute(f"SET allowed_directories = [{quote_literal(f'{settings.published}/')}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET autoload_known_extensions = false")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET lock_configuration = true")
        self.connection = connection
        self.take_up_version()
        connection.execute("CALL quack_serve(?, token => ?)", [settings.address, token])
        return connection

    def take_up_version(self) -> None:
        """Serve the live version; queries that run end on the one they began with."""
        version = live(self.settings.warehouse)
        if version is None or version == self.version:
            return
        link = self.settings.published / version.name
        if not link.exists():
            link.hardlink_to(version)  # DuckDB follows symbolic links before it asks whether it may read
        self.connection.execute(f"ATTACH OR REPLACE {quote_literal(str(link))} AS wh (READ_ONLY)")
        self._name_tables()
        self.version = version
        for other in self.settings.published.iterdir():
            if other != link:
                other.unlink()

    def _name_tables(self) -> None:
        """Each table and view stands in the default schema too: a client that attaches the server sees that one only."""
        names = {
            name
            for (name,) in self.connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'wh' AND table_schema = 'main'"
            ).fetchall()
        }
        for name in sorted(names):
            self.connection.execute(f'CREATE OR REPLACE VIEW memory.main."{name}" AS FROM wh.main."{name}"')
        here = self.connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE database_name = 'memory' AND NOT internal"
        )
        for (name,) in here.fetchall():
            if name not in names:
                self.connection.execute(f'DROP VIEW memory.main."{name}"')

    def write_access_log(self) -> None:
        """Append what DuckDB has logged since the last time."""
        rows = self.connection.execute(LOG, [self.logged_until]).fetchall()
        if not rows:
            return
        self.logged_until = rows[-1][0]
        for at, message, connection, query, _, _ in rows:
            if query is not None:
                self.answered[connection] = at
            elif message == "DISCONNECT_MESSAGE":
                self.answered.pop(connection, None)
        self._append([row for row in rows if row[3] is not None or row[5] is not None])
        if self.connection.execute("SELECT count(*) > ? FROM duckdb_logs", [LOGGED_ROWS]).fetchone() == (True,):
            self.connection.execute("CALL truncate_duckdb_logs()")

    def _append(self, rows: list[tuple[object, ...]]) -> None:
        file = self.settings.access_log
        if file.exists() and file.stat().st_size > ACCESS_LOG_BYTES:
            file.replace(file.with_name(f"{file.name}.1"))
        names = ("at", "message", "connection", "query", "milliseconds", "error")
        with file.open("a", encoding="utf-8") as log:
            for row in rows:
                log.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n")

    def overstaying(self) -> str | None:
        """The text of a query that has run too long.

        A result that the client has not fetched to its end counts only while the process computes: whoever
        looks at the first rows of a table and goes for lunch costs nothing.
        """
        then, used = self.processor
        busy = time.process_time() - used > BUSY * max(time.monotonic() - then, POLL_SECONDS)
        self.processor = (time.monotonic(), time.process_time())
        for connection, query, began, seconds in self.connection.execute(RUNNING).fetchall():
            answered = self.answered.get(connection, datetime.min) >= began
            if seconds > self.settings.seconds and (busy or not answered):
                return str(query)
        return None

    def oversized(self) -> bool:
        """Whether the process has taken more memory than DuckDB's own limit explains: it does not count long strings."""
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_BYTES
        return taken > (2 * self.settings.megabytes + PROGRAM_MEGABYTES) * 2**20

    def step(self) -> int | None:
        """What is done between two polls; an exit status ends the process."""
        if self.oversized():
            return self._ended("", "took too much memory")
        with suppress(duckdb.Error, OSError):  # a version that cannot be opened: the one before stays
            self.take_up_version()
        self.write_access_log()
        query = self.overstaying()
        if query is not None:
            return self._ended(query, "ran too long")
        self.settings.heartbeat.touch()
        return None

    def _ended(self, query: str, why: str) -> int:
        self._append([(datetime.now(UTC).replace(tzinfo=None), "ENDED", "", query, None, why)])
        return OVERSTEPPED


def load_extensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Load what Quack needs from the installed packages, without a network; for servers and clients."""
    from duckdb_extensions import import_extension

    for name in EXTENSIONS:
        try:
            connection.execute(f"LOAD {name}")
        except duckdb.IOException:  # not yet in the extension folder: unpacking takes a second
            import_extension(name, con=connection)
            connection.execute(f"LOAD {name}")


def main() -> None:
    """Serve until the parent ends; settings come from it as JSON."""
    given = json.loads(sys.argv[1])
    settings = Settings(**given | {"warehouse": Path(given["warehouse"]), "work": Path(given["work"])})
    parent = os.getppid()
    server = Server(settings, os.environ.pop(TOKEN_VARIABLE))

    def end(_number: int, _frame: FrameType | None) -> None:
        os._exit(0)  # a query that runs would hold up an ordinary exit

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor's to handle
    while os.getppid() == parent:
        status = server.step()
        if status is not None:
            os._exit(status)
        time.sleep(POLL_SECONDS)
    os._exit(0)


def arguments(settings: Settings) -> str:
    """The settings as `main` reads them."""
    return json.dumps(asdict(settings), default=str)


if __name__ == "__main__":
    main()
