"""What is ranked (排位的事物): the noun phrase before the rank, or the one that 首家 and 唯一 qualify."""

from __future__ import annotations

from pipeline.rankings.words import RankingKnowledge

SENTENCE_MARKS = frozenset("。；;！!？?\n")
CLAUSE_MARKS = SENTENCE_MARKS | frozenset("，,：:（(“”")
BRACKETS = {"）": "（", ")": "("}
# How far back a clause and a sentence are followed, and how long a ranked noun may be, in characters.
CLAUSE_REACH = 60
SENTENCE_REACH = 120
NOUN_REACH = 30


def clause_start(text: str, position: int) -> int:
    """Where the clause that ends at `position` begins; brackets that close within it belong to it.

    >>> clause_start("满意度上升，在全市12个县（市、区）中", 19)
    6
    """
    return _back(text, position, CLAUSE_MARKS, CLAUSE_REACH)


def sentence_start(text: str, position: int) -> int:
    """Where the sentence that holds `position` begins."""
    return _back(text, position, SENTENCE_MARKS, SENTENCE_REACH)


def subject_before(
    text: str, end: int, knowledge: RankingKnowledge, floor: int = 0, clauses: int = 3
) -> tuple[str, int]:
    """The subject between `floor` and `end`, '' if there is none, and where the quotation may begin.

    A clause that says only 总量 or nothing leans on the `clauses` before it: 县域就诊率达93%，位列全市第一.
    """
    stop = begin = end
    generic = ""
    for _ in range(clauses):
        start = max(floor, _with_quotation(text, clause_start(text, stop), floor))
        phrase, offset = _trimmed(text[start:stop], knowledge)
        if phrase in knowledge.generic and not generic:
            generic, begin = phrase, start + offset
        elif phrase:
            is_joined = knowledge.generic.get(generic) == "join"
            return phrase + (generic if is_joined else ""), start + offset if stop == end else begin
        if start <= floor or text[start - 1] in SENTENCE_MARKS:
            break
        stop = start - 1
    return generic, begin


def _with_quotation(text: str, start: int, floor: int) -> int:
    """市中医院“国考”进入…: what is quoted belongs to the subject, with the words before it."""
    if not (start > floor and text[start - 1] == "”"):
        return start
    opening = text.rfind("“", max(floor, start - NOUN_REACH), start)
    return clause_start(text, opening) if opening >= 0 else start


def noun_end(text: str, start: int, knowledge: RankingKnowledge) -> int:
    """The end of the noun phrase that begins at `start`: the clause's end or the verb that follows it."""
    end = start
    while end < len(text) and end - start < NOUN_REACH and text[end] not in CLAUSE_MARKS and text[end] != "、":
        end += 1
    verb = knowledge.noun_end.search(text, start + 2, end)
    return verb.start() if verb else end


def _back(text: str, position: int, marks: frozenset[str], reach: int) -> int:
    start = position
    while start > 0 and position - start < reach and text[start - 1] not in marks:
        start -= 1
        if text[start] in BRACKETS:
            opening = text.rfind(BRACKETS[text[start]], max(0, start - reach), start)
            start = opening if opening >= 0 else start
    return start


def _trimmed(clause: str, knowledge: RankingKnowledge) -> tuple[str, int]:
    """The noun phrase of a clause and its offset: no lead words, nothing from the value on, '' for a mere comparison."""
    offset = len(clause) - len(clause.lstrip())
    lead = knowledge.subject_leads.match(clause, offset)
    if lead:
        offset = lead.end()
    if clause.startswith(knowledge.comparisons, offset):
        return "", offset
    phrase = _without_tail(clause[offset:], knowledge)
    value = knowledge.value_start.search(phrase, 2)
    phrase = _without_tail(phrase[: value.start()], knowledge) if value else phrase
    verb = knowledge.verb_at_end.search(phrase)
    return (phrase[: verb.start()] if verb else phrase), offset


def _without_tail(phrase: str, knowledge: RankingKnowledge) -> str:
    phrase = phrase.strip()
    while tail := knowledge.subject_tails.search(phrase):
        phrase = phrase[: tail.start()]
    return phrase
