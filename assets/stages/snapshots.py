"""The landing zone as a run saw it: what it publishes must be made from that state, for every source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from assets.landing import Zone
from assets.landing.manifest import Note
from assets.locations import locations

STALE = "The stage files of some sources are not those of the landing zone"
"""What a run says that the landing zone has overtaken, and that so publishes nothing."""
MOST_OVERTAKEN = 5
"""So many runs one after another may be overtaken; one more has another cause, and fails."""


class Snapshot(NamedTuple):
    """What a run saw."""

    sources: dict[str, str]
    """Source -> fingerprint."""
    manifest: dict[str, dict[str, str]]
    notes: list[Note]

    @classmethod
    def of(cls, zone: Zone) -> Snapshot:
        """The snapshot of a zone that was just read."""
        return cls({source: zone.fingerprint(source) for source in zone.sources}, zone.manifest.rows, zone.notes)


def keep_snapshot(run_id: str, zone: Zone) -> None:
    """Remember what a run saw until its publishing; those of earlier runs go."""
    folder = locations().snapshots
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink(missing_ok=True)
    aside = folder / f".{run_id}"
    aside.write_text(json.dumps(Snapshot.of(zone), ensure_ascii=False), encoding="utf-8")
    aside.replace(folder / f"{run_id}.json")


def snapshot(run_id: str) -> Snapshot | None:
    """What a run saw; None where it has not read the landing zone."""
    file = locations().snapshots / f"{run_id}.json"
    if not file.is_file():
        return None
    sources, manifest, notes = json.loads(file.read_text(encoding="utf-8"))
    return Snapshot(sources, manifest, [Note(*note) for note in notes])


def overtaken_runs() -> list[str]:
    """The runs since the last publishing that the landing zone has overtaken."""
    file = _overtaken_file()
    return file.read_text(encoding="utf-8").split() if file.is_file() else []


def keep_overtaken(runs: list[str]) -> None:
    """Remember them, for what asks for the next run; none after a publishing."""
    file = _overtaken_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}")
    aside.write_text("\n".join(runs), encoding="utf-8")
    aside.replace(file)


def _overtaken_file() -> Path:
    return locations().snapshots / "overtaken"
