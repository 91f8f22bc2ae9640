"""The real servers on loopback over a throwaway deployment, and a real browser: for the tests and for docs/screenshots.py."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOADED = """
{ workspaceOrError { ... on Workspace { locationEntries {
    loadStatus locationOrLoadError { __typename ... on PythonError { message } } } } } }"""

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Server:
    """A running webserver and daemon."""

    url: str
    landing: Path
    warehouse: Path
    pages: str
    """Where its pages are served: evidence site, data docs, column lineage."""

    def ask(self, query, **variables):
        """A GraphQL query's data."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.load(response)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


def make_run(landing, warehouse):
    """`make run` without the installation, on other folders."""
    return subprocess.run(
        [sys.executable, "-m", "assets.run"],
        cwd=ROOT,
        env=environment(landing, warehouse),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def environment(landing, warehouse):
    return os.environ | {"ZHENGBAO_LANDING": str(landing), "ZHENGBAO_WAREHOUSE": str(warehouse)}


@contextlib.contextmanager
def running_server(landing, warehouse):
    """`make dev` on the run history of `warehouse`; ended with all it started."""
    port, pages = free_port(), free_port()
    with (warehouse / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "assets.commands.dev", "--port", str(port), "--pages-port", str(pages)],
            cwd=ROOT,
            env=environment(landing, warehouse),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", landing, warehouse, f"http://127.0.0.1:{pages}")
    try:
        wait_until_loaded(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_loaded(server, process, seconds=180):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended while starting, see {server.warehouse / 'server.log'}"
        with contextlib.suppress(OSError):
            entries = server.ask(LOADED)["workspaceOrError"]["locationEntries"]
            if entries and all(entry["loadStatus"] == "LOADED" for entry in entries):
                kinds = [entry["locationOrLoadError"]["__typename"] for entry in entries]
                assert kinds == ["RepositoryLocation"], entries
                return
        time.sleep(0.5)
    raise AssertionError("the code location did not load in time")


@contextlib.contextmanager
def chromium_browser():
    """Debian's Chromium, headless; None where it is not installed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
