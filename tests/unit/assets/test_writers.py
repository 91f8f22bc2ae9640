"""Who writes what is published: the process that read, unless several hold what they read."""

import os

import pytest

from assets.processes import Beside
from assets.publication import writers


@pytest.fixture
def processes(monkeypatch):
    """Pools of this test's own, which end with it."""
    monkeypatch.setattr(writers.workers, "beside", Beside(bool, lambda: 2, "read"))
    monkeypatch.setattr(writers, "own", Beside(bool, lambda: 2, "write"))
    yield writers
    writers.workers.beside.stop()
    writers.own.stop()


def test_the_one_process_that_read_writes(processes):
    processes.workers.beside.start()
    assert processes.writer(None) is processes.workers.beside
    assert not processes.own.is_started


def test_beside_a_large_warehouse_another_writes(processes, monkeypatch, tmp_path):
    published = tmp_path / "zhengbao.duckdb"
    published.write_bytes(bytes(1000))
    processes.workers.beside.start()
    assert processes.writer(published) is processes.workers.beside
    monkeypatch.setattr(writers, "MUCH", 1000)
    assert processes.writer(published) is processes.own


def test_where_several_read_others_write(processes):
    reading = [processes.workers.beside.submit(os.getpid) for _ in range(2)]
    assert processes.writer(None) is processes.own
    assert processes.own.ask(os.getpid) not in {process.result() for process in reading}


def test_without_a_process_that_reads_none_is_started(processes):
    assert not processes.writer(None).is_started
    assert not processes.own.is_started
