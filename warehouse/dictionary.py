"""The data dictionary: docs/data_dictionary.md, written from the contracts, the views and the promises.

`python -m warehouse.dictionary` writes it; a test fails when the file is not what it would write.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from warehouse.candidate import view_comment, view_queries, write_candidate
from warehouse.contract import STAGES, Column, Contract, contracts
from warehouse.quality.promise import promises, suite

DICTIONARY_FILE = Path(__file__).resolve().parent.parent / "docs" / "data_dictionary.md"

_INTRODUCTION = """# Data dictionary 数据字典

Written by `python -m warehouse.dictionary` from warehouse/contracts, warehouse/views and warehouse/quality/suites; edit those.
本文由程序据契约、视图与质量承诺生成；请修改来源文件，勿直接修改本文。

All `*_start` and `*_end` places are character indices from 0, end exclusive: `clean_*` into `texts.clean_text`, `raw_*` into
`texts.raw_text`. In SQL, which counts from 1: `substr(clean_text, clean_start + 1, clean_end - clean_start)`.
所有 `*_start`、`*_end` 均为自 0 起的字符位置，终点不含；SQL 中自 1 计数，写作 `substr(clean_text, clean_start + 1, clean_end - clean_start)`。
"""

_QUARANTINE = """## What happens to what breaks a promise 违反质量承诺如何处理

| what | when | what happens |
| --- | --- | --- |
| a file | it cannot be read as text, is empty or masked | it stands in `rejects` (stage raw or clean) with reason and remedy; its source goes on. Mend the file and it is taken at the next run |
| a document | it breaks a promise marked *quarantine* of `texts` or `documents` | it is kept out with all its rows and stands in `rejects`; everything else is published |
| a document | its bytes are those of another one | the first by source and path is kept, the other stands in `rejects` (reason duplicate_content) |
| a row | it breaks a promise marked *quarantine* | it is kept out and stands in `rejects`; the rest of its document is published; what referred to it is released |
| a source | all its files are rejected | a warning; the other sources go on, the published warehouse no longer holds it and says so (`no_source_vanishes`) |
| a run | a promise of severity error marked *blocking* is broken | nothing is published; the last version stays live |
| a run | a promise of severity warning is broken | it is published; the check and `quality_results` say what to look at |

文件不可读：退回（rejects），来源其余照常。文档或记录违反标注 quarantine 的承诺：隔离至 rejects，其余照常发布。违反 blocking 承诺：整次运行不发布，上一版继续可用。违反 warning：照常发布并提示。
"""


def dictionary() -> str:
    """The text of the data dictionary."""
    lines = [_INTRODUCTION]
    staged = [contract for contract in contracts().values() if not contract.published]
    published = [contract for contract in contracts().values() if contract.published]
    lines.append("## Tables 表\n")
    for contract in published:
        lines += _table(contract)
    lines.append("## Tables that pass between stages only 仅用于加工阶段的表\n")
    for contract in staged:
        lines += _table(contract)
    lines.append("## Views 视图\n")
    lines += _views()
    lines.append(_QUARANTINE)
    lines.append("## Promises 质量承诺\n")
    lines += _promises()
    return "\n".join(lines).rstrip() + "\n"


def _table(contract: Contract) -> Iterator[str]:
    yield f"### {contract.table}\n"
    yield f"{contract.doc_en}\n{contract.doc_zh}\n"
    yield f"One row: {contract.grain}. Key: {', '.join(f'`{name}`' for name in contract.key)}. Stage: {', '.join(contract.stages)}.\n"
    yield "| column | type | null | description | 说明 | from |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for column in contract.columns:
        null = "yes" if column.nullable else ""
        upstream = ", ".join(column.upstream)
        yield f"| `{column.name}` | {_type(column)} | {null} | {_cell(_english(column))} | {_cell(column.doc_zh)} | {upstream} |"
    yield ""


def _type(column: Column) -> str:
    return f"{column.duckdb_type}, {column.unit}" if column.unit else column.duckdb_type


def _english(column: Column) -> str:
    parts = [column.doc_en]
    if column.allowed:
        parts.append("One of " + ", ".join(f"`{value}`" for value in column.allowed) + ".")
    if column.references:
        parts.append(f"Refers to `{column.references}`.")
    return " ".join(parts)


def _views() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        write_candidate(path, {})
        with duckdb.connect(str(path), read_only=True) as connection:
            for view, sql in view_queries().items():
                yield f"### {view}\n"
                yield "\n".join(view_comment(sql)) + "\n"
                columns = connection.execute(f'DESCRIBE "{view}"').fetchall()
                yield "Columns: " + ", ".join(f"`{row[0]}` {row[1]}" for row in columns) + ".\n"


def _promises() -> Iterator[str]:
    """The promises written by hand; the structural ones follow from the tables above."""
    yield "Besides these, blocking promises follow from the contracts: the tables of a stage have their columns and types (`<stage>_schema`);"
    yield "each table has its required columns filled with allowed values only (`<table>_values`), its key is unique (`<table>_key`)"
    yield "and, as a quarantine, what it refers to is there (`<table>_references`); keys and references again over all sources together"
    yield "(`candidate_keys`, `candidate_orphans`). A quarantine moves the row, or the document, to `rejects` and never stops the others.\n"
    for stage in STAGES:
        written = {promise.name for promise in suite(stage).promises}
        yield f"### {stage}\n"
        yield "| promise | table | severity | what it promises | 承诺 | what to do when it is broken |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for promise in promises(stage):
            if promise.name not in written:
                continue
            force = ", blocking" if promise.blocking else ", quarantine" if promise.quarantine else ""
            yield (
                f"| `{promise.name}` | {promise.table} | {promise.severity}{force} "
                f"| {_cell(promise.promise_en)} | {_cell(promise.promise_zh)} | {_cell(promise.action)} |"
            )
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    DICTIONARY_FILE.write_text(dictionary(), encoding="utf-8")
