"""What a candidate takes from the file published before: the rows of sources whose stage files are the same, in two thirds of their time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.contract import Contract

DERIVED = ("documents", "rejects")
"""Tables in which the rows of one document depend on other documents."""


class Carried(NamedTuple):
    """The sources whose rows are taken from the attached file `before`; documents of others stand in the table `other_documents`."""

    sources: frozenset[str] = frozenset()

    def takes(self, contract: Contract) -> bool:
        """Whether rows of a table are taken: it is one whose rows are those of single documents."""
        return bool(self.sources) and "document_id" in contract.names and contract.table not in DERIVED

    def others(self, files: Sequence[Path]) -> list[Path]:
        """The stage files of all other sources; a stage file is named for its source."""
        return [file for file in files if file.stem not in self.sources]

    def rows(self, contract: Contract) -> str:
        """A query for the rows of a table that are taken."""
        columns = ", ".join(f'"{name}"' for name in contract.names)
        return f'SELECT {columns} FROM before."{contract.table}" WHERE document_id NOT IN (SELECT document_id FROM other_documents)'


def carried(connection: duckdb.DuckDBPyConnection, unchanged: Collection[str], documents: str) -> Carried:
    """Which of the unchanged sources are taken from the attached file `before`; `documents` is a query for what is to be published.

    Those are not of which other documents are published than before: one that repeated a document of another source, which is gone,
    has rows in the stage files only.
    """
    connection.execute("CREATE TEMP TABLE unchanged AS SELECT unnest(?::VARCHAR[]) AS source", [sorted(unchanged)])
    connection.execute(
        f"""CREATE TEMP TABLE taken AS
        WITH pairs AS (
            SELECT coalesce(now.source, earlier.source) AS source,
                now.document_id IS NOT NULL AND earlier.document_id IS NOT NULL AS is_in_both
            FROM ({documents}) AS now
            FULL JOIN before.documents AS earlier ON now.source = earlier.source AND now.document_id = earlier.document_id
        )
        SELECT source FROM pairs WHERE source IN (FROM unchanged) GROUP BY source HAVING bool_and(is_in_both)"""
    )
    connection.execute(
        "CREATE TEMP TABLE other_documents AS SELECT document_id FROM before.documents WHERE source NOT IN (FROM taken)"
    )
    return Carried(frozenset(source for (source,) in connection.execute("FROM taken").fetchall()))
