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
            expanded = "%2C".join(f"global%40global%3A{group}" for group in GROUPS)
            for name, path, ready in (
                ("lineage", f"/asset-groups?expanded={expanded}", "text=warehouse_candidate"),
                ("checks", "/assets/document_evidence?view=checks", "text=manifest_agrees_with_the_report"),
                ("overview", "/assets/extraction_quality?view=overview", "text=dev/strict_f1"),
            ):
                page.goto(server.url + path)
                page.wait_for_selector(ready, timeout=90_000)
                page.wait_for_timeout(4000)
                page.screenshot(path=PICTURES / f"{name}.png")
            page.goto(f"file://{warehouse / '.zhengbao' / 'pages' / 'column_lineage.html'}#facts.place_code")
            page.wait_for_selector("text=facts.place_code")
            page.screenshot(path=PICTURES / "column_lineage.png")


def spoil(landing: Path) -> None:
    """Let the manifest contradict a report."""
    manifest = landing / "manifest.csv"
    header = "path,title,issuer,issuer_place,doc_type,period_label,published_on,url\n"
    manifest.write_text(header + "zibo_wjw/2024_plan.txt,,,青岛市,summary,2019,,\n", encoding="utf-8")


if __name__ == "__main__":
    main()
