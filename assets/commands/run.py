"""`make run`: bring the warehouse up to date with the landing zone, and say in a page what came of it."""

from __future__ import annotations

import os
import sys
import time
import warnings

from assets.automation.home import prepare_home
from assets.commands.ends import ending, must_be_writable
from assets.locations import locations


def main() -> int:
    """Exit status 0: the live warehouse matches the landing zone. 1: a blocking check or a step failed, nothing was published. 2: wrong use."""
    return ending(_run)


def _run() -> int:
    started = time.monotonic()
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "1000")
    warnings.filterwarnings("ignore", module="dagster")
    here = locations()
    print(f"Zhengbao 政报: {here.landing_store or here.landing} -> {here.warehouse / 'zhengbao.duckdb'}", flush=True)
    must_be_writable()
    prepare_home()

    from assets.automation.launch import bring_up_to_date  # imports DuckDB and polars
    from assets.commands.summary import print_summary

    outcome = bring_up_to_date()
    print_summary(outcome, time.monotonic() - started)
    return 0 if outcome.success else 1


if __name__ == "__main__":
    sys.exit(main())
