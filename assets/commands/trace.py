"""`make trace FACT=…`: the passage of the original that a figure comes from, and what was decided on the way."""

from __future__ import annotations

import argparse
import os
import sys

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.locations import locations
from assets.publication.links import PAGES_URL_VARIABLE, page_link
from warehouse.evidence.reading import shown
from warehouse.evidence.tracing import Passage, Trace, TraceError, trace
from warehouse.publishing import live

LONGEST = 40


def main() -> int:
    """Trace one figure; 1 where there is none, 2 where nothing is published."""
    parser = argparse.ArgumentParser(prog="trace", description=__doc__)
    parser.add_argument("fact", help="id of a fact, rank or task; or DOCUMENT:PLACE, a character of the clean text")
    wanted = parser.parse_args().fact
    here = locations()
    path = live(here.warehouse)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    if path is None:
        print(f"No warehouse is published in {here.warehouse}. Run `make run` first.", file=sys.stderr)
        return 2
    try:
        found = trace(path, wanted)
    except (TraceError, duckdb.Error) as error:
        print(error, file=sys.stderr)
        return 1
    show(console, found)
    page, _, anchor = found.page.partition("#")
    address = page_link(here.site / page) if PAGES_URL_VARIABLE in os.environ else (here.site / page).as_uri()
    console.print(f"\nPage       {address}#{anchor}")
    return 0


def show(console: Console, found: Trace) -> None:
    """Print a trace for a person."""
    document = found.document
    for name, value in (
        ("Report", document["title"]),
        ("Issuer", document["issuer"]),
        ("File", f"{document['path']} (source {document['source']})"),
        ("Address", document.get("url")),
        ("In the file", found.place),
        ("Section", found.section),
    ):
        if value:
            console.print(Text.assemble((f"{name:<11}", "dim"), str(value)))
    console.print(
        Text.assemble(
            ("Original   ", "dim"),
            marked(found.original),
            (f"  raw {found.original.start}-{found.original.end}", "dim"),
        )
    )
    if found.original[:3] != found.clean[:3]:
        console.print(
            Text.assemble(
                ("Cleaned    ", "dim"), marked(found.clean), (f"  clean {found.clean.start}-{found.clean.end}", "dim")
            )
        )
    if found.steps:
        table = Table(
            "cleaning step",
            "removed",
            "inserted",
            "raw",
            title="Cleaning that touched the passage",
            title_justify="left",
        )
        for step in found.steps:
            table.add_row(
                step["step"],
                Text(short(step["removed"])),
                Text(short(step["inserted"])),
                f"{step['raw_start']}-{step['raw_end']}",
            )
        console.print(table)
    table = Table(
        "field",
        "value",
        "rule",
        "words that decided it",
        "table row",
        title=f"What was read ({found.kind})",
        title_justify="left",
    )
    for name, value, claims in found.fields():
        table.add_row(name, Text(shown(value)), *decided(claims[0] if claims else None))
        for claim in claims[1:]:
            table.add_row("", "", *decided(claim))
    console.print(table)


def decided(claim: dict[str, object] | None) -> tuple[Text, Text, Text]:
    """Rule, words and table row of a claim."""
    if claim is None:
        return Text(""), Text(""), Text("")
    row = ".".join(str(part) for part in (claim["source_table"], claim["source_row"]) if part)
    return Text(str(claim["rule"])), Text(str(claim["words"])), Text(row)


def marked(passage: Passage) -> Text:
    """The passage with its words marked."""
    return Text.assemble(passage.before, (f"【{passage.words}】", "bold black on yellow"), passage.after)


def short(text: str) -> str:
    """A text that may be a page of portal chrome."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]}…{line[-LONGEST // 2 :]}"


if __name__ == "__main__":
    sys.exit(main())
