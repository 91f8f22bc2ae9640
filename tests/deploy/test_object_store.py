"""The object store for real, on a server of S3's protocol: killed publishers, and a report's way from bucket to bucket."""

import json
import subprocess
import sys

import dagster as dg
import duckdb
import obstore
import pytest

from assets.automation.triggers import range_tags
from assets.landing import LandingError, current_zone
from assets.publication.pointed import is_stored
from assets.publication.stored import stored_warehouse
from assets.stages.partitions import bring_together
from bench.kill_rounds import lean_definitions
from tests.deploy.object_store import BUCKET, entered, s3
from tests.deploy.single_host import ROOT
from warehouse.storage.store import Store
from warehouse.storage.versions import fetch, missing, pointed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("object_store")]

REPORT = """大连市卫生健康委员会半年工作情况

2024年上半年，全市新设发热门诊12个，抽查医疗机构230家。
"""


@pytest.fixture(scope="module")
def server():
    with s3() as variables, entered(variables):
        yield variables


def test_readers_see_whole_versions_only_while_publishers_are_killed(server):
    command = [sys.executable, "-m", "bench.killed_publishers", f"s3://{BUCKET}/kills", "--rounds", "8"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    counted = json.loads(result.stdout.splitlines()[-1])
    assert counted["troubles"] == [], result.stderr[-2000:]
    assert counted["rounds"] == 8
    assert counted["killed"] >= 2
    assert counted["reads"] > 8
    assert counted["swept"] > 0


def test_a_report_goes_from_bucket_to_bucket(server, tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_LANDING", f"s3://{BUCKET}/landing")
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    monkeypatch.setenv("ZHENGBAO_STORE", f"s3://{BUCKET}/published")
    monkeypatch.setenv("ZHENGBAO_WORKERS", "1")
    with pytest.raises(LandingError, match="holds no object"):
        current_zone()
    landing = Store(f"s3://{BUCKET}/landing")
    obstore.put(landing.objects, "大连市卫健委/2024 上半年.txt", REPORT.encode())
    obstore.put(landing.objects, "大连市卫健委/" + "长" * 90, b"no file can be named so")
    zone = current_zone()
    assert [note.reason for note in zone.notes] == ["object_no_file_name"]
    run(zone.sources)
    store = Store(f"s3://{BUCKET}/published")
    file = fetch(store, tmp_path / "reader", said=lambda _: None)
    with duckdb.connect(str(file), read_only=True) as connection:
        assert connection.execute("SELECT path FROM documents").fetchall() == [("大连市卫健委/2024 上半年.txt",)]
        assert connection.execute("SELECT count(*) FROM facts WHERE value IN (12, 230)").fetchone() == (2,)
        assert connection.execute("SELECT reason FROM rejects").fetchall() == [("object_no_file_name",)]
    assert missing(store, pointed(store)[0]) == []
    assert is_stored()
    monkeypatch.setenv("ZHENGBAO_STORE", f"s3://{BUCKET}/elsewhere")
    assert not is_stored(), "what is live is not there, and the next run publishes anew"


def run(sources):
    """The stages and the publications, without checks."""
    lean = lean_definitions()
    definitions = dg.Definitions(
        assets=[*lean.assets, stored_warehouse], jobs=lean.jobs, resources=lean.resources, executor=lean.executor
    )
    with dg.DagsterInstance.ephemeral() as instance:
        covered = bring_together(instance, sources, set(sources))
        job = definitions.resolve_job_def("materialise_and_publish")
        assert job.execute_in_process(instance=instance, tags=range_tags(*covered)).success
