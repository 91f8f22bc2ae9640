"""A stage inside its sources, document by document: what was made from the same is carried over, the rest is made anew.

The rows are those of a full rebuild, in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import dagster as dg
import polars as pl

from assets.locations import locations
from assets.stages.aside import Aside
from assets.stages.batches import Batch, batches, one_ahead
from assets.stages.documents import Tables, admitted
from assets.stages.frames import Frames, StoredFrames
from assets.stages.ledger import Ledger
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import table_outputs
from assets.stages.telling import Log, Telling
from assets.stages.workers import Work, begun, gathered, parts_of
from warehouse.contract import Stage

Advanced = tuple[dict[str, Frames], dict[str, int]]
"""Asset -> source -> rows, and source -> how many documents were worked on."""


class Scope(NamedTuple):
    """What a stage is to work on: some sources of a run."""

    run_id: str
    sources: Sequence[str]
    log: Log


class Made(NamedTuple):
    """What a stage has made of them, before it takes its place."""

    aside: Aside
    states: Mapping[str, tuple[str, Mapping[str, str]]]
    """Source -> fingerprint in the landing zone, and each document's digest: what it was made from."""


def scope_of(context: dg.AssetExecutionContext) -> Scope:
    """All sources of the run."""
    return Scope(context.run.run_id, context.partition_keys, context.log)


def run_stage(
    scope: Scope,
    stage: Stage,
    inputs: Mapping[str, StoredFrames],
    work: Work,
    arguments: Callable[[Tables], tuple[Any, ...]] = lambda _: (),
) -> Made:
    """A stage behind the raw one over some sources.

    `work` makes the stage's tables of those of earlier stages (`inputs`, by table; the first has a row a document) and of
    `arguments`; a batch is being worked on by the processes beside while the rows of the one before are put in order and written.

    Raises:
        Failure: the files of the stage before are not whole.

    """
    ledger = Ledger(locations().stages)
    stages = list(STAGE_TABLES)
    before = stages[stages.index(stage) - 1]
    states = {}
    for source in scope.sources:
        stamp = ledger.stamp(before, source)
        if stamp is None:
            raise dg.Failure(
                f"The {before} files of {source} are not whole: materialise {source} from the raw stage on."
            )
        states[source] = (stamp.fingerprint, stamp.documents)
    documents = {source: own for source, (_, own) in states.items()}
    telling = Telling(scope.log, sum(map(len, documents.values())))
    made = Aside(locations().stages, scope.run_id)

    def begin(batch: Batch) -> Callable[[], Advanced]:
        def worked_on(_: Set[str], read: Tables) -> Iterator[Tables]:
            parts = telling(begun(stage, work, parts_of(read, arguments)), lambda part: len(part[0].documents))
            return (admitted(stage, made, of) for made, of in gathered(parts))

        return advance(stage, ledger, batch, inputs, worked_on)

    sizes = {source: sum(frames.size(source) for frames in inputs.values()) for source in documents}
    for batch, advanced in one_ahead(begin, batches(documents, sizes)):
        keep(scope.log, telling, made, batch, advanced())
    return Made(made, states)


def outputs(
    stage: Stage, made: Made, more: Mapping[str, Mapping[str, dg.MetadataValue[Any]]] | None = None
) -> Iterator[dg.Output[StoredFrames]]:
    """What a stage has made as the outputs of its step, and behind the last of them what they were made from in the ledger."""
    ledger = Ledger(locations().stages)
    ledger.begin(stage, made.states)
    yield from table_outputs(stage, made.aside, more)
    for source, (fingerprint, documents) in made.states.items():
        ledger.finish(stage, source, fingerprint, documents)


def keep(log: Log, telling: Telling, made: Aside, batch: Batch, advanced: Advanced) -> None:
    """Write what was made of a batch aside, and tell of it."""
    frames, read = advanced
    for asset, by_source in frames.items():
        made.add(asset, by_source)
    for source, count in read.items():
        telling.carried(len(batch[source]) - count)
        log.info(f"{source}: {count} of {len(batch[source])} documents read, the rest carried over")


def advance(
    stage: Stage,
    ledger: Ledger,
    documents: Mapping[str, Mapping[str, str]],
    inputs: Mapping[str, StoredFrames],
    work: Callable[[Set[str], Tables], Iterable[Tables]],
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
        found = list(parts)
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
