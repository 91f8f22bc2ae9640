"""The command shows what is wrong where that may be looked at, and only counts it where it may not."""

import pytest

from assets.commands import score
from assets.quality.measures import Measured
from pipeline.evaluation import Evaluation, Miss

SECRET = Miss("h01", "status", "新建学校12所", "target", "actual")


def measured(shown):
    counts = {"gold": 5}
    return Measured(Evaluation({"strict_f1": 0.8, "status": 0.9}, counts, {}, [SECRET]), shown)


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command over one split of each kind; gives exit status and output."""

    def run(*arguments):
        splits = {"real_dev": measured(shown=True), "real_held_out": measured(shown=False)}
        monkeypatch.setattr(
            score, "measure", lambda names: {name: splits[name] for name in names or splits if name in splits}
        )
        monkeypatch.setattr("sys.argv", ["score", *arguments])
        return score.main(), capsys.readouterr().out

    return run


def test_every_split_has_its_measures(run):
    status, output = run()
    assert status == 0
    assert "real_dev" in output
    assert "0.800" in output
    assert SECRET.quote not in output


def test_misses_are_listed(run):
    _, output = run("real_dev", "--misses")
    assert SECRET.quote in output


def test_misses_of_another_problem_are_not(run):
    _, output = run("real_dev", "--misses", "kind")
    assert SECRET.quote not in output


def test_held_out_misses_are_counted_and_never_shown(run):
    _, output = run("real_held_out", "--misses")
    assert "1 misses, held out and not shown" in output
    assert SECRET.quote not in output


def test_an_unknown_split_is_named(run):
    status, output = run("real_dve")
    assert status == 2
    assert "real_dve" in output
