"""`python -m assets.run`: the command behind `make run`."""

import sys

from assets.commands.run import main

if __name__ == "__main__":
    sys.exit(main())
