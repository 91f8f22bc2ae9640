"""`make run`: bring the warehouse up to date with the landing zone, and say in a page what came of it."""

from __future__ import annotations

import os
import sys
import time
import warnings

from assets.automation.home import prepare_home
from assets.locations import locations


def main() -> int:
    """Exit status 0: the live warehouse matches the landing zone. 1: a blocking check or a step failed, nothing was published. 2: wrong use."""
    started = time.monotonic()
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
    warnings.filterwarnings("ignore", module="dagster")
    here = locations()
    print(f"Zhengbao 政报: {here.landing} -> {here.warehouse / 'zhengbao.duckdb'}", flush=True)
    prepare_home()

    from assets.automation.launch import bring_up_to_date  # imports Dagster: two seconds
    from assets.commands.summary import print_summary
    from assets.landing import LandingError

    try:
        outcome = bring_up_to_date()
    except LandingError as error:
        print(f"Cannot run: {error}", file=sys.stderr)
        return 2
    print_summary(outcome, time.monotonic() - started)
    return 0 if outcome.success else 1


if __name__ == "__main__":
    sys.exit(main())
