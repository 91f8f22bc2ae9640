"""The IO manager: one Parquet file a table and source, which a stage has written aside and which is renamed here."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from assets.landing import is_source_name
from assets.locations import locations
from assets.stages.frames import EXTENSION, StoredFrames


class ParquetIOManager(dg.IOManager):
    """Keeps the files of a run as <base>/<asset>/<source>.parquet, and hands them out by source, sorted."""

    def __init__(self, base: Path) -> None:
        self.base = base

    def handle_output(self, context: dg.OutputContext, obj: StoredFrames | None) -> None:
        """Let the file of every source of the run take its place: a reader sees the old one or the new one, never a part."""
        if obj is None:
            return
        for source in context.asset_partition_keys:
            path = self.path(context.asset_key, source)
            path.parent.mkdir(parents=True, exist_ok=True)
            obj.files[source].replace(path)

    def load_input(self, context: dg.InputContext) -> StoredFrames:
        """The files of every source of the run; their rows are read when they are asked for."""
        return StoredFrames(
            {source: self.path(context.asset_key, source) for source in sorted(context.asset_partition_keys)}
        )

    def path(self, asset: dg.AssetKey, source: str) -> Path:
        """The file of one source.

        Raises:
            ValueError: it is no source name, and could leave the folder.

        """
        if not is_source_name(source):
            raise ValueError(
                f"{source!r} is no name of a source: letters, digits, CJK, '-', '_', '.' and no leading dot."
            )
        return self.base.joinpath(*asset.path, f"{source}{EXTENSION}")


@dg.io_manager(description="One Parquet file a table and source, in the folder of this deployment.")
def stage_files(_: dg.InitResourceContext) -> ParquetIOManager:
    """The IO manager of the deployment that the environment names when a run begins."""
    return ParquetIOManager(locations().stages)
