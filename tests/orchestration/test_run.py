"""`make run` as a whole: publish, skip what is unchanged, survive failures."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def test_changed_source_only(deployment):
    deployment.add("qingdao")
    deployment.add("zibo", place="淄博市", teams=800)
    first = deployment.run()
    assert first.returncode == 0, first.stdout + first.stderr
    before = dict(deployment.query("select source, fingerprint from sources"))
    assert set(before) == {"qingdao", "zibo"}
    version = deployment.live.resolve()

    again = deployment.run()
    assert again.returncode == 0
    assert "Nothing changed" in again.stdout
    assert deployment.live.resolve() == version

    deployment.add("zibo", place="淄博市", teams=850)
    third = deployment.run()
    assert third.returncode == 0, third.stdout + third.stderr
    assert "zibo" in third.stdout
    after = dict(deployment.query("select source, fingerprint from sources"))
    assert after["qingdao"] == before["qingdao"]
    assert after["zibo"] != before["zibo"]
    assert deployment.query("select count(*) from facts where value = 850") == [(1,)]
    assert deployment.query("select count(*) from facts where value = 800") == [(0,)]


def test_removed_source_leaves_the_warehouse(deployment):
    deployment.add("qingdao")
    deployment.add("zibo", place="淄博市")
    assert deployment.run().returncode == 0
    (deployment.landing / "zibo" / "report.txt").unlink()
    result = deployment.run()
    assert result.returncode == 0, result.stdout + result.stderr
    assert deployment.query("select source from documents") == [("qingdao",)]


def test_same_inputs_same_rows(deployment, tmp_path):
    deployment.add("qingdao")
    assert deployment.run().returncode == 0
    tables = ("documents", "texts", "cleaning_steps", "sections", "sentences", "facts", "mentions", "rejects")
    first = {table: deployment.query(f"select * from {table}") for table in tables}
    deployment.warehouse = tmp_path / "another"
    assert deployment.run().returncode == 0
    assert first == {table: deployment.query(f"select * from {table}") for table in tables}


def test_bad_file_is_rejected_and_others_go_on(deployment):
    deployment.add("qingdao")
    (deployment.landing / "qingdao" / "empty.txt").write_bytes(b"")
    (deployment.landing / "qingdao" / "picture.txt").write_bytes(bytes(range(256)) * 40)
    result = deployment.run()
    assert result.returncode == 0, result.stdout + result.stderr
    assert deployment.query("select count(*) from documents") == [(1,)]
    rejects = dict(deployment.query("select path, reason from rejects"))
    assert set(rejects) == {"qingdao/empty.txt", "qingdao/picture.txt"}
    assert "empty.txt" in result.stdout


def test_blocking_check_keeps_the_last_published_warehouse(deployment):
    deployment.add("qingdao")
    assert deployment.run().returncode == 0
    version = deployment.live.resolve()
    (deployment.landing / "qingdao" / "report.txt").write_bytes(b"")  # an empty warehouse may not replace a full one
    result = deployment.run()
    assert result.returncode == 1
    assert "Nothing was published" in result.stdout
    assert "the_warehouse_holds_documents" in result.stdout
    assert deployment.live.resolve() == version

    deployment.add("qingdao", teams=1300)
    assert deployment.run().returncode == 0
    failed = deployment.query(
        "select count(*) from quality_results where check_name = 'the_warehouse_holds_documents' and not success"
    )
    assert failed == [(1,)], "the failed run's results belong to the history"


def test_missing_landing_zone_says_what_to_do(deployment):
    deployment.landing.rmdir()
    result = deployment.run()
    assert result.returncode == 2
    assert "LANDING=" in result.stderr
    assert "Traceback" not in result.stderr


def test_kill_leaves_the_last_published_warehouse(deployment):
    deployment.add("qingdao")
    assert deployment.run().returncode == 0
    version, facts = deployment.live.resolve(), deployment.query("select * from facts")

    deployment.add("zibo", place="淄博市", teams=801)
    process = subprocess.Popen(
        [sys.executable, "-m", "assets.run"], cwd=ROOT, env=deployment.environment, stdout=subprocess.PIPE, text=True
    )
    marker = deployment.warehouse / ".zhengbao" / "stages" / "raw_reports" / "zibo.parquet"
    deadline = time.monotonic() + 120
    while not marker.exists():
        assert time.monotonic() < deadline
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert deployment.live.resolve() == version
    assert deployment.query("select * from facts") == facts

    result = deployment.run()
    assert result.returncode == 0, result.stdout + result.stderr
    assert deployment.query("select count(*) from facts where value = 801") == [(1,)]
