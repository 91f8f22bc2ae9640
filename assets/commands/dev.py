"""`make dev`: the Dagster webserver and daemon on loopback, on the deployment's run history; `make view`: the webserver alone, read-only."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from assets.automation.home import make_history, prepare_home
from assets.commands.ends import ending, must_be_writable
from assets.locations import LANDING_VARIABLE, PROJECT, WAREHOUSE_VARIABLE, locations
from assets.publication.links import PAGES_PORT, PAGES_URL_VARIABLE

WEB = (sys.executable, "-m", "assets.commands.web", "-w", "workspace.yaml", "--host", "127.0.0.1")
DAEMON = (sys.executable, "-m", "dagster._daemon", "run", "-w", "workspace.yaml")
PAGES = (sys.executable, "-m", "assets.commands.pages")
PATIENCE = 15
"""Seconds that a server has to end."""


def main() -> int:
    """Run the servers until Ctrl-C, or until one of them ends."""
    return ending(_serve)


def _serve() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="3000")
    parser.add_argument("--pages-port", default=str(PAGES_PORT), help="evidence site, data docs and column lineage")
    parser.add_argument("--read-only", action="store_true", help="for viewers: nothing can be started, no daemon")
    arguments = parser.parse_args()
    must_be_writable()
    prepare_home()
    make_history()
    here = locations()
    os.environ[LANDING_VARIABLE], os.environ[WAREHOUSE_VARIABLE] = (
        here.landing_store or str(here.landing),
        str(here.warehouse),
    )
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    print(f"Landing zone {here.landing_store or here.landing}\nWarehouse    {here.warehouse}", flush=True)
    os.environ.setdefault(PAGES_URL_VARIABLE, f"http://127.0.0.1:{arguments.pages_port}")
    print(f"Open http://127.0.0.1:{arguments.port}\nPages        {os.environ[PAGES_URL_VARIABLE]}", flush=True)
    web, pages = (*WEB, "--port", arguments.port), (*PAGES, "--port", arguments.pages_port)
    return _together([(*web, "--read-only"), pages] if arguments.read_only else [web, DAEMON, pages])


def _together(commands: Sequence[Sequence[str]]) -> int:
    """Run commands until one ends or this process is told to; then end all."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    servers: list[subprocess.Popen[bytes]] = []
    try:
        servers += (subprocess.Popen(command, cwd=PROJECT) for command in commands)
        while all(server.poll() is None for server in servers):
            time.sleep(0.5)
        return int(any(server.returncode for server in servers))
    except KeyboardInterrupt:
        return 0
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()


if __name__ == "__main__":
    sys.exit(main())
