"""`python assets/reading/limited.py MEGABYTES SECONDS COMMAND...`: a command with at most so much memory and computing time.

A program of its own, because limits that a process sets before it becomes another hold for that one and all that it starts. Started by its
path, since importing the package takes longer than a short command.
"""

from __future__ import annotations

import os
import resource
import sys

LARGEST_WRITE = 512 << 20


def limit(megabytes: int, seconds: int, *, largest_write: int = LARGEST_WRITE) -> None:
    """Limit this process: address space, computing time, the size of a file that it writes, and no core dumps."""
    for kind, value in (
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, largest_write),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (allowed, allowed))
        except (ValueError, OSError):  # macOS has no limit of the address space; time is watched from outside as well
            continue


def main() -> None:
    """Become the command."""
    limit(int(sys.argv[1]), int(sys.argv[2]))
    os.execvp(sys.argv[3], sys.argv[3:])


if __name__ == "__main__":
    main()
