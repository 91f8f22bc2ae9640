"""Headings without a number (无序号标题), and attachments: lines that begin a part by how they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.sections.markers import Marker, OutlineKnowledge

LONGEST_LEAD = 35
SHORTEST_PARAGRAPH = 45
SENTENCE_END = re.compile("[。！？!?；;]")
ENDS_SENTENCE = tuple("。！？!?；;”）)…")
GOES_ON = tuple("：:，,、；;。.|")
CELL = re.compile(r"[|\t]|[0-9.%％]+$|^[0-9.%％]+")
CHINESE = re.compile("[\u4e00-\u9fff]{2}")
DATE = re.compile(
    r"[（(]?[0-9〇○零一二三四五六七八九十]{2,4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月(?:\s*[0-9一二三四五六七八九十]{1,3}\s*日)?[）)]?"
)


class Lead(NamedTuple):
    """A heading without a number: text[start:end], the line without its indent."""

    start: int
    end: int
    is_attachment: bool


class Line(NamedTuple):
    """A line that is not blank: text[start:end] without surrounding white space."""

    start: int
    end: int
    text: str
    is_marked: bool

    @property
    def is_paragraph(self) -> bool:
        """Whether the line is running text and no heading, cell or signature."""
        return len(self.text) >= SHORTEST_PARAGRAPH or SENTENCE_END.search(self.text) is not None


def lines_of(text: str, markers: list[Marker]) -> Iterator[Line]:
    """The lines of `text` that are not blank, without surrounding white space."""
    starts = {marker.start for marker in markers}
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            first = start + len(line) - len(line.lstrip())
            yield Line(first, first + len(stripped), stripped, first in starts)
        start += len(line) + 1


def find_leads(lines: list[Line], knowledge: OutlineKnowledge) -> list[Lead]:
    """The unnumbered headings: short lines of their own, behind a finished paragraph and before a paragraph or a marker.

    Lines before the first paragraph are the title and its box; runs of short lines are cells of a table.
    """
    leads = []
    seen_body = False
    for at, line in enumerate(lines):
        if not line.is_marked and seen_body:
            if knowledge.attachment.match(line.text):
                leads.append(Lead(line.start, line.end, True))
            elif at + 1 < len(lines) and _is_lead(line, lines[at - 1], lines[at + 1], knowledge):
                leads.append(Lead(line.start, line.end, False))
        seen_body = seen_body or line.is_paragraph or line.is_marked
    return leads


def _is_lead(line: Line, before: Line, after: Line, knowledge: OutlineKnowledge) -> bool:
    text = line.text
    return (
        len(text) <= LONGEST_LEAD
        and not text.endswith(GOES_ON)
        and not SENTENCE_END.search(text)
        and not CELL.search(text)
        and CHINESE.search(text) is not None
        and len(text) >= 4
        and not DATE.fullmatch(text)
        and (after.is_paragraph or after.is_marked)
        and (before.text.endswith(ENDS_SENTENCE) or DATE.fullmatch(before.text) is not None)
        and not (text.endswith(knowledge.signatures) and not after.is_marked)
    )


def without_attachment_lists(markers: list[Marker], lines: list[Line], knowledge: OutlineKnowledge) -> list[Marker]:
    """`markers` without those that number the list of attachments (附件：1.… 2.…)."""
    dropped = set()
    in_list = False
    for line in lines:
        if not line.is_marked:
            in_list = knowledge.attachment.match(line.text) is not None
        elif in_list and not SENTENCE_END.search(line.text):
            dropped.add(line.start)
        else:
            in_list = False
    return [marker for marker in markers if marker.start not in dropped]
