"""Styles (样式): what a paragraph or a run has from its style and the styles below that."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.names import VAL, W, child, child_number, child_value, is_on
from pipeline.readers.guards import check_document_type, parse_xml

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]$|toc heading$", re.I)
_TITLES = {"title", "标题", "subtitle", "副标题"}
_LONGEST_CHAIN = 20
# Every program that writes styles calls the namespace w.
_ROOT = re.compile(rb"<w:styles\b[^>]*>")
_BEGINS, _ENDS = b"<w:style ", b"</w:style>"
_ID = re.compile(rb'<w:style [^>]*\bw:styleId="([^"]*)"')
_DEFAULT = re.compile(rb'<w:style\b[^>]*\bw:default="(?:1|true)"')


class Style(NamedTuple):
    """What a style says, its own basis included."""

    heading_level: int | None = None
    is_contents: bool = False
    is_hidden: bool = False
    numbering: str | None = None
    numbering_level: int | None = None


PLAIN = Style()


class Styles:
    """The styles of a document by their id, each parsed when it is first asked for.

    A template brings hundreds of styles, of which a report uses five; to parse them all took half of the reader's time.
    """

    def __init__(self, part: bytes) -> None:
        check_document_type(part, "styles.xml")
        pieces = [_BEGINS + piece for piece in part.split(_BEGINS)[1:]]
        self._sources = {found[1].decode("utf-8", "replace"): piece for piece in pieces if (found := _ID.match(piece))}
        self.may_hide = b"vanish" in part
        opened = _ROOT.search(part)
        self._root = opened[0] if opened else b""
        self._parsed: dict[str, etree._Element | None] = {}
        self._resolved: dict[str, Style] = {}
        self.default = next(
            (
                id
                for id, source in self._sources.items()
                if _DEFAULT.match(source) and b'w:type="paragraph"' in source[:300]
            ),
            None,
        )

    def get(self, style_id: str | None) -> Style:
        """The style; PLAIN where there is none."""
        if style_id is None:
            return PLAIN
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def _resolve(self, style_id: str) -> Style:
        style, seen = PLAIN, 0
        name: str | None = style_id
        while name and seen < _LONGEST_CHAIN:
            element = self._element(name)
            if element is None:
                break
            own = _own(element)
            style = Style(
                style.heading_level if style.heading_level is not None else own.heading_level,
                style.is_contents or own.is_contents,
                style.is_hidden or own.is_hidden,
                style.numbering or own.numbering,
                style.numbering_level if style.numbering_level is not None else own.numbering_level,
            )
            name, seen = child_value(element, "basedOn"), seen + 1
        return style

    def _element(self, style_id: str) -> etree._Element | None:
        if style_id not in self._parsed:
            source = self._sources.get(style_id)
            end = source.find(_ENDS) if source else -1
            if source is None or end < 0:
                self._parsed[style_id] = None
            else:
                whole = parse_xml(self._root + source[: end + len(_ENDS)] + b"</w:styles>", "styles.xml")
                self._parsed[style_id] = child(whole, f"{W}style")
        return self._parsed[style_id]


def _own(element: etree._Element) -> Style:
    name = child_value(element, "name") or ""
    paragraph = child(element, f"{W}pPr")
    hit = _HEADING.match(name)
    level = int(hit[1]) if hit else 0 if name.lower() in _TITLES else None
    outline = child_number(paragraph, "outlineLvl")
    if level is None and outline is not None and outline < 9:
        level = outline + 1
    numbering = child(paragraph, f"{W}numPr") if paragraph is not None else None
    return Style(
        level,
        _CONTENTS.match(name) is not None,
        is_on(child(element, f"{W}rPr"), "vanish"),
        child_value(numbering, "numId"),
        child_number(numbering, "ilvl"),
    )


def run_style(properties: etree._Element) -> str | None:
    """The character style that a run names."""
    named = child(properties, f"{W}rStyle")
    return named.get(VAL) if named is not None else None
