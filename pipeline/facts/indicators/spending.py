"""What money is spent on in the clause behind it: 投资3亿元，实施花圃改造项目52个 (资金用途)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.indicators.reading import STRIPPED, VERBAL_ROLES, Reading, text_of
from pipeline.facts.indicators.topics import clause_before
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import CONJUNCTIONS, LIST_MARK

COMMAS = "，,"
FUNDS = "资金"
SPENT = ("投资", "投入", FUNDS)
# One that says who pays alone: 中央财政安排64亿元，解决花农安置.
PAYS = re.compile("(?:中央|国家|地方|各级|[省市县区])*财政(?:拟|将|共|已|再)?(?:安排|拿出|支出|拨付|下拨)?")
SERVES = re.compile("(?:重点|主要|直接)?(?:解决|支持|补贴|补助|资助|扶持|促进|保障|推动|改善|建立|设立|开展|实施|建设)")
# 中央财政支出52亿元 names itself.
SPENDS = "支出"
# 增加花田保护投入，中央财政安排92亿元; 为加快花圃建设，中央财政安排92亿元
FUND = re.compile(
    "(?:增加|加大|扩大|提高)(?:对|了)?(?P<what>[^，增加大]{2,12}(?:投入|支出|补助))$"
    "|^为了?(?:进一步|继续)?(?:加快|支持|推进|推动|促进|加强|落实|解决|做好|保障)(?P<aim>[^，、]{4,14})$"
)
# What is told of all there is, or of what was planned, leans on what stands before.
TOLD_OF = re.compile("完成|总|落实|到位|下达|协议|计划")
FOR_WHAT = "用于"
SAYS_FOR_WHAT = re.compile("(?:主要|重点|全部|专项)?" + FOR_WHAT)
# An amount that says nothing of its own: 投入资金, 市财政投入, but not 投入衔接资金.
BARE = re.compile(
    "(?:中央|[省市县区])?(?:财政)?[拟将共再]?(?:投入|投资|筹集|筹措|整合|安排|使用|统筹|拨付)?(?:资金|投资|投入)"
)
CHANGES = frozenset(["delta"])
NO_NOUN = frozenset(["pred", "prep", "reach", "cmp", "adv", "disc"])
# 对5所学校进行改造提升
DONE_TO = re.compile("对(?P<whom>[^，]+?)(?:进行|实施|开展|给予)了?(?P<act>[^，、]{2,10})")
SHORTEST, LONGEST = 3, 20
LONGEST_PURPOSE = 24


def spent_in_next_clause(reading: Reading, figure: Candidate, payer: str) -> str:
    """What the clause behind `figure`, an amount of `payer` (投资, 中央财政), says is done with it: 花圃改造项目; empty where it says nothing."""
    line, text, end = reading.line, reading.text, figure.high
    if (
        figure.quantity.tail != end
        or text[end : end + 1] not in COMMAS
        or end == len(text)
        or figure.bracket is not None
    ):
        return ""
    start, stop = line.clause(end + 1)
    compared = any(start <= other.quantity.start < stop for other in reading.figures)
    if PAYS.fullmatch(payer) and compared and line.last_word(CHANGES, start, stop) and stop + 1 < len(text):
        # 中央财政安排64亿元，比上年增加5亿元，支持花农安置
        start, stop = line.clause(stop + 1)
    for_what = SAYS_FOR_WHAT.match(text, start, stop)
    if for_what is not None:
        return object_of(reading, for_what.end(), stop) if is_bare(payer) or not payer.endswith(SPENT) else ""
    if PAYS.fullmatch(payer):
        does = SERVES.match(text, start, stop) is not None and text.find(LIST_MARK, start, stop) < 0
        return text_of(text, start, stop) if does and stop - start <= LONGEST_PURPOSE else ""
    start = line.trim_left(start, stop)
    if not is_bare(payer) or TOLD_OF.search(text, *figure.own) or reading.done:
        return ""
    done_to = DONE_TO.fullmatch(text, start, stop)
    if done_to is not None:
        return _whom(reading, done_to) + done_to["act"]
    verb = line.starts.get(start)
    if verb is None or verb.role not in VERBAL_ROLES or verb.text in reading.wording.consequence_verbs:
        return ""
    if verb.text not in reading.wording.spent_on and clause_before(reading, figure).text:
        # 项目开工，投资3亿元，竣工2栋: what stands before says what it is for.
        return ""
    return object_of(reading, _behind_verbs(reading, verb, stop), stop)


def is_bare(payer: str) -> bool:
    """Whether the words of an amount say nothing of what it is for: 投入资金, 中央财政拟投入.

    >>> is_bare("市财政投入"), is_bare("投入衔接资金")
    (True, False)
    """
    return BARE.fullmatch(payer) is not None


def fund_before(reading: Reading, figure: Candidate, payer: str) -> str:
    """花田保护投入 of 增加花田保护投入，中央财政安排92亿元; empty where the clause before says nothing of the kind."""
    if not PAYS.fullmatch(payer) or payer.endswith(SPENDS) or figure.low <= 1:
        return ""
    found = FUND.search(reading.text[slice(*reading.line.clause(figure.low - 2))])
    if found is None:
        return ""
    return found["what"] or FOR_WHAT + found["aim"]


def _behind_verbs(reading: Reading, verb: Word, stop: int) -> int:
    """Behind 启动建设, 新建改造: verbs in a row."""
    end = verb.end
    while (
        (word := reading.line.starts.get(end)) is not None and word.role in ("new", "make", "act") and word.end < stop
    ):
        end = word.end
    return end + reading.text.startswith("了", end)


def object_of(reading: Reading, start: int, stop: int) -> str:
    """The noun in [start, stop) without its figure: 打造3000户花园庭院, 花圃改造项目52个; empty where there is none."""
    line, text = reading.line, reading.text
    counted = next((other for other in reading.figures if start <= other.quantity.lead < stop), None)
    if counted is not None and counted.quantity.lead == start:
        start, stop = counted.noun_start, counted.noun_end
    elif counted is not None:
        stop = line.trim_right(start, counted.quantity.lead).end
    first = line.first_word(NO_NOUN, start + 1, stop)
    marks = (text.find(mark, start, stop) for mark in (LIST_MARK, *CONJUNCTIONS[:2]))
    stop = min([stop, *(at for at in marks if at > 0), *([first.start] if first is not None else ())])
    noun = text_of(text, start, stop).strip(STRIPPED + "的")
    return noun if SHORTEST <= len(noun) <= LONGEST else ""


def _whom(reading: Reading, done_to: re.Match[str]) -> str:
    """学校 of 对甲校等5所学校进行改造提升."""
    start, stop = done_to.span("whom")
    counted = next((other for other in reading.figures if start <= other.quantity.lead < stop), None)
    return done_to["whom"] if counted is None else reading.text[counted.quantity.tail : stop]
