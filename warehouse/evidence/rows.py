"""Rows of the large tables. Not templates: an indicator has thousands, and with templates the whole site took 1.6 times as long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from html import escape

from markupsafe import Markup

from warehouse.evidence.naming import slug, status
from warehouse.evidence.reading import Row, shown

FACT = (
    *("indicator_code", "indicator", "unit", "comparator", "status", "place", "period_end", "rule", "fact_id"),
    "quote",
)
HEADLINE = (
    *("indicator_code", "indicator_name", "measure", "place", "period_start", "period_end", "status", "comparator"),
    *("unit", "agrees", "restatements", "fact_id", "document_id", "quote"),
)
PLAN = (
    *("indicator_code", "indicator_name", "place", "target_period_end", "comparator", "unit", "reached"),
    *(
        "target_fact_id",
        "target_document_id",
        "target_quote",
        "outcome_fact_id",
        "outcome_document_id",
        "outcome_quote",
    ),
)
"""Columns of the tables, as they are."""
FACT_NUMBERS, HEADLINE_NUMBERS, PLAN_NUMBERS = (
    ("value", "value_max"),
    ("value", "signed_value", "value_max"),
    ("target_value", "outcome_value"),
)
"""Columns of the tables, as text."""
_REPEATED = 20_000
"""Cells that stand in many rows are kept written: so many of a kind."""
_SIGNS = {"=": "", ">=": "≥", "<=": "≤", "~": "约 "}


def selected(columns: Iterable[str], numbers: Iterable[str]) -> list[str]:
    """What is selected of a table for its rows: the columns, and the numbers as text."""
    return [*(f'"{name}"' for name in columns), *(f'shown("{name}") AS "{name}"' for name in numbers)]


def fact_link(fact_id: str | None, document: str | None, text: str, up: str = "../") -> str:
    """HTML of a link to a fact in its sentence; plain text where its document is not known."""
    words = escape(text or fact_id or "")
    if not document or not fact_id:
        return words
    return f'<a href="{up}documents/{slug(document)}.html#q-{escape(fact_id)}">{words}</a>'


def fact_rows(rows: Iterable[Row]) -> Markup:
    """The facts of a document's page."""
    return _table(
        (
            _indicator(row["indicator_code"], row["indicator"]),
            _value(row, row["value"]),
            _text(row["unit"]),
            _cell(status(row["status"])),
            _text(row["place"]),
            _day(row["period_end"]),
            _dim(row["rule"]),
            _cell(f'<a href="#q-{escape(row["fact_id"])}">{escape(row["quote"])}</a>'),
        )
        for row in rows
    )


def headline_rows(rows: Iterable[Row], by: str, places: Mapping[str, str] | None = None) -> Markup:
    """Headline figures under the heads of `headline_table`, the first column by "place" or "indicator"."""
    return _table(
        (
            _place(row["place"], places or {})
            if by == "place"
            else _indicator(row["indicator_code"], row["indicator_name"]),
            _text(row["measure"]),
            _day(row["period_start"]),
            _day(row["period_end"]),
            _cell(status(row["status"])),
            _value(row, row["value"] if row["signed_value"] is None else row["signed_value"]),
            _text(row["unit"]),
            _cell(f"{shown(row['agrees'])}{_times(row['restatements'])}"),
            _cell(fact_link(row["fact_id"], row["document_id"], row["quote"])),
        )
        for row in rows
    )


def plan_rows(rows: Iterable[Row], by: str) -> Markup:
    """Targets beside outcomes under the heads of `plan_table`."""
    return _table(
        (
            _text(row["place"]) if by == "place" else _indicator(row["indicator_code"], row["indicator_name"]),
            _day(row["target_period_end"]),
            f'<td class="n">{_sign(row)}{row["target_value"] or ""}</td>',
            f'<td class="n">{row["outcome_value"] or ""}</td>',
            _text(row["unit"]),
            f'<td class="r{str(row["reached"]).lower()}">{shown(row["reached"])}</td>',
            _cell(fact_link(row["target_fact_id"], row["target_document_id"], row["target_quote"] or "")),
            _cell(fact_link(row["outcome_fact_id"], row["outcome_document_id"], row["outcome_quote"] or "")),
        )
        for row in rows
    )


def _table(rows: Iterable[Iterable[str]]) -> Markup:
    return Markup("\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows))


@lru_cache(_REPEATED)
def _dim(value: str) -> str:
    return f'<td class="dim">{escape(value)}</td>'


def _cell(html: str) -> str:
    return f"<td>{html}</td>"


@lru_cache(_REPEATED)
def _text(value: str | None) -> str:
    return f"<td>{escape(value or '')}</td>"


@lru_cache(_REPEATED)
def _day(value: date | None) -> str:
    return f'<td class="whole">{value or ""}</td>'


def _value(row: Row, value: str | None) -> str:
    most = "" if row["value_max"] is None else f"–{row['value_max']}"
    return f'<td class="n">{_sign(row)}{value or ""}{most}</td>'


def _sign(row: Row) -> str:
    return _SIGNS.get(row["comparator"], escape(row["comparator"]))


def _times(restatements: int | None) -> str:
    return f" ×{restatements}" if restatements and restatements > 1 else ""


@lru_cache(_REPEATED)
def _indicator(code: str | None, name: str | None) -> str:
    words = escape(name or "")
    return _cell(f'<a href="../indicators/{slug(code)}.html">{words}</a>' if code else words)


def _place(place: str | None, pages: Mapping[str, str]) -> str:
    words = escape(place or "")
    return _cell(f'<a href="../places/{pages[place]}.html">{words}</a>' if place and place in pages else words)
