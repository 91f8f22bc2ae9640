"""How long what runs leave behind is kept, by settings of the environment, and the job that keeps to it."""

from __future__ import annotations

import os

VERSIONS_VARIABLE = "ZHENGBAO_KEEP_VERSIONS"
RUNS_VARIABLE = "ZHENGBAO_KEEP_RUNS"


def kept_versions() -> int:
    """How many published warehouses are kept (5)."""
    return int(os.environ.get(VERSIONS_VARIABLE) or 5)


def kept_runs() -> int:
    """How many run records, with their events, are kept (100)."""
    return int(os.environ.get(RUNS_VARIABLE) or 100)
