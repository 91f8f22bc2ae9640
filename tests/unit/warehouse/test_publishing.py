"""Publishing: readers always find one whole version, whatever happens to the process that publishes."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import duckdb
import pytest

from warehouse import publishing
from warehouse.publishing import PublishError, live, publish, published_already, rollback, versions

ROOT = Path(__file__).resolve().parents[3]


def build(folder, generation):
    path = folder / "candidate.duckdb"
    path.unlink(missing_ok=True)  # left by an earlier attempt
    with duckdb.connect(str(path)) as con:
        con.execute("create table t as select ? as generation", [generation])
    return path


def read(folder):
    with duckdb.connect(str(live(folder)), read_only=True) as con:
        return con.execute("select generation from t").fetchone()[0]


def test_publish_switches_the_link_and_keeps_the_last_versions(tmp_path):
    assert live(tmp_path) is None
    for n in range(5):
        final = publish(build(tmp_path, n), tmp_path, f"run{n}", keep=3)
        assert live(tmp_path) == final
        assert read(tmp_path) == n
        assert oct(final.stat().st_mode & 0o777) == "0o444"
    assert [p.name for p in versions(tmp_path)] == [f"zhengbao-run{n}.duckdb" for n in (2, 3, 4)]
    assert (tmp_path / "zhengbao.duckdb").readlink().name == "zhengbao-run4.duckdb"


def test_a_reader_keeps_the_version_it_opened(tmp_path):
    publish(build(tmp_path, 1), tmp_path, "a", keep=1)
    with duckdb.connect(str(live(tmp_path)), read_only=True) as reader:
        publish(build(tmp_path, 2), tmp_path, "b", keep=1)  # deletes a's name while it is open
        assert reader.execute("select generation from t").fetchone() == (1,)
        assert read(tmp_path) == 2


@pytest.mark.parametrize("broken", ["_sync", "switch_live"])
def test_a_failure_before_the_switch_leaves_the_last_version_live(tmp_path, monkeypatch, broken):
    publish(build(tmp_path, 1), tmp_path, "a")

    def fail(*args):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(publishing, broken, fail)
        with pytest.raises(OSError, match="no space"):
            publish(build(tmp_path, 2), tmp_path, "b")
    assert read(tmp_path) == 1
    publish(build(tmp_path, 3), tmp_path, "c")
    assert read(tmp_path) == 3


@pytest.mark.parametrize(
    "moment", ["duckdb.connect", "publishing._sync", "publishing.switch_live", "publishing.remove_old"]
)
def test_a_process_killed_while_publishing_leaves_a_whole_version_live(tmp_path, moment):
    publish(build(tmp_path, 1), tmp_path, "a")
    candidate = build(tmp_path, 2)
    script = textwrap.dedent(f"""
        import time, duckdb
        from pathlib import Path
        from warehouse import publishing
        def hang(*args, **kwargs):
            print("here", flush=True)
            time.sleep(60)
        {moment} = hang
        publishing.publish(Path({str(candidate)!r}), Path({str(tmp_path)!r}), "b")
    """)
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "here\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert read(tmp_path) == (2 if moment.endswith("remove_old") else 1)
    done = published_already(candidate, tmp_path, "b")
    assert (done is None) == candidate.exists(), "a step that is done again finishes what the killed one began"
    assert read(tmp_path) == (1 if done is None else 2)
    (tmp_path / "next").mkdir()
    publish(build(tmp_path / "next", 3), tmp_path, "c")
    assert read(tmp_path) == 3


def test_readers_never_fail_while_versions_are_switched(tmp_path):
    publish(build(tmp_path, 0), tmp_path, "0", keep=50)
    script = textwrap.dedent(f"""
        import duckdb, time
        from pathlib import Path
        from warehouse.publishing import live
        print("ready", flush=True)
        last = -1
        while last < 6:  # as many switches as the machine is fast
            with duckdb.connect(str(live(Path({str(tmp_path)!r}))), read_only=True) as con:
                now = con.execute("select generation from t").fetchone()[0]
            assert now >= last
            last = now
    """)
    reader = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert reader.stdout.readline() == "ready\n"
    n = 0
    while reader.poll() is None:
        n += 1
        publish(build(tmp_path, n), tmp_path, str(n), keep=50)
        time.sleep(0.02)
    assert reader.returncode == 0
    assert n > 5, "it has seen as many versions"


def test_rollback_goes_one_version_back_or_to_a_named_one(tmp_path):
    for n in range(3):
        publish(build(tmp_path, n), tmp_path, f"run{n}")
        time.sleep(0.01)
    rollback(tmp_path)
    assert read(tmp_path) == 1
    rollback(tmp_path, "run0")
    assert read(tmp_path) == 0
    with pytest.raises(PublishError, match="no version before"):
        rollback(tmp_path)
    with pytest.raises(PublishError, match="kept are"):
        rollback(tmp_path, "run9")


def test_a_version_is_never_overwritten_and_its_name_is_checked(tmp_path):
    publish(build(tmp_path, 1), tmp_path, "a")
    with pytest.raises(PublishError, match="never overwritten"):
        publish(build(tmp_path, 2), tmp_path, "a")
    with pytest.raises(PublishError, match="is no version"):
        publish(build(tmp_path, 2), tmp_path, "../b")
    with pytest.raises(PublishError, match="build it first"):
        publish(tmp_path / "absent.duckdb", tmp_path, "b")
