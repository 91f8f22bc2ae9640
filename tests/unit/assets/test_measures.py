"""The extractor is measured once: ahead in a process beside, or where the asset asks for it, and never again for the same labels."""

import os

import pytest

from assets import ahead
from assets.processes import Beside
from assets.quality import measures


def by_process():
    """Stands for the evaluation, and tells which process took it."""
    return {"dev": os.getpid()}


@pytest.fixture
def beside(monkeypatch, tmp_path):
    processes = Beside(bool, lambda: 2)
    monkeypatch.setattr(measures, "beside", processes)
    monkeypatch.setattr(measures, "measure", by_process)
    monkeypatch.setenv("ZHENGBAO_CACHE", str(tmp_path))
    yield processes
    processes.stop()


def test_what_was_begun_is_what_the_asset_takes(beside, monkeypatch):
    beside.start()
    measures.begin()
    monkeypatch.setattr(measures, "measure", lambda: pytest.fail("it is measured twice"))
    assert measures.taken()["dev"] in beside.numbers


def test_what_is_known_already_is_not_begun(beside, monkeypatch):
    measures.keep(measures.Measures({"dev": {"strict_f1": 0.5}}, "", ""))
    assert measures.cached().by_split == {"dev": {"strict_f1": 0.5}}
    beside.start()
    monkeypatch.setattr(ahead, "begin", lambda *_: pytest.fail("it is measured again"))
    measures.begin()


@pytest.mark.parametrize(("processes", "is_beside"), [(1, False), (2, True)])
def test_what_was_not_begun_is_measured_where_there_is_room(beside, monkeypatch, processes, is_beside):
    measures.begin()
    assert not beside.is_started, "nothing is begun where no process stands beside"
    monkeypatch.setattr(measures, "most", lambda: processes)
    assert (measures.taken()["dev"] != os.getpid()) is is_beside
