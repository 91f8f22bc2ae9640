"""`python -m assets.commands.rollback [VERSION]`: make an earlier published warehouse the live one again."""

import argparse
import sys

from assets.locations import locations
from assets.publication.pointed import remember
from warehouse.publishing import rollback


def main() -> None:
    """Without VERSION, the one before the live one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", nargs="?")
    try:
        here = locations()
        path = rollback(here.warehouse, parser.parse_args().version)
        print(f"Live is now {path}")
        if here.store:
            from warehouse.storage.store import Store  # with the packages of a deployment alone
            from warehouse.storage.versions import point_back

            print(f"Live in {here.store} is now {point_back(Store(here.store), path.stem).name}")
            remember(here.store, path)
    except RuntimeError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
