"""What must be done so that the live warehouse is that of the landing zone. Nothing here imports Dagster: where nothing has changed, it is not loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import duckdb

from assets.landing import current_zone
from assets.landing.manifest import Note
from assets.locations import locations
from assets.publication.pointed import is_stored
from assets.publication.written_by import written_by
from assets.stages.code_version import code_version
from assets.stages.ledger import Ledger
from assets.stages.snapshots import overtaken_runs
from warehouse.publishing import held_elsewhere, live


@dataclass(frozen=True)
class Plan:
    """What must be done so that the live warehouse is that of the landing zone."""

    found: list[str]
    changed: set[str]
    """Sources whose files, manifest rows or code differ from what is published."""
    publish: bool
    """Whether the warehouse must be written anew, with or without changed sources."""
    settled: bool
    key: str
    """One key for one state of the landing zone, the published warehouse and the code."""
    notes: list[Note]


def plan(meanwhile: Callable[[], None] | None = None) -> Plan:
    """Compare the landing zone, the stage files and the live warehouse; `meanwhile` is done where files must come to rest first.

    Raises:
        LandingError: the landing zone cannot be used.

    """
    here = locations()
    zone = current_zone(meanwhile)
    wanted = {source: f"{zone.fingerprint(source)}-{code_version('facts')}" for source in zone.sources}
    published, code = published_state()
    ledger = Ledger(here.stages)
    changed = {
        source
        for source, value in wanted.items()
        if published.get(source) != value or not ledger.is_current(source, zone.fingerprint(source), thorough=False)
    }
    publish = bool(changed) or set(published) != set(wanted) or code != code_version("candidate") or not is_stored()
    # A run that was overtaken asks for another, even where all is as it was when it was asked for.
    told = (sorted(wanted.items()), sorted(published.items()), code_version("candidate"), overtaken_runs())
    state = sha256(repr(told).encode())
    return Plan(zone.sources, changed, publish, not zone.being_written, state.hexdigest(), zone.notes)


def published_state() -> tuple[dict[str, str], str]:
    """Source -> fingerprint of what the live warehouse was made from, and the code that wrote it; empty before the first publishing."""
    path = live(locations().warehouse)
    if path is None:
        return {}, ""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            fingerprints = dict(connection.execute("select source, fingerprint from sources").fetchall())
    except duckdb.Error as error:
        if held_elsewhere(error):
            raise
        return {}, ""  # a damaged file, or one of an early build: everything is made anew, and it is replaced
    return fingerprints, written_by(path)
