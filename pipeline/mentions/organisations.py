"""Organisations (机构): a place or a level (市, 省) followed by the name of an office, or by words that end like an institution."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.mentions.words import MentionKnowledge
from pipeline.places import PlaceMatch

LONGEST_NAME = 24
# 厦门医院 behind other hanzi than these is the end of a longer name whose beginning cannot be told (复旦中山厦门医院).
LEVELS = frozenset("省市区县州盟旗")
BORDERS = frozenset("在与和同由对向及到往赴由据")


def find_organisations(text: str, places: Sequence[PlaceMatch], knowledge: MentionKnowledge) -> list[tuple[int, int]]:
    """Spans of named organisations, left to right, without overlap. Kinds (三级医院, 乡镇卫生院) are none."""
    # An anchor is a span and whether it is a name by itself: 国务院, and the head of 复旦大学附属医院.
    anchors = {place[:2]: False for place in places}
    anchors |= {hit.span(): False for hit in knowledge.level.finditer(text)}
    anchors |= {hit.span(): True for hit in knowledge.known.finditer(text)}
    found: list[tuple[int, int]] = []
    reached = 0
    for (start, end), is_name in sorted(anchors.items(), key=lambda anchor: (anchor[0][0], -anchor[0][1])):
        if start >= reached:
            reached = _end(text, end, knowledge) or (end if is_name else reached)
            if reached > start and not _is_tail(text, start, end, reached):
                found.append((start, reached))
    return found


def _is_tail(text: str, start: int, place_end: int, end: int) -> bool:
    before = text[start - 1 : start]
    is_bare = text[place_end:end] in ("医院", "分院") and text[place_end - 1] not in LEVELS
    return is_bare and "\u4e00" <= before <= "\u9fff" and before not in BORDERS


def _end(text: str, start: int, knowledge: MentionKnowledge) -> int:
    """The end of the name whose place or level ends at `start`, 0 if none is named."""
    office = knowledge.office.match(text, start)
    if office:
        return office.end()
    if knowledge.generic_start.match(text, start):
        return 0
    limit = min(len(text), start + LONGEST_NAME)
    stop = knowledge.stop.search(text, start, limit)
    last = 0
    for hit in knowledge.organisation_end.finditer(text, start, stop.start() if stop else limit):
        last = hit.end()
    return last
