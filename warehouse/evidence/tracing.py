"""From a figure back to its file: the passage of the original, and all that was decided on the way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.evidence.cards import MARKED, NOT_SHOWN
from warehouse.evidence.naming import slug
from warehouse.evidence.reading import Reader, Row

AROUND = 80
"""Characters of the original shown before and after the figure."""


class TraceError(LookupError):
    """There is no such figure; the message says what to give."""


class Passage(NamedTuple):
    """A stretch of a text with the figure's words in it."""

    before: str
    words: str
    after: str
    start: int
    end: int
    """Where the words stand in the whole text."""


class Trace(NamedTuple):
    """One fact, rank or task with everything that leads to it."""

    kind: str
    row: Row
    document: Row
    section: str
    """Headings above it, outermost first."""
    place: str
    """Page or paragraph of the file, for formats that have them."""
    original: Passage
    clean: Passage
    steps: list[Row]
    """Edits of cleaning that touch the passage shown."""
    evidence: list[Row]
    page: str
    """Its page of the evidence site, from the site's folder."""

    def fields(self) -> list[tuple[str, object, list[Row]]]:
        """(field, value, claims that decided it) of all that has a value."""
        return [
            (name, value, [claim for claim in self.evidence if claim["field"] == name])
            for name, value in self.row.items()
            if name not in NOT_SHOWN and value not in (None, "")
        ]


def trace(database: Path, wanted: str) -> Trace:
    """Trace a fact, rank or task of a published warehouse file.

    `wanted` is its id, or `<document>:<place>`: a document's id or path, and a character of the clean text.

    Raises:
        TraceError: nothing has that id, or nothing stands at that place.

    """
    with duckdb.connect(str(database), read_only=True) as connection:
        reader = Reader(connection)
        kind, row = _by_id(reader, wanted) or _by_place(reader, wanted)
        (document,) = reader.rows("FROM documents WHERE document_id = ?", row["document_id"])
        (text,) = reader.rows("FROM texts WHERE document_id = ?", row["document_id"])
        original = passage(text["raw_text"], row["raw_start"], row["raw_end"])
        blocks = reader.of("blocks", "document_id", [row["document_id"]], "raw_start, ordinal")[row["document_id"]]
        name = row[MARKED[kind][1]]
        claims = reader.of("fact_evidence", "document_id", [row["document_id"]], "field")[row["document_id"]]
        return Trace(
            MARKED[kind][0],
            row,
            document,
            _headings(reader, row["section_id"]),
            place_in_file(blocks, row["raw_start"]),
            original,
            passage(text["clean_text"], row["clean_start"], row["clean_end"]),
            reader.rows(
                "FROM cleaning_steps WHERE document_id = ? AND raw_start < ? AND raw_end > ? ORDER BY raw_start, step",
                row["document_id"],
                original.end + len(original.after),
                original.start - len(original.before),
            ),
            [claim for claim in claims if claim["fact_id"] == name],
            f"documents/{slug(row['document_id'])}.html#q-{name}",
        )


def passage(text: str, start: int, end: int) -> Passage:
    r"""The words at [start, end) with what stands around them, cut at line breaks.

    >>> passage("一\n建成12家。\n二", 4, 7)
    Passage(before='建成', words='12家', after='。', start=4, end=7)
    """
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    last = min(len(text) if (line := text.find("\n", end)) < 0 else line, end + AROUND)
    return Passage(text[first:start], text[start:end], text[end:last], start, end)


def place_in_file(blocks: Sequence[Row], raw_start: int) -> str:
    """Page and paragraph of the file, of the block that holds a place of the original; empty for plain text."""
    number = bisect_right(blocks, raw_start, key=lambda block: block["raw_start"]) - 1
    if number < 0:
        return ""
    block = blocks[number]
    return " · ".join(
        filter(None, (f"第{block['page']}页 page {block['page']}" if block["page"] else "", block["place"] or ""))
    )


def _headings(reader: Reader, section_id: str | None) -> str:
    """The headings above a section and its own, outermost first."""
    found: list[str] = []
    while section_id:
        section = reader.rows("FROM sections WHERE section_id = ?", section_id)[0]
        found.insert(0, f"{section['marker']}{section['heading']}".strip())
        section_id = section["parent_section_id"]
    return " / ".join(filter(None, found))


def _by_id(reader: Reader, wanted: str) -> tuple[str, Row] | None:
    for table, (_, key) in MARKED.items():
        found = reader.rows(f'FROM "{table}" WHERE "{key}" = ?', wanted)
        if found:
            return table, found[0]
    return None


def _by_place(reader: Reader, wanted: str) -> tuple[str, Row]:
    """The narrowest thing that holds a character of a document's clean text."""
    given = re.fullmatch(r"(.+):(\d+)", wanted)
    if given is None:
        raise TraceError(
            f"No fact, rank or task has the id {wanted!r}. Give its id, or DOCUMENT:PLACE, such as {_example(reader)}."
        )
    name, place = given[1], int(given[2])
    documents = reader.rows(
        "FROM documents WHERE document_id = ? OR path = ? OR ends_with(path, '/' || ?)", name, name, name
    )
    if len(documents) != 1:
        many = f"{len(documents)} documents have" if documents else "no document has"
        raise TraceError(f"{many} the id or path {name!r}; `FROM documents` lists them.".capitalize())
    for table in MARKED:
        found = reader.rows(
            f'FROM "{table}" WHERE document_id = ? AND clean_start <= ? AND clean_end > ? ORDER BY clean_end - clean_start LIMIT 1',
            documents[0]["document_id"],
            place,
            place,
        )
        if found:
            return table, found[0]
    raise TraceError(f"Nothing was read at character {place} of {documents[0]['path']}.")


def _example(reader: Reader) -> str:
    found = reader.rows("SELECT document_id, clean_start FROM facts ORDER BY ALL LIMIT 1")
    return (
        f"{found[0]['document_id']}:{found[0]['clean_start']}" if found else "a document's path, a colon and a number"
    )
