"""Hundreds of tests that make a small warehouse each and ask it hundreds of questions: in one thread and in memory they take half the time."""

import shutil
import tempfile
from pathlib import Path
from unittest import mock

import duckdb
import pytest

IN_MEMORY = Path("/dev/shm")
ROOM = 1 << 30
connect = duckdb.connect


@pytest.fixture(scope="package", autouse=True)
def one_thread():
    """DuckDB works in one thread here."""

    def single(*place, config=None, **options):
        return connect(*place, config={"threads": 1} | (config or {}), **options)

    with mock.patch.object(duckdb, "connect", single):
        yield


@pytest.fixture
def tmp_path():
    """A folder in memory where there is room for it: a warehouse of a few rows is mostly waited for on the disk."""
    has_room = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if has_room else None) as folder:
        yield Path(folder)
