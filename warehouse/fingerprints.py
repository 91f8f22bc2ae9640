"""What a published warehouse holds, in a few characters: what is made of it is made anew only where that has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb


def relation_fingerprint(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """A fingerprint of the rows of a table, a view or a parenthesised query, and of their types, whatever their order."""
    described = connection.execute(f"DESCRIBE FROM {relation}").fetchall()
    found = connection.execute(
        f"SELECT count(*), bit_xor(hash(r)), sum(hash(r) % 1000000007)::VARCHAR FROM {relation} AS r"
    ).fetchone()
    return digest([duckdb.__version__, str(described), str(found)])


@cache
def code_fingerprint(folder: Path) -> str:
    """A fingerprint of every file in a folder of code."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return digest(f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)


def digest(parts: Iterable[str]) -> str:
    """One short name for several strings."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


def read_fingerprints(file: Path) -> dict[str, str]:
    """What was kept by `keep_fingerprints`; nothing where the file is gone or damaged, so that all is made anew."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep_fingerprints(file: Path, fingerprints: dict[str, str]) -> None:
    """Write them aside, then at once."""
    aside = file.with_name(f"{file.name}.new")
    aside.write_text(json.dumps(fingerprints, ensure_ascii=False, indent=0), encoding="utf-8")
    aside.replace(file)
