"""Policies (政策文件): titles in 《》, with the issuer and the document number where the text prints them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.language.numerals import COUNTING
from pipeline.mentions.words import MentionKnowledge

TITLE = re.compile("《(?:[^《》\n]|《[^《》\n]{0,80}》){2,120}》")
NUMBER = re.compile(
    "[（(]?(?P<number>[\u4e00-\u9fff]{1,14}[〔\\[（(【]20[0-9]{2}[〕\\]）)】](?:第)?[0-9]{1,4}号)[）)]?"
)
DEPARTMENTS = re.compile(f"[0-9{COUNTING}]{{1,3}}个?部门$")
ABOUT = re.compile("《(?P<issuer>[^《》]{2,40}?)关于")
CLAUSE_MARKS = "，。；：！？\n"
REACH = 60


class Policy(NamedTuple):
    """text[start:end] is the title with its 《》."""

    start: int
    end: int
    issuer: str | None
    number: str | None


def find_policies(text: str, organisations: Sequence[tuple[int, int]], knowledge: MentionKnowledge) -> Iterator[Policy]:
    """The policies that `text` names; books and articles are none."""
    starts = [start for start, _ in organisations]
    for hit in TITLE.finditer(text):
        title = hit[0][1:-1]
        if not knowledge.policy_end.search(title):
            continue
        number = NUMBER.match(text, hit.end())
        issuer = _issuer_in_title(hit[0], knowledge) or _issuer_before(
            text, hit.start(), organisations, starts, knowledge
        )
        yield Policy(hit.start(), hit.end(), issuer, number["number"] if number else None)


def _issuer_in_title(title: str, knowledge: MentionKnowledge) -> str | None:
    """《国务院办公厅关于…的意见》"""
    about = ABOUT.match(title)
    if about is None:
        return None
    issuer = about["issuer"]
    ends = {
        hit.end()
        for pattern in (knowledge.office, knowledge.known, knowledge.organisation_end)
        for hit in pattern.finditer(issuer)
    }
    return issuer if len(issuer) in ends else None


def _issuer_before(
    text: str,
    title_start: int,
    organisations: Sequence[tuple[int, int]],
    starts: Sequence[int],
    knowledge: MentionKnowledge,
) -> str | None:
    """省卫生健康委、省财政厅联合印发《…》: from the clause's first organisation to the verb."""
    clause = max(text.rfind(mark, max(0, title_start - REACH), title_start) for mark in CLAUSE_MARKS) + 1
    clause = max(clause, title_start - REACH, 0)
    verb = knowledge.issue_verb.search(text[clause:title_start])
    if verb is None:
        return None
    end = clause + verb.start()
    k = bisect_left(starts, clause)
    if k < len(starts) and organisations[k][1] <= end:
        return text[starts[k] : end].strip()
    departments = DEPARTMENTS.search(text[clause:end])
    return departments[0] if departments else None
