"""A failed blocking check as the page of its run shows it: which rows, and what to do, before any stack trace (运行页)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import dagster as dg

SHOWN_CHECKS = 3
SHOWN_ROWS = 2
"""The page of a run shows about ten lines of a failure, with the trace below them; the rest is in its metadata."""
WIDTH = 160


class Broken(NamedTuple):
    """A blocking check that failed."""

    check: str
    asset: str
    rows: Sequence[str]
    """Failing rows in words, some of them."""
    failing: int
    action: str
    """What a person does."""


class NothingPublishedError(dg.Failure):
    """Blocking checks failed. Its first lines say which rows, and what to do."""

    def __init__(self, broken: Sequence[Broken], metadata: Mapping[str, dg.MetadataValue] | None = None) -> None:
        super().__init__(told(broken), metadata or {}, allow_retries=False)


def told(broken: Sequence[Broken]) -> str:
    """What failed, in lines of plain text."""
    count = "a blocking check" if len(broken) == 1 else f"{len(broken)} blocking checks"
    lines = [f"Nothing is published, since {count} failed; readers keep the last warehouse."]
    for one in broken[:SHOWN_CHECKS]:
        lines.append(f"{one.check} on {one.asset}: {one.failing} failing")
        lines += [f"    {shortened(row)}" for row in one.rows[:SHOWN_ROWS]]
        lines.append(f"    To do: {one.action}")
    if len(broken) > SHOWN_CHECKS:
        lines.append("Also failed: " + ", ".join(one.check for one in broken[SHOWN_CHECKS:]))
    return "\n".join(lines)


def in_words(row: dict[str, object]) -> str:
    """A failing row: its file first, then what stands in it.

    >>> in_words({"fact_id": "7f", "file": "a/b.txt", "failed": "value is missing", "quote": None})
    'a/b.txt: fact_id 7f, failed value is missing'
    """
    file = row.get("file")
    said = ", ".join(
        f"{name} {value}" for name, value in row.items() if name != "file" and value is not None and value != ""
    )
    return f"{file}: {said}" if file else said


def shortened(text: str) -> str:
    """One line, cut to what the page shows in one."""
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"
