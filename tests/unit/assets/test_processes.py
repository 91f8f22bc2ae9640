"""Processes beside a run's own end with their parent, and are started anew when they died."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from assets.processes import Beside
from assets.quality import judge

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def beside():
    made = Beside(bool, lambda: 2)
    yield made
    made.stop()


def test_works_in_another_process_in_the_order_of_the_work(beside):
    assert beside.ask(os.getpid) != os.getpid()
    asked = [beside.submit(pow, 2, k) for k in range(5)]
    assert [result.result() for result in asked] == [1, 2, 4, 8, 16]


def test_one_process_does_what_is_asked_one_after_another(beside):
    assert len({beside.ask(os.getpid) for _ in range(4)}) == 1


def name_of(process):
    return Path(f"/proc/{process}/comm").read_text().strip()


@pytest.mark.skipif(not Path("/proc/self/comm").exists(), reason="there is no /proc")
def test_its_name_says_what_it_is_for():
    judging = Beside(bool, duty="judge")
    assert name_of(judging.ask(os.getpid)) == "zhengbao-judge"
    judging.stop()


def test_after_a_death_there_is_a_new_process(beside):
    with pytest.raises(BrokenExecutor):
        beside.ask(os._exit, 3)
    beside.leave()
    assert beside.ask(pow, 2, 3) == 8


def test_a_judge_that_dies_is_told_in_words_and_the_next_question_has_a_new_one(monkeypatch):
    monkeypatch.setattr(judge, "beside", Beside(bool))
    with pytest.raises(judge.JudgeDiedError, match="more memory"):
        judge.judged(os._exit, 3)
    assert judge.judged(pow, 2, 3) == 8
    judge.beside.stop()


PARENT = """
import os, time
from assets.processes import Beside
if __name__ == "__main__":
    beside = Beside(bool)
    print(beside.ask(os.getpid), flush=True)
    time.sleep(60)
"""


def test_it_ends_with_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while is_there(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(child)


def is_there(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
