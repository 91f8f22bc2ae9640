"""`python -m assets.commands.explain FILE`: why a report reads as it does, in the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from assets.commands.read import print_facts
from assets.landing import UNFILED, read_manifest, source_of
from assets.locations import locations
from assets.reading import read_content
from assets.stages.knowledge import knowledge
from pipeline.explaining import Explanation, RawLine, explain
from pipeline.explaining_facts import chosen, tell_facts
from pipeline.records import Reject, Section

_LONGEST_EXAMPLE = 60
_CONTEXT = 1  # unchanged lines shown around a changed one


def main() -> int:
    """Explain one file; 1 where it is rejected, 2 where it cannot be read."""
    parser = argparse.ArgumentParser(prog="explain", description="Say why a report reads as it does (解释一份报告).")
    parser.add_argument("file", type=Path, help="a report, in the landing zone or anywhere else")
    parser.add_argument(
        "--fact", default=None, help="only what decided this fact: its number in the text, its fact_id, or words of it"
    )
    parser.add_argument("--all-lines", action="store_true", help="show unchanged lines too")
    arguments = parser.parse_args()
    console = Console()
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        console.print(
            f"[red]{escape(str(arguments.file))}: {escape(error.strerror or str(error))}.[/] Name a file: make explain FILE=path"
        )
        return 2
    source, path, manifest = _place(arguments.file)
    found = explain(source, path, data, manifest, knowledge(), read_content)
    if isinstance(found, Reject):
        console.print(
            f"[red bold]Rejected at {found.stage}: {found.reason}[/]\n{escape(found.detail)}\n{escape(found.remedy)}"
        )
        return 1
    if arguments.fact:
        return _explain_fact(console, found, arguments.fact)
    for part in (
        _metadata(found),
        _steps(found),
        _sections(found),
        _lines(found.lines, everything=arguments.all_lines),
    ):
        console.print(part)
    return 0


def _explain_fact(console: Console, found: Explanation, asked: str) -> int:
    """Print what decided the fact; 2 where none is meant."""
    stories = tell_facts(found.report.document, found.report.text, knowledge())
    meant = chosen(stories, asked)
    if not meant:
        console.print(
            f"[red]No fact is {escape(asked)}.[/] The report has {len(stories)}; name one by its number, its fact_id, or words of its quote."
        )
        return 2
    print_facts(console, meant)
    return 0


def _place(file: Path) -> tuple[str, str, dict[str, str] | None]:
    """Source, path and manifest row, as a run would see the file; a file outside is taken as its folder's."""
    landing = locations().landing.resolve()
    resolved = file.resolve()
    if resolved.is_relative_to(landing):
        relative = resolved.relative_to(landing)
        return (
            source_of(relative),
            relative.as_posix(),
            read_manifest(landing).rows.get(relative.as_posix()),
        )
    return UNFILED, file.name, None


def _metadata(found: Explanation) -> Table:
    document, raw = found.report.document, found.raw
    table = Table(title=f"Metadata of {escape(document.path)}", title_justify="left", caption_justify="left")
    table.caption = f"{raw.encoding} ({raw.encoding_basis}), script {document.script}, noise {document.noise_share:.1%}, {document.raw_chars:,} -> {document.clean_chars:,} characters"
    for column in ("field", "value", "basis", "read from"):
        table.add_column(column, overflow="fold")
    fields = document._asdict()
    for row in found.report.evidence:
        chosen = str(fields.get(row.field)) == row.value
        table.add_row(row.field, escape(row.value), row.basis, escape(row.quote or ""), style="" if chosen else "dim")
    known = {row.field for row in found.report.evidence}
    for field in ("title", "issuer", "issuer_place", "doc_type", "period_label", "published_on", "index_no", "doc_no"):
        if field not in known:
            table.add_row(field, "-", "", "not found", style="dim")
    return table


def _steps(found: Explanation) -> Table:
    table = Table(title="Cleaning steps", title_justify="left")
    for column, justify in (("step", "left"), ("edits", "right"), ("characters", "right"), ("examples", "left")):
        table.add_column(column, justify="right" if justify == "right" else "left", overflow="fold")
    for step in found.steps:
        examples = "\n".join(f"{_shown(e.removed)} -> {_shown(e.inserted)}" for e in step.examples)
        table.add_row(step.step, f"{step.edits:,}", f"-{step.removed_chars:,}", escape(examples))
    return table


def _shown(text: str) -> str:
    visible = (
        text if len(text) <= _LONGEST_EXAMPLE else f"{text[: _LONGEST_EXAMPLE // 2]}…{text[-_LONGEST_EXAMPLE // 2 :]}"
    )
    return repr(visible)[1:-1] if visible else "∅"


def _sections(found: Explanation) -> Tree:
    tree = Tree(f"{len(found.sections)} sections")
    branches = {section.section_id: section for section in found.sections}
    nodes: dict[str, Tree] = {}
    for section in found.sections:
        parent = nodes.get(section.parent_section_id or "", tree) if section.parent_section_id in branches else tree
        nodes[section.section_id] = parent.add(_section(section))
    return tree


def _section(section: Section) -> Text:
    heading = f"{section.marker}{section.heading}" if section.marker or section.heading else "(preamble)"
    note = f"  {section.numbering_note}" if section.numbering_note else ""
    return Text.assemble(
        heading, (f"  level {section.level}, clean {section.clean_start}-{section.clean_end}{note}", "dim")
    )


def _lines(lines: list[RawLine], *, everything: bool) -> Group:
    table = Table(
        title="Raw beside clean (struck: changed or removed)", title_justify="left", show_lines=True, expand=True
    )
    table.add_column("line", justify="right")
    table.add_column("raw", ratio=1, overflow="fold")
    table.add_column("clean", ratio=1, overflow="fold")
    table.add_column("steps", overflow="fold", max_width=16)
    for line in lines if everything else _with_context(lines):
        if line is None:
            table.add_row("…", "", "", "unchanged", style="dim")
            continue
        raw = Text(line.raw.expandtabs(4) if not line.edits else line.raw)
        for start, end in line.edits:
            raw.stylize("red strike", start, end)
        table.add_row(str(line.number), raw, Text(line.clean), ", ".join(line.steps))
    return Group(table)


def _with_context(lines: list[RawLine]) -> Iterator[RawLine | None]:
    """Changed lines with the lines beside them; None stands for unchanged ones left out."""
    shown = {k for i, line in enumerate(lines) if line.edits for k in range(i - _CONTEXT, i + _CONTEXT + 1)}
    left_out = False
    for i, line in enumerate(lines):
        if i in shown:
            yield line
        elif not left_out:
            yield None
        left_out = i not in shown


if __name__ == "__main__":
    sys.exit(main())
