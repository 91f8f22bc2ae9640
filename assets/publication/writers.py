"""Processes that write what is published: the candidate, and behind the published version exports and evidence site (写出).

They hold no language, and a bounded part of the rows. Nothing here imports Dagster.
"""

from __future__ import annotations

import importlib

from assets.processes import Beside

AT_ONCE = 2
"""Exports and site are written beside each other."""


def _load() -> None:
    for module in ("assets.publication.candidates", "warehouse.exporting", "warehouse.evidence"):
        importlib.import_module(module)


beside = Beside(_load, lambda: AT_ONCE, "write")
