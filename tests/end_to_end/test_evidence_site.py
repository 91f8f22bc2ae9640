"""The evidence site in a real browser, from the folder and narrow as a telephone: seen, reachable, inert."""

import shutil

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.mutation.good_set import write_good_candidate
from warehouse.evidence import build_site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("server")]

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
WIDTHS = (1280, 390)
PAGES = ("index", "document", "indicator", "place", "missed", "contradictions")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    database = write_good_candidate(folder).rename(folder / "zhengbao-one.duckdb")
    with duckdb.connect(str(database)) as connection:
        connection.execute("UPDATE documents SET title = title || ?, source = ?, path = path || ?", [HOSTILE] * 3)
        connection.execute("UPDATE sections SET heading = heading || ? WHERE heading <> ''", [HOSTILE])
        connection.execute("UPDATE indicators SET name_zh = name_zh || ?", [HOSTILE])
        (coded,) = connection.execute("SELECT document_id FROM facts WHERE indicator_code = 'T001' LIMIT 1").fetchone()
    return build_site(database, folder / "site"), coded


def address(site, page):
    built, coded = site
    files = {
        "document": f"documents/{coded}.html",
        "indicator": "indicators/T001.html",
        "place": next((built.folder / "places").glob("*.html")).relative_to(built.folder).as_posix(),
    }
    return (built.folder / files.get(page, f"{page}.html")).as_uri()


@pytest.fixture
def look(browser):
    """A page of a given width that notes errors, dialogs, and requests beyond the folder."""
    opened = []

    def at(width, language="zh-CN"):
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        page = context.new_page()
        page.noted = []
        page.on("pageerror", lambda error: page.noted.append(str(error)))
        page.on("dialog", lambda dialog: (page.noted.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda sent: None if sent.url.startswith("file:") else page.noted.append(sent.url))
        opened.append(context)
        return page

    yield at
    for context in opened:
        context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_readable_accessible_and_inert(site, look, width, name):
    page = look(width)
    page.goto(address(site, name))
    assert page.locator("h1").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("document.images.length") == 0
    assert not page.noted
    found = Axe().run(page).response["violations"]
    assert not [one for one in found if one["impact"] in ("serious", "critical")], found


def test_hostile_names_show_as_text(site, look):
    page = look(1280)
    page.goto(address(site, "index"))
    assert HOSTILE in page.inner_text("table")
    page.goto(address(site, "document"))
    assert HOSTILE in page.inner_text("h1")
    assert HOSTILE in page.inner_text(".outline")
    assert not page.noted


@pytest.mark.parametrize("width", WIDTHS)
def test_a_highlight_tells_its_fields_by_pointer_and_by_keyboard(site, look, width):
    page = look(width)
    page.goto(address(site, "document"))
    mark = page.locator(".text mark.fact").first
    mark.click()
    card = page.locator("#card")
    assert mark.inner_text() in card.inner_text()
    assert "指标原文" in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.keyboard.press("Enter")
    assert card.is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert card.is_visible()
    assert not page.noted


def test_a_point_of_the_chart_has_its_sentence(site, look):
    page = look(1280)
    page.goto(address(site, "indicator"))
    for link in page.locator("td a[href*='#q-']").all()[:3]:
        words = link.inner_text()
        page.goto(page.evaluate("(link) => link.href", link.element_handle()))
        assert words in page.locator("mark.chosen").all_inner_texts()
        page.go_back()


def test_raw_and_clean_stand_side_by_side(site, look):
    page = look(1280)
    page.goto(address(site, "document"))
    assert not page.locator(".raw").first.is_visible()
    page.check("#compare")
    left, right = (
        page.locator(".line:not(.removed) p").nth(0).bounding_box(),
        page.locator(".line:not(.removed) .raw").nth(0).bounding_box(),
    )
    assert right["x"] > left["x"] + left["width"] / 2
    assert abs(left["y"] - right["y"]) < 10


def test_search_works_without_a_server(site, look):
    page = look(390)
    page.goto(address(site, "index"))
    for words, heading in (("签约率", "指标"), ("苏州", "地区"), ("夜间门诊", "原文")):
        page.fill("#words", words)
        page.press("#words", "Enter")
        page.wait_for_function(
            "([heading, words]) => document.getElementById('found').innerText.includes(heading) && document.querySelector('#found li')",
            arg=[heading, words],
        )
        assert words in page.inner_text("#found ul:last-child" if heading == "原文" else "#found")
    page.click("#found ul:last-child a")
    assert "documents/" in page.url
    assert not page.noted


def test_labels_are_in_the_reader_s_language(site, look):
    page = look(1280, "en-GB")
    page.goto(address(site, "index"))
    assert "Every figure in its sentence" in page.inner_text("h1")
    page.click("#language")
    assert page.inner_text("h1") == "每个数字都有出处"


def test_lists_are_there_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "document"))
    assert page.locator("table tbody tr").count() > 0
    page.locator("table tbody tr a[href^='#q-']").first.click()
    assert page.url.split("#")[1].startswith("q-")
    context.close()


def test_the_site_can_be_moved(site, look, tmp_path):
    shutil.copytree(site[0].folder, tmp_path / "elsewhere")
    page = look(1280)
    page.goto((tmp_path / "elsewhere" / "index.html").as_uri())
    page.click("table a")
    assert page.locator(".text mark").count() > 0
    assert not page.noted
