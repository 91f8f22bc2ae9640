"""The SQL questions of the READMEs and their answers: `make answers` runs every sql block on the sample warehouse.

Each block is followed by its answer, a Markdown table between two comment lines; a test runs the same and compares.
"""

import re
from decimal import Decimal
from pathlib import Path

import duckdb

from assets.locations import PROJECT

READMES = ("README.md", "README.zh-CN.md")
QUESTION = re.compile(r"```sql\n(?P<sql>.*?)```\n\n<!-- answer -->\n(?P<answer>.*?)<!-- end -->", re.DOTALL)


def with_answers(markdown: str, connection: duckdb.DuckDBPyConnection) -> str:
    """The page with every answer as the warehouse gives it now."""

    def replace(match: re.Match[str]) -> str:
        table = answer(match["sql"], connection)
        return f"```sql\n{match['sql']}```\n\n<!-- answer -->\n{table}\n<!-- end -->"

    return QUESTION.sub(replace, markdown)


def answer(sql: str, connection: duckdb.DuckDBPyConnection) -> str:
    """The result of a query as a Markdown table."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(shown(value) for value in row) + " |" for row in cursor.fetchall()]
    return "\n".join(lines)


def shown(value: object) -> str:
    """A cell; decimals without the zeros that their type adds."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value).replace("|", "\\|")


def main() -> None:
    """Write the answers into both pages, from the live warehouse of the sample reports."""
    with duckdb.connect(str((PROJECT / "warehouse" / "zhengbao.duckdb").resolve()), read_only=True) as connection:
        for name in READMES:
            page = PROJECT / name
            page.write_text(with_answers(page.read_text(encoding="utf-8"), connection), encoding="utf-8")


def questions(page: Path) -> list[str]:
    """The queries of a page."""
    return [match["sql"] for match in QUESTION.finditer(page.read_text(encoding="utf-8"))]


if __name__ == "__main__":
    main()
