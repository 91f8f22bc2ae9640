"""Clauses (分句), and the task that one states: where its verb and its object are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.commitments.deadlines import Deadline, Years
from pipeline.commitments.words import CommitmentKnowledge

# A list of tasks with a deadline each (、年底前…) is cut at the deadlines.
BREAK = re.compile("[，,；;：:。！？!?\n\t\u3000]|、(?=20[0-9]{2}年|1?[0-9]月底?|年底|年内|[一二三四]季度)")
WIDE_BLANKS = frozenset("\t\u3000")
MARKER = re.compile(
    r"[ \u3000]*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[一二三四五六七八九十]{1,3}[是要](?!否|非)|[①-⑳•●·—-])[ \u3000]*"
)
BARE_COUNT = re.compile("[0-9.,万亿千百十一二三四五六七八九余]+[\u4e00-\u9fff]{0,3}")
# 标准由670元提高到700元: the earlier value belongs to neither verb nor object.
EARLIER_VALUE = re.compile("[由从][^由从，]{0,12}[0-9][^由从，]{0,12}$")
QUOTED = re.compile("“[^”]{0,60}”")
LISTED = frozenset("、等的和与及中上下")
# How far behind a preposition (为6.5万名老年人提供…) the verb of the clause is looked for.
VERB_REACH = 40


class Clause(NamedTuple):
    """text[start:end], without the mark that ends it; `mark` is the character before it."""

    start: int
    end: int
    mark: str


class Task(NamedTuple):
    """The verb and object that a clause states, how firmly, and by which rule they were found."""

    verb: str
    object: str
    hardness: str
    status: str
    deadline: Deadline | None
    rule: str


def clauses(text: str, start: int, end: int, enclosed: Sequence[tuple[int, int]]) -> Iterator[Clause]:
    """The clauses of text[start:end]; brackets and quotations (spans `enclosed`) are not cut.

    >>> text = "建成7家，签约率达到61%（其中老年人，88%）。"
    >>> [text[c.start : c.end] for c in clauses(text, 0, len(text), [(14, 24)])]
    ['建成7家', '签约率达到61%（其中老年人，88%）']
    """
    begin, mark = start, ""
    for hit in BREAK.finditer(text, start, end):
        at = hit.start()
        k = bisect_right(enclosed, (at, len(text))) - 1
        if (k >= 0 and at < enclosed[k][1]) or (
            hit[0] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        ):
            continue
        if text[begin:at].strip():
            yield _stripped(text, begin, at, mark)
        begin, mark = at + 1, hit[0]
    if text[begin:end].strip():
        yield _stripped(text, begin, end, mark)


def _stripped(text: str, start: int, end: int, mark: str) -> Clause:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Clause(start, end, mark)


def task_of(text: str, start: int, end: int, years: Years, knowledge: CommitmentKnowledge) -> Task | None:
    """The task that text[start:end] (a clause behind its marker) states, or None."""
    if any(hit["done"] for hit in knowledge.done.finditer(text, start, end)):
        return None
    deadline = knowledge.deadlines.find(text, start, end, years)
    subject, head = _heads(text, start, end, years, knowledge)
    found = _verb_and_object(text, subject, head, end, knowledge)
    if found is None:
        return None
    verb, thing, rule = found
    if deadline and deadline.printed in thing:
        thing = _without_deadline(thing, deadline.printed, rule)
    thing = thing.strip(" \u3000、的")
    if not thing or knowledge.announcement.search(thing):
        return None
    return Task(
        verb,
        thing,
        _hardness(text, start, head, end, knowledge),
        _status(text, start, head, verb, knowledge),
        deadline,
        rule,
    )


def is_background(text: str, start: int, end: int, knowledge: CommitmentKnowledge) -> bool:
    """Whether the clause is a principle or a mere circumstance (坚持…, 以…为抓手), which no task takes in."""
    return bool(knowledge.principle.match(text, start, end) or knowledge.preposition.match(text, start, end))


def _heads(text: str, start: int, end: int, years: Years, knowledge: CommitmentKnowledge) -> tuple[int, int]:
    """Where the clause's own words begin (behind deadline, 我们将, 确保), and where its verb would (behind 进一步, 全面)."""
    at = subject = start
    while at < end:
        verb = knowledge.verb.match(text, at, end)
        lead = knowledge.lead.match(text, at, end)
        adverb = knowledge.adverb.match(text, at, end)
        longest = max((hit for hit in (lead, adverb) if hit), key=re.Match.end, default=None)
        if longest and not (verb and verb.end() > longest.end()):
            at = longest.end()
            subject = at if longest is lead else subject
        elif verb is None and (firm := knowledge.must.match(text, at, end) or knowledge.strive.match(text, at, end)):
            at = subject = firm.end()
        elif deadline := knowledge.deadlines.match(text, at, end, years):
            at = subject = deadline.end
        else:
            break
    return subject, at


def _verb_and_object(
    text: str, subject: int, head: int, end: int, knowledge: CommitmentKnowledge
) -> tuple[str, str, str] | None:
    verb = knowledge.verb.match(text, head, end)
    reach = knowledge.reach.search(text, subject + 2, end)
    if verb and not (reach and _is_indicator(text, head, reach.start(), verb[0], knowledge)):
        return verb[0], text[verb.end() : end].removeprefix("好"), "verb"
    if knowledge.principle.match(text, head, end):
        return None
    if knowledge.preposition.match(text, head, end):
        later = _first_verb(text, head + 2, min(end, head + VERB_REACH), knowledge)
        return (later[0], text[later.end() : end], "preposition") if later else None
    if reach:
        thing = EARLIER_VALUE.sub("", text[subject : reach.start()])
        return reach[0], knowledge.object_tail.sub("", thing), "reach"
    state = knowledge.state.search(text, subject + 2, end)
    if state:
        return state[0], knowledge.object_tail.sub("", text[subject : state.start()]), "state"
    middle = knowledge.middle_verb.search(text, subject + 2, end)
    if middle and "以" not in text[subject : middle.start()]:
        before, behind = knowledge.object_tail.sub("", text[subject : middle.start()]), text[middle.end() : end]
        # 工作室新建50个: the thing stands before the verb.
        return middle[0], before if BARE_COUNT.fullmatch(behind) else behind, "middle"
    explored = knowledge.explore.match(text, head, end)
    if explored:
        return explored[0], text[explored.end() : end], "verb"
    firm = knowledge.must.search(text, max(0, subject - 3), subject) or knowledge.strive.search(
        text, max(0, subject - 3), subject
    )
    return (firm[0], text[subject:end], "firm") if firm and firm.end() == subject else None


def _first_verb(text: str, start: int, end: int, knowledge: CommitmentKnowledge) -> re.Match[str] | None:
    """The first verb that is no item of a list: 在废物处置、职业健康等领域开展执法 has 开展."""
    hits = knowledge.verb.finditer(text, start, end)
    return next((hit for hit in hits if text[hit.end() : hit.end() + 1] not in LISTED), None)


def _is_indicator(text: str, head: int, reach: int, verb: str, knowledge: CommitmentKnowledge) -> bool:
    """筛查覆盖率达90%, 达到推荐标准的机构占比超过20%: what begins like a verb is the subject of the value."""
    return bool(knowledge.reach_verb.fullmatch(verb)) or text.endswith(knowledge.noun_tail, head, reach)


def _without_deadline(thing: str, printed: str, rule: str) -> str:
    before, _, after = thing.partition(printed)
    return before if rule in ("reach", "state") and not after.strip() else before + after


def _hardness(text: str, start: int, head: int, end: int, knowledge: CommitmentKnowledge) -> str:
    words = QUOTED.sub("", text[start:end])
    if knowledge.must.search(words):
        return "must"
    if knowledge.strive.search(words):
        return "strive"
    return "explore" if knowledge.explore.search(text, start, min(end, head + 2)) else "plain"


def _status(text: str, start: int, head: int, verb: str, knowledge: CommitmentKnowledge) -> str:
    goes_on = knowledge.ongoing.search(text, start, head) or knowledge.ongoing.match(verb)
    return "ongoing" if goes_on else "planned"
