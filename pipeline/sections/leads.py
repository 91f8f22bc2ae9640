"""Headings without a number (无序号标题), and attachments: lines that begin a part by how they stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.language.dates import is_date
from pipeline.language.times import A_YEAR
from pipeline.sections.lines import SENTENCE_END, Line
from pipeline.sections.markers import Marker, OutlineKnowledge

LONGEST_LEAD = 35
ENDS_SENTENCE = tuple("。！？!?；;”）)…")
GOES_ON = tuple("：:，,、；;。.|")
BULLET_HEADING = re.compile("[◆●■★▲]\\s*([^。！？；]{3,30})(?=[。]|$)")
# A line with these is a part of the title, its date or its number.
TITLE_WORDS = re.compile(
    f"{A_YEAR}|总结|计划$|要点$|报告$|通报$|通知$|规划$|〔|\\[|^[—–-]|^[（(]|同志|主任|局长|市长|县长|区长|省长"
)
# The line above a heading does not end in the middle of a clause, nor does a title have a comma.
ENDS_OPEN = re.compile("关于$|印发$|[、：:]$|[，,]")
CELL = re.compile(r"[|\t]|[0-9.%％]+$|^[0-9.%％]+(?![0-9.%％年])")
# 主办单位：县教育局 says something of what stands above.
KEY_AND_VALUE = re.compile("[\u4e00-\u9fff]{2,4}(?:单位|部门|处室|科室|领导|时限|时间)[：:]")
CHINESE = re.compile("[\u4e00-\u9fff]{2}")


class Lead(NamedTuple):
    """A heading without a number: text[start:end], the line without its indent."""

    start: int
    end: int
    is_attachment: bool


def find_leads(lines: list[Line], markers: list[Marker], knowledge: OutlineKnowledge) -> list[Lead]:
    """The unnumbered headings: short lines of their own, behind a finished paragraph and before a paragraph or a marker.

    Lines before the first paragraph are the title and its box; runs of short lines are cells of a table.
    """
    marked = {marker.start for marker in markers}
    leads = []
    seen_body = False
    for at, line in enumerate(lines):
        before, after = lines[max(0, at - 1)], lines[at + 1] if at + 1 < len(lines) else None
        if line.start in marked:
            seen_body = True
            continue
        if seen_body and knowledge.attachment.match(line.text):
            leads.append(Lead(line.start, line.end, True))
        elif bullet := BULLET_HEADING.match(line.text):
            leads.append(Lead(line.start, line.start + bullet.end(1), False))
        elif after and at and _is_lead(line, after, marked, knowledge):
            finished = before.text.endswith(ENDS_SENTENCE) or is_date(before.text)
            if finished if seen_body else _opens(line, before, knowledge):
                leads.append(Lead(line.start, line.end, False))
        seen_body = seen_body or line.is_paragraph
    return leads


def _opens(line: Line, before: Line, knowledge: OutlineKnowledge) -> bool:
    """Whether a line between the title and the first paragraph is a heading and no part of the title."""
    is_title = TITLE_WORDS.search(line.text) or ENDS_OPEN.search(before.text)
    return not is_title and not line.text.endswith(knowledge.signatures)


def _is_lead(line: Line, after: Line, marked: set[int], knowledge: OutlineKnowledge) -> bool:
    text = line.text
    return (
        len(text) <= LONGEST_LEAD
        and not text.endswith(GOES_ON)
        and not SENTENCE_END.search(text)
        and not CELL.search(text)
        and CHINESE.search(text) is not None
        and not KEY_AND_VALUE.match(text)
        and len(text) >= 4
        and not is_date(text)
        and (after.is_paragraph or after.start in marked)
        and not (text.endswith(knowledge.signatures) and after.start not in marked)
    )


def without_attachment_lists(markers: list[Marker], lines: list[Line], knowledge: OutlineKnowledge) -> list[Marker]:
    """`markers` without those that number the list of attachments (附件：1.… 2.…)."""
    marked = {marker.start for marker in markers}
    dropped = set()
    in_list = False
    for line in lines:
        if line.start not in marked:
            in_list = knowledge.attachment.match(line.text) is not None
        elif in_list and not SENTENCE_END.search(line.text):
            dropped.add(line.start)
        else:
            in_list = False
    return [marker for marker in markers if marker.start not in dropped]
