"""The home of a deployment is made before the servers that share it."""

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from assets.automation.home import prepare_home
from assets.commands import dev

ROOT = Path(__file__).resolve().parents[3]
OPEN = "import dagster as dg\nwith dg.DagsterInstance.get() as i: i.schedule_storage; i.event_log_storage; print(i.get_runs_count())"


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A home as `python -m assets.automation.home` makes it, before a service of deploy/ starts."""
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    subprocess.run([sys.executable, "-m", "assets.automation.home"], cwd=ROOT, check=True)
    with mock.patch.dict(os.environ):
        prepare_home()
        yield dict(os.environ)


@pytest.mark.slow
def test_servers_that_start_at_once_find_the_history_made(made):
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN], env=made, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(3)
    ]
    said = [server.communicate(timeout=120)[0].strip() for server in servers]
    assert said == ["0", "0", "0"]


def test_the_history_is_made_before_any_server_of_make_dev(monkeypatch, tmp_path):
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["dev"])
    done = []
    monkeypatch.setattr(dev, "make_history", lambda: done.append("history"))
    monkeypatch.setattr(dev, "_together", lambda commands: done.append("servers") or 0)
    with mock.patch.dict(os.environ):
        assert dev.main() == 0
    assert done == ["history", "servers"]
