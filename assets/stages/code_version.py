"""The version of the code and language tables that a stage's rows depend on, one a stage.

A new unit must not make decoding stale: of pipeline/ a stage depends on the modules that its entry functions import, however
far away, and on the tables of seeds/reference and seeds/language that these name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from assets.locations import PROJECT
from assets.reading import what_reads
from assets.stages.reference_tables import table_files
from warehouse.contract import Stage, tables_of

ENTRIES: dict[Stage, tuple[str, ...]] = {
    "raw": ("pipeline.decoding", "pipeline.readers"),
    "clean": ("pipeline.cleaning", "pipeline.metadata", "pipeline.duplicates"),
    "sections": ("pipeline.sections",),
    "facts": ("pipeline.facts", "pipeline.rankings", "pipeline.commitments", "pipeline.mentions", "pipeline.quotes"),
}
"""What of pipeline/ a stage calls; pipeline.stages, which composes it, counts for every stage."""

EVERY_STAGE = ("pipeline/stages.py", "warehouse/fitting.py", "warehouse/quarantine.py", "warehouse/quality/probes.py")

_IN_QUOTES = re.compile(r"([\"'])(\w+)\1")
_IMPORT = re.compile(r"^\s*(?:from|import) (pipeline[\w.]*)(?: import ([^\n]*))?", re.MULTILINE)


@cache
def code_version(stage: Stage) -> str:
    """12 digits of the SHA-256 over what the stage and those before it depend on: the same files and version give the same rows."""
    stages = list(ENTRIES)
    if stage in ENTRIES:
        files = stage_files(stage)
        before = code_version(stages[stages.index(stage) - 1]) if stage != stages[0] else what_reads()
    else:
        files = sorted((PROJECT / "warehouse").rglob("*.py")) + sorted((PROJECT / "warehouse").rglob("*.sql"))
        files += sorted((PROJECT / "warehouse").rglob("*.yaml"))
        before = code_version("facts")
    return _digest(files, before)


def stage_files(stage: Stage) -> list[Path]:
    """The modules, tables, contracts and promises that a stage's rows depend on."""
    modules = _closure(ENTRIES[stage])
    named = {name for file in modules for name in _words_in_quotes(file)}
    tables = [file for table, files in table_files().items() if table in named for file in files]
    contracts = [PROJECT / "warehouse" / "contracts" / f"{table.table}.yaml" for table in tables_of(stage)]  # type: ignore[arg-type]
    suite = PROJECT / "warehouse" / "quality" / "suites" / f"{stage}.yaml"
    return [*modules, *tables, *contracts, suite, *(PROJECT / name for name in EVERY_STAGE)]


@cache
def evaluation_version() -> str:
    """What the measures of the extractor depend on."""
    return _digest(_closure(("pipeline.evaluation",)), code_version("facts"))


def _closure(roots: Iterable[str]) -> list[Path]:
    """The files of the modules and all that they import of pipeline/."""
    found: set[Path] = set()
    waiting = [file for root in roots for file in _files(root, whole=True)]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found.add(file)
        waiting += _imported(file)
    return sorted(found)


# The stages share most of their modules: each file is looked at once.
@cache
def _imported(file: Path) -> list[Path]:
    """The files of what a module imports of pipeline/."""
    found: list[Path] = []
    for module, names in _IMPORT.findall(file.read_text(encoding="utf-8")):
        found += _files(module)
        found += [other for name in re.findall(r"\w+", names) for other in _files(f"{module}.{name}")]
    return found


@cache
def _words_in_quotes(file: Path) -> set[str]:
    """What of a module may name a table."""
    return {word for _, word in _IN_QUOTES.findall(file.read_text(encoding="utf-8"))}


@cache
def _files(module: str, *, whole: bool = False) -> list[Path]:
    """The file of a module, of a package its __init__ (or all of it)."""
    place = PROJECT.joinpath(*module.split("."))
    if place.is_dir():
        return sorted(place.rglob("*.py")) if whole else [place / "__init__.py"]
    file = place.with_suffix(".py")
    return [file] if file.is_file() else []


def _digest(files: Iterable[Path], before: str) -> str:
    digest = sha256(before.encode())
    for file in dict.fromkeys(files):
        digest.update(file.relative_to(PROJECT).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
