"""The worker of deploy/many_hosts and its queue, started without systemd."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import yaml

from tests.deploy.single_host import INSTALLED, ROOT

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


class Workers:
    """Workers by name: the command of the unit, each with its children in a group of its own."""

    def __init__(self, environment, settings_file, logs):
        lines = (FOLDER / "zhengbao-worker.service").read_text(encoding="utf-8").splitlines()
        (self.line,) = [line.partition("=")[2] for line in lines if line.startswith("ExecStart=")]
        self.settings_file, self.logs = settings_file, logs
        self.environment = environment | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        self.running = {}

    def start(self, name):
        """One worker."""
        line = self.line.replace("%H", name).replace("deploy/many_hosts/celery.yaml", str(self.settings_file))
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
