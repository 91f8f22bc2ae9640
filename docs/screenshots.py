"""Take the pictures of the README and the docs anew: `make screenshots`.

A throwaway deployment of the sample reports is run and served on loopback; Debian's Chromium looks at it. One report in it
is spoilt on purpose, so that a check warns.
"""

import shutil
import tempfile
from pathlib import Path

from tests.end_to_end.servers import ROOT, chromium_browser, make_run, running_server

PICTURES = ROOT / "docs" / "pictures"
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


def lineage(browser, server) -> None:
    """The whole graph, its groups expanded."""
    page = browser.new_context(viewport={"width": 1300, "height": 1250}, device_scale_factor=1.5).new_page()
    page.goto(f"{server.url}/asset-groups?expanded={'%2C'.join(f'global%40global%3A{group}' for group in GROUPS)}")
    page.wait_for_selector("text=clean_reports", timeout=90_000)
    page.click("[aria-label=panel_show_right]")
    for _ in range(2):
        page.click("[aria-label=zoom_out]")
        page.wait_for_timeout(500)
    page.wait_for_timeout(3000)
    page.screenshot(path=PICTURES / "lineage.png")


def spoil(landing: Path) -> None:
    """Let the manifest contradict a report."""
    manifest = landing / "manifest.csv"
    header = "path,title,issuer,issuer_place,doc_type,period_label,published_on,url\n"
    manifest.write_text(header + "zibo_wjw/2024_plan.txt,,,青岛市,summary,2019,,\n", encoding="utf-8")


if __name__ == "__main__":
    main()
