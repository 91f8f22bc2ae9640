"""What money is spent on in the clause behind it: 投资3亿元，实施花圃改造项目52个 (资金用途)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.indicators.clauses import clause_before
from pipeline.facts.indicators.reading import STRIPPED, VERBAL_ROLES, Reading, text_of
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import ENDS_NOUN
from pipeline.language.function_words import ATTRIBUTIVE, PERFECTIVE
from pipeline.language.lists import COORDINATORS, LIST_MARK

COMMAS = "，,"
CHANGES = frozenset(["delta"])
NO_NOUN = frozenset(["pred", "prep", "reach", "cmp", "adv", "disc"])
SHORTEST, LONGEST = 3, 20
LONGEST_PURPOSE = 24


def spent_in_next_clause(reading: Reading, figure: Candidate, payer: str) -> str:
    """What the clause behind `figure`, an amount of `payer` (投资, 中央财政), says is done with it: 花圃改造项目; empty where it says nothing."""
    line, text, words, end = reading.line, reading.text, reading.wording.money, figure.high
    if (
        figure.quantity.tail != end
        or text[end : end + 1] not in COMMAS
        or end == len(text)
        or figure.bracket is not None
    ):
        return ""
    start, stop = line.clause(end + 1)
    compared = any(start <= other.quantity.start < stop for other in reading.figures)
    if words.pays.fullmatch(payer) and compared and line.last_word(CHANGES, start, stop) and stop + 1 < len(text):
        # 中央财政安排64亿元，比上年增加5亿元，支持花农安置
        start, stop = line.clause(stop + 1)
    for_what = words.says_for_what.match(text, start, stop)
    if for_what is not None:
        if not words.is_bare(payer) and payer.endswith(words.amounts):
            return ""
        named = object_of(reading, for_what.end(), stop)
        return named or ("" if compared else text_of(text, for_what.end(), stop)[:LONGEST_PURPOSE])
    if words.pays.fullmatch(payer):
        does = words.serves.match(text, start, stop) is not None and text.find(LIST_MARK, start, stop) < 0
        return text_of(text, start, stop) if does and stop - start <= LONGEST_PURPOSE else ""
    start = line.trim_left(start, stop)
    if not words.is_bare(payer) or words.told_of_all.search(text, *figure.own) or reading.done:
        return ""
    done_to = words.done_to.fullmatch(text, start, stop)
    if done_to is not None:
        return _whom(reading, done_to) + done_to["act"]
    verb = line.starts.get(start)
    if verb is None:
        return _told_in(reading, start, stop)
    if verb.role not in VERBAL_ROLES | CHANGES or verb.text in reading.wording.consequence_verbs:
        return ""
    if verb.text not in reading.wording.spent_on and clause_before(reading, figure).text:
        # 项目开工，投资3亿元，竣工2栋: what stands before says what it is for.
        return ""
    return object_of(reading, _behind_verbs(reading, verb, stop), stop)


def _told_in(reading: Reading, start: int, stop: int) -> str:
    """花河综合治理 of 花河综合治理初见成效: what a clause without figures tells of; empty where it tells of none."""
    told = reading.line.first_word(ENDS_NOUN, start + SHORTEST, stop)
    if told is None or any(start <= other.quantity.lead < stop for other in reading.figures):
        return ""
    noun = text_of(reading.text, start, told.start)
    return noun if SHORTEST < len(noun) <= LONGEST and LIST_MARK not in noun else ""


def fund_before(reading: Reading, figure: Candidate, payer: str) -> str:
    """花田保护投入 of 增加花田保护投入，中央财政安排92亿元; empty where the clause before says nothing of the kind."""
    words = reading.wording.money
    if not words.pays.fullmatch(payer) or payer.endswith(words.spends) or figure.low <= 1:
        return ""
    found = words.fund.search(reading.text[slice(*reading.line.clause(figure.low - 2))])
    if found is None:
        return ""
    return found["what"] or words.for_what + found["aim"]


def _behind_verbs(reading: Reading, verb: Word, stop: int) -> int:
    """Behind 启动建设, 新建改造: verbs in a row."""
    end = verb.end
    while (
        (word := reading.line.starts.get(end)) is not None and word.role in ("new", "make", "act") and word.end < stop
    ):
        end = word.end
    return end + reading.text.startswith(PERFECTIVE, end)


def object_of(reading: Reading, start: int, stop: int, *, shortest: int = SHORTEST) -> str:
    """The noun in [start, stop) without its figure: 打造3000户花园庭院, 花圃改造项目52个; empty where there is none."""
    line, text = reading.line, reading.text
    counted = next((other for other in reading.figures if start <= other.quantity.lead < stop), None)
    if counted is not None and counted.quantity.lead == start:
        start, stop = counted.noun_start, counted.noun_end
    elif counted is not None:
        stop = line.trim_right(start, counted.quantity.lead).end
    first = line.first_word(NO_NOUN, start + 1, stop)
    marks = (text.find(mark, start, stop) for mark in (LIST_MARK, *COORDINATORS[:2]))
    stop = min([stop, *(at for at in marks if at > 0), *([first.start] if first is not None else ())])
    noun = text_of(text, start, stop).strip(STRIPPED + ATTRIBUTIVE)
    return noun if shortest <= len(noun) <= LONGEST else ""


def _whom(reading: Reading, done_to: re.Match[str]) -> str:
    """学校 of 对甲校等5所学校进行改造提升."""
    start, stop = done_to.span("whom")
    counted = next((other for other in reading.figures if start <= other.quantity.lead < stop), None)
    return done_to["whom"] if counted is None else reading.text[counted.quantity.tail : stop]
