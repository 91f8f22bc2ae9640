"""What the live warehouse was made from: source -> digest of its stage files, with the code that wrote it (所据)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from assets.locations import locations
from assets.stages.code_version import code_version


def keep_made_of(candidate: Path, digests: Mapping[str, str]) -> None:
    """Remember beside a candidate what it was made from."""
    told = {"version": candidate.stem, "code": code_version("candidate"), "sources": digests}
    _beside(candidate).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def record_made_of(candidate: Path) -> None:
    """The candidate was published: what it was made from is what the live warehouse is made from."""
    if _beside(candidate).exists():
        _beside(candidate).replace(_file())


def made_of(version: Path | None) -> dict[str, str]:
    """Source -> digest of the stage files that a published version was made from by the code of now; empty where that is not known."""
    try:
        told = json.loads(_file().read_text(encoding="utf-8"))
        is_it = version is not None and version.stem == f"zhengbao-{told['version']}"
        return dict(told["sources"]) if is_it and told["code"] == code_version("candidate") else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _beside(candidate: Path) -> Path:
    return candidate.with_suffix(".json")


def _file() -> Path:
    return locations().work / "made_of.json"
