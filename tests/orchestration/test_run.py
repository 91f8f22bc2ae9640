"""`make run` as a whole: publish, skip what is unchanged, survive failures."""

import os
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


def test_scattered_changes_are_one_publication_and_one_document_each(deployment):
    sources = [f"s{k}" for k in range(5)]
    for source in sources:
        deployment.add(source, teams=500 + int(source[1]))
    assert deployment.run().returncode == 0
    versions = set(deployment.warehouse.glob("zhengbao-*.duckdb"))
    for source in sources[::2]:
        deployment.add(source, teams=700 + int(source[1]))
    (deployment.landing / "manifest.csv").write_text("path,title\ns1\\report.txt,x\n")
    result = deployment.run()
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(set(deployment.warehouse.glob("zhengbao-*.duckdb")) - versions) == 1
    assert deployment.query("select value::int from facts where value between 500 and 799 order by 1") == [
        (501,),
        (503,),
        (700,),
        (702,),
        (704,),
    ]
    named = deployment.query("select path, reason from rejects")
    assert named == [("s1\\report.txt", "manifest_row_fits_no_file")]


def test_a_zone_full_of_troubles_is_published(deployment):
    deployment.add("qingdao")
    folder = deployment.landing / "qingdao"
    with open(os.fsencode(folder) + b"/" + "总结.txt".encode("gbk"), "wb") as stream:  # noqa: PTH123 - a name of bytes
        stream.write(b"x")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(deployment.landing)
    (folder / "[red]markup[bold].txt").write_bytes(b"")
    (folder / "desktop.ini").write_text("[x]")
    (folder / "number.txt").write_text(
        "某市2024年工作总结\n\n一、全市完成投资" + "9" * 30 + "元，建成医院3家。\n", encoding="utf-8"
    )
    result = deployment.run(PYTHONIOENCODING="gbk")
    assert result.returncode == 0, result.stdout + result.stderr
    reasons = dict(deployment.query("select path, reason from rejects where stage = 'raw'"))
    assert sorted(reasons.values()) == ["empty", "linked_folder", "name_is_no_text", "no_file"]
    assert deployment.query("select count(*) from documents") == [(2,)]
    assert deployment.query("select count(*) from facts where value >= 1e18") == [(0,)]


def test_ends_outside_the_program_are_sentences(deployment):
    deployment.add("qingdao")
    assert deployment.run().returncode == 0
    version = deployment.live.resolve()
    version.chmod(0o644)
    version.write_bytes(b"damaged" * 1000)
    result = deployment.run()
    assert result.returncode == 0, "a damaged warehouse is made anew\n" + result.stdout + result.stderr
    assert deployment.query("select count(*) from documents") == [(1,)]

    (deployment.warehouse / ".zhengbao" / "dagster" / "history" / "runs.db").write_bytes(b"damaged" * 1000)
    result = deployment.run()
    assert result.returncode == 1
    assert "run history" in result.stderr
    assert "Traceback" not in result.stderr


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
