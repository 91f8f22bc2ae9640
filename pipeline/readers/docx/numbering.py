"""Automatic numbering (自动编号): the 一、（一）1. that a Word file does not hold as text, counted as Word counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.counting import counted
from pipeline.readers.docx.names import OFF, VAL, W, child, child_number, child_value, number
from pipeline.readers.docx.styles import Style

_PLACE = re.compile("%([1-9])")
_LEVELS = 9
_FORMAT = f"{W}numFmt"
# After these a text may follow without a blank; after a point it may not: 1. and 5亿元.
_CLOSED = "、）)：】〕」”，"


class Level(NamedTuple):
    """One level of a list: how it counts, from where, after which level it begins anew (0: never), and the text around."""

    number_format: str
    text: str
    start: int
    restart: int | None
    is_legal: bool
    suffix: str
    style: str | None


class Label(NamedTuple):
    """What stands before a paragraph, and on which level of its list; a bullet has no text."""

    text: str
    level: int


class Instance(NamedTuple):
    """A list of the document: the levels it counts by, and where it begins again."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document, each read when it is first asked for. Call `label` for each paragraph in order: it counts."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstracts: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._instances: dict[str, Instance | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._abstracts = {a.get(f"{W}abstractNumId") or "": a for a in root.iterchildren(f"{W}abstractNum")}
            self._lists = {a.get(f"{W}numId") or "": a for a in root.iterchildren(f"{W}num")}

    def _instance(self, list_id: str) -> Instance | None:
        if list_id not in self._instances:
            self._instances[list_id] = self._read(list_id)
        return self._instances[list_id]

    def _read(self, list_id: str) -> Instance | None:
        num = self._lists.get(list_id)
        abstract = child_value(num, "abstractNumId")
        if num is None or abstract is None or abstract not in self._abstracts:
            return None
        levels, starts = _levels(self._styled(self._abstracts[abstract])), {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            at = number(override.get(f"{W}ilvl"))
            if at is None or not 0 <= at < _LEVELS:
                continue
            replaced = child(override, f"{W}lvl")
            if replaced is not None:
                levels[at] = _level(replaced)
            start = child_number(override, "startOverride")
            if start is not None:
                starts[at] = start
        return Instance(abstract, levels, starts)

    def _styled(self, abstract: etree._Element) -> etree._Element:
        """A list may be kept in a numbering style: numStyleLink leads to the list whose styleLink has that name."""
        name = child_value(abstract, "numStyleLink")
        linked = (a for a in reversed(self._abstracts.values()) if name and child_value(a, "styleLink") == name)
        return next(linked, abstract)

    def label(self, numbered: etree._Element | None, style_id: str | None, style: Style) -> Label | None:
        """The label of the next paragraph, `numbered` its w:numPr; None where it is not numbered.

        The paragraph's own numbering holds before its style's; list 0 takes a style's numbering away.
        """
        if numbered is None and style.numbering is None:
            return None
        list_id, at = child_value(numbered, "numId"), child_number(numbered, "ilvl")
        if list_id is None:
            list_id = style.numbering
            at = style.numbering_level if at is None else at
        instance = self._instance(list_id) if list_id is not None and list_id != "0" else None
        if list_id is None or instance is None:
            return None
        if at is None:  # the level that is bound to the style
            at = next((k for k, level in instance.levels.items() if style_id and level.style == style_id), 0)
        level = instance.levels.get(at)
        if level is None:
            return None
        counts = self._count(list_id, instance, at)
        if level.number_format == "bullet":
            return Label("", at)
        text = _PLACE.sub(lambda place: _written(int(place[1]) - 1, level, instance, counts), level.text)
        gap = "" if not text or level.suffix == "nothing" or text[-1] in _CLOSED else " "
        return Label(text + gap, at)

    def _count(self, list_id: str, instance: Instance, at: int) -> dict[int, int]:
        """The counts of the list's levels with this paragraph counted."""
        counts = self._counts.setdefault(instance.abstract, {})
        if at in instance.starts and (list_id, at) not in self._begun:
            self._begun.add((list_id, at))
            counts[at] = instance.starts[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = instance.levels[at].start
        for above in range(at):  # a level that was left out counts as begun
            counts.setdefault(above, instance.levels[above].start if above in instance.levels else 1)
        for below in [k for k in counts if k > at]:
            restart = instance.levels[below].restart if below in instance.levels else None
            if restart is None or (restart > 0 and at < restart):
                del counts[below]
        return counts


def _written(at: int, level: Level, instance: Instance, counts: dict[int, int]) -> str:
    other = instance.levels.get(at)
    if other is None:
        return ""
    return counted(counts.get(at, other.start), "decimal" if level.is_legal else other.number_format)


def _levels(abstract: etree._Element) -> dict[int, Level]:
    found = ((number(level.get(f"{W}ilvl")), level) for level in abstract.iterchildren(f"{W}lvl"))
    return {at: _level(level) for at, level in found if at is not None and 0 <= at < _LEVELS}


def _level(element: etree._Element) -> Level:
    said = {found.tag: found.get(VAL) for found in reversed(element)}
    number_format = said.get(_FORMAT)
    if _FORMAT not in said:  # Word 2010 and later may choose between formats
        number_format = next((found.get(VAL) for found in element.iter(_FORMAT)), None)
    start = number(said.get(f"{W}start"))
    return Level(
        number_format or "decimal",
        said.get(f"{W}lvlText") or "",
        1 if start is None else start,
        number(said.get(f"{W}lvlRestart")),
        f"{W}isLgl" in said and said[f"{W}isLgl"] not in OFF,
        said.get(f"{W}suff") or "tab",
        said.get(f"{W}pStyle"),
    )
