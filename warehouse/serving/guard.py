"""What a client of the SQL server may ask: SELECT over the published tables, and nothing that reaches beyond them.

DuckDB parses each statement before the guard looks at it, so that comments, quoting, case and line breaks hide
nothing. Only SELECT can be serialised (`json_serialize_sql`), which keeps every other statement out; of what a
SELECT may call, table functions are admitted by name, and a few scalar functions that reach outside are refused.
"""

from __future__ import annotations

from warehouse.contract import quote_literal

TABLE_FUNCTIONS = (
    "duckdb_columns",
    "duckdb_constraints",
    "duckdb_databases",
    "duckdb_schemas",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_views",
    "generate_series",
    "generate_subscripts",
    "json_each",
    "json_tree",
    "pragma_table_info",
    "pragma_version",
    "range",
    "regexp_split_to_table",
    "repeat",
    "repeat_row",
    "summary",
    "unnest",
)
"""Table functions that read nothing but tables and their own arguments."""

SCALAR_FUNCTIONS_REFUSED = (
    "current_setting",  # paths of the server
    "getenv",
    "nextval",
    "quack_check_token",
    "quack_nop_authorization",
    "write_log",
)

TABLES_REFUSED = ("duckdb_logs", "pg_settings", "pragma_database_list")
"""DuckDB's own views that tell of other clients or of the machine."""

TABLE_NAME = r"[\p{L}_][\p{L}\p{N}_]*"
"""A table's name, not a file's: DuckDB reads `FROM 'file.parquet'` as the file."""

GUARD = "admits"


def guard_macro() -> str:
    """CREATE MACRO admits(session, statement) -> BOOLEAN, as `quack_authorization_function` wants it."""
    tables = ", ".join(map(quote_literal, TABLE_FUNCTIONS))
    refused = ", ".join(map(quote_literal, SCALAR_FUNCTIONS_REFUSED))
    hidden = ", ".join(map(quote_literal, TABLES_REFUSED))
    parsed = "json_serialize_sql(statement::VARCHAR)"
    return rf"""CREATE MACRO {GUARD}(session, statement) AS coalesce(
        json_extract_string({parsed}, '$.error') = 'false'
        AND len(list_filter({_strings(parsed, "$..function.function_name")}, lambda name: name NOT IN ({tables}))) = 0
        AND len(list_filter({_strings(parsed, "$..function_name")}, lambda name: name IN ({refused}))) = 0
        AND len(list_filter({_strings(parsed, "$..table_name")}, lambda name: name IN ({hidden}) OR NOT regexp_full_match(name, '{TABLE_NAME}|'))) = 0,
        false)"""


def _strings(parsed: str, path: str) -> str:
    """SQL for the lower-case strings at a JSON path."""
    return f"list_transform(json_extract_string({parsed}, '{path}'), lambda found: lower(found))"
