"""The evidence site of a small warehouse: pages, links, inert text, and what is built again."""

import json
import re
from decimal import Decimal
from html import escape, unescape
from html.parser import HTMLParser

import duckdb
import pytest

from tests.mutation.good_set import write_good_candidate
from warehouse.evidence import build_site
from warehouse.evidence.cards import MARKED, NOT_SHOWN
from warehouse.evidence.naming import slug
from warehouse.evidence.reading import Reader, grouped, shown

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


def cards(site, document):
    page = (site.folder / "documents" / f"{slug(document)}.html").read_text(encoding="utf-8")
    return json.loads(re.search(r'id="details">(.*?)</script>', page)[1])


def test_a_card_tells_every_field_as_a_person_reads_it_and_why(published, site):
    with duckdb.connect(str(published), read_only=True) as connection:
        reader = Reader(connection)
        claims = grouped(reader.table("fact_evidence", "field"), "fact_id")
        for table, (kind, key) in MARKED.items():
            for row in reader.table(table):
                card = cards(site, row["document_id"])[row[key]]
                assert (card["kind"], card["quote"], card["raw"]) == (
                    kind,
                    row["quote"],
                    [row["raw_start"], row["raw_end"]],
                )
                assert card["fields"] == [
                    [name, shown(value)]
                    for name, value in row.items()
                    if name not in NOT_SHOWN and value is not None and value != ""
                ]
                assert [why[:3] for why in card["why"]] == [
                    [claim["field"], claim["rule"], claim["words"]] for claim in claims.get(row[key], ())
                ]


def test_a_card_names_page_and_paragraph_of_the_file(published, tmp_path):
    paged = tmp_path / "zhengbao-paged.duckdb"
    paged.write_bytes(published.read_bytes())
    with duckdb.connect(str(paged)) as connection:
        ((document, fact, start),) = connection.execute(
            "SELECT document_id, fact_id, raw_start FROM facts ORDER BY raw_start DESC LIMIT 1"
        ).fetchall()
        for ordinal, (page, place, first) in enumerate(
            ((1, "第1段", 0), (7, "第31段", start), (8, "第40段", start + 1))
        ):
            connection.execute(
                "INSERT INTO blocks BY NAME SELECT ? AS document_id, ? AS ordinal, 'paragraph' AS kind, ? AS page, ? AS place, ? AS raw_start,"
                " ? AS raw_end",
                [document, ordinal, page, place, first, first + 1],
            )
    assert cards(build_site(paged, tmp_path / "site"), document)[fact]["where"] == "第7页 page 7 · 第31段"


def test_numbers_and_signs_are_written_by_duckdb_as_by_python(published):
    numbers = [
        Decimal(text) for text in ("0", "-0.5", "5.8", "100", "-1234567.25", "999999999999999999.999999", "1e-6")
    ]
    with duckdb.connect(str(published), read_only=True) as connection:
        reader = Reader(connection)
        for number in numbers:
            assert reader.rows("SELECT shown(?::DECIMAL(24, 6)) AS it", number) == [{"it": shown(number)}]
        assert reader.rows("SELECT escaped(?) AS it", HOSTILE) == [{"it": escape(HOSTILE)}]


def test_a_place_whose_page_is_gone_is_no_link(published, tmp_path):
    build_site(published, tmp_path / "site")
    newer = tmp_path / "zhengbao-two.duckdb"
    newer.write_bytes(published.read_bytes())
    with duckdb.connect(str(newer)) as connection:
        connection.execute("UPDATE documents SET issuer_place = NULL, place_code = NULL")
        assert connection.execute("SELECT count(*) FROM headline_series WHERE place IS NOT NULL").fetchone() != (0,)
    site = build_site(newer, tmp_path / "site")
    for file in (site.folder / "indicators").glob("*.html"):
        assert "../places/" not in file.read_text(encoding="utf-8"), file.name


def test_the_search_index_is_built_again_for_other_texts_alone(published, tmp_path):
    build_site(published, tmp_path / "site")
    index = tmp_path / "site" / "search" / "pairs-0.js"
    before = index.stat().st_mtime_ns
    for name, change in (
        ("two", "UPDATE facts SET rule = 'x'"),
        ("three", "UPDATE texts SET clean_text = clean_text || '。'"),
    ):
        newer = tmp_path / f"zhengbao-{name}.duckdb"
        newer.write_bytes(published.read_bytes())
        with duckdb.connect(str(newer)) as connection:
            connection.execute(change)
        build_site(newer, tmp_path / "site")
        assert (index.stat().st_mtime_ns == before) == (name == "two")
