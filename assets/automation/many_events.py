"""Events of Dagster's history that come by the hundred, written with one statement for all of them.

A run of this pipeline has some 750 events, of which 600 say that a check is planned, what it found, and that its output is there; with
each source come forty more, two for each table. The rows are those that Dagster writes for each by itself (tests/orchestration/test_event_log.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable, SqlEventLogStorageTable
from sqlalchemy import Connection, bindparam

PLANNED, EVALUATED = DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED, DagsterEventType.ASSET_CHECK_EVALUATION
MANY = {PLANNED, EVALUATED, DagsterEventType.STEP_OUTPUT}

Row = dict[str, Any]

_CHECKS = AssetCheckExecutionsTable
_EVALUATED = (
    _CHECKS.update()
    .where(
        _CHECKS.c.asset_key == bindparam("of_asset"),
        _CHECKS.c.check_name == bindparam("of_check"),
        _CHECKS.c.run_id == bindparam("of_run"),
        _CHECKS.c.partition.is_(bindparam("of_partition")),
    )
    .values(
        {
            name: bindparam(name)
            for name in (
                "execution_status",
                "evaluation_event",
                "evaluation_event_timestamp",
                "evaluation_event_storage_id",
                "materialization_event_storage_id",
            )
        }
    )
)


class NotPlannedError(Exception):
    """A check was evaluated without having been planned."""


def comes_by_the_hundred(event: EventLogEntry) -> bool:
    """Whether an event may wait for others of its kind. What tells how a run goes may not."""
    return bool(event.run_id) and event.is_dagster_event and event.dagster_event_type in MANY


def write_events(connection: Connection, rows: Sequence[Row]) -> Sequence[int]:
    """Write rows of Dagster's table of events; their numbers, in order."""
    insert = SqlEventLogStorageTable.insert().returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)
    return connection.execute(insert, rows).scalars().all()


def write_checks(connection: Connection, stored: Sequence[tuple[EventLogEntry, Row, int]]) -> None:
    """Write what is planned and found of checks, of events that stand in the index with their numbers.

    Raises:
        NotPlannedError: a check was evaluated that is not planned in this index; the transaction must not be kept.

    """
    planned: list[Row] = []
    found: list[Row] = []
    for event, row, number in stored:
        if event.dagster_event_type == PLANNED:
            planned += _planned(event, row, number)
        elif event.dagster_event_type == EVALUATED:
            found.append(_evaluated(event, row, number))
    if planned:
        connection.execute(_CHECKS.insert(), planned)
    if found and connection.execute(_EVALUATED, found).rowcount != len(found):
        raise NotPlannedError


def _planned(event: EventLogEntry, row: Row, number: int) -> list[Row]:
    planned: Any = event.get_dagster_event().event_specific_data
    partitions = planned.partitions_subset.get_partition_keys() if planned.partitions_subset else [None]
    return [
        {
            "asset_key": planned.asset_key.to_string(),
            "check_name": planned.check_name,
            "partition": partition,
            "run_id": event.run_id,
            "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
            "evaluation_event": row["event"],
            "evaluation_event_timestamp": row["timestamp"],
            "evaluation_event_storage_id": number,
        }
        for partition in partitions
    ]


def _evaluated(event: EventLogEntry, row: Row, number: int) -> Row:
    found: Any = event.get_dagster_event().event_specific_data
    status = AssetCheckExecutionRecordStatus.SUCCEEDED if found.passed else AssetCheckExecutionRecordStatus.FAILED
    target = found.target_materialization_data
    return {
        "of_asset": found.asset_key.to_string(),
        "of_check": found.check_name,
        "of_run": event.run_id,
        "of_partition": found.partition,
        "execution_status": status.value,
        "evaluation_event": row["event"],
        "evaluation_event_timestamp": row["timestamp"],
        "evaluation_event_storage_id": number,
        "materialization_event_storage_id": target.storage_id if target else None,
    }
