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

SPANS = {
    "sections": ("section_id", "clean_start", "own_end", "text", None, None),
    "sentences": ("sentence_id", "clean_start", "clean_end", "text", None, None),
    "facts": ("fact_id", "clean_start", "clean_end", "quote", "raw_start", "raw_end"),
    "rankings": ("ranking_id", "clean_start", "clean_end", "quote", "raw_start", "raw_end"),
    "commitments": ("commitment_id", "clean_start", "clean_end", "quote", "raw_start", "raw_end"),
    "mentions": ("mention_id", "clean_start", "clean_end", "text", "raw_start", "raw_end"),
}
"""Table -> id, span in the cleaned text, the words it must give, span in the original."""

SPAN_SCHEMA = pl.Schema(
    {
        "table_name": pl.String(),
        "id": pl.String(),
        "document_id": pl.String(),
        "quote": pl.String(),
        "found": pl.String(),
    }
)


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
    """Rows whose span does not give back their words."""
    broken = []
    for table, clean_text, _, spans in _spans(connection, tables):
        for row_id, document, start, end, words, _, _ in spans:
            if not 0 <= start <= end <= len(clean_text) or clean_text[start:end] != words:
                broken.append((table, row_id, document, words, clean_text[max(0, start) : max(0, end)]))
    return pl.DataFrame(broken, schema=SPAN_SCHEMA, orient="row")


def raw_digit_mismatches(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """Rows whose span in the original has other digits than their quote."""
    broken = []
    for table, _, raw_text, spans in _spans(connection, [table for table in tables if SPANS[table][4]]):
        for row_id, document, _, _, words, raw_start, raw_end in spans:
            original = raw_text[raw_start:raw_end] if 0 <= raw_start <= raw_end <= len(raw_text) else ""
            if not original or digits(original) != digits(words):
                broken.append((table, row_id, document, words, original))
    return pl.DataFrame(broken, schema=SPAN_SCHEMA, orient="row")


def coverage_gaps(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """Stretches of the cleaned text, other than white space, that no section or no sentence covers."""
    gaps = []
    for table, clean_text, _, spans in _spans(
        connection, [table for table in tables if table in ("sections", "sentences")]
    ):
        at = 0
        document = spans[0][1]
        for _, _, start, end, _, _, _ in [
            *sorted(spans, key=lambda span: span[2]),
            (None, None, len(clean_text), 0, None, None, None),
        ]:
            if start > at and (missed := clean_text[at:start].strip()):
                gaps.append((table, None, document, missed[:200], ""))
            at = max(at, end)
    return pl.DataFrame(gaps, schema=SPAN_SCHEMA, orient="row")


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
    "raw_digit_mismatches": raw_digit_mismatches,
    "coverage_gaps": coverage_gaps,
    "view_troubles": view_troubles,
}
