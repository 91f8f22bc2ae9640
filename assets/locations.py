"""Where the landing zone and the warehouse of this deployment are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LANDING_VARIABLE = "ZHENGBAO_LANDING"
WAREHOUSE_VARIABLE = "ZHENGBAO_WAREHOUSE"
STORE_VARIABLE = "ZHENGBAO_STORE"


@dataclass(frozen=True)
class Locations:
    """The folders that a run reads and writes."""

    landing: Path
    """The landing zone (报告落地区): one folder a source, an optional manifest.csv."""
    warehouse: Path
    """Holds zhengbao.duckdb, the versions behind it, and the working files below."""
    landing_store: str = ""
    """Where the landing zone is on an object store; `landing` is then the copy that is read."""
    store: str = ""
    """The address on an object store that versions are published to besides."""

    @property
    def work(self) -> Path:
        """What the pipeline keeps for itself, beside the published files."""
        return self.warehouse / ".zhengbao"

    @property
    def stages(self) -> Path:
        """One Parquet file a table and source: <stages>/<table>/<source>.parquet."""
        return self.work / "stages"

    @property
    def snapshots(self) -> Path:
        """What a run saw in the landing zone."""
        return self.work / "snapshots"

    @property
    def parts(self) -> Path:
        """What the steps of a run in parts tell each other: <parts>/<run>/."""
        return self.work / "parts"

    @property
    def candidates(self) -> Path:
        """Warehouse files that are written and not yet audited."""
        return self.work / "candidates"

    @property
    def scratch(self) -> Path:
        """What DuckDB puts aside while it works, where memory ends."""
        return self.work / "scratch"

    @property
    def quality(self) -> Path:
        """Check results of each run, until a published warehouse has taken them up."""
        return self.work / "quality"

    @property
    def data_docs(self) -> Path:
        """The Great Expectations site."""
        return self.work / "data_docs"

    @property
    def pages(self) -> Path:
        """Pages of our own, such as the column lineage."""
        return self.work / "pages"

    @property
    def exports(self) -> Path:
        """Files for other tools: parquet/, csv/, xlsx/."""
        return self.warehouse / "exports"

    @property
    def site(self) -> Path:
        """The evidence site (证据网站): static pages, index.html first."""
        return self.warehouse / "site"

    @property
    def serving(self) -> Path:
        """What the SQL server keeps for itself."""
        return self.work / "serving"

    @property
    def dagster_home(self) -> Path:
        """Run history and event log, shared by `make run` and `make dev`."""
        return self.work / "dagster"


def locations() -> Locations:
    """From ZHENGBAO_LANDING, ZHENGBAO_WAREHOUSE and ZHENGBAO_STORE, else the sample reports and the project's warehouse/ folder."""
    warehouse = Path(os.environ.get(WAREHOUSE_VARIABLE) or PROJECT / "warehouse").resolve()
    landing = os.environ.get(LANDING_VARIABLE) or str(PROJECT / "seeds" / "reports")
    remote = landing if "://" in landing else ""
    copy = warehouse / ".zhengbao" / "landing"
    return Locations(
        landing=copy if remote else Path(landing).resolve(),
        warehouse=warehouse,
        landing_store=remote,
        store=os.environ.get(STORE_VARIABLE) or "",
    )
