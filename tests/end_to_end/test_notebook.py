"""The notebook of the docs runs on the sample reports, and shows what it shows in the docs."""

import nbformat
import pytest
from nbclient import NotebookClient

from tests.end_to_end.servers import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def test_the_notebook_runs_and_draws(sample_run, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(sample_run[0] / "warehouse"))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    kept = [kinds(cell) for cell in notebook.cells]
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(ROOT / "docs")}}).execute()
    ran = [kinds(cell) for cell in notebook.cells]
    assert ran == kept, "run the notebook anew and keep its outputs"
    assert sum("image/svg+xml" in cell for cell in ran) == 2


def kinds(cell):
    """What a cell shows: the media types of its outputs."""
    return sorted(kind for output in cell.get("outputs", ()) for kind in output.get("data", {"stream": ""}))
