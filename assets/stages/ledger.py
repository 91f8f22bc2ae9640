"""The ledger: what the stage files of a source were made from, written last, so that half-made or old files are never taken.

One small file a stage and source. It is removed before the stage's tables are written and written anew behind them; it names the
state of the landing zone and the code that they were made from, each document's digest, and the hash of each file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path

import polars as pl

from assets.stages.code_version import code_version
from assets.stages.stage_tables import STAGE_TABLES
from warehouse.contract import Stage

FOLDER = ".ledger"


@dataclass(frozen=True)
class Stamp:
    """What the files of one source and stage were made from."""

    fingerprint: str
    """Of the source in the landing zone."""
    code: str
    """Version of the code of this stage and those before it."""
    documents: dict[str, str]
    """Document -> digest of what it was made from, in the order of the rows."""
    files: dict[str, tuple[int, str]]
    """Asset -> size and SHA-256 of its file."""


@dataclass(frozen=True)
class Ledger:
    """The ledger of a folder of stage files."""

    stages: Path

    def begin(self, stage: Stage, sources: Iterable[str]) -> None:
        """The files of these sources are about to be replaced."""
        for source in sources:
            self._file(stage, source).unlink(missing_ok=True)

    def finish(self, stage: Stage, source: str, fingerprint: str, documents: Mapping[str, str]) -> None:
        """All files of the source are written."""
        stamp = Stamp(
            fingerprint,
            code_version(stage),
            dict(documents),
            {asset: _size_and_hash(self.table(asset, source)) for asset in STAGE_TABLES[stage]},
        )
        file = self._file(stage, source)
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}")
        aside.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
        aside.replace(file)

    def stamp(self, stage: Stage, source: str, *, thorough: bool = True) -> Stamp | None:
        """What the files of a source were made from; None where they are not whole, or no longer what was written.

        Without `thorough` only their sizes are looked at.
        """
        try:
            found = json.loads(self._file(stage, source).read_text(encoding="utf-8"))
            stamp = Stamp(**{**found, "files": {asset: tuple(file) for asset, file in found["files"].items()}})
            for asset in STAGE_TABLES[stage]:
                file = self.table(asset, source)
                if thorough and _size_and_hash(file) != stamp.files[asset]:
                    return None
                if file.stat().st_size != stamp.files[asset][0]:
                    return None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return stamp

    def is_current(self, source: str, fingerprint: str, *, thorough: bool = True) -> bool:
        """Whether all stages of a source were made from that state of the landing zone with the code of now."""
        return all(
            (stamp := self.stamp(stage, source, thorough=thorough)) is not None
            and stamp.fingerprint == fingerprint
            and stamp.code == code_version(stage)
            for stage in STAGE_TABLES
        )

    def digest(self, source: str) -> str:
        """Of all that the ledger says of a source, the hashes of its files among it; empty where a stage has not ended."""
        try:
            told = [self._file(stage, source).read_bytes() for stage in STAGE_TABLES]
        except OSError:
            return ""
        return sha256(b"\n".join(told)).hexdigest()

    def is_new(self, source: str) -> bool:
        """Whether no stage has ever written anything of the source."""
        return not any(self.table(asset, source).exists() for assets in STAGE_TABLES.values() for asset in assets)

    def carried(
        self, stage: Stage, source: str, documents: Mapping[str, str]
    ) -> tuple[set[str], dict[str, pl.DataFrame]]:
        """Documents that were made from the same as now by the code of now, and by asset their rows; nothing where there are none."""
        stamp = self.stamp(stage, source)
        if stamp is None or stamp.code != code_version(stage):
            return set(), {}
        same = [document for document, digest in documents.items() if stamp.documents.get(document) == digest]
        if not same:
            return set(), {}
        kept = pl.col("document_id").is_in(pl.Series(same).implode())
        rows = {
            asset: pl.read_parquet(self.table(asset, source)).filter(kept)
            for asset, table in STAGE_TABLES[stage].items()
            if table != "sources"
        }
        return set(same), rows

    def table(self, asset: str, source: str) -> Path:
        """The file of an asset and source, where the IO manager writes it."""
        return self.stages / asset / f"{source}.parquet"

    def remove(self, kept: Iterable[str]) -> int:
        """Delete the files of all sources but these; returns how many."""
        staying = set(kept)
        gone = [file for file in self.stages.glob("*/*.parquet") if file.stem not in staying]
        gone += [file for file in (self.stages / FOLDER).glob("*/*.json") if file.stem not in staying]
        gone += self.stages.glob("*/.*.parquet.*")  # of runs that died
        for file in gone:
            file.unlink(missing_ok=True)
        return len(gone)

    def _file(self, stage: Stage, source: str) -> Path:
        return self.stages / FOLDER / stage / f"{source}.json"


def _size_and_hash(file: Path) -> tuple[int, str]:
    with file.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
        return stream.tell(), digest
