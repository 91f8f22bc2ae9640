"""Probes: what SQL cannot find in linear time, found by Python and handed to the promises as tables.

DuckDB's substring walks a string from its beginning, so that a million spans of one long text would
take a quadratic time; a Python str is indexed at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import duckdb
import polars as pl

from warehouse.contract import contracts

Connection = duckdb.DuckDBPyConnection

DOCUMENTS_AT_ONCE = 64

BEYOND_ANY_TEXT = 2**31

SPANS = {
    "sections": ("section_id", "clean_start", "own_end", "text", None, None),
    "sentences": ("sentence_id", "clean_start", "clean_end", "text", None, None),
    "facts": ("fact_id", "clean_start", "clean_end", "quote", "raw_start", "raw_end"),
    "rankings": ("ranking_id", "clean_start", "clean_end", "quote", "raw_start", "raw_end"),
    "commitments": ("commitment_id", "clean_start", "clean_end", "quote", "raw_start", "raw_end"),
    "mentions": ("mention_id", "clean_start", "clean_end", "text", "raw_start", "raw_end"),
}
"""Table -> id, span in the cleaned text, the words it must give, span in the original."""


def schema_mismatches(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """Columns that are not as their contract says."""
    rows = []
    for table in tables:
        expected = [(column.name, column.duckdb_type) for column in contracts()[table].columns]
        found = [(row[0], row[1]) for row in connection.execute(f'DESCRIBE SELECT * FROM "{table}"').fetchall()]
        if found == expected:
            continue
        for position in range(max(len(expected), len(found))):
            wanted = expected[position] if position < len(expected) else ("", "")
            there = found[position] if position < len(found) else ("", "")
            if wanted != there:
                rows.append((table, position + 1, " ".join(wanted), " ".join(there)))
    schema = {"table_name": pl.String, "position": pl.Int64, "expected": pl.String, "found": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def span_mismatches(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """Rows whose span does not give back their words (trouble clean), or whose span in the original has other digits (raw)."""
    broken = []
    for table, clean_text, raw_text, spans in _spans(connection, tables):
        for row_id, document, start, end, words, raw_start, raw_end in spans:
            if not 0 <= start <= end <= len(clean_text) or clean_text[start:end] != words:
                found = clean_text[max(0, start) : max(0, end)]
                broken.append((table, "clean", row_id, document, words, found))
            if raw_start is not None:
                original = raw_text[raw_start:raw_end] if 0 <= raw_start <= raw_end <= len(raw_text) else ""
                if not original or digits(original) != digits(words):
                    broken.append((table, "raw", row_id, document, words, original))
    schema = dict.fromkeys(("table_name", "place", "id", "document_id", "quote", "found"), pl.String)
    return pl.DataFrame(broken, schema=schema, orient="row")


def coverage_gaps(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """Stretches of the cleaned text, other than white space, that no row of a table covers; a text without rows is left alone."""
    gaps = []
    for table in tables:
        _, start, end, *_ = SPANS[table]
        cursor = connection.execute(
            f"""SELECT document_id, clean_text, starts, ends FROM texts JOIN (
                    SELECT document_id, list(gap_start) AS starts, list(gap_end) AS ends FROM (
                        SELECT document_id, coalesce(reached, 0) AS gap_start, next_start AS gap_end FROM (
                            SELECT document_id, {start} AS next_start, max({end}) OVER (
                                PARTITION BY document_id ORDER BY {start}, {end} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                            ) AS reached FROM {table}
                        ) WHERE next_start > coalesce(reached, 0)
                        UNION ALL
                        SELECT document_id, max({end}), {BEYOND_ANY_TEXT} FROM {table} GROUP BY document_id
                    ) GROUP BY document_id
                ) USING (document_id)"""
        )
        while rows := cursor.fetchmany(DOCUMENTS_AT_ONCE):
            for document, clean_text, starts, ends in rows:
                missed = (clean_text[first:last].strip() for first, last in zip(starts, ends, strict=True))
                gaps += [(table, document, words[:200]) for words in missed if words]
    return pl.DataFrame(gaps, schema=dict.fromkeys(("table_name", "document_id", "quote"), pl.String), orient="row")


def view_troubles(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """Views that cannot be queried, with the reason."""
    del tables
    broken = []
    for (view,) in connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary"
    ).fetchall():
        try:
            connection.execute(f'SELECT * FROM "{view}" LIMIT 1').fetchall()
        except duckdb.Error as error:
            broken.append((view, str(error).splitlines()[0]))
    return pl.DataFrame(broken, schema={"view_name": pl.String, "trouble": pl.String}, orient="row")


def digits(text: str) -> str:
    """The decimal digits of a text, full-width ones folded.

    >>> digits("达到３７.5万（①）")
    '3751'
    """
    return "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", text)))


def _spans(connection: Connection, tables: list[str]) -> Iterator[tuple[str, str, str, list[tuple]]]:  # type: ignore[type-arg]
    """(table, clean_text, raw_text, its rows as (id, document, start, end, words, raw start, raw end)) of each document."""
    for table in tables:
        row_id, start, end, words, raw_start, raw_end = SPANS[table]
        raw_spans = f"list({raw_start}), list({raw_end})" if raw_start else "NULL, NULL"
        raw_text = "raw_text" if raw_start else "''"
        cursor = connection.execute(
            f"""SELECT document_id, clean_text, {raw_text}, ids, starts, ends, words, raw_starts, raw_ends FROM texts JOIN (
                    SELECT document_id, list({row_id}), list({start}), list({end}), list({words}), {raw_spans} FROM {table} GROUP BY document_id
                ) AS spans(document_id, ids, starts, ends, words, raw_starts, raw_ends) USING (document_id)"""
        )
        while rows := cursor.fetchmany(DOCUMENTS_AT_ONCE):
            for document, clean_text, original, ids, starts, ends, quotes, raw_starts, raw_ends in rows:
                none = [None] * len(ids)
                spans = zip(
                    ids, [document] * len(ids), starts, ends, quotes, raw_starts or none, raw_ends or none, strict=True
                )
                yield table, clean_text, original, list(spans)


PROBES: dict[str, Callable[[Connection, list[str]], pl.DataFrame]] = {
    "schema_mismatches": schema_mismatches,
    "span_mismatches": span_mismatches,
    "coverage_gaps": coverage_gaps,
    "view_troubles": view_troubles,
}
