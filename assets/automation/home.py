"""DAGSTER_HOME of this deployment: run history shared by `make run` and `make dev`."""

from __future__ import annotations

import os
import shutil

from assets.locations import PROJECT, locations


def prepare_home() -> None:
    """Make DAGSTER_HOME beside the warehouse and give it the project's instance settings."""
    home = locations().dagster_home
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "deploy" / "dagster.yaml", home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)
