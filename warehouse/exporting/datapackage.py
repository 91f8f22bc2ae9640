"""datapackage.json: what a folder of exported files holds, in the terms of Frictionless Data (specs.frictionlessdata.io)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from warehouse.contract import contracts
from warehouse.exporting.relations import Field, Relation

STATEMENT = (
    "Every figure is quoted from a report that `documents` names, by source and path; `clean_start` and `clean_end` are the "
    "characters of the quote in the cleaned text, `raw_start` and `raw_end` in the original. The reports belong to the bodies that "
    "issued them; documents of an administrative nature issued by state organs are outside copyright by Article 5 of China's "
    "Copyright Law, other reports keep the terms of their issuer. The form of the tables, their definitions and what was derived "
    "are under the licence below. 每个数值均引自 documents 所列报告，并注明其在净文与原文中的字符位置；报告归发布机关所有，"
    "表的结构、定义与派生内容适用下列许可。"
)
LICENCE = {"name": "Apache-2.0", "title": "Apache License 2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}

TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
FORMATS = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}


def datapackage(
    relations: Sequence[Relation], kind: str, version: str, sources: Sequence[str], counts: dict[str, int]
) -> dict[str, Any]:
    """The package of a folder of files `<relation>.<kind>`; for xlsx, of the sheets of one workbook."""
    present = {relation.name for relation in relations}
    return {
        "profile": "data-package",
        "name": f"zhengbao-{kind}",
        "title": "政报 Zhengbao: figures of government work reports",
        "description": STATEMENT,
        "version": version,
        "licenses": [LICENCE],
        "sources": [{"title": source} for source in sources],
        "keywords": ["政府工作报告", "government work reports", "China", "indicators"],
        "resources": [_resource(relation, kind, present, counts) for relation in relations],
    }


def _resource(relation: Relation, kind: str, present: set[str], counts: dict[str, int]) -> dict[str, Any]:
    fields = [field for field in relation.fields if kind == "parquet" or not field.type.endswith("[]")]
    resource: dict[str, Any] = {
        "name": relation.name.replace("_", "-"),
        "title": relation.title,
        "description": relation.description,
        "rows": counts[relation.name],
    }
    if kind == "xlsx":
        resource |= {"path": "zhengbao.xlsx", "format": "xlsx", "dialect": {"excel": {"sheet": relation.title}}}
    else:
        resource |= {"path": f"{relation.name}.{kind}", "format": kind, "mediatype": FORMATS[kind]}
    if kind == "csv":
        resource |= {"encoding": "utf-8-sig", "dialect": {"delimiter": ",", "header": True}}
    schema: dict[str, Any] = {"fields": [_field(field, kind) for field in fields]}
    name = {field.name: _name(field, kind) for field in fields}
    if relation.key:
        schema["primaryKey"] = [name[key] for key in relation.key]
    links = _foreign_keys(relation, present) if kind != "xlsx" else []
    if links:
        schema["foreignKeys"] = links
    if kind != "xlsx":
        schema["missingValues"] = [""]
    return resource | {"schema": schema}


def _name(field: Field, kind: str) -> str:
    return field.head if kind == "xlsx" else field.name


def _field(field: Field, kind: str) -> dict[str, Any]:
    described: dict[str, Any] = {"name": _name(field, kind), "title": field.head, "type": _type(field.type)}
    if field.type == "BOOLEAN" and kind == "csv":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.type.startswith("TIMESTAMP"):
        described["format"] = "any"
    if field.description:
        described["description"] = field.description
    contract = field.contract
    constraints: dict[str, Any] = {}
    # An empty text is no missing value in Parquet, yet it is one for whoever reads CSV or a sheet.
    if contract is not None and not contract.nullable and (kind == "parquet" or field.type != "VARCHAR"):
        constraints["required"] = True
    if contract is not None and contract.allowed:
        constraints["enum"] = list(contract.allowed)
    return described | ({"constraints": constraints} if constraints else {})


def _type(type_: str) -> str:
    if type_.startswith("DECIMAL"):
        return "number"
    if type_.startswith("TIMESTAMP"):
        return "datetime"
    if type_.endswith("[]"):
        return "array"
    return TYPES.get(re.sub(r"\(.*", "", type_), "string")


def _foreign_keys(relation: Relation, present: set[str]) -> list[dict[str, Any]]:
    links = []
    for field in relation.fields:
        table, _, column = (
            field.contract.references if field.contract and field.contract.references else ""
        ).partition(".")
        if table in present and table in contracts():
            resource = "" if table == relation.name else table.replace("_", "-")
            links.append({"fields": [field.name], "reference": {"resource": resource, "fields": [column]}})
    return links
