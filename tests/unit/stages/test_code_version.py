"""A stage is stale when what it depends on changes, and only then."""

import re
from collections.abc import Mapping

import pytest

from assets.locations import PROJECT
from assets.stages.code_version import ENTRIES, code_version, stage_files
from assets.stages.reference_tables import table_files
from pipeline import stages as composed
from pipeline.places import PlaceIndex


def names(stage):
    return {file.relative_to(PROJECT).as_posix() for file in stage_files(stage)}


def test_a_new_unit_does_not_make_decoding_stale():
    assert "seeds/reference/units.csv" in names("facts")
    assert "seeds/reference/units.csv" not in names("raw")
    assert "pipeline/decoding.py" in names("raw")


def test_every_version_is_its_own():
    versions = [code_version(stage) for stage in (*ENTRIES, "candidate")]
    assert len(set(versions)) == len(versions)
    assert all(re.fullmatch("[0-9a-f]{12}", version) for version in versions)


def read_from(tables):
    """The files of the tables, as the version names them."""
    files = table_files()
    return {file.relative_to(PROJECT).as_posix() for table in tables for file in files[table]}


class Recorder(Mapping):
    """Tables that tell which of them were asked for."""

    def __init__(self, tables):
        self.tables, self.asked = tables, set()

    def __getitem__(self, name):
        self.asked.add(name)
        return self.tables[name]

    def __iter__(self):
        return iter(self.tables)

    def __len__(self):
        return len(self.tables)


@pytest.mark.parametrize(
    ("stage", "knowledge"),
    [
        ("clean", ["CleaningKnowledge"]),
        ("clean", ["MetadataKnowledge"]),
        ("sections", ["OutlineKnowledge"]),
        ("facts", ["RankingKnowledge"]),
        ("facts", ["CommitmentKnowledge"]),
    ],
)
def test_the_tables_that_a_stage_reads_are_among_those_it_depends_on(stage, knowledge, tables):
    recorder = Recorder(tables)
    for name in knowledge:
        getattr(composed, name).from_tables(recorder)
    assert recorder.asked
    assert read_from(recorder.asked) <= names(stage)


def test_the_tables_of_the_facts_stage(tables):
    recorder = Recorder(tables)
    places = PlaceIndex.from_tables(tables)
    composed.FactKnowledge.from_tables(recorder, places)
    composed.MentionKnowledge.from_tables(recorder, places)
    assert read_from(recorder.asked) <= names("facts")
