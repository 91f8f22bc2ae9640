"""Which version the object store points to, as this deployment remembers it. Nothing here imports Dagster."""

from __future__ import annotations

import json
from pathlib import Path

from assets.locations import locations
from warehouse.publishing import live


def is_stored() -> bool:
    """Whether the live version is the one that was last pointed to on the store; True where there is no store."""
    here = locations()
    path = live(here.warehouse)
    if not here.store or path is None:
        return True
    try:
        found = json.loads((here.work / "stored.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found == {"store": here.store, "version": path.name})


def remember(store: str, path: Path) -> None:
    """That the store points to this version."""
    file = locations().work / "stored.json"
    aside = file.with_suffix(".aside")
    aside.write_text(json.dumps({"store": store, "version": path.name}), encoding="utf-8")
    aside.replace(file)
