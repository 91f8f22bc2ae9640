"""`python -m assets.commands.score [SPLIT …]`: how right the extractor is on the labelled reports, and where it is not.

Misses are listed of what may be looked at while rules are written; those of the held-out sets are counted, never shown.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assets.quality.measures import Measured, measure

PIPED_WIDTH = 180
COLUMNS = {
    "detection_f1": "found (F1)",
    "status": "status",
    "kind": "kind",
    "indicator": "indicator",
    "place": "place",
    "period": "period",
    "period_days": "days",
    "part_of_f1": "part of",
    "strict_f1": "strict (F1)",
    "full_f1": "full (F1)",
}


def main() -> int:
    """Print the measures; with --misses, what is wrong too. 2 where no split has the name."""
    parser = argparse.ArgumentParser(prog="score", description=__doc__)
    parser.add_argument(
        "splits", nargs="*", metavar="SPLIT", help="real_dev, real_dev_bare, dev, wide, …; all by default"
    )
    parser.add_argument(
        "--misses", nargs="?", const="", metavar="PROBLEM", help="list what is wrong: missed, status, …"
    )
    arguments = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    measured = measure(arguments.splits)
    if unknown := set(arguments.splits) - measured.keys():
        console.print(
            f"[red]No labelled reports {escape(', '.join(sorted(unknown)))}.[/] Leave the name out to see all."
        )
        return 2
    console.print(measures_table(measured))
    if arguments.misses is not None:
        for split, found in measured.items():
            console.print(misses(split, found, arguments.misses))
    return 0


def measures_table(measured: dict[str, Measured]) -> Table:
    """One row a split."""
    table = Table("labelled reports", "facts", *COLUMNS.values())
    for split, (evaluation, _) in measured.items():
        shares = (evaluation.measures.get(name) for name in COLUMNS)
        table.add_row(
            split, str(evaluation.counts["gold"]), *("" if share is None else f"{share:.3f}" for share in shares)
        )
    return table


def misses(split: str, measured: Measured, problem: str) -> Table | str:
    """What is wrong, of one problem or (with "") of all; of a split that is held out, how much is."""
    found = [miss for miss in measured.evaluation.misses if problem in ("", miss.problem)]
    if not measured.shown:
        return f"{split}: {len(found)} misses, held out and not shown."
    table = Table("text", "problem", "quote", "expected", "found", title=split)
    for miss in found:
        table.add_row(*(escape("" if value is None else str(value)) for value in miss))
    return table


if __name__ == "__main__":
    sys.exit(main())
