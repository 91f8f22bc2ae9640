"""`make dev`: the Dagster webserver and daemon on loopback, on the deployment's run history."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from assets.automation.home import prepare_home
from assets.locations import LANDING_VARIABLE, PROJECT, WAREHOUSE_VARIABLE, locations


def main() -> None:
    """Become `dg dev`; Ctrl-C ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="3000")
    port = parser.parse_args().port
    prepare_home()
    here = locations()
    os.environ[LANDING_VARIABLE], os.environ[WAREHOUSE_VARIABLE] = str(here.landing), str(here.warehouse)
    os.chdir(PROJECT)
    print(f"Landing zone {here.landing}\nWarehouse    {here.warehouse}\nOpen http://127.0.0.1:{port}", flush=True)
    command = str(Path(sys.executable).parent / "dg")
    os.execv(command, [command, "dev", "-w", "workspace.yaml", "--host", "127.0.0.1", "--port", port])


if __name__ == "__main__":
    main()
