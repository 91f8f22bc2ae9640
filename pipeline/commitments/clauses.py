"""Clauses (分句), and the task that one states: where its verb and its object are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.commitments.deadlines import Deadline
from pipeline.commitments.words import CommitmentKnowledge
from pipeline.language.numerals import COMPOSED, COUNTING, ONES, SCALE
from pipeline.language.patterns import HAN
from pipeline.language.times import A_MONTH, A_QUARTER, A_YEAR
from pipeline.sections.brackets import Pairs

# A list of tasks with a deadline each (、年底前…) is cut at the deadlines.
BREAK = re.compile(
    f"[，,；;：:。！？!?\n\t\u3000、](?:(?<!、)|(?<![0-9]、)(?={A_YEAR}|{A_MONTH}|年底|年内|{A_QUARTER}))"
)
# 1,200 and 9:30 are no two clauses.
IN_NUMBERS = frozenset(",:")
WIDE_BLANKS = frozenset("\t\u3000")
CIRCLED = COMPOSED["circled"]
MARKER = re.compile(
    rf"[ \u3000]*(?:[（(]?[{COUNTING}0-9]{{1,3}}[）)、.．]|[{COUNTING}]{{1,3}}[是要](?!否|非)|[{CIRCLED}•●·—-])[ \u3000]*"
)
MARKER_STARTS = frozenset(f" \u3000（(0123456789{COUNTING}{CIRCLED}•●·—-")
BARE_COUNT = re.compile(f"[0-9.,{ONES}{SCALE}余]+{HAN}{{0,3}}")
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


class Head(NamedTuple):
    """Where a clause's own words begin (behind deadline, 我们将, 确保) and where its verb would (behind 进一步, 全面).

    `verb` is the verb there; `firm` the word such as 确保 that stands right before its own words.
    """

    subject_at: int
    verb_at: int
    verb: str | None
    firm: str


def clauses(text: str, start: int, end: int, pairs: Pairs) -> Iterator[Clause]:
    """The clauses of text[start:end]; brackets and quotations (`pairs` of the text) are not cut.

    >>> text = "建成7家，签约率达到61%（其中老年人，88%）。"
    >>> [text[c.start : c.end] for c in clauses(text, 0, len(text), Pairs(text))]
    ['建成7家', '签约率达到61%（其中老年人，88%）']
    """
    begin, mark, has_pairs = start, "", pairs.any_in(start, end)
    for at in [*(hit.start() for hit in BREAK.finditer(text, start, end)), end]:
        character = text[at] if at < end else ""
        in_number = character in IN_NUMBERS and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
        if in_number or (has_pairs and at < end and pairs.hold(at)):
            continue
        close = at
        while begin < close and text[begin].isspace():
            begin += 1
        while begin < close and text[close - 1].isspace():
            close -= 1
        if begin < close:
            yield Clause(begin, close, mark)
        begin, mark = at + 1, character


def task_of(clause: str, deadline: Deadline | None, starts_at: int, knowledge: CommitmentKnowledge) -> Task | None:
    """The task that a clause (behind its marker) states, or None; `starts_at` is its place in the text of the deadline."""
    has_cue = knowledge.cue.search(clause) is not None
    if has_cue and any(hit["done"] for hit in knowledge.done.finditer(clause)):
        return None
    head = _head(clause, deadline.start - starts_at if deadline else -1, deadline, knowledge)
    found = _verb_and_object(clause, head, knowledge)
    if found is None:
        return None
    verb, thing, rule = found
    if deadline and deadline.printed in thing:
        thing = _without_deadline(thing, deadline.printed, rule)
    thing = thing.strip(" \u3000、的")
    if not thing or (thing.endswith(knowledge.announcement_ends) and knowledge.announcement.search(thing)):
        return None
    if not has_cue:
        return Task(verb, thing, "plain", "planned", deadline, rule)
    hardness = _hardness(clause, head.verb_at, knowledge)
    goes_on = knowledge.ongoing.match(verb) or knowledge.ongoing.search(clause, 0, head.verb_at)
    return Task(verb, thing, hardness, "ongoing" if goes_on else "planned", deadline, rule)


def is_background(clause: str, knowledge: CommitmentKnowledge) -> bool:
    """Whether the clause is a principle or a mere circumstance (坚持…, 以…为抓手), which no task takes in."""
    return clause.startswith(knowledge.principles) or clause.startswith(knowledge.prepositions)


def _head(clause: str, deadline_at: int, deadline: Deadline | None, knowledge: CommitmentKnowledge) -> Head:
    """Take the words before the clause's own off its start, up to the verb if one follows them."""
    at = subject = 0
    firm = ""
    while at < len(clause):
        word, kinds = knowledge.heads.at(clause, at)
        behind = at + len(word)
        # 统筹推进: an adverb, 统筹资源: a verb.
        if "verb" in kinds and not ("adverb" in kinds and "verb" in knowledge.heads.at(clause, behind)[1]):
            return Head(subject, at, word, firm if subject == at else "")
        if at == deadline_at and deadline:
            at = subject = at + len(deadline.printed)
        elif "lead" in kinds or "firm" in kinds:
            at = subject = behind
            firm = word if "firm" in kinds else firm
        elif "adverb" in kinds:
            at = behind
        else:
            break
    return Head(subject, at, None, firm)


def _verb_and_object(clause: str, head: Head, knowledge: CommitmentKnowledge) -> tuple[str, str, str] | None:
    subject, at = head.subject_at, head.verb_at
    reach = knowledge.reach.search(clause, subject + 2)
    if head.verb and not (reach and _is_indicator(clause, at, reach.start(), head.verb, knowledge)):
        return head.verb, clause[at + len(head.verb) :].removeprefix("好"), "verb"
    if clause.startswith(knowledge.principles, at):
        return None
    if clause.startswith(knowledge.prepositions, at):
        later = _first_verb(clause, at + 2, knowledge)
        return (later[0], clause[later.end() :], "preposition") if later else None
    if reach:
        thing = EARLIER_VALUE.sub("", clause[subject : reach.start()])
        return reach[0], _without_tail(thing, knowledge), "reach"
    state = knowledge.state.search(clause, subject + 2) if clause.endswith(knowledge.states) else None
    if state:
        return state[0], _without_tail(clause[subject : state.start()], knowledge), "state"
    middle = knowledge.middle_verb.search(clause, subject + 2)
    if middle and "以" not in clause[subject : middle.start()]:
        before, behind = _without_tail(clause[subject : middle.start()], knowledge), clause[middle.end() :]
        # 工作室新建50个: the thing stands before the verb.
        return middle[0], before if BARE_COUNT.fullmatch(behind) else behind, "middle"
    explored = knowledge.explore.match(clause, at)
    if explored:
        return explored[0], clause[explored.end() :], "verb"
    return (head.firm, clause[subject:], "firm") if head.firm else None


def _first_verb(clause: str, start: int, knowledge: CommitmentKnowledge) -> re.Match[str] | None:
    """The first verb that is no item of a list: 在废物处置、职业健康等领域开展执法 has 开展."""
    hits = knowledge.verb.finditer(clause, start, start + VERB_REACH)
    return next((hit for hit in hits if clause[hit.end() : hit.end() + 1] not in LISTED), None)


def _is_indicator(clause: str, head: int, reach: int, verb: str, knowledge: CommitmentKnowledge) -> bool:
    """筛查覆盖率达90%, 达到推荐标准的机构占比超过20%: what begins like a verb is the subject of the value."""
    return bool(knowledge.reach_verb.fullmatch(verb)) or clause.endswith(knowledge.noun_tails, head, reach)


def _without_tail(thing: str, knowledge: CommitmentKnowledge) -> str:
    """检测率均, 就诊率争取: without the words that belong to what follows."""
    end = len(thing)
    while thing.endswith(knowledge.object_tails, 0, end):
        end -= next(len(word) for word in knowledge.object_tails if thing.endswith(word, 0, end))
    return thing[:end]


def _without_deadline(thing: str, printed: str, rule: str) -> str:
    before, _, after = thing.partition(printed)
    return before if rule in ("reach", "state") and not after.strip() else before + after


def _hardness(clause: str, head: int, knowledge: CommitmentKnowledge) -> str:
    if knowledge.firm.search(clause):
        kinds = {knowledge.firmness[word] for word in knowledge.firm.findall(QUOTED.sub("", clause))}
        if kinds:
            return "must" if "must" in kinds else "strive"
    return "explore" if knowledge.explore.search(clause, 0, head + 2) else "plain"
