"""The page that `make run` ends with."""

from __future__ import annotations

import duckdb
from rich.markup import escape
from rich.table import Table

from assets.automation.outcome import ATTEMPTS, Outcome
from assets.commands.console import console
from assets.locations import PROJECT, locations
from warehouse.publishing import live

SHOWN_REJECTS = 20
BEHIND_PUBLISHING = {"column_lineage_page", "evidence_site", "exports", "stored_warehouse"}
"""Steps that begin when the warehouse is live."""


def print_summary(outcome: Outcome, seconds: float) -> None:
    """Documents, sections, facts, rejects, checks, where the warehouse is, how to query it and open the UI."""
    here = locations()
    path = live(here.warehouse)
    console.print()
    if not outcome.runs:
        console.print(f"Nothing changed in {outcome.unchanged} sources since the last publishing.")
    if path is None:
        console.print("[red]No warehouse is published.[/]")
    else:
        print_contents(path)
    print_checks(outcome)
    console.print(f"\nTook {seconds:.1f} s.")
    if not outcome.success:
        console.print(what_failed(outcome, published_before=path is not None))
    if path is not None:
        console.print(f"Warehouse  {here.warehouse / 'zhengbao.duckdb'}", soft_wrap=True)
        same = here.warehouse == PROJECT / "warehouse"
        suffix = "" if same else f" WAREHOUSE={here.warehouse}"
        console.print(f"Query it   make sql{suffix}      e.g. from document_summary;", soft_wrap=True)
        landing = (
            "" if here.landing == PROJECT / "seeds" / "reports" else f" LANDING={here.landing_store or here.landing}"
        )
        console.print(f"Watch it   make dev{landing}{suffix}      then http://127.0.0.1:3000", soft_wrap=True)


def what_failed(outcome: Outcome, *, published_before: bool) -> str:
    """Whether anything was published, and what failed.

    >>> what_failed(Outcome([], 0, failed_steps=["stored_warehouse"]), published_before=True)
    '[red]Published, but failed behind it:[/] stored_warehouse.'
    >>> what_failed(Outcome([], 0, failed_steps=["raw"]), published_before=False)
    '[red]Nothing was published:[/] raw.'
    """
    if outcome.overtaken:
        return (
            f"[red]Nothing was published:[/] the landing zone changed each time that it was read ({ATTEMPTS} times)."
            " Let it rest and run again."
        )
    steps = ", ".join(outcome.failed_steps)
    if outcome.failed_steps and not outcome.failed and set(outcome.failed_steps) <= BEHIND_PUBLISHING:
        return f"[red]Published, but failed behind it:[/] {steps}."
    still = " The last published warehouse is untouched." if published_before else ""
    return f"[red]Nothing was published:[/] {steps or 'a blocking check failed'}.{still}"


def plain(text: str) -> str:
    r"""One line without control characters: a file name must not steer the terminal.

    >>> plain("a\x1b[2J\nb")
    'a�[2J b'
    """
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


def print_contents(path: object) -> None:
    """Row counts of the live warehouse, each rejected file with its reason, and what was left out of reports that are published."""
    with duckdb.connect(str(path), read_only=True) as connection:
        counts = Table(box=None, pad_edge=False)
        for column in ("source", "documents", "sections", "facts", "rejected files", "rows left out"):
            counts.add_column(column, justify="left" if column == "source" else "right")
        rows = connection.execute(
            """
            select source,
                   (select count(*) from documents d where d.source = s.source),
                   (select count(*) from sections join documents d using (document_id) where d.source = s.source),
                   (select count(*) from facts join documents d using (document_id) where d.source = s.source),
                   (select count(*) from rejects r where r.source = s.source and r.path not in (select path from documents)),
                   (select count(*) from rejects r where r.source = s.source and r.path in (select path from documents))
            from sources s order by source
            """
        ).fetchall()
        for row in rows:
            counts.add_row(escape(row[0]), *map(str, row[1:]))
        totals = ("[bold]all[/]", *(f"[bold]{sum(row[i] for row in rows)}[/]" for i in range(1, 6)))
        counts.add_row(*totals)
        console.print(counts)
        rejects = connection.execute(
            "select path, reason, detail from rejects where path not in (select path from documents) order by path, stage"
        ).fetchall()
        left_out = connection.execute(
            """
            select reason, count(*), count(distinct path), arg_min(path || ', ' || detail, path)
            from rejects where path in (select path from documents) group by reason order by 2 desc, 1
            """
        ).fetchall()
    if rejects:
        console.print("\nRejected files (table rejects says what to do):")
        for file, reason, detail in rejects[:SHOWN_REJECTS]:
            console.print(f"  {escape(plain(file))}: [yellow]{reason}[/], {escape(plain(detail))}", soft_wrap=True)
        if len(rejects) > SHOWN_REJECTS:
            console.print(f"  … and {len(rejects) - SHOWN_REJECTS} more")
    if left_out:
        console.print("\nRows left out of published reports (table rejects has each with its quote and remedy):")
        for reason, count, reports, example in left_out:
            rows_of = f"{counted(count, 'row')} of {counted(reports, 'report')}"
            console.print(f"  [yellow]{escape(reason)}[/]: {rows_of}, such as {escape(plain(example))}", soft_wrap=True)


def counted(number: int, thing: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(2, "row")
    ('1 row', '2 rows')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def print_checks(outcome: Outcome) -> None:
    """How many checks passed, and each that did not."""
    if not outcome.runs:
        return
    console.print(f"\nChecks: {outcome.passed} passed, {len(outcome.warned)} warned, {len(outcome.failed)} failed")
    for colour, evaluations in (("yellow", outcome.warned), ("red", outcome.failed)):
        for evaluation in evaluations:
            count = evaluation.metadata.get("failing_count")
            asset = evaluation.asset_key.to_user_string()
            console.print(f"  [{colour}]{evaluation.check_name}[/] on {asset}: {count.value if count else '?'} failing")
            to_do = evaluation.metadata.get("what to do")
            if colour == "red" and to_do:
                console.print(
                    f"    {evaluation.description or ''} To do: {to_do.value}".strip(), markup=False, soft_wrap=True
                )
