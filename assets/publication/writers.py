"""Processes that write what is published: the candidate, and behind the published version exports and evidence site (写出).

Nothing here imports Dagster.
"""

from __future__ import annotations

import importlib

from assets.processes import Beside
from assets.stages import workers

AT_ONCE = 2
"""Exports and site are written beside each other."""


def _load() -> None:
    for module in ("datasketch", "assets.publication.candidates", "warehouse.exporting", "warehouse.evidence"):
        importlib.import_module(module)


own = Beside(_load, lambda: AT_ONCE, "write")
"""They hold no language and nothing of what was read."""


def writer() -> Beside:
    """The process that read, which has loaded what writing needs too; where several had much to read, one without what they hold."""
    if len(workers.beside.numbers) > 1:
        own.start()
        return own
    return workers.beside
