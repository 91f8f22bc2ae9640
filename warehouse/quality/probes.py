"""Probes: what SQL cannot find in linear time, found by Python and handed to the promises as tables.

DuckDB's substring walks a string from its beginning, so that a million spans of one long text would
take a quadratic time; a Python str is indexed at once.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Callable, Iterator

import duckdb
import polars as pl

from warehouse.contract import contracts
from warehouse.texts import parts_of_texts

Connection = duckdb.DuckDBPyConnection

ROWS_AT_ONCE = 50_000

COVERING = ("sections", "sentences")
"""Tables that leave no character of a text out."""

GAP_SHOWN = 200

Trouble = tuple[str, str, str | None, str, str, str]
"""Table, trouble, id, document, words, what stands there."""

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


def text_troubles(connection: Connection, tables: list[str]) -> pl.DataFrame:
    """What is wrong with the places that rows have in the texts, found in one walk over them, some documents at a time.

    trouble `span`: the cleaned text does not give back the row's words. `digits`: the original has other digits there.
    `gap`: a stretch of the cleaned text, other than white space, that no section or no sentence covers; a text without
    any section or sentence is left to other promises.
    """
    found: list[Trouble] = []
    for part in list(parts_of_texts(connection)):
        found += _troubles(connection, tables, part)
    schema = dict.fromkeys(("table_name", "trouble", "id", "document_id", "quote", "found"), pl.String)
    return pl.DataFrame(found, schema=schema, orient="row")


def _troubles(connection: Connection, tables: list[str], part: str) -> Iterator[Trouble]:
    """Those of the documents for which the condition `part` holds."""
    original = "raw_text" if any(SPANS[table][4] for table in tables) else "''"
    texts = {
        document: (clean_text, raw_text)
        for document, clean_text, raw_text in connection.execute(
            f"SELECT document_id, clean_text, {original} FROM texts WHERE {part}"
        ).fetchall()
    }
    for table in tables:
        reached: dict[str, int] = {}
        for document, row_id, start, end, words, raw_start, raw_end in _spans(connection, table, part):
            clean_text, raw_text = texts.get(document, ("", ""))
            if not 0 <= start <= end <= len(clean_text) or clean_text[start:end] != words:
                yield table, "span", row_id, document, words, clean_text[max(0, start) : max(0, end)]
            if raw_start is not None and raw_end is not None:
                there = raw_text[raw_start:raw_end] if 0 <= raw_start <= raw_end <= len(raw_text) else ""
                if not there or (there != words and digits(there) != digits(words)):
                    yield table, "digits", row_id, document, words, there
            if table in COVERING:
                at = reached.get(document, 0)
                if start > at and (missed := clean_text[at:start].strip()):
                    yield table, "gap", None, document, missed[:GAP_SHOWN], ""
                reached[document] = max(at, end)
        for document, at in reached.items():
            if missed := texts.get(document, ("", ""))[0][at:].strip():
                yield table, "gap", None, document, missed[:GAP_SHOWN], ""


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
    """The decimal digits of a text, full-width ones folded and HTML entities read.

    >>> digits("达到３７.5万（①）"), digits("&#51;&#x35;张")
    ('3751', '35')
    """
    return "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", html.unescape(text))))


Span = tuple[str, str, int, int, str, int | None, int | None]
"""Document, id, place in the cleaned text, words, place in the original."""


def _spans(connection: Connection, table: str, part: str) -> Iterator[Span]:
    """The rows of a table that have a place, those that cover a text in its order; by way of polars, which is faster than fetchall."""
    row_id, start, end, words, raw_start, raw_end = SPANS[table]
    places = f"{raw_start}, {raw_end}" if raw_start else "NULL::BIGINT AS raw_start, NULL::BIGINT AS raw_end"
    order = f"ORDER BY document_id, {start}, {end}" if table in COVERING else ""
    reader = connection.execute(
        f"SELECT document_id, {row_id}, {start}, {end}, {words}, {places} FROM {table} WHERE {part} {order}"
    ).to_arrow_reader(ROWS_AT_ONCE)
    for batch in reader:
        yield from zip(*(column.to_list() for column in pl.DataFrame(batch).get_columns()), strict=True)


PROBES: dict[str, Callable[[Connection, list[str]], pl.DataFrame]] = {
    "schema_mismatches": schema_mismatches,
    "text_troubles": text_troubles,
    "view_troubles": view_troubles,
}
