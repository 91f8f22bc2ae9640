"""A whole run at size: which share of the wall time each step takes, and all checks together.

    python -m bench.whole_run [MEGABYTES] [SOURCES]

The landing zone is made of the sample reports, each copy with other figures, so that no two are alike.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assets.landing import sources
from assets.locations import PROJECT
from pipeline.records import RawReport
from pipeline.stages import read_report

DIGITS = re.compile(r"\d+")
STEP = re.compile(r"✓ (\w+)\s+([\d.]+) s")


def sample_texts() -> list[str]:
    """The sample reports that can be read."""
    landing = PROJECT / "seeds" / "reports"
    read = [
        read_report("sample", file.name, file.read_bytes()) for files in sources(landing).values() for file in files
    ]
    return [report.raw_text for report in read if isinstance(report, RawReport)]


def other_figures(text: str, number: int) -> str:
    """The text with its figures changed, years and dates as they are."""
    generator = random.Random(number)

    def change(match: re.Match[str]) -> str:
        figure = match[0]
        if len(figure) == 4 and figure.startswith(("19", "20")):
            return figure
        return figure[:-1] + str(generator.randrange(10))

    return DIGITS.sub(change, text)


def make_landing(folder: Path, size: int, source_count: int) -> int:
    """Write about `size` bytes of reports into `source_count` sources; returns the bytes written."""
    texts, written, number = sample_texts(), 0, 0
    while written < size:
        data = other_figures(texts[number % len(texts)], number).encode()
        file = folder / f"source{number % source_count:02}" / f"{number:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        written += len(data)
        number += 1
    return written


def main() -> None:
    """Run once and print the shares."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    source_count = int(sys.argv[2]) if len(sys.argv) > 2 else 31
    with tempfile.TemporaryDirectory() as folder:
        landing = Path(folder) / "landing"
        size = make_landing(landing, int(megabytes * 1e6), source_count)
        environment = os.environ | {"ZHENGBAO_LANDING": str(landing), "ZHENGBAO_WAREHOUSE": f"{folder}/warehouse"}
        start = time.perf_counter()
        result = subprocess.run(
            [sys.executable, "-m", "assets.run"],
            cwd=PROJECT,
            env=environment,
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
