"""The real servers on loopback, over a throwaway deployment of the sample reports."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    url: str
    landing: Path
    warehouse: Path

    def ask(self, query, **variables):
        """A GraphQL query's data."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


LOADED = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError { __typename ... on PythonError { message } } } } } }"


def wait_until_loaded(server, process, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended while starting"
        with contextlib.suppress(OSError):
            entries = server.ask(LOADED)["workspaceOrError"]["locationEntries"]
            if entries and all(entry["loadStatus"] == "LOADED" for entry in entries):
                assert [entry["locationOrLoadError"]["__typename"] for entry in entries] == ["RepositoryLocation"], (
                    entries
                )
                return
        time.sleep(0.5)
    raise AssertionError("the code location did not load in time")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """`make run` on the sample reports, then `make dev` (webserver and daemon) on its history."""
    folder = tmp_path_factory.mktemp("deployment")
    landing, warehouse = folder / "landing", folder / "warehouse"
    shutil.copytree(ROOT / "seeds" / "reports", landing)
    environment = os.environ | {"ZHENGBAO_LANDING": str(landing), "ZHENGBAO_WAREHOUSE": str(warehouse)}
    run = subprocess.run(
        [sys.executable, "-m", "assets.run"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    port = free_port()
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "assets.dev", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    found = Server(f"http://127.0.0.1:{port}", landing, warehouse)
    try:
        wait_until_loaded(found, process)
        yield found
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, headless; CI has it, elsewhere the tests skip without it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing: .ci/run must install it")
        pytest.skip("needs Debian's chromium")
    from playwright.sync_api import sync_playwright

    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield instance
        instance.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    yield context.new_page()
    context.close()
