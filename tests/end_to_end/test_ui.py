"""What a person sees in the Dagster UI, in a real browser on the real server."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("server")]

ASSETS = "{ assetNodes { assetKey { path } groupName description owners { ... on TeamAssetOwner { team } } kinds opVersion } }"


def test_lineage_graph_shows_every_asset(server, page):
    nodes = server.ask(ASSETS)["assetNodes"]
    names = {node["assetKey"]["path"][-1] for node in nodes}
    assert {"raw_reports", "clean_reports", "sections", "facts", "warehouse_candidate", "warehouse"} <= names
    groups = sorted({node["groupName"] for node in nodes})
    expanded = "%2C".join(f"zhengbao%40__repository__%3A{group}" for group in groups)
    page.goto(f"{server.url}/asset-groups?expanded={expanded}")
    page.wait_for_selector("text=warehouse_candidate", timeout=60_000)
    shown = page.inner_text("body")
    assert not [name for name in names if name not in shown]


def test_checks_tab_shows_results(server, page):
    page.goto(f"{server.url}/assets/facts?view=checks")
    page.wait_for_selector("text=Passed", timeout=60_000)
    shown = page.inner_text("body")
    assert "span" in shown
