"""What came of `make run`. Nothing here imports Dagster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assets.landing.manifest import Note

if TYPE_CHECKING:
    import dagster as dg

ATTEMPTS = 3
"""A landing zone that changes while it is read is read again so many times."""


@dataclass
class Outcome:
    """What a run did."""

    changed: list[str]
    unchanged: int
    runs: list[str] = field(default_factory=list)
    success: bool = True
    passed: int = 0
    warned: list[dg.AssetCheckEvaluation] = field(default_factory=list)
    failed: list[dg.AssetCheckEvaluation] = field(default_factory=list)
    failed_steps: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    overtaken: bool = False
    """Whether the landing zone changed meanwhile, so that nothing was published."""
