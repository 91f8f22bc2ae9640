"""`python -m assets.commands.read TEXT`: how a sentence is read, in the terminal; `make read TEXT="…"`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from assets.stages.knowledge import knowledge
from pipeline.explaining_facts import FactStory, Mark, TextStory, tell_text

_COLOURS = {"quantity": "bold green", "time": "cyan", "place": "magenta", "word": "yellow"}
_BEYOND_THE_TEXT = "the report: nothing in the text says otherwise"
_DEFAULTS = ("kind", "comparator", "status", "place", "period", "part_of_fact_id", "indicator_code")


def main() -> int:
    """Read one text and say why; 2 where there is none."""
    parser = argparse.ArgumentParser(prog="read", description="Say how a sentence is read, and by what (试读一句话).")
    parser.add_argument("text", help="a sentence or passage of a report")
    parser.add_argument("--place", default=None, help="the issuer's place, such as 青岛市")
    parser.add_argument(
        "--type", default="summary", choices=("summary", "plan", "summary+plan"), help="the kind of report"
    )
    parser.add_argument("--period", default="2024", help="the report's period: 2024, 2024H1, 2024Q3, 2021-2025")
    parser.add_argument("--heading", default="", help="the heading that the text stands under")
    arguments = parser.parse_args()
    console = Console()
    if not arguments.text.strip():
        console.print('[red]There is no text.[/] Give a sentence: make read TEXT="全市建成托育机构35家。" PLACE=青岛市')
        return 2
    story = tell_text(arguments.text, knowledge(), arguments.place, arguments.type, arguments.period, arguments.heading)
    console.print(_marked(story))
    console.print(_legend(story.marks, story.text))
    if not story.facts:
        console.print("[yellow]No fact:[/] no number here is told of an indicator.")
    print_facts(console, story.facts)
    return 0


def print_facts(console: Console, stories: Iterable[FactStory]) -> None:
    """A table a fact: each field with the rule, the words and the row that decided it."""
    for number, story in enumerate(stories, start=1):
        console.print(_fact(number, story))


def _marked(story: TextStory) -> Text:
    text = Text(story.text)
    for mark in story.marks:
        text.stylize(_COLOURS[mark.kind] + (" underline" if mark.kind != "word" else ""), mark.start, mark.end)
    return text


def _legend(marks: Iterable[Mark], text: str) -> Table:
    table = Table(title="Spans", title_justify="left", box=None)
    for column in ("words", "kind", "says"):
        table.add_column(column, overflow="fold")
    for mark in marks:
        table.add_row(escape(text[mark.start : mark.end]), mark.kind, escape(mark.says), style=_COLOURS[mark.kind])
    return table


def _fact(number: int, story: FactStory) -> Table:
    fact = story.fact
    table = Table(title=f"Fact {number}: {escape(fact.quote)}", title_justify="left", title_style="bold")
    table.caption, table.caption_justify = f"{fact.fact_id}, form {fact.rule} (docs/rules.md)", "left"
    for column in ("field", "value", "rule", "words", "row"):
        table.add_column(column, overflow="fold")
    values = fact._asdict()
    for row in story.evidence:
        source = f"{row.source_table}: {row.source_row}" if row.source_table else ""
        shown = values[row.field]
        words = escape(row.words.replace("\n", "⏎"))
        table.add_row(row.field, escape(str(shown)), row.rule, f"[reverse]{words}[/]", escape(source))
    decided = {row.field for row in story.evidence}
    for field in _DEFAULTS:
        if field not in decided:
            shown = "-" if values[field] is None else str(values[field])
            table.add_row(
                field, escape(shown), _BEYOND_THE_TEXT if field in ("status", "place") else "default", style="dim"
            )
    return table


if __name__ == "__main__":
    sys.exit(main())
