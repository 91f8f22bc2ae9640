"""Rows as pages. Templates escape what they are given; whatever is marked as safe here has been escaped before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.evidence.cards import Marked
from warehouse.evidence.marking import Mark, Paragraph, marked, originals, paragraphs, raw_index, within
from warehouse.evidence.naming import bilingual, head, slug
from warehouse.evidence.reading import Row, grouped, shown
from warehouse.evidence.rows import fact_link, fact_rows, headline_rows, plan_rows
from warehouse.evidence.search import inside_script, safe_json
from warehouse.exporting.relations import head as chinese

TEMPLATES = Path(__file__).resolve().parent / "templates"
CHARTS = 3
"""Charts a page of an indicator: one for each measure and unit, the fullest first."""


@cache
def environment() -> Environment:
    """Templates with escaping on, and what they call."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        t=bilingual, head=head, slug=slug, fact_rows=fact_rows, headline_rows=headline_rows, plan_rows=plan_rows
    )
    found.filters["json"] = lambda value: Markup(safe_json(value))
    return found


class Report(NamedTuple):
    """What the page of a report is made of."""

    document: Row
    text: Row
    sections: Sequence[Row]
    blocks: Sequence[Row]
    facts: Sequence[Row]
    """With the columns of `rows.FACT`."""
    marked: Marked
    columns: Sequence[str]
    """Columns that its cards show."""


def document_page(report: Report, place_pages: Mapping[str, str]) -> str:
    """The page of one report."""
    clean, raw_text = report.text["clean_text"], report.text["raw_text"]
    lines = paragraphs(clean)
    offsets = (report.text["clean_offsets"], report.text["raw_offsets"])
    before, beside = originals(raw_text, lines, offsets)
    sections = {row["clean_start"]: row for row in report.sections}
    where = _pages(report.blocks, [raw_index(offsets, line.start) for line in lines]) if report.blocks else {}
    body = "\n".join(
        _line(
            number,
            _words(clean, line, own, sections.get(line.start)),
            "" if raw.strip() == clean[line.start : line.end].strip() else raw.strip("\n"),
            sections.get(line.start),
            where.get(number, ""),
        )
        for number, (line, own, raw) in enumerate(
            zip(lines, within(report.marked.marks, lines), beside, strict=True), start=1
        )
    )
    return (
        environment()
        .get_template("document.html")
        .render(
            document=report.document,
            body=Markup(body),
            before=before.strip(),
            sections=[row for row in report.sections if row["heading"] or row["marker"]],
            counts=report.marked.counts,
            facts=report.facts,
            details=Markup(inside_script(f"{{{','.join(report.marked.cards)}}}")),
            labels={name: [chinese(name), name.replace("_", " ")] for name in sorted(report.columns)},
            places=place_pages,
            up="../",
        )
    )


def _words(text: str, line: Paragraph, marks: Sequence[Mark], section: Row | None) -> str:
    """The highlighted words of a line; a heading that stands before its text is one to a screen reader too."""
    heading = f"{section['marker']}{section['heading']}" if section else ""
    if section is None or not heading or not text.startswith(heading, line.start):
        return marked(text, line.start, line.end, marks)
    end = min(line.start + len(heading), line.end)
    level = min(section["level"] + 2, 6)
    begun = f'<b role="heading" aria-level="{level}">{marked(text, line.start, end, marks)}</b>'
    return begun + marked(text, end, line.end, marks)


def _line(number: int, html: str, raw: str, section: Row | None, where: str) -> str:
    """A line of a report beside its original; `html` is escaped already. Not a template: a report has hundreds of lines."""
    anchor = f' id="s{section["clean_start"]}"' if section else ""
    tag = f'<span class="tag">{escape(where)}</span>' if where else ""
    original = escape(raw) if raw else SAME
    return f'<div class="line"{anchor}>{tag}<p id="p{number}">{html}</p><p class="raw">{original}</p></div>'


SAME = Markup('<span class="dim">{}</span>').format(bilingual("（与净文相同）", "(the same)"))


def _pages(blocks: Sequence[Row], starts: Sequence[int]) -> dict[int, str]:
    """Line -> the page that begins with it, by the places of the lines in the original."""
    found, last = {}, None
    for number, start in enumerate(starts, start=1):
        at = bisect_right(blocks, start, key=lambda block: block["raw_start"]) - 1
        page = blocks[at]["page"] if at >= 0 else None
        if page is not None and page != last:
            found[number], last = f"第{page}页 page {page}", page
    return found


def indicator_page(
    code: str, indicator: Row | None, headlines: Sequence[Row], plans: Sequence[Row], place_pages: Mapping[str, str]
) -> str:
    """The page of one indicator: charts, targets beside outcomes, and every headline figure."""
    groups = sorted(grouped(headlines, "measure", "unit").items(), key=lambda item: -len(item[1]))
    return (
        environment()
        .get_template("indicator.html")
        .render(
            code=code,
            name=indicator["name_zh"] if indicator else code,
            indicator=indicator,
            headlines=headlines,
            charts=[chart(measure, unit, rows) for (measure, unit), rows in groups[:CHARTS]],
            plans=plans,
            places=place_pages,
            up="../",
        )
    )


def chart(measure: str | None, unit: str | None, rows: Sequence[Row]) -> dict[str, Any]:
    """What charts.js draws: lines over time where places have several periods, else bars by place."""
    series = [
        {
            "place": place or "",
            "status": state,
            "points": [
                [
                    _day(row["period_end"]),
                    float((row["value"] if row["signed_value"] is None else row["signed_value"]).replace(",", "")),
                    _target(row),
                    row["value"],
                ]
                for row in own
                if row["value"] is not None
            ],
        }
        for (place, state), own in sorted(
            grouped(rows, "place", "status").items(), key=lambda item: (str(item[0]), item[0][1] or "")
        )
    ]
    over_time = any(len(each["points"]) > 1 for each in series)
    return {"measure": measure or "", "unit": unit or "", "lines": over_time, "series": series, "rows": len(rows)}


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _target(row: Row) -> str:
    return f"../documents/{slug(row['document_id'])}.html#q-{row['fact_id']}"


def place_page(
    place: str,
    own: Sequence[Row],
    headlines: Sequence[Row],
    plans: Sequence[Row],
    rankings: Sequence[Row],
    counts: Mapping[str, int],
) -> str:
    """The page of one place: its reports, its headline figures, targets beside outcomes, and ranks."""
    return (
        environment()
        .get_template("place.html")
        .render(
            place=place,
            documents=own,
            headlines=headlines,
            plans=plans,
            rankings=rankings,
            counts=counts,
            up="../",
        )
    )


def list_page(title: tuple[str, str], intro: tuple[str, str], rows: Sequence[Row]) -> str:
    """A table of a view's rows; columns of fact ids are links to their sentences."""
    columns = [name for name in (rows[0] if rows else {}) if not name.endswith("document_id")]
    return (
        environment()
        .get_template("list.html")
        .render(
            title=bilingual(*title),
            intro=bilingual(*intro),
            columns=columns,
            rows=[[(kind_of(row[name]), cell(name, row)) for name in columns] for row in rows],
            up="",
        )
    )


def kind_of(value: object) -> str:
    """The class of a cell: a number stands at the right, and neither it nor a day is broken."""
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return "n"
    return "whole" if isinstance(value, date) else ""


def cell(column: str, row: Row) -> Markup:
    """A value of a list; the id of a fact is a link."""
    value = row[column]
    if column.endswith("fact_id") and value:
        return Markup(fact_link(value, row.get(column.replace("fact_id", "document_id")), value, ""))
    return Markup(escape(shown(value)))


def index_page(
    version: str,
    documents: Sequence[Row],
    indicators: Mapping[str, Sequence[Row]],
    places: Sequence[Row],
    totals: Mapping[str, int],
) -> str:
    """The entrance: search, and lists of what there is."""
    return (
        environment()
        .get_template("index.html")
        .render(version=version, documents=documents, indicators=indicators, places=places, totals=totals, up="")
    )
