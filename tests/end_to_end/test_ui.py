"""What a person sees in the Dagster UI, in a real browser on the real server."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("server")]

ASSETS = "{ assetNodes { assetKey { path } groupName description owners { ... on TeamAssetOwner { team } } kinds opVersion } }"


def test_lineage_graph_shows_every_asset(server, page):
    nodes = server.ask(ASSETS)["assetNodes"]
    names = {node["assetKey"]["path"][-1] for node in nodes}
    assert {"raw_reports", "clean_reports", "sections", "facts", "warehouse_candidate", "warehouse"} <= names
    page.set_viewport_size({"width": 1600, "height": 1700})  # nodes outside the view, or too small, are not drawn
    groups = sorted({node["groupName"] for node in nodes})
    page.goto(f"{server.url}/asset-groups?expanded={'%2C'.join(f'global%40global%3A{group}' for group in groups)}")
    page.wait_for_selector("text=clean_reports", timeout=60_000)
    shown = set()
    for _ in range(3):
        shown |= set(page.locator("[class*=AssetNode_assetName]").all_inner_texts())
        page.click("[aria-label=zoom_out]")
        page.wait_for_timeout(700)
    assert not [name for name in names if not any(is_label_of(label, name) for label in shown)], shown


def is_label_of(label, name):
    """Long names are shown with … in the middle."""
    start, _, end = label.partition("…")
    return label == name or ("…" in label and name.startswith(start) and name.endswith(end))


def test_checks_tab_shows_results(server, page):
    page.goto(f"{server.url}/assets/facts?view=checks")
    page.wait_for_selector("text=Passed", timeout=60_000)
    shown = page.inner_text("body")
    assert "span" in shown


def test_a_run_by_hand_stands_on_the_timeline(server, page):
    page.goto(f"{server.url}/overview/activity/timeline")
    page.wait_for_selector("a:has-text('materialise_and_publish')", timeout=60_000)  # jobs without a run are not listed
