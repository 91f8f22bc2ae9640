"""An earlier build of the project beside this one, so that both are measured in one run (旧版对照)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assets.locations import PROJECT

BASE = "53110ef"
"""The build that the project's ratios of speed are stated against."""


def environment(**more: str) -> dict[str, str]:
    """The variables a build runs with: byte code is kept, since compiling it anew would be measured too."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more


@contextmanager
def earlier_build(commit: str = BASE) -> Iterator[Path]:
    """A checkout of `commit` in a temporary worktree, removed at the end.

    Raises:
        SystemExit: git does not know the commit, as in a shallow clone.

    """
    with tempfile.TemporaryDirectory(prefix="zhengbao-bench-") as folder:
        checkout = Path(folder) / "build"
        added = subprocess.run(
            ["git", "worktree", "add", "--detach", str(checkout), commit],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        if added.returncode:
            sys.exit(f"Build {commit} is not in this clone: {added.stderr.strip()}\nFetch the whole history.")
        try:
            yield checkout
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(checkout)], cwd=PROJECT, capture_output=True, check=False
            )
