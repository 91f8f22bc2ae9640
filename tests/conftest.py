"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assets.stages.reference_tables import read_tables

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ["ZHENGBAO_SETTLE_SECONDS"] = "0"  # tests write files and run at once

settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")  # how long an example takes says how busy the machine is, and is no result


@pytest.fixture(scope="session")
def tables():
    return read_tables()


@pytest.fixture(scope="session")
def shared():
    """The folder with the real reports and their labels; tests that need it are skipped without it."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the real reports (../shared) are not here")
    return SHARED
