"""Rows of the large tables. Not templates: an indicator has thousands, and with templates the whole site took 1.6 times as long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from html import escape

from markupsafe import Markup

from warehouse.evidence.naming import slug, status
from warehouse.evidence.reading import Row, shown

_SIGNS = {"=": "", ">=": "≥", "<=": "≤", "~": "约 "}


def fact_link(fact_id: str | None, documents: Mapping[str, str], text: str, up: str = "../") -> Markup:
    """A link to a fact in its sentence; plain text where the fact is not there."""
    document = documents.get(fact_id or "")
    words = escape(text or fact_id or "")
    if document is None:
        return Markup(words)
    return Markup(f'<a href="{up}documents/{slug(document)}.html#q-{escape(fact_id or "")}">{words}</a>')


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
            f'<td class="dim">{escape(row["rule"])}</td>',
            _cell(f'<a href="#q-{escape(row["fact_id"])}">{escape(row["quote"])}</a>'),
        )
        for row in rows
    )


def headline_rows(
    rows: Iterable[Row], documents: Mapping[str, str], by: str, places: Mapping[str, str] | None = None
) -> Markup:
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
            _cell(fact_link(row["fact_id"], documents, row["quote"])),
        )
        for row in rows
    )


def plan_rows(rows: Iterable[Row], documents: Mapping[str, str], by: str) -> Markup:
    """Targets beside outcomes under the heads of `plan_table`."""
    return _table(
        (
            _text(row["place"]) if by == "place" else _indicator(row["indicator_code"], row["indicator_name"]),
            _day(row["target_period_end"]),
            f'<td class="n">{_sign(row)}{shown(row["target_value"])}</td>',
            f'<td class="n">{shown(row["outcome_value"])}</td>',
            _text(row["unit"]),
            f'<td class="r{str(row["reached"]).lower()}">{shown(row["reached"])}</td>',
            _cell(fact_link(row["target_fact_id"], documents, row["target_quote"] or "")),
            _cell(fact_link(row["outcome_fact_id"], documents, row["outcome_quote"] or "")),
        )
        for row in rows
    )


def _table(rows: Iterable[Iterable[str]]) -> Markup:
    return Markup("\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows))


def _cell(html: str) -> str:
    return f"<td>{html}</td>"


def _text(value: str | None) -> str:
    return f"<td>{escape(value or '')}</td>"


def _day(value: date | None) -> str:
    return f'<td class="whole">{value or ""}</td>'


def _value(row: Row, value: object) -> str:
    most = "" if row["value_max"] is None else f"–{shown(row['value_max'])}"
    return f'<td class="n">{_sign(row)}{shown(value)}{most}</td>'


def _sign(row: Row) -> str:
    return _SIGNS.get(row["comparator"], escape(row["comparator"]))


def _times(restatements: int | None) -> str:
    return f" ×{restatements}" if restatements and restatements > 1 else ""


@cache
def _indicator(code: str | None, name: str | None) -> str:
    words = escape(name or "")
    return _cell(f'<a href="../indicators/{slug(code)}.html">{words}</a>' if code else words)


def _place(place: str | None, pages: Mapping[str, str]) -> str:
    words = escape(place or "")
    return _cell(f'<a href="../places/{pages[place]}.html">{words}</a>' if place and place in pages else words)
