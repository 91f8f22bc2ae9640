"""A stage inside its sources, document by document: what was made from the same is carried over, the rest is made anew.

The rows are those of a full rebuild, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

import dagster as dg
import polars as pl

from assets.locations import locations
from assets.stages.frames import Frames
from assets.stages.ledger import Ledger
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import stage_frames, table_outputs
from assets.stages.telling import Telling
from warehouse.contract import Stage

Rows = dict[str, list[Any]]
"""Asset -> records."""


BATCH = 8_000_000
"""Bytes of input that are worked on at once: enough to be divided among processes, and little beside what a run holds."""


def run_stage(
    context: dg.AssetExecutionContext,
    stage: Stage,
    inputs: Mapping[str, Frames],
    work: Callable[[Mapping[str, pl.DataFrame], Telling], Rows],
    more: Callable[[Mapping[str, Frames]], Mapping[str, Mapping[str, dg.MetadataValue[Any]]]] | None = None,
) -> Iterator[dg.Output[Frames]]:
    """A stage behind the raw one over the sources of the run: its outputs, and what they were made from in the ledger."""
    ledger = Ledger(locations().stages)
    stages = list(STAGE_TABLES)
    before = stages[stages.index(stage) - 1]
    frames: dict[str, Frames] = {asset: {} for asset in STAGE_TABLES[stage]}
    stamps = {}
    for source in context.partition_keys:
        stamp = ledger.stamp(before, source)
        if stamp is None:
            raise dg.Failure(
                f"The {before} files of {source} are not whole: materialise {source} from the raw stage on."
            )
        stamps[source] = stamp
    telling = Telling(context.log, sum(len(stamp.documents) for stamp in stamps.values()))
    sizes = {source: sum(int(rows[source].estimated_size()) for rows in inputs.values()) for source in stamps}
    for batch in batches(sizes):
        documents = {source: stamps[source].documents for source in batch}
        own = {table: {source: by_source[source] for source in batch} for table, by_source in inputs.items()}
        made, read = advance(stage, ledger, documents, own, lambda _, chosen: work(chosen, telling))
        keep(frames, made)
        for source, count in read.items():
            telling.carried(len(documents[source]) - count)
            context.log.info(f"{source}: {count} of {len(documents[source])} documents read, the rest carried over")
    ledger.begin(stage, context.partition_keys)
    yield from table_outputs(stage, frames, more(frames) if more else None)
    for source, stamp in stamps.items():
        ledger.finish(stage, source, stamp.fingerprint, stamp.documents)


def batches(sizes: Mapping[str, int], most: int = BATCH) -> Iterator[list[str]]:
    """Sources that are worked on together, in order: as many as come to `most` bytes, a larger one by itself.

    >>> list(batches({"a": 3, "b": 4, "c": 9, "d": 1, "e": 2}, most=8))
    [['a', 'b'], ['c'], ['d', 'e']]
    """
    batch: list[str] = []
    held = 0
    for source, size in sizes.items():
        if batch and held + size > most:
            yield batch
            batch, held = [], 0
        batch.append(source)
        held += size
    if batch:
        yield batch


def keep(frames: Mapping[str, Frames], made: Mapping[str, Frames]) -> None:
    """Add what was made of a batch of sources, by asset."""
    for asset, by_source in made.items():
        frames[asset].update(by_source)


def advance(
    stage: Stage,
    ledger: Ledger,
    documents: Mapping[str, Mapping[str, str]],
    inputs: Mapping[str, Frames],
    work: Callable[[Set[str], Mapping[str, pl.DataFrame]], Rows],
) -> tuple[dict[str, Frames], dict[str, int]]:
    """The stage's frames of some sources, and by source how many documents were worked on.

    `documents` are those of each source with their digests, in order; `inputs` the tables of earlier stages. `work` makes the
    records of the documents that it is given, of all sources, from the inputs' rows of these.
    """
    carried = {source: ledger.carried(stage, source, own) for source, own in documents.items()}
    fresh = {source: own.keys() - carried[source][0] for source, own in documents.items()}
    asked = set().union(*fresh.values())
    chosen = pl.col("document_id").is_in(pl.Series(sorted(asked), dtype=pl.String).implode())
    read = {table: pl.concat(by_source.values()).filter(chosen) for table, by_source in inputs.items()}
    made: dict[str, Frames] = {}
    for asset, frame in stage_frames(stage, work(asked, read), read).items():
        made[asset] = _by_source(frame, documents)
        if STAGE_TABLES[stage][asset] != "sources":
            for source, own in documents.items():
                _, before = carried[source]
                rows = [before[asset], made[asset][source]] if before else [made[asset][source]]
                made[asset][source] = _in_order(rows, own)
    return made, {source: len(own) for source, own in fresh.items()}


def _by_source(rows: pl.DataFrame, documents: Mapping[str, Mapping[str, str]]) -> Frames:
    """The rows of each source, by the column `source` or by their document."""
    if len(documents) == 1:
        return dict.fromkeys(documents, rows)
    if "source" in rows.columns:
        named = rows.with_columns(pl.col("source").alias(" "))
    else:
        source_of = {document: source for source, own in documents.items() for document in own}
        named = rows.with_columns(pl.col("document_id").replace_strict(source_of, return_dtype=pl.String).alias(" "))
    parts = named.partition_by(" ", as_dict=True, maintain_order=True, include_key=False)
    return {source: parts.get((source,), rows.clear()) for source in documents}


def _in_order(frames: Iterable[pl.DataFrame], documents: Mapping[str, str]) -> pl.DataFrame:
    """The rows by document, in the order of the documents, and within one as they were made."""
    place = {document: k for k, document in enumerate(documents)}
    rows = pl.concat(frames)
    order = rows["document_id"].replace_strict(place, default=len(place), return_dtype=pl.Int64)
    return rows.with_columns(order.alias(" ")).sort(" ", maintain_order=True).drop(" ")
