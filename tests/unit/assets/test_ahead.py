"""What was begun ahead is what the step would have done, or the step does it."""

import os
import time
from functools import partial
from pathlib import Path

import pytest

from assets import ahead
from assets.processes import Beside


def told(file: Path, word: str) -> str:
    """Write where it was done."""
    file.write_text(f"{word} {os.getpid()}")
    return word


def fail(reason: str) -> str:
    raise ValueError(reason)


def die(status: int) -> str:
    os._exit(status)


def nothing() -> None:
    pass


@pytest.fixture
def beside():
    processes = Beside(nothing)
    yield processes
    processes.stop()


def process_of(file: Path) -> int:
    return int(file.read_text().split()[1])


def test_what_was_begun_about_the_same_is_not_done_again(beside, tmp_path):
    beside.start()
    ahead.begin("step", "this", beside, partial(told, tmp_path / "begun", "begun"))
    assert ahead.done("step", "this", partial(told, tmp_path / "now", "now")) == "begun"
    assert process_of(tmp_path / "begun") != os.getpid()
    assert not (tmp_path / "now").exists()
    assert ahead.done("step", "this", partial(told, tmp_path / "now", "now")) == "now", "it is taken once"


def test_without_a_process_beside_the_step_does_it(beside, tmp_path):
    ahead.begin("step", "this", beside, partial(told, tmp_path / "begun", "begun"))
    assert ahead.done("step", "this", partial(told, tmp_path / "now", "now")) == "now"
    assert process_of(tmp_path / "now") == os.getpid()
    assert not (tmp_path / "begun").exists()


def test_what_was_begun_about_other_things_has_ended_and_is_not_taken(beside, tmp_path):
    beside.start()
    ahead.begin("step", "that", beside, partial(told, tmp_path / "same", "begun"))
    assert ahead.done("step", "this", partial(told, tmp_path / "same", "now")) == "now"
    assert process_of(tmp_path / "same") == os.getpid(), "the step wrote last"


def test_what_failed_ahead_fails_in_its_step(beside):
    beside.start()
    ahead.begin("step", "this", beside, partial(fail, "no such table"))
    with pytest.raises(ValueError, match="no such table"):
        ahead.done("step", "this", partial(fail, "never asked"))
    ahead.begin("step", "that", beside, partial(fail, "not ours"))
    assert ahead.done("step", "this", partial(str, "now")) == "now"


def test_where_the_process_died_the_step_does_it(beside):
    beside.start()
    ahead.begin("step", "this", beside, partial(die, 9))
    assert ahead.done("step", "this", partial(str, "now")) == "now"
    assert not beside.is_started, "a broken process is left, and the next work has a new one"


def wait_and_tell(file: Path) -> None:
    time.sleep(0.5)
    file.write_text("ended")


def test_what_no_step_came_for_has_ended_before_another_is_begun(tmp_path):
    processes = Beside(nothing, lambda: 2)
    try:
        processes.start()
        ahead.begin("step", "first run", processes, partial(wait_and_tell, tmp_path / "first"))
        ahead.begin("step", "second run", processes, nothing)
        assert (tmp_path / "first").read_text() == "ended"
        assert ahead.done("step", "second run", nothing) is None
    finally:
        processes.stop()
