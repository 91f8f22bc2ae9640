"""Disk use behind many runs: `python -m bench.disk_use --runs 100`, half of them without a change.

The bounds are set low (5 runs, 3 versions), so that they are reached; use is told by kind of file, behind each tenth of the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from pathlib import Path

from assets.automation.retention import RUNS_VARIABLE, VERSIONS_VARIABLE, disk_use
from bench.kill_rounds import PLACES, preload, start, wait, write


def main() -> int:
    """Exit status 0: behind the last tenth of the runs no more is used than at three tenths, a twentieth apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--whole", action="store_true", help="all of make run, not only what writes")
    chosen = parser.parse_args()
    os.environ |= {"ZHENGBAO_SETTLE_SECONDS": "0", "ZHENGBAO_WORKERS": "1", RUNS_VARIABLE: "5", VERSIONS_VARIABLE: "3"}
    preload()
    dice, told = random.Random(1), []
    with tempfile.TemporaryDirectory() as name:
        landing, warehouse = Path(name) / "landing", Path(name) / "warehouse"
        os.environ |= {"ZHENGBAO_LANDING": str(landing), "ZHENGBAO_WAREHOUSE": str(warehouse)}
        for place in PLACES:
            write(landing, place, "1", dice)
        for number in range(chosen.runs):
            if number % 2:
                write(landing, dice.choice(PLACES), "1", dice)
            if wait(start(landing, warehouse, Path(name) / "log", not chosen.whole)) != 0:
                print((Path(name) / "log").read_text()[-2000:], file=sys.stderr)
                return 1
            if (number + 1) % max(1, chosen.runs // 10) == 0:
                told.append(disk_use())
                print(json.dumps({"runs": number + 1} | told[-1]), flush=True)
    early, late = sum(told[len(told) * 3 // 10].values()), sum(told[-1].values())
    return 0 if late <= early * 1.05 else 1


if __name__ == "__main__":
    sys.exit(main())
