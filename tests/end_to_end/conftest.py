"""One server and one browser for all end-to-end tests, ended with the last of them."""

import os
import shutil

import pytest

from tests.end_to_end.servers import ROOT, chromium_browser, make_run, running_server


@pytest.fixture(scope="package")
def sample_run(tmp_path_factory):
    """The sample reports, published by `make run`: its folder and what it printed."""
    folder = tmp_path_factory.mktemp("deployment")
    shutil.copytree(ROOT / "seeds" / "reports", folder / "landing")
    run = make_run(folder / "landing", folder / "warehouse")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder, run.stdout


@pytest.fixture(scope="package")
def sample_warehouse(sample_run):
    """The file that `make run` published; later runs publish others."""
    return next((sample_run[0] / "warehouse").glob("zhengbao-*.duckdb"))


@pytest.fixture(scope="package")
def server(sample_run, sample_warehouse):
    """`make dev` on the sample reports."""
    with running_server(sample_run[0] / "landing", sample_run[0] / "warehouse") as found:
        yield found


@pytest.fixture(scope="package")
def browser():
    """Debian's Chromium; CI has it, elsewhere the tests skip without it."""
    with chromium_browser() as found:
        if found is None and os.environ.get("CI"):
            pytest.fail("chromium is missing: .ci/run must install it")
        if found is None:
            pytest.skip("needs Debian's chromium")
        yield found


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    yield context.new_page()
    context.close()
