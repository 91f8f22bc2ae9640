"""`python -m assets.commands.store fetch|show|sweep [ADDRESS]`: the published versions of an object store, from any machine."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from assets.automation.retention import kept_versions
from assets.locations import locations
from warehouse.storage.probe import require_conditional_writes
from warehouse.storage.store import Store, StoreError
from warehouse.storage.versions import fetch, missing, pointed, sweep


def main() -> int:
    """0: done; 1: the store could not do it, or does not hold what its pointer names."""
    parser = argparse.ArgumentParser(prog="store", description=__doc__)
    parser.add_argument(
        "what",
        choices=["fetch", "show", "probe", "sweep"],
        help="bring the live version here; list the kept ones; try whether the store keeps conditions; delete orphans",
    )
    parser.add_argument("address", nargs="?", default=locations().store, help="without it ZHENGBAO_STORE")
    parser.add_argument("--folder", type=Path, default=locations().warehouse, help="where to fetch to")
    parser.add_argument("--hours", type=float, default=24, help="the age from which an orphan is swept")
    asked = parser.parse_args()
    if not asked.address:
        parser.error("Name an address, or set ZHENGBAO_STORE.")
    try:
        return _do(asked, Store(asked.address))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1


def _do(asked: argparse.Namespace, store: Store) -> int:
    if asked.what == "fetch":
        print(fetch(store, asked.folder, kept_versions()))
    elif asked.what == "probe":
        require_conditional_writes(store)
        print(f"{store.address} keeps its conditions.")
    elif asked.what == "sweep":
        print("\n".join(sweep(store, timedelta(hours=asked.hours))))
    else:
        kept, _ = pointed(store)
        for version in kept:
            print(f"{version.name}  {version.size:,} bytes, {len(version.exports)} exports")
        gone = missing(store, kept)
        print("\n".join(f"missing: {key}" for key in gone), end="\n" if gone else "")
        return 1 if gone else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
