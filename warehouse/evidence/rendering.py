"""Rows as pages. Templates escape what they are given; whatever is marked as safe here has been escaped before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from warehouse.evidence.marking import Mark, Paragraph, marked, originals, paragraphs, raw_index, within
from warehouse.evidence.naming import bilingual, head, slug
from warehouse.evidence.reading import Row, grouped, shown
from warehouse.evidence.rows import fact_link, fact_rows, headline_rows, plan_rows
from warehouse.evidence.search import safe_json
from warehouse.exporting.relations import head as chinese

TEMPLATES = Path(__file__).resolve().parent / "templates"
MARKED = {"facts": ("fact", "fact_id"), "rankings": ("rank", "ranking_id"), "commitments": ("task", "commitment_id")}
"""Table -> class of its marks, and its key."""
NOT_SHOWN = {"document_id", "section_id", "sentence_id", "clean_start", "clean_end", "raw_start", "raw_end", "quote"}
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


def document_page(document: Row, tables: Mapping[str, Sequence[Row]], place_pages: Mapping[str, str]) -> str:
    """The page of one report."""
    (text,) = tables["texts"]
    marks, details = [], {}
    evidence = grouped(tables["fact_evidence"], "fact_id")
    named: set[str] = set()
    for table, (kind, key) in MARKED.items():
        columns = [name for name in (tables[table][0] if tables[table] else ()) if name not in NOT_SHOWN]
        named.update(columns)
        for row in tables[table]:
            marks.append(Mark(row["clean_start"], row["clean_end"], kind, row[key]))
            details[row[key]] = {
                "kind": kind,
                "quote": row["quote"],
                "fields": [
                    [name, value if type(value) is str else shown(value)]
                    for name in columns
                    if (value := row[name]) is not None and value != ""
                ],
                "raw": [row["raw_start"], row["raw_end"]],
                "where": place_in_file(tables["blocks"], row["raw_start"]),
                "why": [
                    [
                        claim["field"],
                        claim["rule"],
                        claim["words"],
                        ".".join(filter(None, (claim["source_table"], claim["source_row"]))),
                    ]
                    for claim in evidence.get(row[key], ())
                ],
            }
    lines = paragraphs(text["clean_text"])
    offsets = (text["clean_offsets"], text["raw_offsets"])
    before, beside = originals(text["raw_text"], lines, offsets)
    sections = {row["clean_start"]: row for row in tables["sections"]}
    where = _pages(tables["blocks"], [raw_index(offsets, line.start) for line in lines])
    body = Markup("\n").join(
        _line(
            number,
            _words(text["clean_text"], line, own, sections.get(line.start)),
            "" if raw.strip() == text["clean_text"][line.start : line.end].strip() else raw.strip("\n"),
            sections.get(line.start),
            where.get(number, ""),
        )
        for number, (line, own, raw) in enumerate(zip(lines, within(marks, lines), beside, strict=True), start=1)
    )
    return (
        environment()
        .get_template("document.html")
        .render(
            document=document,
            body=body,
            before=before.strip(),
            sections=[row for row in tables["sections"] if row["heading"] or row["marker"]],
            tables=tables,
            details=details,
            labels={name: [chinese(name), name.replace("_", " ")] for name in sorted(named)},
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


def _line(number: int, html: str, raw: str, section: Row | None, where: str) -> Markup:
    """A line of a report beside its original; `html` is escaped already. Not a template: a report has hundreds of lines."""
    anchor = f' id="s{section["clean_start"]}"' if section else ""
    tag = f'<span class="tag">{escape(where)}</span>' if where else ""
    original = escape(raw) if raw else SAME
    return Markup(f'<div class="line"{anchor}>{tag}<p id="p{number}">{html}</p><p class="raw">{original}</p></div>')


SAME = Markup('<span class="dim">{}</span>').format(bilingual("（与净文相同）", "(the same)"))


def place_in_file(blocks: Sequence[Row], raw_start: int) -> str:
    """Page and paragraph of the file, of the block that holds a place of the original; empty for plain text."""
    number = bisect_right(blocks, raw_start, key=lambda block: block["raw_start"]) - 1
    if number < 0:
        return ""
    block = blocks[number]
    return " · ".join(
        filter(None, (f"第{block['page']}页 page {block['page']}" if block["page"] else "", block["place"] or ""))
    )


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
    code: str,
    indicator: Row | None,
    headlines: Sequence[Row],
    plans: Sequence[Row],
    documents: Mapping[str, str],
    place_pages: Mapping[str, str],
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
            charts=[chart(measure, unit, rows, documents) for (measure, unit), rows in groups[:CHARTS]],
            plans=plans,
            known=documents,
            places=place_pages,
            up="../",
        )
    )


def chart(measure: str | None, unit: str | None, rows: Sequence[Row], documents: Mapping[str, str]) -> dict[str, Any]:
    """What charts.js draws: lines over time where places have several periods, else bars by place."""
    series = [
        {
            "place": place or "",
            "status": state,
            "points": [
                [
                    _day(row["period_end"]),
                    float(row["signed_value"] if row.get("signed_value") is not None else row["value"]),
                    _target(row, documents),
                    shown(row["value"]),
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


def _target(row: Row, documents: Mapping[str, str]) -> str:
    document = documents.get(row["fact_id"], "")
    return f"../documents/{slug(document)}.html#q-{row['fact_id']}" if document else ""


def place_page(
    place: str,
    own: Sequence[Row],
    headlines: Sequence[Row],
    plans: Sequence[Row],
    rankings: Sequence[Row],
    documents: Mapping[str, str],
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
            known=documents,
            up="../",
        )
    )


def list_page(title: tuple[str, str], intro: tuple[str, str], rows: Sequence[Row], documents: Mapping[str, str]) -> str:
    """A table of a view's rows; columns of fact ids are links to their sentences."""
    columns = [name for name in (rows[0] if rows else {}) if not name.endswith("document_id")]
    return (
        environment()
        .get_template("list.html")
        .render(
            title=bilingual(*title),
            intro=bilingual(*intro),
            columns=columns,
            rows=[[(kind_of(row[name]), cell(name, row[name], documents)) for name in columns] for row in rows],
            up="",
        )
    )


def kind_of(value: object) -> str:
    """The class of a cell: a number stands at the right, and neither it nor a day is broken."""
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        return "n"
    return "whole" if isinstance(value, date) else ""


def cell(column: str, value: object, documents: Mapping[str, str]) -> Markup:
    """A value of a list; ids of facts become links."""
    if column.endswith(("fact_id", "fact_ids", "facts")) and isinstance(value, str | list):
        ids = value if isinstance(value, list) else [value]
        return Markup(" ").join(fact_link(str(each), documents, str(each), "") for each in ids)
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
