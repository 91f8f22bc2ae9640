"""The evidence site of a small warehouse: pages, links, inert text, and what is built again."""

import re
from html import unescape
from html.parser import HTMLParser

import duckdb
import pytest

from tests.mutation.good_set import write_good_candidate
from warehouse.evidence import build_site
from warehouse.evidence.naming import slug

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\"'{{ 7*7 }}"


def database(folder, name, *changes):
    folder.mkdir(exist_ok=True)
    path = write_good_candidate(folder).rename(folder / f"zhengbao-{name}.duckdb")
    with duckdb.connect(str(path)) as connection:
        for change in changes:
            connection.execute(*change)
    return path


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return database(tmp_path_factory.mktemp("published"), "one")


@pytest.fixture(scope="module")
def site(published, tmp_path_factory):
    return build_site(published, tmp_path_factory.mktemp("site"))


def rows(published, query):
    with duckdb.connect(str(published), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_every_document_indicator_and_place_has_its_page(published, site):
    for (document,) in rows(published, "SELECT document_id FROM documents"):
        assert (site.folder / "documents" / f"{slug(document)}.html").is_file()
    for (code,) in rows(published, "SELECT DISTINCT indicator_code FROM facts WHERE indicator_code IS NOT NULL"):
        assert (site.folder / "indicators" / f"{slug(code)}.html").is_file()
    for (code,) in rows(published, "SELECT DISTINCT place_code FROM documents"):
        assert (site.folder / "places" / f"{code}.html").is_file()


def test_the_highlight_of_every_fact_covers_its_quote(published, site):
    for document, fact, quote in rows(published, "SELECT document_id, fact_id, quote FROM facts"):
        page = (site.folder / "documents" / f"{slug(document)}.html").read_text(encoding="utf-8")
        pieces = re.findall(r'<mark [^>]*data-of="([^"]*)"[^>]*>([^<]*)</mark>', page)
        assert "".join(unescape(words) for names, words in pieces if fact in names.split()) == quote
        assert page.count(f'id="q-{fact}"') == 1


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.targets, self.ids = [], set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            assert given["id"] not in self.ids, f"{given['id']} stands twice"
            self.ids.add(given["id"])
        self.targets += [given[name] for name in ("href", "src") if given.get(name)]


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site):
    pages = {}
    for file in site.folder.rglob("*.html"):
        pages[file.resolve()] = links = Links()
        links.feed(file.read_text(encoding="utf-8"))
    for file, links in pages.items():
        for target in links.targets:
            path, _, anchor = target.partition("#")
            assert not re.match(r"[a-z]+:|//", path), target
            there = (file.parent / path).resolve() if path else file
            assert there.is_file(), f"{file.name}: {target}"
            if anchor:
                assert anchor in pages[there].ids, f"{file.name}: {target}"


def test_text_of_a_report_never_becomes_markup(tmp_path):
    spoilt = database(
        tmp_path / "published",
        "hostile",
        ("UPDATE documents SET title = ?, source = ?, path = ?, issuer = ?", [HOSTILE] * 4),
        ("UPDATE sections SET heading = ? WHERE heading <> ''", [HOSTILE]),
        ("UPDATE facts SET indicator = ?, rule = ?, place = ?", [HOSTILE] * 3),
        ("UPDATE rankings SET subject = ?, quote = ?", [HOSTILE] * 2),
        ("UPDATE indicators SET name_zh = ?, family = ?", [HOSTILE] * 2),
        ("UPDATE texts SET clean_text = ? || clean_text, raw_text = ? || raw_text", [HOSTILE] * 2),
    )
    site = build_site(spoilt, tmp_path / "site")
    for file in site.folder.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "<img" not in text
        assert "onerror=alert" not in re.sub(
            r'<script type="application/json".*?</script>', "", text.replace("&lt;img src=x onerror=alert", "")
        )
        assert "<script>" not in text
        assert "7*7" in text or HOSTILE[:4] not in unescape(text)
        for script in re.findall(r"<script(?! )[^>]*>", text):
            pytest.fail(script)
    for file in site.folder.glob("search/*.js"):
        assert "<" not in file.read_text(encoding="utf-8")


def test_unchanged_pages_are_not_built_again(published, tmp_path):
    first = build_site(published, tmp_path / "site")
    again = build_site(published, tmp_path / "site")
    assert (again.written, again.unchanged) == (0, first.written)
    newer = tmp_path / "zhengbao-two.duckdb"
    newer.write_bytes(published.read_bytes())
    with duckdb.connect(str(newer)) as connection:
        (changed,) = connection.execute("SELECT min(document_id) FROM documents").fetchone()
        connection.execute("UPDATE documents SET title = '另一个标题' WHERE document_id = ?", [changed])
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "site").rglob("*.html")}
    build_site(newer, tmp_path / "site")
    written = {file.name for file, time in before.items() if file.stat().st_mtime_ns != time}
    assert f"{slug(changed)}.html" in written
    documents = {f"{slug(name)}.html" for (name,) in rows(published, "SELECT document_id FROM documents")}
    assert written & documents == {f"{slug(changed)}.html"}


def test_a_document_that_is_gone_leaves_no_page(published, tmp_path):
    build_site(published, tmp_path / "site")
    newer = tmp_path / "zhengbao-two.duckdb"
    newer.write_bytes(published.read_bytes())
    with duckdb.connect(str(newer)) as connection:
        (gone,) = connection.execute("SELECT min(document_id) FROM documents").fetchone()
        for (table,) in connection.execute(
            "SELECT table_name FROM duckdb_columns() WHERE column_name = 'document_id' AND table_name IN (SELECT table_name FROM duckdb_tables())"
        ).fetchall():
            connection.execute(f"DELETE FROM {table} WHERE document_id = ?", [gone])
    build_site(newer, tmp_path / "site")
    assert not list((tmp_path / "site").rglob(f"*{slug(gone)}*"))


def test_a_page_that_was_lost_is_built_again(published, tmp_path):
    build_site(published, tmp_path / "site")
    lost = next((tmp_path / "site" / "documents").glob("*.html"))
    lost.unlink()
    assert build_site(published, tmp_path / "site").written == 2, "the page, and its lines for the search"
    assert lost.is_file()
