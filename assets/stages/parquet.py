"""The IO manager: one Parquet file a table and source, written aside and then renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dagster as dg
import polars as pl

from assets.landing import is_source_name
from assets.locations import locations
from assets.stages.frames import EXTENSION, Frames

if TYPE_CHECKING:
    from upath import UPath


class ParquetIOManager(dg.UPathIOManager):
    """Stores {source: frame} as <base>/<asset>/<source>.parquet and loads the same shape, sorted by source.

    dagster-polars and the base class write one partition a run only (dagster#14332).
    """

    extension = EXTENSION

    def get_path_for_partition(self, context: dg.InputContext | dg.OutputContext, path: UPath, partition: str) -> UPath:
        """The file of one source.

        Raises:
            ValueError: the key is no source name, and could leave the folder.

        """
        del context
        if not is_source_name(partition):
            raise ValueError(
                f"{partition!r} is no name of a source: letters, digits, CJK, '-', '_', '.' and no leading dot."
            )
        return path / partition

    def handle_output(self, context: dg.OutputContext, obj: Frames | None) -> None:
        """Write every source of the run."""
        if obj is None:
            return
        for source, path in self._get_paths_for_partitions(context).items():
            self.make_directory(path.parent)
            self.dump_to_path(context, obj[source], path)

    def load_input(self, context: dg.InputContext) -> Frames:
        """Read every source of the run."""
        paths = self._get_paths_for_partitions(context)
        return {source: self.load_from_path(context, paths[source]) for source in sorted(paths)}

    def dump_to_path(self, context: dg.OutputContext, obj: pl.DataFrame, path: UPath) -> None:
        """A reader sees the old file or the new one, never a part."""
        aside = path.with_name(f".{path.name}.{context.run_id}")
        with aside.open("wb") as file:
            obj.write_parquet(file, compression="zstd", statistics=False)
        aside.rename(path)

    def load_from_path(self, context: dg.InputContext, path: UPath) -> pl.DataFrame:
        """The rows of one source."""
        del context
        with path.open("rb") as file:
            return pl.read_parquet(file)


@dg.io_manager(description="One Parquet file a table and source, in the folder of this deployment.")
def stage_files(_: dg.InitResourceContext) -> ParquetIOManager:
    """The IO manager of the deployment that the environment names when a run begins."""
    from upath import UPath  # loads fsspec

    return ParquetIOManager(UPath(locations().stages))
