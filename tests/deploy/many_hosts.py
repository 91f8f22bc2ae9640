"""The worker of deploy/many_hosts and its queue, started without systemd."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import dagster as dg
import psycopg2
import yaml

from assets.automation.home import prepare_home
from assets.automation.triggers import current_zone, range_tags
from assets.stages.partitions import bring_together
from tests.deploy.single_host import FOLDER as SINGLE_HOST
from tests.deploy.single_host import INSTALLED, ROOT, postgres
from tests.deploy.single_host import settings as host_settings
from tests.end_to_end.servers import free_port

FOLDER = ROOT / "deploy" / "many_hosts"


def has_redis():
    """Whether Debian's Redis is on this machine."""
    return shutil.which("redis-server") is not None


@contextlib.contextmanager
def redis(port, folder):
    """A Redis of its own on loopback that keeps nothing."""
    with (folder / "redis.log").open("w") as log:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield
        finally:
            server.terminate()
            server.wait(20)


def settings(folder, **options):
    """The settings of celery.yaml with other transport options, as a file."""
    found = yaml.safe_load((FOLDER / "celery.yaml").read_text(encoding="utf-8"))
    source = found["execution"]["config"]["config_source"]
    assert source["broker_transport_options"].keys() == options.keys()
    source["broker_transport_options"] = options
    file = folder / "celery.yaml"
    file.write_text(yaml.safe_dump(found))
    return file


PG = {name: f"ZHENGBAO_PG_{name}" for name in ("HOST", "PORT", "DB", "USER", "PASSWORD")}


@contextlib.contextmanager
def queue_and_history(folder, **options):
    """The environment of workers on this machine, while their queue and history run; `folder` has the landing zone and the warehouse.

    `options` replace those of the queue's transport.
    """
    own = {name: value for name, value in host_settings().items() if name in PG.values()}
    own |= {
        "ZHENGBAO_PG_PORT": str(free_port()),
        "ZHENGBAO_BROKER": f"redis://127.0.0.1:{free_port()}/0",
        "ZHENGBAO_CELERY": str(settings(folder, **options)),
        "ZHENGBAO_WORKERS": "1",
        "DAGSTER_EVENT_BATCH_SIZE": host_settings()["DAGSTER_EVENT_BATCH_SIZE"],
        "ZHENGBAO_LANDING": str(folder / "landing"),
        "ZHENGBAO_WAREHOUSE": str(folder / "warehouse"),
        "ZHENGBAO_SETTLE_SECONDS": "0",
        "ZHENGBAO_INSTANCE": str(SINGLE_HOST / "dagster.yaml"),
        "DAGSTER_HOME": str(folder / "warehouse" / ".zhengbao" / "dagster"),
        "DAGSTER_DISABLE_TELEMETRY": "1",
    }
    with (
        postgres(own["ZHENGBAO_PG_PORT"], own["ZHENGBAO_PG_USER"], own["ZHENGBAO_PG_PASSWORD"]),
        redis(int(re.search(r":(\d+)/", own["ZHENGBAO_BROKER"])[1]), folder),
    ):
        yield os.environ | own


def all_sources(environment):
    """Make the home and the history, and the tags of a run over all that lies in the landing zone."""
    with mock.patch.dict(os.environ, environment):
        prepare_home()
        with dg.DagsterInstance.get() as instance:
            found = current_zone().sources
            return range_tags(*bring_together(instance, found, set(found)))


def history(environment):
    """A connection to the run history."""
    own = {name.lower().replace("db", "dbname"): environment[variable] for name, variable in PG.items()}
    connection = psycopg2.connect(**own)
    connection.autocommit = True
    return connection


class Workers:
    """Workers by name: the command of the unit, each with its children in a group of its own."""

    def __init__(self, environment, settings_file, logs):
        lines = (FOLDER / "zhengbao-worker@.service").read_text(encoding="utf-8").splitlines()
        (self.line,) = [line.partition("=")[2] for line in lines if line.startswith("ExecStart=")]
        self.settings_file, self.logs = settings_file, logs
        self.environment = environment | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        self.running = {}

    def start(self, name):
        """One worker."""
        line = self.line.replace("%H-%i", name).replace("deploy/many_hosts/celery.yaml", str(self.settings_file))
        words = line.split()
        assert words[0] == f"{INSTALLED}/.venv/bin/python"
        with (self.logs / f"{name}.log").open("a") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *words[1:]],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name):
        """As when its host is lost: nothing of it can say anything any more."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def ready(self, name):
        """Whether it has said so."""
        return " ready." in (self.logs / f"{name}.log").read_text()

    def end(self):
        """All of them."""
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + 15
        for name in list(self.running):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.running[name].wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)
