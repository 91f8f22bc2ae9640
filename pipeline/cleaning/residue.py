"""What programs leave in a text: HTML tags and entities, and Word's bookmarks, fields and comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

from pipeline.offsets import Edit
from pipeline.tables import Row

_TAGS = (
    "html|head|body|title|meta|link|script|style|a|p|br|hr|div|span|font|b|strong|i|em|u|o:p|ul|ol|li|"
    "table|thead|tbody|tr|td|th|img|h[1-6]|center|section|article|header|footer|input|iframe|sup|sub|blockquote"
)
_HIDDEN_LINK = r"<a\b[^<>]{0,500}display:\s?none[^<>]{0,500}>[^<>]{0,500}</a>"
_MARKUP = re.compile(
    rf"(?P<hidden>{_HIDDEN_LINK})|(?P<break></?(?:br|p|div|tr|li|h[1-6])\b[^<>]{{0,1000}}>)|</?(?:{_TAGS})(?:[\s/][^<>]{{0,1000}})?>"
    r"|<!--[^<>]{0,1000}-->|<!doctype[^<>]{0,200}>",
    re.I,
)
MARKUP_SIGNS = "<&"
_ENTITY = re.compile(r"&(?:amp;){0,9}(?P<name>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")


def markup_share(text: str) -> float:
    """The share of `text` that is HTML tags."""
    return (
        sum(match.end() - match.start() for match in _MARKUP.finditer(text)) / max(1, len(text)) if "<" in text else 0.0
    )


def markup(text: str) -> Iterable[Edit]:
    """Stray HTML: a hidden link goes with its words, a block's tag becomes a line end, other tags go, entities are read."""
    found = list(_MARKUP.finditer(text)) if "<" in text else []
    if "&" in text:
        found = sorted([*found, *_ENTITY.finditer(text)], key=lambda match: match.start())
    at = 0
    for match in found:
        if match.start() < at:
            continue
        if match.re is _ENTITY:
            meant = html.unescape(f"&{match['name']};")
            if len(meant) != 1:  # no entity, or one that only mathematicians use
                continue
        else:
            meant = "\n" if match["break"] else ""
        yield Edit(*match.span(), meant)
        at = match.end()


class Residue:
    """Word residue by the table word_residue: bracketed labels, fields with their switches, bookmark names, error texts."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        kinds: dict[str, list[str]] = {"label": [], "field": [], "name": [], "text": []}
        for row in rows:
            kinds[row["kind"]].append(re.escape(row["written"]))
        label, field, name, text = ("|".join(sorted(kinds[kind], key=len, reverse=True)) for kind in kinds)
        argument = r"\"[^\"\n]{0,300}\"|\\[*@#!]? ?[A-Za-z\"][\w.\-/]{0,20}|_[A-Za-z]{2,8}\d{0,12}"
        self._pattern = re.compile(
            rf"\[(?:{label})\b[^\[\]\n]{{0,200}}\]"
            rf"|(?<![A-Za-z])\{{? ?(?:{field}) {{1,4}}(?:{argument})(?: {{1,4}}(?:{argument})){{0,8}}(?: ?\}})?"
            rf"|\{{ ?(?:{field}) ?\}}"
            rf"|(?<![A-Za-z0-9])(?:{name})\d{{0,12}}(?![A-Za-z0-9])"
            rf"|{text}"
        )
        # Every label, field and name holds one of these signs; a text is told by its first.
        texts = (row["written"] for row in rows if row["kind"] == "text")
        told_by = {next((c for c in word if not c.isalnum()), word[0]) for word in texts}
        self.signs = r'\[{_"\\' + re.escape("".join(sorted(told_by)))
        self._words = AhoCorasick([row["written"] for row in rows])
        # Where a match may begin, which is scanned for faster than the words.
        firsts = {row["written"][0] for row in rows if row["kind"] != "label"}
        self._beginning = re.compile(f"[\\[{{ {re.escape(''.join(sorted(firsts)))}]")

    def edits(self, text: str) -> Iterable[Edit]:
        """What Word leaves goes."""
        if not self._words.find_matches_as_indexes(text):
            return
        end = 0
        for beginning in self._beginning.finditer(text):
            match = self._pattern.match(text, beginning.start()) if beginning.start() >= end else None
            if match:
                yield Edit(*match.span())
                end = match.end()
