"""Styles (样式): what a paragraph or a run has from its style and the styles below that."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape, unescape

from lxml import etree

from pipeline.readers.docx.names import W, child, child_number, child_value, is_on
from pipeline.readers.guards import check_document_type, parse_xml

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]$|toc heading$", re.I)
_TITLES = {"title", "标题", "subtitle", "副标题"}
_LONGEST_CHAIN = 20
# Every program that writes styles calls the namespace w.
_ROOT = re.compile(rb"<w:styles\b[^>]*>")
_ENDS = b"</w:style>"
_STYLE = re.compile(rb"<w:style\s[^>]*>")
_ID = re.compile(rb'\bw:styleId="([^"]*)"')
_DEFAULT = re.compile(rb'\bw:default="(?:1|true)"')


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
        self._part = part
        opened = _ROOT.search(part)
        self._root = opened[0] if opened else b""
        self.default = next(filter(None, (_default(tag[0]) for tag in _STYLE.finditer(part))), None)
        self._parsed: dict[str, etree._Element | None] = {}
        self._resolved: dict[str, Style] = {}

    def get(self, style_id: str | None) -> Style:
        """The style; PLAIN where there is none."""
        if style_id is None:
            return PLAIN
        style = self._resolved.get(style_id)
        if style is None:
            style = self._resolved[style_id] = self._resolve(style_id)
        return style

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
            source = self._source(style_id)
            whole = parse_xml(self._root + source + b"</w:styles>", "styles.xml") if source else None
            self._parsed[style_id] = child(whole, f"{W}style")
        return self._parsed[style_id]

    def _source(self, style_id: str) -> bytes:
        """The style as it stands in the part; nothing where there is none."""
        written = escape(style_id, {'"': "&quot;"}).encode("utf-8", "replace")
        at = self._part.find(b'w:styleId="%s"' % written)
        start = self._part.rfind(b"<w:style", 0, at) if at >= 0 else -1
        end = self._part.find(_ENDS, at)
        return self._part[start : end + len(_ENDS)] if start >= 0 and end >= 0 else b""


def _default(tag: bytes) -> str | None:
    """The id of a paragraph style that holds where none is named, by its tag."""
    named = _ID.search(tag) if b'w:type="paragraph"' in tag and _DEFAULT.search(tag) else None
    return unescape(named[1].decode("utf-8", "replace"), {"&quot;": '"'}) if named else None


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
