"""One server and one browser for all end-to-end tests."""

import os
import shutil

import pytest

from tests.end_to_end.servers import ROOT, chromium_browser, make_run, running_server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The sample reports, published, and `make dev` on them."""
    folder = tmp_path_factory.mktemp("deployment")
    landing, warehouse = folder / "landing", folder / "warehouse"
    shutil.copytree(ROOT / "seeds" / "reports", landing)
    run = make_run(landing, warehouse)
    assert run.returncode == 0, run.stdout + run.stderr
    with running_server(landing, warehouse) as found:
        yield found


@pytest.fixture(scope="session")
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
