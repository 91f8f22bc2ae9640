"""Where the steps of a run are done: in its process, or, where ZHENGBAO_CELERY names a file of settings, by Celery's workers."""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg
import yaml

CELERY_VARIABLE = "ZHENGBAO_CELERY"
"""The settings that the workers read too: deploy/many_hosts/celery.yaml."""


def has_workers() -> bool:
    """Whether steps are done by processes other than the run's."""
    return bool(os.environ.get(CELERY_VARIABLE))


def executor() -> dg.ExecutorDefinition:
    """The executor of every job; a run by hand (`make run`) does its steps itself all the same."""
    if not has_workers():
        return dg.in_process_executor
    from dagster_celery import celery_executor  # with the packages of a deployment alone

    settings = yaml.safe_load(Path(os.environ[CELERY_VARIABLE]).read_text(encoding="utf-8"))
    return celery_executor.configured(settings["execution"]["config"], name="celery")
