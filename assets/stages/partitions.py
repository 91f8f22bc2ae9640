"""Sources as partitions: a source is a publishing body's folder."""

from __future__ import annotations

import dagster as dg

SOURCE_PARTITIONS = "source"

source_partitions = dg.DynamicPartitionsDefinition(name=SOURCE_PARTITIONS)

ONE_RUN = dg.BackfillPolicy.single_run()
"""A run covers many sources: each run costs a second of bookkeeping, each source in it some milliseconds."""

RANGE_START_TAG = "dagster/asset_partition_range_start"
RANGE_END_TAG = "dagster/asset_partition_range_end"


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
