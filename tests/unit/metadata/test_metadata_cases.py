"""Metadata by cases: the box in its layouts, wrappers, and what is inferred where nothing is printed."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.metadata import MetadataKnowledge, read_metadata
from pipeline.places import PlaceIndex

CASES = Path(__file__).resolve().parents[2] / "cases" / "metadata"


def cases(*names):
    files = {name: json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")) for name in names}
    return [pytest.param(case, id=f"{name}: {case['name']}") for name, rows in files.items() for case in rows]


@pytest.fixture(scope="module")
def read(tables):
    knowledge, places = MetadataKnowledge.from_tables(tables), PlaceIndex.from_tables(tables)

    def read(source, text, manifest=None):
        return read_metadata(source, "report.txt", text, text, manifest, knowledge, places)

    return read


@pytest.mark.parametrize("case", cases("in_the_wild", "negative"))
def test_the_fields_are_those_a_reader_finds(case, read):
    metadata = read(case["source"], "\n".join(case["text"]), case.get("manifest"))
    found = {field: getattr(metadata, field) for field in case["expect"]}
    found = {field: value.isoformat() if isinstance(value, date) else value for field, value in found.items()}
    assert found == case["expect"]
