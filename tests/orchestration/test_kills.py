"""Runs killed at random moments, a few rounds; `python -m bench.kill_rounds` does hundreds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def test_killed_runs_publish_nothing_half_made_and_lose_nothing():
    command = [
        sys.executable,
        "-m",
        "bench.kill_rounds",
        "--rounds",
        "12",
        "--readers",
        "2",
        "--whole",
        "0",
        "--seconds",
        "60",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    counted = json.loads(result.stdout.splitlines()[-1])
    assert counted["troubles"] == []
    assert result.returncode == 0
    assert counted["rounds"] >= 3
    assert counted["killed"] >= 1
    assert counted["reads"] > 10
