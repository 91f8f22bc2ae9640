"""Dagster's run history (SQLite) as `make run` writes it: with its connections kept.

Dagster makes an engine and a connection for each of the three thousand statements of a run, compiles the statement anew, and each
commit and close waits for the disk: three quarters of a small run. The files are the same, so that webserver and daemon, with the
class of Dagster, read and write them meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from dagster import DagsterInstance
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

from assets.locations import locations


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
        super().__init__(base_dir, inst_data)

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

    def dispose(self) -> None:
        """Close the files."""
        self._keep_only(())
        super().dispose()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._db_lock, self._engine(shard).begin() as connection:
            yield connection

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
