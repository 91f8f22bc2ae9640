"""Pages that the open-source UI does not have: the column lineage, drawn from the contracts."""

import dagster as dg

from assets.locations import locations
from assets.publication.links import page_link
from assets.stages.code_version import code_version
from assets.stages.tables import OWNERS
from warehouse.lineage_page import column_lineage_page as render


@dg.asset(
    deps=["warehouse"],
    group_name="quality",
    kinds={"html"},
    owners=OWNERS,
    code_version=code_version("candidate"),
    description="A page that draws what each column of the warehouse is made of (列血缘).",
)
def column_lineage_page() -> dg.MaterializeResult[None]:
    """Write the page beside the warehouse."""
    path = locations().pages / "column_lineage.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(), encoding="utf-8")
    return dg.MaterializeResult(
        metadata={"open": dg.MetadataValue.url(page_link(path)), "path": dg.MetadataValue.path(path)}
    )
