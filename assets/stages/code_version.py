"""The version of the code and language tables that a stage's rows depend on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from assets.locations import PROJECT


@cache
def code_version() -> str:
    """12 digits of the SHA-256 over pipeline/, the contracts and seeds/reference: the same inputs and version give the same rows."""
    digest = sha256()
    files = [
        *sorted((PROJECT / "pipeline").rglob("*.py")),
        *sorted((PROJECT / "warehouse" / "contracts").rglob("*.yaml")),
        *sorted((PROJECT / "seeds" / "reference").glob("*.csv")),
    ]
    for file in files:
        digest.update(file.relative_to(PROJECT).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
