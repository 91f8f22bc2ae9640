"""Stage files as they lie: one Parquet file a table and source. Nothing here imports Dagster."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

EXTENSION = ".parquet"

Frames = dict[str, pl.DataFrame]
"""Source -> the rows of one table."""


def stored(base: Path, asset: str, sources: Iterable[str]) -> Frames:
    """The rows of an asset by source as the IO manager has stored them, for steps without partitions; a source without a file has none."""
    files = {source: base / asset / f"{source}{EXTENSION}" for source in sorted(sources)}
    return {source: pl.read_parquet(path) for source, path in files.items() if path.exists()}


def concatenate(frames: Frames, schema: Any) -> pl.DataFrame:
    """All sources' rows in the order of the sources; an empty frame of `schema` where there is no source."""
    return pl.concat(frames.values()) if frames else pl.DataFrame(schema=schema)
