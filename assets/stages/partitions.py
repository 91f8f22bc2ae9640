"""Sources as partitions: a source is a publishing body's folder."""

from __future__ import annotations

from collections.abc import Mapping

import dagster as dg

SOURCE_PARTITIONS = "source"

source_partitions = dg.DynamicPartitionsDefinition(name=SOURCE_PARTITIONS)

ONE_RUN = dg.BackfillPolicy.single_run()
"""A run covers many sources: each run costs a second of bookkeeping, each source in it some milliseconds."""

RANGE_START_TAG = "dagster/asset_partition_range_start"
RANGE_END_TAG = "dagster/asset_partition_range_end"


ONE_TAG = "dagster/partition"


def run_sources(tags: Mapping[str, str], keys: list[str]) -> list[str]:
    """The sources that a run covers by its tags, of all `keys` in the instance's order; all of them where it names none.

    >>> run_sources({RANGE_START_TAG: "b", RANGE_END_TAG: "c"}, ["a", "b", "c", "d"])
    ['b', 'c']
    >>> run_sources({}, ["a", "b"])
    ['a', 'b']
    """
    if ONE_TAG in tags:
        return [key for key in keys if key == tags[ONE_TAG]]
    if RANGE_START_TAG in tags:
        return keys[keys.index(tags[RANGE_START_TAG]) : keys.index(tags[RANGE_END_TAG]) + 1]
    return keys


def contiguous_ranges(changed: set[str], keys: list[str]) -> list[tuple[str, str]]:
    """The changed keys as (first, last) ranges in the order of `keys`, since a run's tags name a range.

    >>> contiguous_ranges({"a", "b", "d"}, ["a", "b", "c", "d"])
    [('a', 'b'), ('d', 'd')]
    """
    ranges: list[tuple[str, str]] = []
    before = None
    for key in keys:
        if key in changed:
            if ranges and before == ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], key)
            else:
                ranges.append((key, key))
        before = key
    return ranges


_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def has_unfinished_runs(instance: dg.DagsterInstance) -> bool:
    """Whether a run of this deployment waits or works."""
    return instance.get_runs_count(dg.RunsFilter(statuses=_UNFINISHED)) > 0


def bring_together(instance: dg.DagsterInstance, found: list[str], changed: set[str]) -> tuple[str, str] | None:
    """Make the instance's partitions those of the landing zone, with the changed ones side by side; returns the range of these.

    A run names its partitions by a range of neighbours. Changed sources that lie apart are moved to the end of the list, so
    that one run, and one publication, covers them and no others. While another run waits, whose range would be torn, nothing is
    moved or removed: the range covers what lies between as well, of which unchanged documents are carried over.
    """
    known = list(instance.get_dynamic_partitions(SOURCE_PARTITIONS))
    # New sources that need no run stand before the others, so as not to part them.
    added = sorted(set(found) - set(known), key=lambda source: (source in changed, source))
    staying = known
    if not has_unfinished_runs(instance):
        staying = [source for source in known if source in set(found)]
        if len(contiguous_ranges(changed, staying + added)) > 1:
            added += [source for source in staying if source in changed]
            staying = [source for source in staying if source not in changed]
    for source in set(known) - set(staying):
        instance.delete_dynamic_partition(SOURCE_PARTITIONS, source)
    if added:
        instance.add_dynamic_partitions(SOURCE_PARTITIONS, added)
    ranges = contiguous_ranges(changed, list(instance.get_dynamic_partitions(SOURCE_PARTITIONS)))
    return (ranges[0][0], ranges[-1][1]) if ranges else None
