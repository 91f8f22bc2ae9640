"""The real SQL server in processes of its own, over a small warehouse."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from warehouse.publishing import publish
from warehouse.serving.server import load_extensions
from warehouse.serving.settings import TOKEN_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-for-tests"


def publish_generation(warehouse, generation, rows=1000):
    candidate = warehouse / "candidate.duckdb"
    warehouse.mkdir(exist_ok=True)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(f"CREATE TABLE facts AS SELECT range AS id, 'g{generation}' AS t FROM range({rows})")
        connection.execute("COMMENT ON TABLE facts IS 'figures'; CREATE VIEW few AS FROM facts WHERE id < 10")
        connection.execute(f"CREATE TABLE only_in_{generation} AS SELECT 1 AS i")
    publish(candidate, warehouse, str(generation), keep=3)


@dataclass
class SqlServer:
    port: int
    warehouse: Path
    process: subprocess.Popen
    log: Path

    @property
    def work(self):
        return self.warehouse / ".zhengbao" / "serving"

    def client(self):
        connection = duckdb.connect(config={"extension_directory": str(self.work / "extensions")})
        load_extensions(connection)
        return connection

    def ask(self, query, client=None, token=TOKEN):
        client = client or self.client()
        return client.execute(
            "FROM quack_query(?, ?, token => ?)", [f"quack:127.0.0.1:{self.port}", query, token]
        ).fetchall()

    def ended(self):
        """The lines of the access log that say why a serving process ended itself."""
        file = self.work / "access.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [line for line in lines if '"ENDED"' in line]

    def wait(self, seconds=20):
        deadline = time.monotonic() + seconds
        client = self.client()
        while time.monotonic() < deadline:
            with contextlib.suppress(duckdb.Error):
                return self.ask("SELECT count(*) FROM facts", client)
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())


@contextlib.contextmanager
def serving(folder, *options):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "assets.commands.serve", "--port", str(port), *options],
            cwd=ROOT,
            env=os.environ | {"ZHENGBAO_WAREHOUSE": str(folder), TOKEN_VARIABLE: TOKEN},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        server = SqlServer(port, folder, process, log)
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="package")
def served(tmp_path_factory):
    """A server whose queries may take as long as a machine that stands still for a while makes them."""
    folder = tmp_path_factory.mktemp("served")
    publish_generation(folder, 1)
    with serving(folder, "--megabytes", "300") as server:
        yield server


@pytest.fixture
def sql_server(served):
    """It answers, whatever the test before did to it."""
    served.wait()
    return served


@pytest.fixture(scope="package")
def short(tmp_path_factory):
    """A server that ends queries behind three seconds."""
    folder = tmp_path_factory.mktemp("short")
    publish_generation(folder, 1)
    with serving(folder, "--megabytes", "300", "--seconds", "3") as server:
        yield server


@pytest.fixture
def impatient_server(short):
    """It answers, whatever the test before did to it."""
    short.wait()
    return short


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Show beside a failure what the server said, which is gone with the machine that the test ran on."""
    report = yield
    for name in ("served", "short"):
        server = getattr(item, "funcargs", {}).get(name)
        if report.failed and server is not None:
            report.sections.append((f"{name}: {server.log}", server.log.read_text()[-4000:]))
            report.sections.append(("ended by its own watch", "\n".join(server.ended())))
    return report
