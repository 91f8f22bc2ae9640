"""What a clause without figures is about: its subject, or else its object (小句的主题)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.indicators.leaning import leans
from pipeline.facts.indicators.reading import REACH, VERBAL_ROLES, Phrase, Reading, text_of
from pipeline.facts.phrases import ENDS_NOUN, PADDING, VERB_ROLES, Line
from pipeline.facts.wording import Wording
from pipeline.language.function_words import ABLATIVE, LOCATIVE, OBJECT_MARKERS
from pipeline.language.lists import ET_CETERA, LIST_MARK
from pipeline.language.time_contexts import DURATION

LONGEST_CLAUSE = 24
SHORTEST_HEAD = 4
# “乐享花城”: a name alone, which names no topic.
SLOGAN = re.compile("“[^”]{5,}”")
COMMAS = "，,"
NO_PHRASE = Phrase("", (0, 0))


def clause_before(reading: Reading, figure: Candidate) -> Phrase:
    """The subject, or else the object, of the clause before, where that clause has no figure."""
    line, text = reading.line, reading.text
    if figure.low <= 1:
        return NO_PHRASE
    start, end = line.clause(figure.low - 2)
    if line.first_word(REACH, start, end):
        return NO_PHRASE
    if any(start <= other.quantity.start < end for other in reading.figures):
        return NO_PHRASE
    begins, at = start, line.trim_left(start, end)
    stands = reading.wording.topics.stands
    while (
        (_tells_no_topic(line, at, end) or _only_stands(stands, text, begins, at, end))
        and start > 1
        and text[start - 1] in COMMAS
    ):
        # 花谷示范园，8月底前陆续投产，产值达到8亿元: when and how, not of what.
        start, end = line.clause(start - 2)
        if line.first_word(REACH, start, end) or any(start <= other.quantity.start < end for other in reading.figures):
            return NO_PHRASE
        begins, at = start, line.trim_left(start, end)
    start = at
    if text[begins:start].startswith(LOCATIVE) and (act := line.first_word(VERB_ROLES, start, end)):
        # 在全县花村全面推行互助制度: what is done there.
        start = act.start
    first = line.starts.get(start)
    if first is not None and first.role == "gap":
        # 花产增长7%，高于全市均值，总量达到39亿元: what it is compared with.
        return NO_PHRASE
    if text.startswith(reading.wording.denominators, start) and end - start <= LONGEST_CLAUSE:
        # 每千人口拥有托位数，2020年1.2个
        return Phrase(text_of(text, start, end), (start, end))
    if _is_from(reading, figure) and _is_noun_phrase(reading, figure, start, end):
        # 全市参加合作医疗的人口覆盖率，由62%提高到75%: the verbs in it only qualify.
        return Phrase(text_of(text, start, end), (start, end))
    if reading.wording.topics.freed_of.fullmatch(text, start, end):
        # 人均纯收入，扣除价格因素，增长4.3%: the clause before names it.
        if start <= 1 or reading.done:
            return NO_PHRASE
        start, end = line.clause(start - 2)
    return _topic_in(reading, start, end)


def _tells_no_topic(line: Line, start: int, end: int) -> bool:
    """Whether the words [start, end) are a verb alone, or nothing: 8月底前陆续投产."""
    verb = line.starts.get(start)
    return start >= end or (verb is not None and verb.role == "act" and verb.end >= end)


def _only_stands(stands: re.Pattern[str], text: str, begins: int, start: int, end: int) -> bool:
    """Whether the clause that begins at `begins`, and behind time and adverbs at `start`, only tells a rank or record: 居全省第一."""
    found = stands.search(text, begins, end)
    return found is not None and found.start() <= start


def subject_before(reading: Reading, figure: Candidate) -> str:
    """The subject of the clause before, with which it begins or of which its last word tells (推动三期工程竣工); empty where there is only an object."""
    phrase = clause_before(reading, figure)
    if not phrase.text:
        return ""
    start, end = reading.line.clause(figure.low - 2)
    done = reading.line.ends.get(end)
    is_done = done is not None and done.role in VERBAL_ROLES and reading.text.endswith(phrase.text, start, done.start)
    return phrase.text if is_done or not reading.text[start : phrase.words[0]].strip(PADDING) else ""


def _is_from(reading: Reading, figure: Candidate) -> bool:
    """Whether the words before the figure begin with where a change starts: 已由62%提高到75%."""
    first = reading.line.starts.get(figure.low)
    at = first.end if first is not None and (first.role == "adv" or first.text in OBJECT_MARKERS) else figure.low
    return reading.text.startswith(ABLATIVE, at)


def _is_noun_phrase(reading: Reading, figure: Candidate, start: int, end: int) -> bool:
    """Whether the words [start, end) end in what `figure` measures, so that the verbs in them only qualify."""
    wording = reading.wording
    if reading.text.endswith((*wording.rates, *wording.measures), start, end):
        return True
    money = figure.quantity.unit_class == "money"
    return money and reading.text.endswith(wording.heads_on("clause"), start + 2, end)


def topic_of_sentence(line: Line, wording: Wording) -> str:
    """What the first clause of a sentence is about, for one behind it that says only how much; empty for nothing."""
    start, end = line.clause(0)
    start += len(line.text[start:end]) - len(line.text[start:end].lstrip(PADDING))
    reading = Reading.of(line, wording, "", "", (), (), (), continues=False)
    return _topic_in(reading, *line.clause(start)).text


def before_mark(reading: Reading, figure: Candidate, start: int) -> str:
    """花农养老金 of 提高花农养老金、惠及5万人: what stands in the same clause before the mark at `start`, or before 、力争 there; empty for none."""
    led = reading.line.ends.get(start)
    end = (led.start if led is not None and led.text in reading.wording.striving else start) - 1
    if reading.text[end : end + 1] != LIST_MARK or figure.own[0] >= end:
        return ""
    return _topic_in(reading, reading.line.trim_left(figure.own[0], end), end).text


def _topic_in(reading: Reading, start: int, end: int) -> Phrase:
    """The subject of the words [start, end), or else their object."""
    line, text = reading.line, reading.text
    strengthened = reading.wording.topics.strengthened.match(text, start, end)
    if strengthened is not None:
        return Phrase(strengthened["what"], strengthened.span("what"))
    stands = reading.wording.topics.stands.search(text, start, end)
    if stands is not None:
        # 花产居全省第一，增长7%
        end = line.trim_right(start, stands.start()).end if stands.start() > start else start
    verb = line.first_unquoted(ENDS_NOUN, start, end)
    if (
        verb is not None
        and verb.start == start
        and verb.role == "prep"
        and (act := line.first_word(VERB_ROLES, start, end))
    ):
        # 在花圃建立补助制度: what is done there.
        start, verb = act.start, act
    while verb is not None and verb.start == start:
        start = line.trim_left(verb.end, end)
        verb = line.first_unquoted(ENDS_NOUN, start, end)
    if verb is not None and verb.text == ET_CETERA:
        # 整治花摊、花棚等“散小乱”花店: examples before the noun that they are of.
        behind = line.first_unquoted(ENDS_NOUN, verb.end, end)
        if (end if behind is None else behind.start) - verb.end >= SHORTEST_HEAD:
            start, verb = verb.end, behind
    if verb is not None and DURATION.fullmatch(text, start, verb.start):
        # 连续7年提高养老金水平，年均增长10%
        start = verb.end
    elif verb is not None:
        end = verb.start
    # 养殖项目6月底前投产，年出栏11万头
    end = min([end, *(time.start for time in line.times if start < time.start < end)])
    passed = reading.wording.topics.passed.search(text, start, end)
    phrase = reading.wording.without_tail(text_of(text, start, passed.start() if passed else end))
    thrives = next((words for words in reading.wording.thriving if phrase.endswith(words)), "")
    phrase = phrase.removesuffix(thrives)
    if phrase.count("“") != phrase.count("”") or SLOGAN.fullmatch(phrase):
        return NO_PHRASE
    if reading.done and phrase.endswith(reading.wording.topics.factors):
        # 产量9万吨，克服干旱影响，增长5%: what stood against it.
        return NO_PHRASE
    if leans(phrase, reading.wording) == "clause":
        # 播种面积87万亩，单产居第1位，总产量83万吨
        return NO_PHRASE
    is_topic = 2 <= len(phrase) <= LONGEST_CLAUSE and not reading.wording.topics.generic_clause.fullmatch(phrase)
    return Phrase(phrase, (start, end)) if is_topic else NO_PHRASE
