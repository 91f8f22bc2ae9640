"""The candidate for the next live warehouse: one new DuckDB file made from the stage files of all sources (待审仓库)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Any

from assets import ahead
from assets.landing import UNFILED
from assets.landing.manifest import Note
from assets.locations import Locations, locations
from assets.publication.made_of import keep_made_of, made_of
from assets.publication.writers import writer
from assets.quality.check_results import now
from assets.stages.ledger import Ledger
from assets.stages.reference_tables import REFERENCE_FOLDER
from assets.stages.snapshots import Snapshot, snapshot
from assets.stages.stage_tables import STAGE_TABLES
from pipeline.ids import document_id
from warehouse.candidate import write_candidate
from warehouse.publishing import live


def candidate_path(run_id: str) -> Path:
    """The file that a run writes, audits and publishes."""
    return locations().candidates / f"{run_id}.duckdb"


def begin_candidate(run_id: str) -> None:
    """Begin to write the candidate while the last stage is judged: its files are whole, and nobody finds it before it is audited."""
    seen = snapshot(run_id)
    if seen is None:
        return
    sources, stale = what_is_current(Ledger(locations().stages), seen)
    if not stale:
        about, write = candidate(run_id, seen, sources)
        ahead.begin("candidate", about, writer(live(locations().warehouse)), write)


def candidate(run_id: str, seen: Snapshot, sources: list[str]) -> tuple[object, Callable[[], dict[str, int]]]:
    """What decides the candidate of a run, and what writes it."""
    places = locations()
    path = candidate_path(run_id)
    files = stage_files(places, sources)
    published = live(places.warehouse)
    before = made_of(published)
    ledger = Ledger(places.stages)
    digests = {source: ledger.digest(source) for source in sources}
    write = partial(
        write_alone,
        path,
        files,
        digests,
        reference=REFERENCE_FOLDER,
        published=published,
        unchanged=[source for source, digest in digests.items() if digest and before.get(source) == digest],
        run_id=run_id,
        built_at=now(),
        rejects=[note_row(note) for note in seen.notes],
        scratch=places.scratch,
    )
    return (path, files), write


def write_alone(path: Path, files: dict[str, list[Path]], digests: dict[str, str], **more: Any) -> dict[str, int]:
    """Write it, and remove what is left of runs that died: this one holds the lock. Rows by table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for leftover in path.parent.glob("*"):
        rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    counts = write_candidate(path, files, **more)
    keep_made_of(path, digests)
    return counts


def what_is_current(ledger: Ledger, seen: Snapshot) -> tuple[list[str], list[str]]:
    """The sources to publish, all that the run saw, and those of them whose stage files are of another state of the landing zone.

    One that came in behind the run's start, and has no files yet, is left to the next. Half-made, deleted, damaged or older stage
    files are never published as current.
    """
    stale = [
        source
        for source, fingerprint in sorted(seen.sources.items())
        if not ledger.is_new(source) and not ledger.is_current(source, fingerprint)
    ]
    return [source for source in sorted(seen.sources) if not ledger.is_new(source)], stale


def make_again(ledger: Ledger, sources: Iterable[str]) -> None:
    """Let the stage files of some sources count no longer: the next run makes them again from the raw stage on."""
    ledger.begin("raw", sources)


def note_row(note: Note) -> tuple[str, ...]:
    """What a person should know of the landing zone, as a row of rejects."""
    return ("candidate", UNFILED, note.path, document_id(UNFILED, note.path), note.reason, note.detail, note.remedy)


def stage_files(places: Locations, sources: list[str]) -> dict[str, list[Path]]:
    """Table -> the Parquet files of all present sources; `rejects` from every stage."""
    files: dict[str, list[Path]] = {}
    for assets in STAGE_TABLES.values():
        for asset, table in assets.items():
            own = [places.stages / asset / f"{source}.parquet" for source in sources]
            files.setdefault(table, []).extend(file for file in own if file.exists())
    return files
