"""The lock of a run, where several workers read beside each other: other sources at once, the same source by one, and nobody while one runs alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assets.automation.lock import beside_others, is_running, only_runner

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys, time
from assets.automation.lock import beside_others, only_runner
with (beside_others(sys.argv[1:]) if sys.argv[1:] else only_runner("another")):
    print("held", flush=True)
    time.sleep(60)
"""


class Other:
    """Another process that holds some sources, or with none the lock alone."""

    def __init__(self, *sources):
        self.process = subprocess.Popen([sys.executable, "-c", HOLD, *sources], cwd=ROOT, stdout=subprocess.PIPE)
        os.set_blocking(self.process.stdout.fileno(), False)

    def holds(self, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.stdout.read():
                return True
            time.sleep(0.05)
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def other(tmp_path, monkeypatch):
    """What starts others of the same deployment, which end with the test."""
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    started = []

    def start(*sources):
        started.append(Other(*sources))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def test_other_sources_are_read_at_the_same_time_and_the_same_ones_are_not(other):
    with beside_others(["b", "a"]):
        assert is_running()
        assert other("c", "d").holds(30)
        waiting = other("e", "a")
        assert not waiting.holds(2)
    assert waiting.holds(30)


def test_what_a_killed_worker_held_is_free(other):
    killed = other("a", "b")
    assert killed.holds(30)
    waiting = other("b")
    assert not waiting.holds(2)
    killed.kill()
    assert waiting.holds(30)


def test_who_runs_alone_waits_for_those_who_read_and_they_for_it(other):
    reading = other("a")
    assert reading.holds(30)
    alone = other()
    assert not alone.holds(2)
    reading.kill()
    assert alone.holds(30)
    late = other("a")
    assert not late.holds(2)
    alone.kill()
    assert late.holds(30)


def test_a_process_that_runs_alone_need_not_wait_for_itself(other):
    with only_runner("a test"), beside_others(["a"]):
        assert not other("b").holds(2)
