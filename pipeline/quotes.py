"""Quotes that the original can show: what cleaning removed within a quote may hold no digits of its own.

A bookmark, an entity or an address taken out of the middle of a sentence leaves its digits in the raw span of a
quote that runs over it. Such a quote is cut at that place, and the part that holds the figure is kept.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from pipeline.offsets import OffsetMap
from pipeline.records import Commitment, Fact, Mention, Ranking

AMPERSAND = "&"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,31});")

Row = TypeVar("Row", Fact, Ranking, Commitment)
Spanned = TypeVar("Spanned", Fact, Ranking, Commitment, Mention)


def shown_by_original(rows: Sequence[Row], clean_text: str, raw_text: str, offsets: OffsetMap) -> list[Row]:
    """The rows, their quotes cut where the original has digits that cleaning removed."""
    return [
        row
        if row.raw_end - row.raw_start == row.clean_end - row.clean_start and raw_text[row.raw_end - 1] != AMPERSAND
        else _shown(row, clean_text, raw_text, offsets)
        for row in rows
    ]


def mentions_shown_by_original(mentions: Sequence[Mention], raw_text: str) -> list[Mention]:
    """The mentions whose place in the original has no other digits; a name cannot be cut."""
    return [
        mention
        for mention in (_to_the_end(mention, raw_text) for mention in mentions)
        if mention.raw_end - mention.raw_start == len(mention.text)
        or _digits(raw_text[mention.raw_start : mention.raw_end]) == _digits(mention.text)
    ]


def _shown(row: Row, clean_text: str, raw_text: str, offsets: OffsetMap) -> Row:
    row = _to_the_end(row, raw_text)
    nothing_removed = row.raw_end - row.raw_start == row.clean_end - row.clean_start
    if nothing_removed or _digits(raw_text[row.raw_start : row.raw_end]) == _digits(row.quote):
        return row
    return _cut(row, clean_text, raw_text, offsets)


def _to_the_end(row: Spanned, raw_text: str) -> Spanned:
    """What replaced an HTML entity maps to its ampersand: a row that ends there takes the whole of it."""
    entity = _ENTITY.match(raw_text, row.raw_end - 1)
    return row._replace(raw_end=entity.end()) if entity else row


def _cut(row: Row, clean_text: str, raw_text: str, offsets: OffsetMap) -> Row:
    parts: list[tuple[int, int]] = []
    raw_at = None
    for start, raw_start, length in offsets.pieces(row.clean_start, row.clean_end):
        if parts and raw_at is not None and not _has_digit(raw_text[raw_at:raw_start]):
            parts[-1] = (parts[-1][0], start + length)
        else:
            parts.append((start, start + length))
        raw_at = raw_start + length
    if len(parts) == 1:
        return row
    with_figure = [part for part in parts if _has_digit(clean_text[slice(*part)])]
    start, end = with_figure[-1] if with_figure else max(parts, key=lambda part: part[1] - part[0])
    raw_start, raw_end = offsets.raw_span(start, end)
    return row._replace(
        quote=clean_text[start:end], clean_start=start, clean_end=end, raw_start=raw_start, raw_end=raw_end
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", html.unescape(text))))


def _has_digit(text: str) -> bool:
    return bool(_digits(text))
