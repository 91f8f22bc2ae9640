"""The pages over http: the folders that are meant, and nothing else."""

import contextlib
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from assets.locations import locations
from assets.publication.links import page_link
from tests.end_to_end.servers import ROOT, free_port


@pytest.fixture
def pages(tmp_path):
    for folder, text in (("site", "evidence"), (".zhengbao/data_docs", "docs"), (".zhengbao/serving", "secret")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "index.html").write_text(text)
    (tmp_path / "zhengbao.duckdb").write_text("warehouse")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "assets.commands.pages", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"ZHENGBAO_WAREHOUSE": str(tmp_path)},
    )
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def get(address, **headers):
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_pages_are_served_and_nothing_beside_them(pages):
    assert get(f"{pages}/site/") == (200, "evidence")
    assert get(f"{pages}/") == (200, "evidence")
    assert get(f"{pages}/data_docs/index.html") == (200, "docs")
    for path in (
        "serving/index.html",
        "zhengbao.duckdb",
        "site/../zhengbao.duckdb",
        "site/%2e%2e/zhengbao.duckdb",
        "site/..%2f.zhengbao/serving/index.html",
    ):
        assert get(f"{pages}/{path}")[0] in (400, 404), path


def test_a_foreign_host_name_is_refused(pages):
    assert get(f"{pages}/site/")[0] == 200
    assert get(f"{pages}/site/", Host="elsewhere.example")[0] == 400


def test_links_lead_to_the_configured_address(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    page = locations().data_docs / "a run" / "facts.html"
    with contextlib.suppress(KeyError):
        monkeypatch.delenv("ZHENGBAO_PAGES_URL")
    assert page_link(page) == "http://127.0.0.1:3001/data_docs/a%20run/facts.html"
    monkeypatch.setenv("ZHENGBAO_PAGES_URL", "https://zhengbao.example/pages/")
    assert page_link(page) == "https://zhengbao.example/pages/data_docs/a%20run/facts.html"
    with pytest.raises(ValueError, match="served"):
        page_link(tmp_path / "elsewhere.html")
