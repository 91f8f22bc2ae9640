"""A whole run at size: which share of the wall time each step takes, and all checks together.

    python -m bench.whole_run [MEGABYTES] [SOURCES]

The landing zone is one of bench.corpora.
"""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assets.locations import PROJECT
from bench.builds import environment
from bench.corpora import make_landing

STEP = re.compile(r"✓ (\w+)\s+([\d.]+) s")


def main() -> None:
    """Run once and print the shares."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    source_count = int(sys.argv[2]) if len(sys.argv) > 2 else 31
    with tempfile.TemporaryDirectory() as folder:
        landing = Path(folder) / "landing"
        size = make_landing(landing, int(megabytes * 1e6), source_count)
        variables = environment(ZHENGBAO_LANDING=str(landing), ZHENGBAO_WAREHOUSE=f"{folder}/warehouse")
        start = time.perf_counter()
        result = subprocess.run(
            [sys.executable, "-m", "assets.run"],
            cwd=PROJECT,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        steps = [(name, float(time_)) for name, time_ in STEP.findall(result.stdout)]
        print(f"{size / 1e6:.1f} MB in {source_count} sources, exit status {result.returncode}, {seconds:.1f} s")
        for name, step_seconds in sorted(steps, key=lambda step: -step[1]):
            print(f"  {name:<24}{step_seconds:7.1f} s {step_seconds / seconds:5.0%}")
        checks = sum(
            step_seconds for name, step_seconds in steps if name.endswith("_quality") and name != "extraction_quality"
        )
        print(f"  {'all checks':<24}{checks:7.1f} s {checks / seconds:5.0%}")
        if result.returncode:
            print(result.stdout[-3000:], result.stderr[-3000:])


if __name__ == "__main__":
    main()
