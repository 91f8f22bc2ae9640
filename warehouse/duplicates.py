"""Near duplicates (近似重复) among all reports, by the MinHash signatures of their texts (table text_signatures).

Locality-sensitive hashing: only signatures that are the same in a whole band are compared. See Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3. DuckDB does it on disk where memory ends; one more report costs no look at all others.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.contract import quote_literal

# Different reports of one office share up to 0.05 of their shingles, a copy that was cut by a sixth or shuffled keeps above 0.8.
ALIKE = 0.7
# As many bands as rows in each: the best division of 64 values for this threshold, false and missed pairs weighing the same.
BANDS = ROWS = 8

PAIRS = f"""
WITH reports AS (
    SELECT document_id, source, path FROM documents UNION ALL SELECT document_id, source, path FROM dropped_documents
),
signed AS (
    SELECT row_number() OVER (ORDER BY source, path) AS place, document_id, signature
    FROM read_parquet({{files}}) JOIN reports USING (document_id) WHERE len(signature) > 0
),
placed AS (SELECT *, min(place) OVER (PARTITION BY signature) AS first_place FROM signed),
firsts AS (SELECT * FROM placed WHERE place = first_place),
bands AS (
    SELECT place, band, hash(signature[band * {ROWS} + 1 : (band + 1) * {ROWS}]) AS bucket
    FROM firsts, range({BANDS}) AS numbers(band)
),
candidates AS (
    SELECT DISTINCT earlier.place AS earlier, later.place AS later
    FROM bands AS earlier JOIN bands AS later USING (band, bucket) WHERE earlier.place < later.place
),
pairs AS (
    SELECT later, earlier, false AS is_same
    FROM candidates JOIN firsts AS one ON one.place = earlier JOIN firsts AS other ON other.place = later
    WHERE len(list_filter(list_zip(one.signature, other.signature), lambda pair: pair[1] = pair[2]))
          >= {ALIKE} * len(one.signature)
    UNION ALL
    SELECT place, first_place, true FROM placed WHERE place > first_place
)
SELECT later.document_id, earlier.document_id, is_same
FROM pairs JOIN signed AS later ON later.place = pairs.later JOIN signed AS earlier ON earlier.place = pairs.earlier
ORDER BY pairs.later, pairs.earlier
"""


def near_duplicates(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> dict[str, str]:
    """Each near duplicate with the earliest report that it is alike to and that is none itself, by source and path.

    `files` are Parquet files of text_signatures; the connection has the tables documents and dropped_documents.
    """
    found: dict[str, str] = {}
    if not files:
        return found
    names = "[" + ", ".join(quote_literal(os.fspath(file)) for file in files) + "]"
    for later, earlier, is_same in connection.execute(PAIRS.format(files=names)).fetchall():
        if is_same and earlier in found:
            # Of equal signatures only the first is compared with others: what it is alike to, they are too.
            found[later] = found[earlier]
        elif later not in found and earlier not in found:
            found[later] = earlier
    return found
