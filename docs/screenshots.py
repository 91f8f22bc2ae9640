"""Take the pictures of the README and the docs anew: `make screenshots`.

A throwaway deployment of the sample reports is run and served on loopback; Debian's Chromium looks at it. One report in it
is spoilt on purpose, so that a check warns.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.end_to_end.servers import ROOT, Server, chromium_browser, make_run, running_server

PICTURES = ROOT / "docs" / "pictures"
NODES = """() => {
  const boxes = [...document.querySelectorAll("[class*=AssetNode_assetName]")].map((node) => node.getBoundingClientRect());
  const all = (side, pick) => pick(...boxes.map((box) => box[side]));
  return [all("left", Math.min), all("top", Math.min), all("right", Math.max), all("bottom", Math.max)];
}"""
GROUPS = ("raw", "clean", "sections", "facts", "warehouse", "quality")


def main() -> None:
    """Write docs/pictures/*.png."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        landing, warehouse = Path(folder) / "landing", Path(folder) / "warehouse"
        shutil.copytree(ROOT / "seeds" / "reports", landing)
        for _ in range(2):  # a trend needs two runs
            result = make_run(landing, warehouse)
            assert result.returncode == 0, result.stdout
            spoil(landing)
        with running_server(landing, warehouse) as server, chromium_browser() as browser:
            assert browser is not None, "install Debian's chromium first"
            page = browser.new_context(viewport={"width": 1600, "height": 1000}).new_page()
            for name, path, ready in (
                ("checks", "/assets/document_evidence?view=checks", "text=manifest_agree"),
                ("overview", "/assets/facts?view=overview", "text=Latest materialization"),
                ("plots", "/assets/extraction_quality?view=overview", "text=Plots"),
            ):
                page.goto(server.url + path)
                page.wait_for_selector(ready, timeout=90_000)
                if name == "checks":
                    page.click(ready)
                if name == "plots":
                    page.click(ready)
                page.wait_for_timeout(4000)
                page.screenshot(path=PICTURES / f"{name}.png")
            lineage(browser, server)
            page.goto(f"file://{warehouse / '.zhengbao' / 'pages' / 'column_lineage.html'}#facts.place_code")
            page.wait_for_selector("text=facts.place_code")
            page.screenshot(path=PICTURES / "column_lineage.png")


def lineage(browser: Browser, server: Server) -> None:
    """The whole graph, its groups expanded, cut to the nodes."""
    page = browser.new_context(viewport={"width": 1500, "height": 1600}, device_scale_factor=1.6).new_page()
    page.goto(f"{server.url}/asset-groups?expanded={'%2C'.join(f'global%40global%3A{group}' for group in GROUPS)}")
    page.wait_for_selector("text=clean_reports", timeout=90_000)
    page.click("[aria-label=panel_show_right]")
    page.click("[aria-label=zoom_out]")
    page.wait_for_timeout(4000)
    left, top, right, bottom = page.evaluate(NODES)
    clip = {
        "x": left - 50,
        "y": max(110, top - 60),
        "width": right - left + 100,
        "height": bottom - max(110, top - 60) + 40,
    }
    page.screenshot(path=PICTURES / "lineage.png", clip=clip)


def spoil(landing: Path) -> None:
    """Let the manifest contradict a report."""
    manifest = landing / "manifest.csv"
    header = "path,title,issuer,issuer_place,doc_type,period_label,published_on,url\n"
    manifest.write_text(header + "zibo_wjw/2024_plan.txt,,,青岛市,summary,2019,,\n", encoding="utf-8")


if __name__ == "__main__":
    main()
