"""DAGSTER_HOME of this deployment: run history shared by `make run`, `make dev` and the servers of deploy/."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from assets.locations import PROJECT, locations

INSTANCE_VARIABLE = "ZHENGBAO_INSTANCE"
"""The file with the instance settings of a deployment; deploy/dagster.yaml without it."""


def prepare_home() -> None:
    """Make DAGSTER_HOME beside the warehouse and give it the deployment's instance settings."""
    home = locations().dagster_home
    home.mkdir(parents=True, exist_ok=True)
    settings = os.environ.get(INSTANCE_VARIABLE) or PROJECT / "deploy" / "dagster.yaml"
    shutil.copyfile(Path(settings), home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)


if __name__ == "__main__":
    prepare_home()
