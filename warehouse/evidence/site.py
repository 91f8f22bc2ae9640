"""A folder of pages: which of them are made of something else than before, and what becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from warehouse.fingerprints import digest, keep_fingerprints

KEPT = ".fingerprints.json"


@dataclass
class Site:
    """A site, and what building it did."""

    folder: Path
    kept: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0

    def stale(self, name: str, *made_of: str) -> bool:
        """Whether a page must be written: it is made of something else than it was, or is gone."""
        self.now[name] = digest(made_of)
        if self.kept.get(name) == self.now[name] and (self.folder / name).exists():
            self.unchanged += 1
            return False
        return True

    def write(self, name: str, text: str) -> None:
        """A reader sees the old page or the new one."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.new")
        aside.write_text(text, encoding="utf-8")
        aside.replace(file)
        self.written += 1

    def finish(self, version: str) -> None:
        """Remove pages of what is gone, and remember what the others were made of."""
        for name in set(self.kept) - set(self.now) - {"version"}:
            (self.folder / name).unlink(missing_ok=True)
        keep_fingerprints(self.folder / KEPT, self.now | {"version": version})
