"""The column-lineage page: what each column is made of, drawn from the contracts.

The open-source Dagster UI keeps column lineage but does not draw it, so the project draws its own:
one file, no network.
"""

from __future__ import annotations

import json
from pathlib import Path

from warehouse.contract import contracts

TEMPLATE = Path(__file__).with_suffix(".html")

_ORDER = ("raw", "clean", "sections", "facts", "candidate")


def column_lineage_page() -> str:
    """The page as HTML."""
    columns: dict[str, dict[str, object]] = {}
    stages: dict[str, dict[str, list[str]]] = {stage: {} for stage in ("landing", "reference", *_ORDER)}
    for contract in contracts().values():
        stages[contract.stages[0]][contract.table] = contract.names
        for column in contract.columns:
            columns[f"{contract.table}.{column.name}"] = {
                "type": column.duckdb_type,
                "doc": f"{column.doc_en} {column.doc_zh}",
                "from": list(column.upstream),
            }
    for source in sorted({source for column in columns.values() for source in column["from"]} - set(columns)):  # type: ignore[attr-defined]
        table, _, name = source.partition(".")
        stages["landing"].setdefault(table, []).append(name)
    payload = {
        "stages": [[stage, list(tables.items())] for stage, tables in stages.items() if tables],
        "columns": columns,
    }
    text = json.dumps(payload, ensure_ascii=False).replace("</", "<\\/")
    return TEMPLATE.read_text(encoding="utf-8").replace("/*LINEAGE*/", text)
