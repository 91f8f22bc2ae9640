"""Which code wrote a published warehouse: a changed view or contract is published though no report changed."""

from __future__ import annotations

import json
from pathlib import Path

from assets.locations import locations


def written_by(version: Path) -> str:
    """The code version of a published file; empty where it is not known."""
    return _read().get(version.name, "")


def record_writer(version: Path, code: str, kept: list[Path]) -> None:
    """Remember it, and forget versions that are gone."""
    known = _read() | {version.name: code}
    names = {path.name for path in kept}
    file = locations().work / "written_by.json"
    aside = file.with_suffix(".aside")
    aside.write_text(json.dumps({name: said for name, said in known.items() if name in names}), encoding="utf-8")
    aside.replace(file)


def _read() -> dict[str, str]:
    try:
        found = json.loads((locations().work / "written_by.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
