"""`python -m assets.run`: the command behind `make run`."""

import atexit
import os
import sys


def leave() -> None:
    """End the process without taking apart what was loaded, a third of a second; registered first, it comes last."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    from assets.commands.run import main  # the processes beside a run go through this file too, and need none of it

    status = 1
    atexit.register(leave)
    status = main()
