"""The published warehouse on an object store, for readers on other machines; only where ZHENGBAO_STORE names one."""

from __future__ import annotations

import dagster as dg

from assets.automation.retention import kept_versions
from assets.locations import locations
from assets.publication.pointed import remember
from assets.stages.code_version import code_version
from assets.stages.tables import OWNERS
from warehouse.publishing import live


@dg.asset(
    deps=["warehouse", "exports"],
    group_name="warehouse",
    kinds={"duckdb", "s3"},
    owners=OWNERS,
    code_version=code_version("candidate"),
    required_resource_keys={"one_runner"},
    description="The published version and its exports as objects, and the pointer switched to them (对象存储).",
)
def stored_warehouse() -> dg.MaterializeResult[None]:
    """Upload, switch the pointer on condition, delete what publishers that died have left."""
    from warehouse.storage.probe import require_conditional_writes  # with the packages of a deployment alone
    from warehouse.storage.store import Store
    from warehouse.storage.versions import publish_to_store, sweep

    here = locations()
    path = live(here.warehouse)
    if path is None:
        raise dg.Failure(f"No warehouse is published in {here.warehouse}.")
    store = Store(here.store)
    require_conditional_writes(store)
    version = publish_to_store(store, path, here.exports, kept_versions())
    remember(here.store, path)
    return dg.MaterializeResult(
        metadata={
            "address": here.store,
            "version": version.name,
            "bytes": version.size,
            "exports": len(version.exports),
            "swept": len(sweep(store)),
        }
    )
