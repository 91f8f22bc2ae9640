"""Which assets a stage has, and which table each of them holds. Nothing here imports Dagster."""

from __future__ import annotations

from warehouse.contract import Stage

STAGE_TABLES: dict[Stage, dict[str, str]] = {
    "raw": {"sources": "sources", "raw_reports": "raw_reports", "raw_rejects": "rejects"},
    "clean": {
        "clean_reports": "documents",
        "texts": "texts",
        "cleaning_steps": "cleaning_steps",
        "document_evidence": "document_evidence",
        "blocks": "blocks",
        "table_cells": "table_cells",
        "text_signatures": "text_signatures",
        "clean_rejects": "rejects",
    },
    "sections": {"sections": "sections", "sentences": "sentences", "section_rejects": "rejects"},
    "facts": {
        "facts": "facts",
        "fact_evidence": "fact_evidence",
        "rankings": "rankings",
        "commitments": "commitments",
        "commitment_facts": "commitment_facts",
        "mentions": "mentions",
        "fact_rejects": "rejects",
    },
}
"""Stage -> its assets -> the contract that each asset's rows keep."""

ASSET_TABLES = {asset: table for assets in STAGE_TABLES.values() for asset, table in assets.items()}

TABLE_ASSETS = {table: asset for asset, table in ASSET_TABLES.items() if table != "rejects"}
