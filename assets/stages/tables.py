"""Tables as assets: what a contract of warehouse/ says, in Dagster's terms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import dagster as dg
import polars as pl

from assets.stages.aside import SAMPLE, Aside
from assets.stages.code_version import code_version
from assets.stages.frames import StoredFrames
from assets.stages.stage_tables import STAGE_TABLES, TABLE_ASSETS
from warehouse.contract import Contract, Stage, contract

OWNERS = ["team:zhengbao"]
MOST_SOURCES = 20
"""Of more, a step's output tells only the largest one by one."""


def column_schema(table: Contract) -> dg.TableSchema:
    """The Columns tab of the UI."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.duckdb_type,
                description=f"{column.doc_en} {column.doc_zh}",
                constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=table.key == (column.name,)),
            )
            for column in table.columns
        ]
    )


def column_lineage(table: Contract) -> dg.TableColumnLineage:
    """From which columns of which assets each column comes, as the contract says."""
    dependencies = {
        column: [
            dg.TableColumnDep(dg.AssetKey(TABLE_ASSETS.get(upstream, upstream)), name) for upstream, name in sources
        ]
        for column, sources in table.lineage().items()
    }
    return dg.TableColumnLineage(dependencies)


def table_outs(stage: Stage) -> dict[str, dg.AssetOut]:
    """The outputs of a stage, one asset a table."""
    return {
        asset: dg.AssetOut(
            description=f"{contract(table).doc_en}\n\n{contract(table).doc_zh}",
            group_name=stage,
            kinds={"python", "polars", "parquet"},
            owners=OWNERS,
            code_version=code_version(stage),
            metadata={"dagster/column_schema": column_schema(contract(table)), "grain": contract(table).grain},
        )
        for asset, table in STAGE_TABLES[stage].items()
    }


def table_dependencies(stage: Stage, inputs: Iterable[str]) -> dict[str, set[dg.AssetKey]]:
    """Output of a stage -> the assets it is made of, by the column lineage of its contract.

    A dependency on another output of the stage counts where that one stands before it in STAGE_TABLES; an output whose contract
    names none of them depends on all inputs.
    """
    before = list(inputs)
    dependencies = {}
    for asset, table in STAGE_TABLES[stage].items():
        upstream = {TABLE_ASSETS.get(name) for sources in contract(table).lineage().values() for name, _ in sources}
        dependencies[asset] = {dg.AssetKey(name) for name in before if name in upstream} or set(
            map(dg.AssetKey, inputs)
        )
        before.append(asset)
    return dependencies


def table_outputs(
    stage: Stage,
    made: Aside,
    more: Mapping[str, Mapping[str, dg.MetadataValue[Any]]] | None = None,
) -> Iterator[dg.Output[StoredFrames]]:
    """What a run has made, as the outputs of the stage's step, with the figures a person wants at a glance.

    `more` adds metadata to some of the assets.
    """
    for asset, table in STAGE_TABLES[stage].items():
        sample = made.samples.get(asset, contract(table).empty())
        metadata = figures_of(table, made.counts[asset], sample) | {**(more or {}).get(asset, {})}
        yield dg.Output(made.frames(asset), output_name=asset, metadata=metadata)


def figures_of(table: str, counts: Mapping[str, int], sample: pl.DataFrame) -> dict[str, Any]:
    """What a person wants to see of a table at a glance; `counts` are its rows by source."""
    return {
        **({"dagster/partition_row_count": sum(counts.values())} if len(counts) == 1 else {}),
        "dagster/column_lineage": column_lineage(contract(table)),
        "rows": sum(counts.values()),
        "rows_by_source": dg.MetadataValue.json(most_rows(counts)),
        "sample": dg.MetadataValue.md(preview(sample)),
    }


def most_rows(counts: Mapping[str, int]) -> dict[str, int]:
    """The sources with most rows, and the sum of the others: Dagster writes what is said of an output for each of its sources.

    >>> most_rows({"a": 1, "b": 3})
    {'a': 1, 'b': 3}
    """
    most = sorted(counts, key=lambda source: -counts[source])[:MOST_SOURCES]
    left = sum(counts.values()) - sum(counts[source] for source in most)
    return {source: counts[source] for source in counts if source in most} | (
        {f"{len(counts) - len(most)} others": left} if len(counts) > len(most) else {}
    )


def preview(rows: pl.DataFrame, limit: int = SAMPLE, width: int = 60) -> str:
    """A few rows as a Markdown table, every cell inert: text of a report must never become markup in the UI."""
    if rows.is_empty():
        return "no rows"
    lines = ["| " + " | ".join(rows.columns) + " |", "|" + " --- |" * len(rows.columns)]
    lines += ["| " + " | ".join(inert(value, width) for value in row) + " |" for row in rows.head(limit).iter_rows()]
    return "\n".join(lines)


def inert(value: object, width: int) -> str:
    r"""One line of plain text, cut to `width`, in which Markdown and HTML have no power.

    >>> inert("<script>alert(1)</script>|[x](javascript:1)", 60)
    '&#60;script&#62;alert\\(1\\)&#60;/script&#62;\\|\\[x\\]\\(javascript\\:1\\)'
    """
    text = (
        ""
        if value is None
        else " ".join((value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)).split())
    )
    text = text if len(text) <= width else text[: width - 1] + "…"
    return "".join(f"&#{ord(c)};" if c in "<>&" else "\\" + c if c in "\\`*_{}[]()#+!|~:" else c for c in text)
