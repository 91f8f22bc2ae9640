"""Where steps are done by workers, the sources of a run are read in parts: the same assets and rows as by the stages, and one publication.

The steps are done here one after the other, in this process; tests/deploy/test_many_hosts.py has them done by two workers.
"""

import os
import shutil
from unittest import mock

import dagster as dg
import pytest

from assets.automation.home import prepare_home
from assets.automation.triggers import publish_job, range_tags
from assets.landing import read_zone
from assets.publication.publishing import warehouse, warehouse_candidate
from assets.stages import parts
from assets.stages.clean import clean
from assets.stages.facts import extraction
from assets.stages.partitions import bring_together
from assets.stages.raw import raw
from assets.stages.sections import outline
from bench.kill_rounds import differing, lean_definitions

PLACES = {"青岛市卫健委": "青岛市", "s1": "淄博市", "s2": "济南市"}


@pytest.fixture
def places(deployment, monkeypatch):
    """Three sources of a report each, and a part each."""
    for folder in (deployment.landing, deployment.warehouse):
        shutil.rmtree(folder, ignore_errors=True)
    for number, (source, place) in enumerate(PLACES.items()):
        deployment.add(source, place=place, teams=500 + number)
    monkeypatch.setattr(parts, "PART", 1)
    return deployment


def run_lean(places, target, stages, resources=None):
    """A run over all sources without checks; its result."""
    lean = lean_definitions()
    with (
        mock.patch.dict(os.environ, places.variables | {"ZHENGBAO_WAREHOUSE": str(target), "ZHENGBAO_WORKERS": "1"}),
        dg.DagsterInstance.ephemeral() as instance,
    ):
        prepare_home()
        defs = dg.Definitions(
            assets=[*stages, warehouse_candidate, warehouse],
            jobs=lean.jobs,
            resources={**lean.resources, "part_values": parts.part_values},
            executor=lean.executor,
        )
        sources = read_zone(places.landing).sources
        tags = range_tags(*bring_together(instance, sources, set(sources)))
        job = defs.resolve_job_def(publish_job.name)
        return job.execute_in_process(instance=instance, tags=tags, raise_on_error=False)


def steps_of(result, kind):
    return [event.step_key for event in result.all_events if event.event_type == kind]


def test_the_assets_are_those_of_the_stages():
    def told(assets):
        return {
            spec.key: (
                {dep.asset_key for dep in spec.deps},
                (spec.group_name, spec.code_version, spec.kinds, spec.owners, spec.description, spec.partitions_def),
                (spec.metadata["dagster/column_schema"], spec.metadata["grain"]),
            )
            for definition in assets
            for spec in definition.specs
        }

    assert told([parts.stages_in_parts]) == told([raw, clean, outline, extraction])
    assert parts.stages_in_parts.backfill_policy == raw.backfill_policy


@pytest.mark.slow
def test_parts_give_the_rows_of_the_stages(places, tmp_path):
    by_stages = run_lean(places, tmp_path / "stages", [raw, clean, outline, extraction])
    in_parts = run_lean(places, tmp_path / "parts", [parts.stages_in_parts])
    assert by_stages.success
    assert in_parts.success
    read = [step for step in steps_of(in_parts, dg.DagsterEventType.STEP_SUCCESS) if step.startswith("reading.part[")]
    assert len(read) == len(PLACES)
    assert differing(tmp_path / "stages", tmp_path / "parts") == []
    events = [event for event in in_parts.all_events if event.event_type == dg.DagsterEventType.ASSET_MATERIALIZATION]
    assert {event.partition for event in events if event.asset_key == dg.AssetKey("facts")} == PLACES.keys()
    rows = next(event for event in events if event.asset_key == dg.AssetKey("clean_reports")).materialization.metadata
    assert rows["rows"].value == len(PLACES)


@pytest.mark.slow
def test_what_changes_between_two_parts_is_not_published(places, tmp_path, monkeypatch):
    read_part = parts.read_part

    def change_and_read(scope, zone):
        read_part(scope, zone)
        places.add("s1", place="淄博市", teams=900)
        places.add("s2", place="济南市", teams=900)

    monkeypatch.setattr(parts, "read_part", change_and_read)
    result = run_lean(places, tmp_path, [parts.stages_in_parts])
    assert result.success
    assert "warehouse" in steps_of(result, dg.DagsterEventType.STEP_SKIPPED)
    assert not list(tmp_path.glob("*.duckdb"))


@pytest.mark.slow
def test_a_part_that_fails_keeps_all_from_being_published_and_the_next_run_reads_it_alone(
    places, tmp_path, monkeypatch
):
    read_part = parts.read_part
    read = []

    def fail_for_one(scope, zone):
        if scope.sources == ["s1"]:
            raise RuntimeError("no disk")
        read_part(scope, zone)

    monkeypatch.setattr(parts, "read_part", fail_for_one)
    failed = run_lean(places, tmp_path, [parts.stages_in_parts])
    assert not failed.success
    assert not list(tmp_path.glob("*.duckdb"))

    monkeypatch.setattr(parts, "read_part", read_part)
    each = parts.extract_documents
    monkeypatch.setattr(parts, "extract_documents", lambda given: read.append(given["documents"].height) or each(given))
    assert run_lean(places, tmp_path, [parts.stages_in_parts]).success
    assert [documents for documents in read if documents] == [1]
    assert len(list(tmp_path.glob("zhengbao-*.duckdb"))) == 1
