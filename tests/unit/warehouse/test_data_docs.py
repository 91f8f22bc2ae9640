"""Data Docs stand alone, show what was broken, and let no text of a report become markup."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest

from warehouse.quality import CheckResult, promises
from warehouse.quality.docs import build_data_docs

START = datetime(2025, 1, 1)


class Tags(HTMLParser):
    """The elements of a page, and where they point."""

    def __init__(self):
        super().__init__()
        self.names, self.targets = [], []

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.targets += [value for name, value in attrs if name in ("src", "href")]


@pytest.fixture(scope="module")
def results():
    made = [
        CheckResult(p.name, "facts", p.table, p.severity, True, "0 failing rows", 0, [], p.action)
        for p in promises("facts")
    ]
    evil = {"file": "a.txt", "quote": "<script>alert('$x')</script><img src=http://evil.example/x>"}
    spoilt = next(n for n, p in enumerate(promises("facts")) if p.name == "percentage_is_possible")
    made[spoilt] = CheckResult(
        "percentage_is_possible", "facts", "facts", "error", False, "1 failing row", 1, [evil], "Look at <b>it</b>."
    )
    return made


def test_a_page_shows_the_promises_and_what_broke_them(tmp_path, results):
    index = build_data_docs("run-1", START, results, tmp_path)
    page = (tmp_path / "run-1" / "facts.html").read_text(encoding="utf-8")
    for promise in promises("facts"):
        assert promise.promise_zh in page
    assert "error: facts.percentage_is_possible, 1 failing row" in page
    assert "a.txt" in page
    assert 'href="run-1/facts.html"' in index.read_text(encoding="utf-8")
    assert "1 errors" in index.read_text(encoding="utf-8")


def test_pages_load_nothing_from_elsewhere_and_hold_no_foreign_markup(tmp_path, results):
    build_data_docs("run-1", START, results, tmp_path)
    for page in tmp_path.rglob("*.html"):
        tags = Tags()
        tags.feed(page.read_text(encoding="utf-8"))
        assert not {"img", "link", "iframe", "b"} & set(tags.names)
        assert [target for target in tags.targets if "//" in target] == []
        assert tags.names.count("script") == (page.name != "index.html")
        assert "@import" not in page.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in (tmp_path / "run-1" / "facts.html").read_text(encoding="utf-8")


def test_links_of_a_page_lead_to_files_that_are_there(tmp_path, results):
    build_data_docs("run-1", START, results, tmp_path)
    for page in tmp_path.rglob("*.html"):
        for link in re.findall(r'href="([^"#]+)', page.read_text(encoding="utf-8")):
            assert (page.parent / link).is_file(), link


def test_only_the_last_runs_are_kept(tmp_path, results):
    for n in range(4):
        build_data_docs(f"run-{n}", START + timedelta(days=n), results[:3], tmp_path, keep=2)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["run-2", "run-3"]
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "run-3/facts.html" in index
    assert "run-1" not in index


def test_stages_of_a_run_may_come_one_by_one(tmp_path, results):
    raw = [
        CheckResult(p.name, "raw", p.table, p.severity, True, "0 failing rows", 0, [], p.action)
        for p in promises("raw")
    ]
    build_data_docs("run-1", START, raw, tmp_path)
    build_data_docs("run-1", START, results, tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="run-1/raw.html"' in index
    assert 'href="run-1/facts.html"' in index


def test_a_run_s_name_cannot_leave_the_folder(tmp_path, results):
    build_data_docs("../../etc", START, results[:1], tmp_path / "docs")
    assert [p.name for p in tmp_path.iterdir()] == ["docs"]
