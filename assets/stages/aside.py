"""Stage files of a run, written by batch beside those that they will replace (旁存)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from assets.stages.frames import EXTENSION, StoredFrames

SAMPLE = 5
"""Rows of each table that the UI shows."""


class Aside:
    """What a run has made so far: files under hidden names in the folder of the stage files, so that taking their place is one renaming.

    A file that a run has left behind goes with the next (`Ledger.remove`).
    """

    def __init__(self, stages: Path, run_id: str) -> None:
        self._stages = stages
        self._run_id = run_id
        self._parts: dict[str, dict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        """Asset -> source -> rows."""
        self.samples: dict[str, pl.DataFrame] = {}
        """Asset -> its first rows."""

    def add(self, asset: str, frames: Mapping[str, pl.DataFrame]) -> None:
        """Rows of some sources; more rows of a source stand behind those that it has already."""
        for source, rows in frames.items():
            parts = self._parts[asset][source]
            file = self._file(asset, source, f".{len(parts)}")
            file.parent.mkdir(parents=True, exist_ok=True)
            rows.write_parquet(file, compression="zstd", statistics=False)
            parts.append(file)
            self.counts[asset][source] += rows.height
            shown = self.samples.get(asset)
            if shown is None or shown.height < SAMPLE:
                self.samples[asset] = rows.head(SAMPLE) if shown is None else pl.concat([shown, rows]).head(SAMPLE)

    def frames(self, asset: str) -> StoredFrames:
        """The rows by source, a file each."""
        return StoredFrames({source: self._whole(asset, source) for source in self._parts[asset]})

    def _whole(self, asset: str, source: str) -> Path:
        parts = self._parts[asset][source]
        if len(parts) > 1:
            whole = self._file(asset, source, "")
            pl.scan_parquet(parts).sink_parquet(whole, compression="zstd", statistics=False, maintain_order=True)
            for part in parts:
                part.unlink()
            parts[:] = [whole]
        return parts[0]

    def _file(self, asset: str, source: str, part: str) -> Path:
        return self._stages / asset / f".{source}{EXTENSION}.{self._run_id}{part}"
