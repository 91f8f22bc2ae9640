"""What a new version says otherwise than the one published before: the table `revision_log`, behind the view `revisions`.

Reports that are in both versions are compared, statement by statement: first by fact_id, then, of what is left, by report, indicator
key, measure, place, period and status in text order. So a corrected figure is one `value`, not one gone and one new.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.contract import contract
from warehouse.earlier import earlier_version

TABLE = "revision_log"
KEPT_VERSIONS = 50
"""How many versions' revisions are carried forward."""
COMPARED = (
    "fact_id",
    *("document_id", "indicator_key", "indicator_code", "measure", "place", "period_start", "period_end"),
    *("status", "value", "unit", "quote", "clean_start"),
)


def record_revisions(
    connection: duckdb.DuckDBPyConnection, published: Path | None, run_id: str, built_at: datetime
) -> None:
    """Carry the log of the version before forward and add what the new facts change; the first version has none."""
    with earlier_version(connection, published) as there:
        if set(contract(TABLE).names) <= there.get(TABLE, frozenset()):
            connection.execute(
                f"""INSERT INTO {TABLE} BY NAME SELECT * FROM before.{TABLE} WHERE run_id IN (
                    SELECT run_id FROM before.{TABLE} GROUP BY run_id ORDER BY max(recorded_at) DESC, run_id LIMIT {KEPT_VERSIONS - 1}
                )"""
            )
        if set(COMPARED) <= there.get("facts", frozenset()):
            connection.execute(_CHANGES, [run_id, built_at])


_OF_BOTH = (
    "document_id IN (SELECT document_id FROM before.documents) AND document_id IN (SELECT document_id FROM documents)"
)
_NUMBERED = """SELECT *, row_number() OVER (
    PARTITION BY document_id, indicator_key, measure, place, period_start, period_end, status ORDER BY clean_start, fact_id
) AS nth"""
_CHANGES = f"""INSERT INTO {TABLE} BY NAME
WITH earlier AS (SELECT {", ".join(COMPARED)} FROM before.facts WHERE {_OF_BOTH}),
later AS (SELECT {", ".join(COMPARED)} FROM facts WHERE {_OF_BOTH}),
same AS (
    SELECT earlier, later FROM earlier JOIN later ON earlier.fact_id = later.fact_id
),
moved AS (
    SELECT earlier, later
    FROM ({_NUMBERED} FROM earlier WHERE fact_id NOT IN (SELECT fact_id FROM later)) AS earlier
    FULL JOIN ({_NUMBERED} FROM later WHERE fact_id NOT IN (SELECT fact_id FROM earlier)) AS later
        ON earlier.document_id = later.document_id AND earlier.indicator_key = later.indicator_key
        AND earlier.measure = later.measure AND earlier.place IS NOT DISTINCT FROM later.place
        AND earlier.period_start IS NOT DISTINCT FROM later.period_start
        AND earlier.period_end IS NOT DISTINCT FROM later.period_end
        AND earlier.status = later.status AND earlier.nth = later.nth
),
pairs AS (
    SELECT
        earlier.fact_id AS old_fact_id, later.fact_id AS new_fact_id,
        coalesce(later.document_id, earlier.document_id) AS document_id,
        coalesce(later.indicator_key, earlier.indicator_key) AS indicator_key,
        coalesce(later.indicator_code, earlier.indicator_code) AS indicator_code,
        coalesce(later.measure, earlier.measure) AS measure,
        coalesce(later.place, earlier.place) AS place,
        coalesce(later.period_start, earlier.period_start) AS period_start,
        coalesce(later.period_end, earlier.period_end) AS period_end,
        earlier.value AS old_value, later.value AS new_value, earlier.unit AS old_unit, later.unit AS new_unit,
        earlier.status AS old_status, later.status AS new_status, earlier.quote AS old_quote, later.quote AS new_quote
    FROM (
        SELECT earlier, later FROM same
        UNION ALL
        SELECT
            CASE WHEN earlier.fact_id IS NULL THEN NULL ELSE struct_pack({", ".join(f"{c} := earlier.{c}" for c in COMPARED)}) END,
            CASE WHEN later.fact_id IS NULL THEN NULL ELSE struct_pack({", ".join(f"{c} := later.{c}" for c in COMPARED)}) END
        FROM moved
    )
)
SELECT
    ? AS run_id, ? AS recorded_at,
    CASE
        WHEN old_fact_id IS NULL THEN 'new'
        WHEN new_fact_id IS NULL THEN 'gone'
        WHEN old_value IS DISTINCT FROM new_value OR old_unit IS DISTINCT FROM new_unit THEN 'value'
        ELSE 'status'
    END AS change,
    coalesce(new_fact_id, old_fact_id) AS statement_id,
    *
FROM pairs
WHERE old_fact_id IS NULL OR new_fact_id IS NULL OR old_value IS DISTINCT FROM new_value
    OR old_unit IS DISTINCT FROM new_unit OR old_status IS DISTINCT FROM new_status
ORDER BY document_id, statement_id"""
