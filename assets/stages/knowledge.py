"""The language knowledge of this deployment, compiled once a process."""

from __future__ import annotations

from functools import cache

from assets.loading import kept_for_good
from assets.stages.reference_tables import read_tables
from pipeline.stages import Knowledge


@cache
def knowledge() -> Knowledge:
    """From the tables of seeds/reference and seeds/language."""
    with kept_for_good():
        return Knowledge.from_tables(read_tables())
