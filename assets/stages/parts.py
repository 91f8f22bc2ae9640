"""The stages where steps are done by workers: the sources of a run are divided into parts, which workers read beside each other (分批).

The same assets as those of raw, clean, outline and extraction, made by a graph of three steps: one divides, one for each part takes its
sources from the files to the facts, and one tells of all. Checks, candidate and publication stand behind the last, as they stand
behind the stages, so that however many parts there are, there is one publication.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg
import polars as pl

from assets.automation.lock import beside_others
from assets.landing import Zone, current_zone, read_zone
from assets.locations import locations
from assets.stages.aside import SAMPLE
from assets.stages.clean import clean_reports
from assets.stages.documents import extract_documents, outline_documents
from assets.stages.facts import chart
from assets.stages.frames import StoredFrames
from assets.stages.incremental import Made, Scope, run_stage
from assets.stages.ledger import Ledger
from assets.stages.partitions import ONE_RUN, SOURCE_PARTITIONS, run_sources, source_partitions
from assets.stages.raw import bytes_of, read_raw
from assets.stages.snapshots import keep_snapshot
from assets.stages.stage_tables import ASSET_TABLES, STAGE_TABLES
from assets.stages.tables import figures_of, table_dependencies, table_outs
from warehouse.contract import Stage, contract

PART = 1_000_000
"""Bytes of the files of a part: some seconds of reading, beside some tenths of one for the step."""
MOST_PARTS = 200
"""Of a large change the parts are larger: each is some events in the history."""

INPUTS: dict[Stage, tuple[str, ...]] = {
    "clean": ("raw_reports",),
    "sections": ("clean_reports", "texts"),
    "facts": ("clean_reports", "texts", "sections", "sentences"),
}
"""Stage behind the raw one -> the assets that it reads."""


def sources_by_part(sizes: Mapping[str, int]) -> list[list[str]]:
    """Sources that one worker reads, the largest part first, so that none is left with it at the end.

    >>> sources_by_part({"a": 900_000, "b": 500_000, "c": 400_000, "d": 2_500_000})
    [['d'], ['a'], ['b', 'c']]
    """
    most = max(PART, sum(sizes.values()) // MOST_PARTS)
    parts: list[list[str]] = []
    held = 0
    for source, size in sizes.items():
        if not parts or held + size > most:
            parts.append([])
            held = 0
        parts[-1].append(source)
        held += size
    return sorted(parts, key=lambda part: -sum(sizes[source] for source in part))


def read_part(scope: Scope, zone: Zone) -> None:
    """Take sources of the landing zone from the files to the facts; each stage's files take their place before the next begins.

    What a worker had stored that was lost on the way is carried over by the next, as in any run.
    """
    place("raw", read_raw(scope, zone))
    place("clean", clean_reports(scope, _files("raw_reports", scope.sources)))
    inputs = {"documents": _files("clean_reports", scope.sources), "texts": _files("texts", scope.sources)}
    place("sections", run_stage(scope, "sections", inputs, outline_documents))
    inputs |= {name: _files(name, scope.sources) for name in ("sections", "sentences")}
    place("facts", run_stage(scope, "facts", inputs, extract_documents))


def place(stage: Stage, made: Made) -> None:
    """Let the files of a stage take their place, and behind the last of them write what they were made from."""
    ledger = Ledger(locations().stages)
    ledger.begin(stage, made.states)
    for asset in STAGE_TABLES[stage]:
        for source, file in made.aside.frames(asset).files.items():
            file.replace(ledger.table(asset, source))
    for source, (fingerprint, documents) in made.states.items():
        ledger.finish(stage, source, fingerprint, documents)


def _files(asset: str, sources: Iterable[str]) -> StoredFrames:
    ledger = Ledger(locations().stages)
    return StoredFrames({source: ledger.table(asset, source) for source in sources})


@dg.op(
    out=dg.DynamicOut(io_manager_key="part_values"),
    required_resource_keys={"one_runner"},
    description="Divide the sources of the run into parts that workers read beside each other.",
)
def divide(context: dg.OpExecutionContext) -> Iterator[dg.DynamicOutput[list[str]]]:
    """The landing zone is looked at once, here: what is published must be as it is now."""
    zone = current_zone()
    keep_snapshot(context.run.run_id, zone)
    sources = run_sources(context.run.tags, list(context.instance.get_dynamic_partitions(SOURCE_PARTITIONS)))
    for number, part in enumerate(sources_by_part({source: bytes_of(zone, source) for source in sources})):
        yield dg.DynamicOutput(part, mapping_key=f"{number:03}")


@dg.op(
    out=dg.Out(io_manager_key="part_values"),
    description="Take the sources of a part from the files to the facts.",
)
def part(context: dg.OpExecutionContext, sources: list[str]) -> list[str]:
    """Of a landing zone on a store the copy is read that `divide` has brought; what has changed since then is not published."""
    with beside_others(sources):
        zone = read_zone(locations().landing, sources=sources)
        read_part(Scope(context.run.run_id, sources, context.log), zone)
    return sources


@dg.op(
    out={asset: dg.Out() for asset in ASSET_TABLES},
    required_resource_keys={"one_runner"},
    description="Tell of what all parts have made, table by table.",
)
def together(parts: list[list[str]]) -> Iterator[dg.Output[None]]:
    """The files are written; what is told is of each table as a whole."""
    sources = sorted(source for part in parts for source in part)
    for asset, table in ASSET_TABLES.items():
        files = _files(asset, sources)
        counts = {
            source: pl.scan_parquet(file).select(pl.len()).collect().item() for source, file in files.files.items()
        }
        sample = (
            pl.scan_parquet(list(files.files.values())).head(SAMPLE).collect() if sources else contract(table).empty()
        )
        more: dict[str, Any] = {"chart": chart(files)} if asset == "facts" else {}
        yield dg.Output(None, output_name=asset, metadata=figures_of(table, counts, sample) | more)


@dg.graph(out={asset: dg.GraphOut() for asset in ASSET_TABLES})
def reading() -> dict[str, Any]:
    """From the files of the run's sources to the facts."""
    tables = together(divide().map(part).collect())
    return {asset: getattr(tables, asset) for asset in ASSET_TABLES}


@dg.io_manager(description="What the steps of the reading tell each other: the names of sources.")
def part_values(context: dg.InitResourceContext) -> dg.IOManager:
    """In the folder that all hosts share."""
    return dg.FilesystemIOManager(base_dir=str(locations().parts)).create_io_manager(context)


def _as_assets() -> dg.AssetsDefinition:
    outs = {asset: out for stage in STAGE_TABLES for asset, out in table_outs(stage).items()}
    dependencies: dict[str, set[dg.AssetKey]] = {asset: set() for asset in STAGE_TABLES["raw"]}
    for stage, inputs in INPUTS.items():
        dependencies |= table_dependencies(stage, inputs)
    return dg.AssetsDefinition.from_graph(
        reading,
        keys_by_output_name={asset: dg.AssetKey(asset) for asset in outs},
        internal_asset_deps=dependencies,
        partitions_def=source_partitions,
        backfill_policy=ONE_RUN,
        group_names_by_output_name={asset: out.group_name for asset, out in outs.items()},
        descriptions_by_output_name={asset: out.description or "" for asset, out in outs.items()},
        metadata_by_output_name={asset: out.metadata for asset, out in outs.items()},
        tags_by_output_name={asset: out.tags for asset, out in outs.items()},
        owners_by_output_name={asset: out.owners or [] for asset, out in outs.items()},
        code_versions_by_output_name={asset: out.code_version for asset, out in outs.items()},
    )


stages_in_parts = _as_assets()
