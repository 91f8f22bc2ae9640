"""Processes that write what is published: the candidate, and behind the published version exports and evidence site (写出).

Nothing here imports Dagster.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from assets.processes import Beside
from assets.stages import workers

AT_ONCE = 2
"""Exports and site are written beside each other."""
MUCH = 300_000_000
"""Bytes of a published file, of some fifty megabytes of reports: candidate and exports take longer than loading a process."""


def _load() -> None:
    for module in ("datasketch", "assets.publication.candidates", "warehouse.exporting", "warehouse.evidence"):
        importlib.import_module(module)


own = Beside(_load, lambda: AT_ONCE, "write")
"""They hold no language and nothing of what was read."""


def writer(published: Path | None) -> Beside:
    """The process that read, which has loaded what writing needs too; where there was much to read or is much to write, one without what it holds.

    `published` is the version at hand. What a process has freed it keeps for a while: candidate and exports come on top of one another.
    """
    much = published is not None and published.stat().st_size >= MUCH
    if len(workers.beside.numbers) > 1 or (workers.beside.is_started and much):
        own.start()
        return own
    return workers.beside
