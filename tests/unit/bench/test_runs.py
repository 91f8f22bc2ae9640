"""The bench of whole runs: what it counts is what was there, and what it tells is what it counted."""

import os
import subprocess
import sys
import time

import pytest

from assets.locations import PROJECT
from bench.corpora import make_landing
from bench.runs import carried_up, in_turn, what_it_takes
from bench.telling import EARLIER, THIS, Case, draw, records, steps_shares, table
from bench.watched import MAIN, Process, Run, below, by_duty, look, middle, run

PARENT = """
import os, sys, time
from assets.processes import Beside
if __name__ == "__main__":
    judging = Beside(bool, duty="judge")
    print(judging.ask(os.getpid), flush=True)
    time.sleep(60)
"""


def run_of(published, seconds, **peaks):
    processes = {duty: Process(peak, 2.0) for duty, peak in peaks.items()}
    return Run(published, seconds, processes, {"raw": seconds / 4, "warehouse": seconds / 2})


@pytest.fixture
def case():
    taken = {THIS: run_of(4.0, 8.0, main=300, judge=500, read=200), EARLIER: run_of(10.0, 12.0, main=900)}
    return Case("1 MB in 31 sources", 1.0, 31, 0.5, taken)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_a_process_beside_is_seen_with_its_duty(tmp_path):
    file = tmp_path / "parent.py"
    file.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    parent = subprocess.Popen([sys.executable, str(file)], stdout=subprocess.PIPE, text=True, env=environment)
    try:
        judge = int(parent.stdout.readline())
        assert judge in below(parent.pid)
        seen = dict(filter(None, map(look, below(parent.pid))))
        assert seen.keys() == {"judge"}, "Python's own process is not told"
        assert seen["judge"].peak > 5
    finally:
        parent.kill()
        parent.wait()
    for _ in range(100):
        if look(judge) is None:
            break
        time.sleep(0.1)
    assert look(judge) is None, "it has ended"


BUILD = """
import os, pathlib, time
place = pathlib.Path(os.environ["ZHENGBAO_WAREHOUSE"])
(place / "run").write_text(str(os.getpid()))
time.sleep(0.3)
print("  ✓ raw      1.5 s", flush=True)
(place / "zhengbao-1.duckdb").touch()
(place / "zhengbao.duckdb").symlink_to("zhengbao-1.duckdb")
time.sleep(float((place.parent / "landing").read_text()))
"""


@pytest.fixture
def build(tmp_path):
    """A build that publishes at once, and ends so many seconds later as its landing zone says."""
    folder = tmp_path / "build" / "assets"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "run.py").write_text(BUILD)
    (tmp_path / "warehouse").mkdir()
    return folder.parent


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_until_published_is_told_beside_the_whole_run(build, tmp_path):
    (tmp_path / "landing").write_text("1.5")
    told = run(build, tmp_path / "landing", tmp_path / "warehouse")
    assert told.seconds - told.published > 1
    assert told.steps == {"raw": 1.5}
    assert told.processes.keys() == {MAIN}


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
def test_a_run_that_takes_too_long_is_ended(build, tmp_path):
    (tmp_path / "landing").write_text("60")
    with pytest.raises(TimeoutError):
        run(build, tmp_path / "landing", tmp_path / "warehouse", patience=3)
    number = int((tmp_path / "warehouse" / "run").read_text())
    assert look(number) is None, "it has ended"


def test_processes_of_a_duty_are_told_together():
    seen = [("read", Process(200, 3)), ("read", Process(250, 4)), (MAIN, Process(300, 5))]
    assert by_duty(seen) == {"read": Process(250, 7), MAIN: Process(300, 5)}


def test_the_middle_run_has_the_median_times():
    runs = [run_of(3, 9, main=1), run_of(5, 7, main=2), run_of(4, 8, main=3)]
    assert middle(runs) == run_of(4, 8, main=3)
    assert middle([run_of(None, 1, main=1)]).published is None


def test_a_build_that_takes_too_long_is_not_asked_again():
    asked = []

    def measured(build, number):
        asked.append(build)
        if build == EARLIER:
            raise TimeoutError
        return run_of(1, 2 + number, main=1)

    taken = in_turn({THIS: None, EARLIER: None}, 3, measured)
    assert taken[THIS].seconds == 3
    assert taken[EARLIER] is None
    assert asked.count(EARLIER) == 1


def test_a_time_is_carried_up_by_the_last_two_sizes():
    assert carried_up([(1, 10), (2, 14), (4, 24)], 10) == 54
    assert carried_up([(1, 10)], 10) is None


def test_both_ratios_are_told(case, tmp_path):
    assert case.ratios == (2.5, 1.5)
    (record,) = records([case])
    assert (record["ratio_published"], record["ratio_whole"]) == (2.5, 1.5)
    assert record["taken"][THIS]["peak"] == 500
    assert record["taken"][THIS]["cpu"] == 6
    assert steps_shares([case]) == {case.what: {"raw": pytest.approx(1 / 3), "warehouse": pytest.approx(2 / 3)}}
    assert table([case]).row_count == 2
    draw([case], tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"runs.svg", "steps.svg"}


def test_a_build_left_out_has_the_ratio_of_its_line(case):
    alone = case._replace(taken={THIS: case.taken[THIS]}, carried=32.0)
    assert alone.ratios == (None, 4.0)
    assert table([alone]).row_count == 2


def test_what_it_takes_grows_with_what_is_asked():
    assert "about 1 minutes on two quiet cores, and 0.0 GB" in what_it_takes([1], [31], 1, [THIS])
    assert "about 6 minutes on two quiet cores, and 3.0 GB" in what_it_takes([100], [31], 1, [THIS])
    assert "about 18 minutes on two quiet cores, and 9.0 GB" in what_it_takes([100], [31], 3, [THIS])


@pytest.mark.parametrize(("size", "sources"), [(20_000, 3), (20_000, 40), (2_000, 40)])
def test_every_source_has_a_report(tmp_path, size, sources):
    texts = ["全年新建村卫生室36所。\n" * 60, "全市床位1200张。\n" * 60]
    written = make_landing(tmp_path, size, sources, texts)
    folders = list(tmp_path.iterdir())
    assert len(folders) == sources
    assert all(list(folder.iterdir()) for folder in folders)
    assert written == sum(file.stat().st_size for folder in folders for file in folder.iterdir())
    assert size * 0.8 < written < size * 1.2
