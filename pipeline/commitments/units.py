"""Responsible units (责任单位): a label such as 责任单位： speaks for the tasks before it, in a heading for those below it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from pipeline.commitments.words import BY, CommitmentKnowledge
from pipeline.records import Section

# 牵头单位：A；责任单位：B are one statement when so little stands between them.
APART = 4


class HasUnit(Protocol):
    """What a unit can be given to."""

    start: int
    end: int
    unit: str | None


def assign_units(
    text: str, sections: Sequence[Section], drafts: Sequence[HasUnit], knowledge: CommitmentKnowledge
) -> None:
    """Set `unit` of the drafts (in text order) for which the text prints one."""
    for draft in drafts:
        by = text.find(BY, draft.start, draft.end)
        inline = knowledge.unit_inline.search(text, by, draft.end) if by >= 0 else None
        if inline:
            draft.unit = inline["units"]
    starts = [draft.start for draft in drafts]
    section_starts = [section.clean_start for section in sections]
    spoken_for = -1
    units: list[str] = []
    low = high = 0
    for label in knowledge.unit_label.finditer(text):
        unit = label["units"].strip()
        if units and label.start() - spoken_for <= APART:
            units += [] if unit in units else [unit]
        else:
            units = [unit]
            low, high = _reach(label.start(), spoken_for, sections, section_starts)
        spoken_for = label.end()
        for draft in drafts[bisect_right(starts, low - 1) : bisect_right(starts, high - 1)]:
            if draft.unit is None or len(units) > 1:
                draft.unit = "、".join(units)


def _reach(position: int, spoken_for: int, sections: Sequence[Section], starts: Sequence[int]) -> tuple[int, int]:
    """The span of text that a label at `position` speaks for."""
    k = bisect_right(starts, position) - 1
    if k < 0:
        return spoken_for + 1, position
    section = sections[k]
    in_heading = position < section.clean_start + len(section.marker) + len(section.heading)
    has_more = section.clean_end > section.own_end or "\n" in section.text.strip()
    if in_heading and has_more:
        return section.clean_start, section.clean_end
    return max(section.clean_start, spoken_for + 1), position
