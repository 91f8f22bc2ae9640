"""Take the pictures of the README and the docs anew: `make screenshots`.

A throwaway deployment of the sample reports is run and served on loopback; Debian's Chromium looks at it. One report in it
is spoilt on purpose, so that a check warns.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.end_to_end.servers import ROOT, Server, chromium_browser, make_run, running_server

PICTURES = ROOT / "docs" / "pictures"
NODES = """() => {
  const boxes = [...document.querySelectorAll("[class*=AssetNode_], [class*=CollapsedGroupNode_]")].map((node) => node.getBoundingClientRect());
  const all = (side, pick) => pick(...boxes.filter((box) => box.width).map((box) => box[side]));
  return [all("left", Math.min), all("top", Math.min), all("right", Math.max), all("bottom", Math.max)];
}"""
KNOWN = "() => !/fetching statuses|Loading/.test(document.body.innerText)"
EXPANDED = "warehouse"
"""The group whose assets the picture of the lineage shows; with all of them it cannot be read at the width of a page."""
REPORT = "淄博市"
"""The place of the report on the picture of the evidence site."""


def main() -> None:
    """Write docs/pictures/*.png."""
    with tempfile.TemporaryDirectory() as folder:
        landing, warehouse = Path(folder) / "landing", Path(folder) / "warehouse"
        shutil.copytree(ROOT / "seeds" / "reports", landing)
        for _ in range(2):  # a trend needs two runs
            result = make_run(landing, warehouse)
            assert result.returncode == 0, result.stdout
            spoil(landing)
        take(landing, warehouse)


def take(landing: Path, warehouse: Path) -> None:
    """Every picture, of a deployment that has run."""
    PICTURES.mkdir(exist_ok=True)
    with running_server(landing, warehouse) as server, chromium_browser() as browser:
        assert browser is not None, "install Debian's chromium first"
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        for name, path, ready in (
            ("checks", "/assets/document_evidence?view=checks", "text=manifest_agree"),
            ("overview", "/assets/facts?view=overview", "text=Latest materialization"),
            ("plots", "/assets/extraction_quality?view=overview", "text=Plots"),
        ):
            page.goto(server.url + path)
            page.wait_for_selector(ready, timeout=90_000)
            if name in ("checks", "plots"):
                page.click(ready)
            page.wait_for_timeout(4000)
            page.screenshot(path=PICTURES / f"{name}.png")
        lineage(browser, server)
        page.goto(f"{server.pages}/pages/column_lineage.html#facts.place_code")
        page.wait_for_selector("text=facts.place_code")
        page.set_viewport_size({"width": 1600, "height": 1000})
        page.screenshot(path=PICTURES / "column_lineage.png")
        evidence(page, server)


def lineage(browser: Browser, server: Server) -> None:
    """The graph from top to bottom, its groups closed but one, cut to the nodes."""
    page = browser.new_context(viewport={"width": 1500, "height": 1500}).new_page()
    page.add_init_script("localStorage.setItem('asset-graph-direction', '\"vertical\"')")
    page.goto(f"{server.url}/asset-groups?expanded=global%40global%3A{EXPANDED}")
    page.wait_for_selector("text=warehouse_candidate", timeout=90_000)
    page.wait_for_function(KNOWN, timeout=90_000)
    page.wait_for_timeout(1000)
    left, top, right, bottom = page.evaluate(NODES)
    clip = {"x": left - 20, "y": top - 20, "width": right - left + 40, "height": bottom - top + 40}
    page.screenshot(path=PICTURES / "lineage.png", clip=clip)


def evidence(page: Page, server: Server) -> None:
    """A report of the evidence site with the card of a figure open."""
    page.set_viewport_size({"width": 1180, "height": 600})
    page.goto(f"{server.pages}/site/index.html")
    page.click(f"table a:has-text('{REPORT}')")
    page.locator(".text mark.fact").nth(3).click()
    page.wait_for_selector("#card:visible")
    page.screenshot(path=PICTURES / "evidence.png")


def spoil(landing: Path) -> None:
    """Let the manifest contradict a report."""
    manifest = landing / "manifest.csv"
    header = "path,title,issuer,issuer_place,doc_type,period_label,published_on,url\n"
    manifest.write_text(header + "zibo_wjw/2024_plan.txt,,,青岛市,summary,2019,,\n", encoding="utf-8")


if __name__ == "__main__":
    main()
