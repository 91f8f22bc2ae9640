"""Styles (样式): what a paragraph or a run has from its style and the styles below that."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.names import VAL, W, child, child_number, child_value, is_on

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]$|toc heading$", re.I)
_TITLES = {"title", "标题", "subtitle", "副标题"}
_LONGEST_CHAIN = 20


class Style(NamedTuple):
    """What a style says, its own basis included."""

    heading_level: int | None = None
    is_contents: bool = False
    is_hidden: bool = False
    numbering: str | None = None
    numbering_level: int | None = None


PLAIN = Style()


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iterfind(f"{W}style") if root is not None else iter(())
        self._elements = {style.get(f"{W}styleId"): style for style in found}
        self._resolved: dict[str, Style] = {}
        self.default = next(
            (
                id
                for id, style in self._elements.items()
                if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph"
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
        while name in self._elements and seen < _LONGEST_CHAIN:
            element = self._elements[name]
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
