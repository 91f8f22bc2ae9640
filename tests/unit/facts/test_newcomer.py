"""A new unit, a new limit and a new cue are one row each, as CONTRIBUTING says; no Python is touched."""

import pytest

from pipeline.explaining_facts import tell_text
from pipeline.stages import Knowledge


def row(table, **fields):
    return dict.fromkeys(table[0], "") | fields


def with_row(tables, name, **fields):
    return {**tables, name: [*tables[name], row(tables[name], **fields)]}


@pytest.mark.parametrize(
    ("table", "fields", "text", "field", "before", "after"),
    [
        (
            "units",
            {"unit": "车皮", "canonical_unit": "车皮", "unit_class": "count"},
            "清运垃圾3车皮。",
            "unit",
            "车",
            "车皮",
        ),
        (
            "comparators",
            {"cue": "不下于", "side": "before", "comparator": ">="},
            "建成机构不下于8家。",
            "comparator",
            "=",
            ">=",
        ),
        (
            "status_cues",
            {"cue": "铆足劲", "scope": "text", "status": "target"},
            "铆足劲新建机构8家。",
            "status",
            "actual",
            "target",
        ),
    ],
    ids=["unit", "comparator", "status cue"],
)
def test_one_row_is_enough(table, fields, text, field, before, after, tables):
    def read(given):
        [story] = tell_text(text, Knowledge.from_tables(given)).facts
        source = next((row.source_row for row in story.evidence if row.field == field), None)
        return getattr(story.fact, field), source

    assert read(tables)[0] == before
    assert read(with_row(tables, table, **fields)) == (after, next(iter(fields.values())))
