"""Every bench can be loaded: none leans on what is no longer there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BENCHES = sorted(file.stem for file in (ROOT / "bench").glob("*.py") if not file.stem.startswith("__"))


def loaded(*names):
    """What loading modules one after the other says, in a process of its own."""
    lines = [f"import {name}" for name in names]
    return subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_every_bench_is_loaded():
    assert len(BENCHES) > 20
    said = loaded(*(f"bench.{name}" for name in BENCHES))
    assert said.returncode == 0, said.stderr


def test_one_that_leans_on_what_is_gone_is_told():
    assert "bench.no_such_bench" in loaded("bench.no_such_bench").stderr
