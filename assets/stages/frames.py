"""Stage files as they lie: one Parquet file a table and source. Nothing here imports Dagster."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import polars as pl

EXTENSION = ".parquet"

Frames = dict[str, pl.DataFrame]
"""Source -> the rows of one table."""


class StoredFrames(Mapping[str, pl.DataFrame]):
    """Source -> the rows of one table, read from its file whenever they are asked for, so that nobody holds those of all sources."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files

    def __getitem__(self, source: str) -> pl.DataFrame:
        return pl.read_parquet(self.files[source])

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def column(self, source: str, name: str) -> pl.Series:
        """One column of a source."""
        return pl.read_parquet(self.files[source], columns=[name])[name]

    def of(self, source: str, documents: Collection[str]) -> pl.DataFrame:
        """The rows of some documents of a source, in the order of the file."""
        chosen = pl.Series(sorted(documents), dtype=pl.String)
        return pl.scan_parquet(self.files[source]).filter(pl.col("document_id").is_in(chosen.implode())).collect()

    def size(self, source: str) -> int:
        """Bytes of a source's file."""
        return self.files[source].stat().st_size
