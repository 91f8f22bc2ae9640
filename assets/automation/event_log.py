"""Dagster's run history (SQLite) as `make run` writes it: with its connections kept.

Dagster makes an engine and a connection for each of the three thousand statements of a run, compiles the statement anew, and each
commit and close waits for the disk: three quarters of a small run. Events that come by the hundred wait for the next other one, and
are written together, as are those that Dagster itself hands over together: what a step materialises of many sources. The files are the same, so that webserver and daemon, with the class of Dagster, read and write them meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from dagster import DagsterInstance, EventLogEntry
from dagster._core.events import ASSET_CHECK_EVENTS, ASSET_EVENTS
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

from assets.automation.many_events import NotPlannedError, Row, comes_by_the_hundred, write_checks, write_events
from assets.locations import locations

INDEXED = ASSET_CHECK_EVENTS | ASSET_EVENTS
"""Events that stand in the index of all runs too."""


@contextmanager
def instance_with_kept_connections() -> Iterator[DagsterInstance]:
    """The instance of this deployment's home for runs in this process."""
    home = str(locations().dagster_home)
    reference = InstanceRef.from_dir(home)
    kept_in = reference.event_storage_data
    if kept_in and kept_in.class_name == SqliteEventLogStorage.__name__:  # not PostgreSQL, as deploy/ has it
        own = {
            "module": __name__,
            "class": KeptConnections.__name__,
            "config": {"base_dir": str(locations().dagster_home / "history" / "runs")},
        }
        reference = InstanceRef.from_dir(home, overrides={"event_log_storage": own})
    with DagsterInstance.from_ref(reference) as instance:
        try:
            yield instance
        finally:
            instance.event_log_storage.dispose()  # Dagster does not


class KeptConnections(SqliteEventLogStorage):
    """One connection to the index and one to the file of the run at hand."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, sqlalchemy.Engine] = {}
        self._tables: set[str] = set()
        self._waiting: list[EventLogEntry] = []
        super().__init__(base_dir, inst_data)
        self._db_lock = threading.RLock()  # type: ignore[assignment]  # what waits is written by whoever asks for a connection

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> KeptConnections:
        """As Dagster makes it from its settings."""
        return cls(inst_data=inst_data, **config_value)

    def has_table(self, table_name: str) -> bool:
        """Whether a table is there; once there, it stays."""
        if table_name not in self._tables:
            self._tables.update(sqlalchemy.inspect(self._engine(INDEX_SHARD_NAME)).get_table_names())
        return table_name in self._tables

    def store_event(self, event: EventLogEntry) -> None:
        """Keep an event; one of those that come by the hundred until the next other event, or until anything is read."""
        if comes_by_the_hundred(event):
            with self._db_lock:
                self._waiting.append(event)
        else:
            super().store_event(event)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Keep events that belong together: an asset's of many sources, or what a run plans."""
        with self._db_lock:
            self._write_waiting()
            self._waiting += events
            self._write_waiting()

    def dispose(self) -> None:
        """Close the files."""
        with self._db_lock:
            self._write_waiting()
        self._keep_only(())
        super().dispose()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._db_lock:
            self._write_waiting()
            with self._engine(shard).begin() as connection:
                yield connection

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for run in dict.fromkeys(event.run_id for event in waiting):
            events = [event for event in waiting if event.run_id == run]
            try:
                self._write_together(run, [(event, self._event_to_row(event)) for event in events])
            except NotPlannedError:  # by this process
                for event in events:
                    super().store_event(event)

    def _write_together(self, run: str, written: Sequence[tuple[EventLogEntry, Row]]) -> None:
        indexed = [(event, row) for event, row in written if event.dagster_event_type in INDEXED]
        if indexed:
            with self._engine(INDEX_SHARD_NAME).begin() as connection:
                numbers = write_events(connection, [row for _, row in indexed])
                stored = [(event, row, number) for (event, row), number in zip(indexed, numbers, strict=True)]
                write_checks(connection, stored)
                self._write_assets(connection, [(event, number) for event, _, number in stored])
        with self._engine(run).begin() as connection:
            write_events(connection, [row for _, row in written])

    def _write_assets(self, connection: sqlalchemy.Connection, stored: Sequence[tuple[EventLogEntry, int]]) -> None:
        """What Dagster's index says of assets: the tags of each event, and the last event of each kind by asset."""
        own = [(event, number) for event, number in stored if event.dagster_event_type in ASSET_EVENTS]
        if own:
            self._store_asset_event_tags(connection, *zip(*own, strict=True))
        last = {
            (event.get_dagster_event().asset_key, event.dagster_event_type): (event, number) for event, number in own
        }
        for event, number in last.values():
            self._store_asset_event(connection, event, number)

    def _engine(self, shard: str) -> sqlalchemy.Engine:
        if shard not in self._engines:
            self._keep_only({INDEX_SHARD_NAME})
            engine = sqlalchemy.create_engine(
                self.conn_string_for_shard(shard),
                pool_size=1,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
            sqlalchemy.event.listen(engine, "connect", _trust_the_system)
            self._initdb(engine, for_index_shard=shard == INDEX_SHARD_NAME)
            self._engines[shard] = engine
        return self._engines[shard]

    def _keep_only(self, shards: set[str] | tuple[()]) -> None:
        for shard in set(self._engines) - set(shards):
            self._engines.pop(shard).dispose()


def _trust_the_system(connection: Any, _: object) -> None:
    """A killed process loses nothing; a machine without power may lose the last events, and no report data."""
    connection.execute("PRAGMA synchronous = NORMAL").close()
