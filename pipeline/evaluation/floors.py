"""The gate: measures may not fall below their floors, and no floor falls silently (门槛).

A floors file names the hash of the gold files and a floor for each measure of each split, and logs every change of any of them.
What holds now must be what the log ends with, so a floor that is lowered without an entry shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from typing import NamedTuple

import yaml

CORPUS = "corpus_sha256"


class Change(NamedTuple):
    """One entry of the log. `name` is "split.measure" or corpus_sha256; `lowering` is the explicit consent to a lower floor."""

    date: date
    name: str
    before: float | str | None
    after: float | str | None
    reason: str
    lowering: bool


class Floors(NamedTuple):
    """The floors by split and measure, the hash of the gold files they were set on, and the log, oldest first."""

    corpus_sha256: str
    floors: dict[str, dict[str, float]]
    log: list[Change]


class Shortfall(NamedTuple):
    """A measure below its floor, or without a value (None)."""

    split: str
    measure: str
    floor: float
    value: float | None


def parse_floors(text: str) -> Floors:
    """The floors from the text of the YAML file."""
    content = yaml.safe_load(text)
    log = [
        Change(
            entry["date"],
            entry["name"],
            entry["from"],
            entry["to"],
            (entry.get("reason") or "").strip(),
            bool(entry.get("lowering", False)),
        )
        for entry in content["log"]
    ]
    return Floors(content[CORPUS], content["floors"], log)


def corpus_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the gold files by their paths within the gold folder, in the order of the paths."""
    digest = sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def gate(
    floors: Floors, measures: Mapping[str, Mapping[str, float]], may_be_absent: Collection[str] = ()
) -> list[Shortfall]:
    """The measures (by split and name) that are below their floors or were not measured.

    A split of `may_be_absent` that was not measured at all is no shortfall: its texts are not everywhere.
    """
    return [
        Shortfall(split, name, floor, value)
        for split, named in floors.floors.items()
        if split in measures or split not in may_be_absent
        for name, floor in named.items()
        if (value := measures.get(split, {}).get(name)) is None or value < floor
    ]


def log_problems(floors: Floors, corpus: str) -> list[str]:
    """Why the floors file is not in order, one line a problem; `corpus` is the hash of the gold files as they are."""
    problems = []
    if floors.corpus_sha256 != corpus:
        problems.append(
            f"the gold files have changed: {CORPUS} is {floors.corpus_sha256}, theirs is {corpus}; measure again, set it and log it"
        )
    current: dict[str, float | str | None] = {CORPUS: floors.corpus_sha256}
    current |= {f"{split}.{name}": floor for split, named in floors.floors.items() for name, floor in named.items()}
    logged: dict[str, float | str | None] = {}
    for change in floors.log:
        where = f"{change.date} {change.name}"
        if not change.reason:
            problems.append(f"{where}: no reason")
        if change.before != logged.get(change.name):
            problems.append(f"{where}: changes {change.before}, but the log had {logged.get(change.name)}")
        if _lowers(change) and not change.lowering:
            problems.append(f"{where}: a floor is lowered without `lowering: true`")
        logged[change.name] = change.after
    problems += [
        f"{name}: is {current.get(name)}, but the log ends with {logged.get(name)}; log the change with its reason"
        for name in sorted({*current, *logged})
        if current.get(name) != logged.get(name)
    ]
    return problems


def _lowers(change: Change) -> bool:
    """A lower floor, or none where there was one."""
    if change.name == CORPUS or not isinstance(change.before, float | int):
        return False
    return not isinstance(change.after, float | int) or change.after < change.before
