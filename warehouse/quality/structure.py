"""Structural promises: what a contract says of a table, as a few queries that find the rows that break it.

One query a kind and table, not one a column: a check costs about 20 ms in Great Expectations and twice that in the event log.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from warehouse.contract import Contract, quote_literal

SCHEMA = "SELECT * FROM schema_mismatches"
"""Columns and types that differ from a contract, over all tables of a stage; the probe makes this table."""


def structural_rows(contract: Contract, visible: Collection[str]) -> dict[str, str]:
    """Kind of promise -> query of the rows that break it; references only to tables in `visible`."""
    queries = {"values": _values(contract), "key": _key(contract)}
    if references := _references(contract, visible, shown=_key_columns(contract)):
        queries["references"] = references
    return queries


def keys(contracts: Sequence[Contract]) -> str:
    """Keys that stand more than once, over many tables."""
    branches = []
    for contract in contracts:
        columns = ", ".join(f'"{name}"' for name in contract.key)
        shown = " || ' ' || ".join(f'"{name}"::VARCHAR' for name in contract.key)
        branches.append(
            f"SELECT {quote_literal(contract.table)} AS table_name, {shown} AS key, count(*) AS rows "
            f'FROM "{contract.table}" GROUP BY {columns} HAVING count(*) > 1'
        )
    return " UNION ALL ".join(branches)


def orphans(contracts: Sequence[Contract], visible: Collection[str]) -> str:
    """References that are not found, over many tables."""
    branches = [
        f"SELECT {quote_literal(contract.table)} AS table_name, * FROM ({references})"
        for contract in contracts
        if (references := _references(contract, visible))
    ]
    return " UNION ALL ".join(branches)


def _shown(contract: Contract) -> str:
    """Columns that let a person find the row."""
    names = [*contract.key, *(name for name in ("document_id", "source", "path", "quote") if name in contract.names)]
    return ", ".join(f'"{name}"' for name in dict.fromkeys(names))


def _values(contract: Contract) -> str:
    """NULL in a required column, an empty string in a nullable one, or a value outside the allowed ones.

    `failed` names the columns at fault and what stands in them.
    """
    broken = {f'"{c.name}" IS NULL': f"'{c.name} is missing'" for c in contract.columns if not c.nullable}
    broken |= {
        f"\"{c.name}\" = ''": f"'{c.name} is empty, not NULL'"
        for c in contract.columns
        if c.nullable and c.type == "text"
    }
    broken |= {
        f'"{c.name}" NOT IN ({", ".join(map(quote_literal, c.allowed))})': f"'{c.name} is ' || \"{c.name}\""
        for c in contract.columns
        if c.allowed
    }
    failed = ", ".join(f"CASE WHEN {condition} THEN {told} END" for condition, told in broken.items())
    return (
        f"SELECT {_shown(contract)}, concat_ws('; ', {failed}) AS failed "
        f'FROM "{contract.table}" WHERE {" OR ".join(broken)}'
    )


def _key(contract: Contract) -> str:
    key = ", ".join(f'"{name}"' for name in contract.key)
    return f'SELECT {key}, count(*) AS rows FROM "{contract.table}" GROUP BY {key} HAVING count(*) > 1'


def _key_columns(contract: Contract) -> str:
    return "".join(f'"{name}", ' for name in contract.key if name != "document_id")


def _references(contract: Contract, visible: Collection[str], shown: str = "") -> str:
    """Rows whose reference is not found, one UNION branch a referring column; `shown` are more columns of them."""
    branches = []
    for column in contract.columns:
        if column.references is None:
            continue
        table, _, name = column.references.partition(".")
        if table != contract.table and table not in visible:
            continue
        label = f'{quote_literal(column.name)} AS referring_column, "{column.name}" AS missing'
        document = '"document_id"' if "document_id" in contract.names else "NULL AS document_id"
        branches.append(
            f'SELECT {shown}{label}, {document} FROM "{contract.table}" ANTI JOIN (SELECT "{name}" AS target FROM "{table}") '
            f'ON "{column.name}" = target WHERE "{column.name}" IS NOT NULL'
        )
    return " UNION ALL ".join(branches)
