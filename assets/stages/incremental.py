"""A stage inside a source, document by document: what was made from the same is carried over, the rest is made anew.

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
    for source, stamp in stamps.items():
        own = {table: by_source[source] for table, by_source in inputs.items()}
        made, read = advance(stage, source, ledger, stamp.documents, own, lambda _, chosen: work(chosen, telling))
        telling.carried(len(stamp.documents) - read)
        for asset, frame in made.items():
            frames[asset][source] = frame
        context.log.info(f"{source}: {read} of {len(stamp.documents)} documents read, the rest carried over")
    ledger.begin(stage, context.partition_keys)
    yield from table_outputs(stage, frames, more(frames) if more else None)
    for source, stamp in stamps.items():
        ledger.finish(stage, source, stamp.fingerprint, stamp.documents)


def advance(
    stage: Stage,
    source: str,
    ledger: Ledger,
    documents: Mapping[str, str],
    inputs: Mapping[str, pl.DataFrame],
    work: Callable[[Set[str], Mapping[str, pl.DataFrame]], Rows],
) -> tuple[dict[str, pl.DataFrame], int]:
    """The stage's frames of one source, and how many documents were worked on.

    `documents` are those of the source with their digests, in order; `inputs` the tables of earlier stages. `work` makes the
    records of the documents that it is given, from the inputs' rows of these.
    """
    same, carried = ledger.carried(stage, source, documents)
    fresh = documents.keys() - same
    chosen = pl.col("document_id").is_in(pl.Series(sorted(fresh), dtype=pl.String).implode())
    read = {table: frame.filter(chosen) for table, frame in inputs.items()}
    frames = stage_frames(stage, work(fresh, read), read)
    for asset, frame in frames.items():
        if STAGE_TABLES[stage][asset] != "sources":
            frames[asset] = _in_order([carried[asset], frame] if carried else [frame], documents)
    return frames, len(fresh)


def _in_order(frames: Iterable[pl.DataFrame], documents: Mapping[str, str]) -> pl.DataFrame:
    """The rows by document, in the order of the documents, and within one as they were made."""
    place = {document: k for k, document in enumerate(documents)}
    rows = pl.concat(frames)
    order = rows["document_id"].replace_strict(place, default=len(place), return_dtype=pl.Int64)
    return rows.with_columns(order.alias(" ")).sort(" ", maintain_order=True).drop(" ")
