"""The published warehouse as files for other tools."""

from functools import partial

import dagster as dg

from assets import ahead
from assets.locations import locations
from assets.stages.code_version import code_version
from assets.stages.tables import OWNERS
from warehouse.exporting import export
from warehouse.publishing import live


@dg.asset(
    deps=["warehouse"],
    group_name="warehouse",
    kinds={"parquet", "csv", "excel"},
    owners=OWNERS,
    code_version=code_version("candidate"),
    description="Parquet, CSV and XLSX files of the published tables and views, each folder a Frictionless data package (导出).",
)
def exports() -> dg.MaterializeResult[None]:
    """Write anew what has changed since the last export."""
    here = locations()
    path = live(here.warehouse)
    if path is None:
        raise dg.Failure(f"No warehouse is published in {here.warehouse}.")
    done = ahead.done("exports", path, partial(export, path, here.exports, here.scratch))
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(done.folder),
            "written": len(done.written),
            "unchanged": done.unchanged,
            "rows": dg.MetadataValue.json(done.rows),
        }
    )
