"""A stage inside its sources, document by document: what was made from the same is carried over, the rest is made anew.

The rows are those of a full rebuild, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

import dagster as dg
import polars as pl

from assets.locations import locations
from assets.stages.aside import Aside
from assets.stages.batches import Batch, batches, one_ahead
from assets.stages.documents import Tables
from assets.stages.frames import Frames, StoredFrames
from assets.stages.ledger import Ledger
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import table_outputs
from assets.stages.telling import Telling
from assets.stages.workers import Part, Work, begun, parts_of
from warehouse.contract import Stage

Advanced = tuple[dict[str, Frames], dict[str, int]]
"""Asset -> source -> rows, and source -> how many documents were worked on."""


def run_stage(
    context: dg.AssetExecutionContext,
    stage: Stage,
    inputs: Mapping[str, StoredFrames],
    work: Work,
    arguments: Callable[[Tables], tuple[Any, ...]] = lambda _: (),
    more: Callable[[Aside], Mapping[str, Mapping[str, dg.MetadataValue[Any]]]] | None = None,
) -> Iterator[dg.Output[StoredFrames]]:
    """A stage behind the raw one over the sources of the run: its outputs, and what they were made from in the ledger.

    `work` makes the stage's tables of those of earlier stages (`inputs`, by table; the first has a row a document) and of
    `arguments`; a batch is being worked on by the processes beside while the rows of the one before are put in order and written.
    """
    ledger = Ledger(locations().stages)
    stages = list(STAGE_TABLES)
    before = stages[stages.index(stage) - 1]
    stamps = {}
    for source in context.partition_keys:
        stamp = ledger.stamp(before, source)
        if stamp is None:
            raise dg.Failure(
                f"The {before} files of {source} are not whole: materialise {source} from the raw stage on."
            )
        stamps[source] = stamp
    documents = {source: stamp.documents for source, stamp in stamps.items()}
    telling = Telling(context.log, sum(map(len, documents.values())))
    made = Aside(locations().stages, context.run.run_id)

    def begin(batch: Batch) -> Callable[[], Advanced]:
        def worked_on(_: Set[str], read: Tables) -> Iterator[tuple[Part, Tables]]:
            return telling(begun(stage, work, parts_of(read, arguments)), lambda part: len(part[0].documents))

        return advance(stage, ledger, batch, inputs, worked_on)

    sizes = {source: sum(frames.size(source) for frames in inputs.values()) for source in documents}
    for batch, advanced in one_ahead(begin, batches(documents, sizes)):
        keep(context, telling, made, batch, advanced())
    ledger.begin(stage, context.partition_keys)
    yield from table_outputs(stage, made, more(made) if more else None)
    for source, stamp in stamps.items():
        ledger.finish(stage, source, stamp.fingerprint, stamp.documents)


def keep(context: dg.AssetExecutionContext, telling: Telling, made: Aside, batch: Batch, advanced: Advanced) -> None:
    """Write what was made of a batch aside, and tell of it."""
    frames, read = advanced
    for asset, by_source in frames.items():
        made.add(asset, by_source)
    for source, count in read.items():
        telling.carried(len(batch[source]) - count)
        context.log.info(f"{source}: {count} of {len(batch[source])} documents read, the rest carried over")


def advance(
    stage: Stage,
    ledger: Ledger,
    documents: Mapping[str, Mapping[str, str]],
    inputs: Mapping[str, StoredFrames],
    work: Callable[[Set[str], Tables], Iterable[tuple[Any, Tables]]],
) -> Callable[[], Advanced]:
    """Begin the work on some documents; what is returned waits for it, and gives the stage's rows of all of them.

    `documents` are those of each source with their digests, in order; `inputs` the tables of earlier stages. `work` is given the
    documents that have changed and the inputs' rows of these, of all sources, and hands out the stage's tables, part by part.
    """
    carried = {source: ledger.carried(stage, source, own) for source, own in documents.items()}
    fresh = {source: own.keys() - carried[source][0] for source, own in documents.items()}
    asked = set().union(*fresh.values())
    read = {
        table: pl.concat([frames.of(source, own) for source, own in fresh.items()]) for table, frames in inputs.items()
    }
    parts = work(asked, read)

    def finish() -> Advanced:
        found = [tables for _, tables in parts]
        made: dict[str, Frames] = {}
        for asset, table in STAGE_TABLES[stage].items():
            made[asset] = _by_source(pl.concat([tables[asset] for tables in found]), documents)
            if table != "sources":
                for source, own in documents.items():
                    _, before = carried[source]
                    rows = [before[asset], made[asset][source]] if before else [made[asset][source]]
                    made[asset][source] = _in_order(rows, own)
        return made, {source: len(own) for source, own in fresh.items()}

    return finish


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
