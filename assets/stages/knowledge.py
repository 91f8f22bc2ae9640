"""The language knowledge of this deployment, compiled once a process."""

from __future__ import annotations

import gc
from functools import cache

from assets.stages.reference_tables import read_tables
from pipeline.stages import Knowledge


@cache
def knowledge() -> Knowledge:
    """From the tables of seeds/reference and seeds/language."""
    known = Knowledge.from_tables(read_tables())
    # The tables live as long as the process: the collector need not walk their half a million objects again and again.
    gc.collect()
    gc.freeze()
    # Reports are read into values that refer to no others in a circle: counting references frees them, a look for circles is seldom needed.
    gc.set_threshold(10_000, 20, 20)
    return known
