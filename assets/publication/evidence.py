"""The evidence site: a page for every document, indicator and place, beside the warehouse."""

from functools import partial

import dagster as dg

from assets import ahead
from assets.locations import locations
from assets.publication.links import page_link
from assets.stages.code_version import code_version
from assets.stages.tables import OWNERS
from warehouse.evidence import build_site
from warehouse.publishing import live


@dg.asset(
    deps=["warehouse"],
    group_name="warehouse",
    kinds={"html"},
    owners=OWNERS,
    code_version=code_version("candidate"),
    description="Static pages on which every figure stands highlighted in its sentence, with search, charts and lists (证据网站).",
)
def evidence_site() -> dg.MaterializeResult[None]:
    """Write the pages whose rows have changed."""
    here = locations()
    path = live(here.warehouse)
    if path is None:
        raise dg.Failure(f"No warehouse is published in {here.warehouse}.")
    site = ahead.done("site", path, partial(build_site, path, here.site, here.scratch))
    return dg.MaterializeResult(
        metadata={
            "open": dg.MetadataValue.url(page_link(site.folder / "index.html")),
            "path": dg.MetadataValue.path(site.folder / "index.html"),
            "pages written": site.written,
            "pages unchanged": site.unchanged,
        }
    )
