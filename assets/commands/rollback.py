"""`python -m assets.commands.rollback [VERSION]`: make an earlier published warehouse the live one again."""

import argparse
import sys

from assets.locations import locations
from warehouse.publishing import PublishError, rollback


def main() -> None:
    """Without VERSION, the one before the live one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", nargs="?")
    try:
        print(f"Live is now {rollback(locations().warehouse, parser.parse_args().version)}")
    except PublishError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
