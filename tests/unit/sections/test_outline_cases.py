"""The heading tree by cases: which lines head a section, at which level, under which parent."""

import json
from pathlib import Path

import pytest

from pipeline.offsets import identity
from pipeline.sections import OutlineKnowledge, outline

CASES = Path(__file__).resolve().parents[2] / "cases" / "sections"


def cases(*names):
    files = {name: json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")) for name in names}
    return [pytest.param(case, id=f"{name}: {case['name']}") for name, rows in files.items() for case in rows]


@pytest.fixture(scope="module")
def knowledge(tables):
    return OutlineKnowledge.from_tables(tables)


@pytest.mark.parametrize("case", cases("in_the_wild", "negative"))
def test_the_outline_is_the_one_a_reader_sees(case, knowledge):
    sections = outline("d", "\n".join(case["text"]), identity(), knowledge).sections
    assert [[s.level, s.path, s.heading] for s in sections if s.heading] == case["outline"]
