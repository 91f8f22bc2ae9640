"""Modules that nothing here uses are not run until somebody looks into them."""

import subprocess
import sys

import pytest

from warehouse.quality.judging import UNUSED
from warehouse.quality.lazy import loaded_when_used


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "told_when_run.py").write_text("import told\ntold.names.append('run')\nvalue = 7\n")
    (tmp_path / "told.py").write_text("names = []\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "told_when_run"
    for name in ("told_when_run", "told"):
        sys.modules.pop(name, None)


def test_a_module_runs_at_the_first_look_into_it(module):
    with loaded_when_used([module]):
        import told
        import told_when_run
    assert told.names == []
    assert told_when_run.value == 7
    assert told.names == ["run"]


def test_outside_and_for_others_an_import_is_an_import(module):
    with loaded_when_used(["another"]):
        import told
        import told_when_run
    assert told.names == ["run"]
    assert told_when_run.value == 7


def test_great_expectations_does_not_need_what_is_left_out():
    code = (
        "import sys; from warehouse.quality import judging; judging.load(); "
        "print([name for name in judging.UNUSED if type(sys.modules[name]).__name__ != '_LazyModule'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]", f"of {UNUSED} some are used while it loads: they cost their whole time"
