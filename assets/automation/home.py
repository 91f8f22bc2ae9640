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


def make_history() -> None:
    """Make the tables of the run history where there are none yet, before several servers start on it.

    Each server makes them where it finds none, and two at once fail: "Version table 'alembic_version' has more than one head present".
    """
    if (locations().dagster_home / "history" / "runs.db").exists():
        return
    from dagster import DagsterInstance  # two seconds, of the first start alone on SQLite

    with DagsterInstance.get() as instance:
        for storage in (instance.run_storage, instance.event_log_storage, instance.schedule_storage):
            if storage is None:
                raise RuntimeError("The run history has no storage; see the instance settings in deploy/.")


if __name__ == "__main__":
    prepare_home()
    make_history()
