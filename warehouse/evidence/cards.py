"""The cards that highlights open (卡片): what was marked, with its fields, rule and evidence. DuckDB writes them as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from warehouse.evidence.marking import Mark
from warehouse.evidence.reading import Reader

MARKED = {"facts": ("fact", "fact_id"), "rankings": ("rank", "ranking_id"), "commitments": ("task", "commitment_id")}
"""Table -> class of its marks, and its key."""
NOT_SHOWN = {"document_id", "section_id", "sentence_id", "clean_start", "clean_end", "raw_start", "raw_end", "quote"}

NO_BLOCKS = "SELECT NULL::VARCHAR AS document_id, NULL::BIGINT AS raw_start, NULL::BIGINT AS page, NULL::VARCHAR AS place LIMIT 0"
BLOCKS = """
SELECT document_id, raw_start, page, place FROM blocks WHERE document_id IN (SELECT unnest($documents))
QUALIFY row_number() OVER (PARTITION BY document_id, raw_start ORDER BY ordinal DESC) = 1
"""
NO_CLAIMS = "SELECT NULL::VARCHAR AS key, []::VARCHAR[][] AS why LIMIT 0"
CLAIMS = """
SELECT fact_id AS key, list([field, rule, words, concat_ws('.', nullif(source_table, ''), nullif(source_row, ''))] ORDER BY field) AS why
FROM fact_evidence WHERE document_id IN (SELECT unnest($documents)) GROUP BY ALL
"""
CARDS = """
WITH own AS (FROM "{table}" WHERE document_id IN (SELECT unnest($documents))), blocks_of AS ({blocks}), claims AS ({claims})
SELECT own.document_id, clean_start, clean_end, escaped("{key}"), to_json("{key}") || ':' || to_json({{
    kind: '{kind}',
    quote: quote,
    fields: list_filter([{fields}], lambda field: field[2] <> ''),
    raw: [own.raw_start, own.raw_end],
    'where': concat_ws(' · ', '第' || nullif(page, 0) || '页 page ' || page, nullif(blocks_of.place, '')),
    why: coalesce(why, [])
}})
FROM own
ASOF LEFT JOIN blocks_of ON own.document_id = blocks_of.document_id AND own.raw_start >= blocks_of.raw_start
LEFT JOIN claims ON own."{key}" = claims.key
ORDER BY clean_start, clean_end, "{key}"
"""


class Marked(NamedTuple):
    """What is highlighted in one document."""

    marks: list[Mark]
    cards: list[str]
    """`"<key>":{…}` for each mark."""
    counts: dict[str, int]
    """Table -> number of its marks; none where there is no mark."""


def cards(reader: Reader, documents: Collection[str]) -> dict[str, Marked]:
    """Document -> its marks and their cards, facts first, then ranks and tasks, each in the order of the text."""
    found: dict[str, Marked] = defaultdict(lambda: Marked([], [], {}))
    for table, (kind, key) in MARKED.items():
        if table not in reader.names:
            continue
        with_claims = table == "facts" and "fact_evidence" in reader.names
        query = CARDS.format(
            table=table,
            kind=kind,
            key=key,
            blocks=BLOCKS if "blocks" in reader.names else NO_BLOCKS,
            claims=CLAIMS if with_claims else NO_CLAIMS,
            fields=", ".join(
                f"['{name}', {_written(name, type_)}]"
                for name, type_ in columns(reader, table)
                if name not in NOT_SHOWN
            ),
        )
        result = reader.connection.execute(query, {"documents": list(documents)})
        while rows := result.fetchmany(10_000):
            for document, start, end, name, card in rows:
                own = found[document]
                own.marks.append(Mark(start, end, kind, name))
                own.cards.append(card)
                own.counts[table] = own.counts.get(table, 0) + 1
    return found


def columns(reader: Reader, table: str) -> Iterator[tuple[str, str]]:
    """(column, DuckDB's type) of a table."""
    for name, type_, *_ in reader.connection.execute(f'DESCRIBE "{table}"').fetchall():
        yield name, type_


def _written(column: str, type_: str) -> str:
    """A column as a person reads it (`reading.shown`), in SQL."""
    if type_.startswith("DECIMAL"):
        return f'shown(own."{column}")'
    if type_ == "BOOLEAN":
        return f"CASE own.\"{column}\" WHEN true THEN '是 yes' WHEN false THEN '否 no' END"
    if type_.endswith("[]"):
        return f"array_to_string(own.\"{column}\", '、')"
    return f'own."{column}"::VARCHAR'
