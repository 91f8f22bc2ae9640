"""The noun phrase before a figure, with the verb that tells what is counted (完成X, 新增X, X开工)."""

from __future__ import annotations

from pipeline.facts.candidates import NOTHING_SAID, Said
from pipeline.facts.indicators.leaning import leans
from pipeline.facts.indicators.reading import STRIPPED, VERBAL_ROLES, Phrase, Reading, text_of
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import ENDS_NOUN, VERB_ROLES, Line
from pipeline.language.function_words import ATTRIBUTIVE, LOCATIVE
from pipeline.language.lists import ADDITIVE, ET_CETERA, EXAMPLES, LIST_MARK, VERB_COORDINATORS

IN_A_ROW = frozenset(["new", "act"])
VERB_MARKS = frozenset([LIST_MARK, *VERB_COORDINATORS])
ACTS = frozenset(["act", "nominal"])
LONGEST_SUBJECT = 12
LONGEST_AGENT = 8
LONGEST_ZONE = 18
LONGEST_HEAD = 2  # characters


def noun_phrase(reading: Reading, start: int, end: int, *, is_money: bool = False) -> Phrase:
    """The noun phrase in [start, end), with its verb where the verb tells what is counted; money may be for someone (为村卫生室)."""
    text, wording, words = reading.text, reading.wording, (start, end)
    if start >= end:
        return Phrase("", words)
    if text[start:end] in wording.leaning_heads:
        return Phrase(text[start:end], words)
    average = reading.line.starts.get(start)
    if average is not None and average.role == "average" and text.startswith(wording.denominators, average.end):
        start = average.end
    if wording.topics.freed_of.fullmatch(text, start, end):
        # 扣除价格因素，实际增长9%
        return Phrase("", words)
    adjunct = wording.topics.adjunct.match(text, start, end)
    if adjunct is not None and end - adjunct.end() >= 2:
        start = adjunct.end()
    start = start if is_money else _behind_beneficiary(reading, start, end)
    first = reading.line.starts.get(start)
    if first is not None and first.text == LOCATIVE and (done := reading.line.last_word(ACTS, first.end + 2, end)):
        # 在花山路、花河路等街道安装花灯: where it is done, one by one.
        before = reading.line.last_word(ACTS, first.end + 2, done.start)
        done = before if before is not None and _is_remark(reading, done, end) else done
        is_listed = any(mark in text[first.end : done.start] for mark in (LIST_MARK, ET_CETERA))
        is_object = is_listed and done.text in wording.for_all_items and done.end + 1 < end
        start = done.start if is_object else start
    verb, rest = _verb_with_object(reading, start, end)
    if verb is None:
        return _without_verb(reading, start, end)
    words = (start, end)
    if rest.endswith(wording.rates) and ATTRIBUTIVE in rest:
        # 综合医院设立老年医学科的比例, 确保资金用于花业的比例
        made = reading.line.starts.get(start)
        start = made.end if made is not None and made.text in wording.causatives else start
        return Phrase(text_of(text, start, end), (start, end))
    if not rest:
        return _before_verb(reading, verb, start, end)
    if text.startswith(wording.denominators, start) and start < verb.start:
        # 每千人口拥有医师3.9人、护士4.7人
        per = text_of(text, start, verb.start)
        return Phrase(per + rest, words, Said(verb=per))
    said = Said(verb=verb.text) if verb.role == "new" else NOTHING_SAID
    governor = reading.line.last_word(VERB_ROLES, start, verb.start)
    if verb.text in wording.having and start < verb.start and rest in wording.leaning_heads and governor is None:
        # 医疗卫生机构实有床位
        return Phrase(text_of(text, start, verb.start) + rest, words, said)
    if verb.role == "make":
        begin = _behind_making(reading, verb, start, end)
        if is_money and rest in wording.money.amounts:
            # 实施投资3亿元、总长45公里的花渠: what is made is not the money.
            begin = reading.line.trim_left(verb.end, end)
        owner = _owner(reading, verb, rest, start)
        owner = (
            owner or _sector(reading, start, verb) or _body(reading, start, verb) or _who(reading, start, verb, rest)
        )
        if owner:
            return Phrase(owner + text_of(text, begin, end), words, said)
    else:
        begin = _begin_of_act(reading, verb, governor, rest, start)
    if verb.role == "act" and begin < verb.end:
        said = said._replace(act=text[begin : verb.end])
    object_start = max(begin, verb.end)
    phrase = text[begin:object_start] + EXAMPLES.sub("", text[object_start:end], count=1)
    phrase = phrase.strip(STRIPPED)
    return Phrase(wording.all_kinds.sub("", phrase) if verb.role == "act" else phrase, (begin, end), said)


def _behind_beneficiary(reading: Reading, start: int, end: int) -> int:
    """Behind 为村卫生室 and 面向老年人, where a verb with an object follows; else `start`."""
    first = reading.line.starts.get(start)
    if first is None or not (first.role == "prep" and first.text in reading.wording.beneficiary_marks):
        return start
    verb = reading.line.last_word(VERBAL_ROLES, first.end + 2, end)
    return verb.start if verb is not None and verb.end < end else start


def _verb_with_object(reading: Reading, start: int, end: int) -> tuple[Word | None, str]:
    """The last verb of [start, end) that is no modifier or item of a list, and the words behind it."""
    wording = reading.wording
    verb = reading.line.last_word(VERB_ROLES, start, end)
    rest = text_of(reading.text, verb.end, end) if verb else ""
    while verb is not None and (
        rest.startswith(wording.no_object_starts)
        or rest in wording.count_suffixes
        or _is_remark(reading, verb, end)
        # 节水推进县20个: a character alone is the end of a word.
        or (len(rest) == 1 and verb.role == "make" and verb.start - start > 1)
        or _is_measured(reading, start, verb, rest)
        or _is_in_item(reading, start, verb, rest)
    ):
        verb = reading.line.last_word(VERB_ROLES, start, verb.start)
        rest = text_of(reading.text, verb.end, end) if verb else ""
    return verb, rest


def _is_remark(reading: Reading, verb: Word, end: int) -> bool:
    """Whether the verb stands in a bracket before `end`: 安装（更换）路灯."""
    bracket = reading.line.bracket_of(verb.start)
    return bracket is not None and bracket[1] < end


def _is_in_item(reading: Reading, start: int, verb: Word, rest: str) -> bool:
    """新增种苗企业及种苗培育企业: whether the verb stands within the last of several nouns, which an earlier verb governs."""
    governor = reading.line.starts.get(start)
    if (
        not 0 < len(rest) <= LONGEST_HEAD
        or governor is None
        or governor.role not in VERB_ROLES
        or governor.end >= verb.start
    ):
        return False
    items = reading.text[governor.end : verb.start]
    joins = next((mark for mark in ADDITIVE if mark in items), "")
    before, _, behind = items.rpartition(joins) if joins else ("", "", "")
    return len(before) >= LONGEST_HEAD <= len(behind)


def _is_measured(reading: Reading, start: int, verb: Word, rest: str) -> bool:
    """新建铁路投产里程: whether the verb only qualifies the measure behind it, since its object stands before it."""
    if verb.role != "act" or rest not in reading.wording.measures:
        return False
    before = reading.line.last_word(ENDS_NOUN, start, verb.start)
    begin = start if before is None else before.end
    return verb.start - begin > 1 and (before is None or before.role == "new")


def _without_verb(reading: Reading, start: int, end: int) -> Phrase:
    """The words themselves, unless they only name what was done (体检), which is a verb then."""
    whole = reading.line.starts.get(start)
    phrase = text_of(reading.text, start, end)
    is_act = whole is not None and whole.role == "nominal" and whole.text == phrase
    if is_act and phrase not in reading.wording.leaning_heads:
        return Phrase("", (start, end), Said(verb=phrase))
    return Phrase(phrase, (start, end))


def _before_verb(reading: Reading, verb: Word, start: int, end: int) -> Phrase:
    """重大项目开工6个 has its noun before the verb; 开工6个、竣工9个项目 has none."""
    line, text = reading.line, reading.text
    said = Said(verb=verb.text) if verb.role == "new" else NOTHING_SAID
    last = verb
    earlier = line.last_word(VERB_ROLES, start, verb.start)
    while (
        earlier is not None
        and line.trim_left(earlier.end, verb.start) >= verb.start
        and earlier.role in ("act", "nominal", "new")
    ):
        # 老人免费体检, 高速公路新建通车, 财政投入拟安排: verbs in a row
        verb = earlier
        earlier = line.last_word(VERB_ROLES, start, verb.start)
    while earlier is not None and text_of(text, earlier.end, verb.start) in reading.wording.count_suffixes:
        # 花企出庭率保持98%
        earlier = line.last_word(VERB_ROLES, start, earlier.start)
    begin = line.trim_left(earlier.end if earlier else start, verb.start)
    if earlier is not None and earlier.role == "act" and last.role == "make" and earlier.start == start < begin:
        # 节约能源总量完成9万吨
        begin = earlier.start
    if text[verb.start - 1 : verb.start] == LIST_MARK:
        # 建立机制、完成投资5亿元: what stands before belongs to another verb.
        begin = verb.start
    if text_of(text, begin, verb.start):
        end = end if last.role != "make" else line.trim_right(begin, last.start).end
        # 养殖场已建成86个
        noun = text_of(text, begin, line.trim_right(begin, verb.start).end)
        if not noun:
            # 平均每天新增9家
            return Phrase("", (verb.start, end), Said(verb=verb.text) if verb.role != "make" else NOTHING_SAID)
        return Phrase(noun + text_of(text, verb.start, end), (begin, end), said)
    if last is verb and reading.wording.leaning_heads.get(verb.text) == "own":
        # 完成减贫1186人: it says what was done to what.
        return Phrase(verb.text, (verb.start, end))
    return Phrase("", (verb.start, end), NOTHING_SAID if verb.role == "make" else Said(verb=verb.text))


def _behind_making(reading: Reading, verb: Word, start: int, end: int) -> int:
    """Where the noun begins behind a verb of making (设), which stays before what is no name alone (完成接种, 建站)."""
    begin = reading.line.trim_left(verb.end, end)
    beside = reading.line.starts.get(verb.end + 1) if reading.text.startswith(LIST_MARK, verb.end) else None
    if beside is not None and beside.role in VERBAL_ROLES and beside.end < end and start <= verb.start:
        # 制定、修订规章: one verb beside another.
        return verb.start
    before = reading.line.ends.get(verb.start - 1) if reading.text.startswith(LIST_MARK, verb.start - 1) else None
    if before is not None and before.role in VERBAL_ROLES and before.start >= start:
        # 修订、制定规章
        return before.start
    rest = text_of(reading.text, begin, end)
    leans = len(rest) == 1 or _is_act(reading, rest)
    return verb.start if leans and start >= verb.start else begin


def _owner(reading: Reading, verb: Word, rest: str, start: int) -> str:
    """县城工业园区 of 县城工业园区实现产值160亿元: whose money it is, where `rest`, what was made, leans; empty where it stands alone or another verb is between."""
    if leans(rest, reading.wording) != "clause" or start >= verb.start:
        return ""
    owner = text_of(reading.text, start, reading.line.trim_right(start, verb.start).end)
    first = reading.line.first_word(ENDS_NOUN, start, verb.start)
    if first is not None and first.text == LOCATIVE and first.start > start:
        # 花山公司在花州实现产值8亿元: where it is made.
        owner, first = text_of(reading.text, start, first.start), None
    is_noun = first is None and LIST_MARK not in owner
    return owner if is_noun and 2 < len(owner) <= LONGEST_SUBJECT and owner not in reading.wording.leaning_heads else ""


def _body(reading: Reading, start: int, verb: Word) -> str:
    """龙门实验室 of 龙门实验室承担项目67个: a single body that did it; empty where none stands right before the verb."""
    before = text_of(reading.text, start, reading.line.trim_right(start, verb.start).end)
    is_noun = reading.line.first_word(ENDS_NOUN, start, start + len(before)) is None and LIST_MARK not in before
    return before if is_noun and len(before) > 4 and before.endswith(reading.wording.bodies) else ""


def _who(reading: Reading, start: int, verb: Word, rest: str) -> str:
    """失地花农 of 失地花农实现就业64人: who did it, where `rest` only names what was done; empty where none stands right before the verb."""
    before = text_of(reading.text, start, reading.line.trim_right(start, verb.start).end)
    is_noun = reading.line.first_word(ENDS_NOUN, start, start + len(before)) is None and LIST_MARK not in before
    return (
        before if is_noun and len(before) > 2 and (_is_act(reading, rest) or rest in reading.wording.act_nouns) else ""
    )


def _sector(reading: Reading, start: int, verb: Word) -> str:
    """农村 of 农村建成住宅6亿平方米, where the rest of the country has it too; empty where none stands right before the verb."""
    before = text_of(reading.text, start, verb.start)
    return before if before in reading.wording.sectors else ""


def _begin_of_act(reading: Reading, verb: Word, governor: Word | None, rest: str, start: int) -> int:
    """Where the phrase begins whose verb, behind another (`governor`) or alone, tells what is counted, with its object `rest`."""
    line = reading.line
    if governor is not None and governor.role != "make" and _ends_in_place(reading, governor.end, verb.start):
        # 花业转移示范区到位内资: the verb in the name of a place.
        governor = line.last_word(VERB_ROLES, start, governor.start)
    subject = governor.end if governor is not None and governor.role == "make" else start
    longest = LONGEST_SUBJECT if verb.text in reading.wording.consequence_verbs else LONGEST_AGENT
    if leans(verb.text + rest, reading.wording) == "clause" and line.text.endswith(
        tuple(reading.wording.kinds_of_zones), start, line.trim_right(start, verb.start).end
    ):
        longest = LONGEST_ZONE
    if rest.endswith(reading.wording.rate_suffix) and leans(rest, reading.wording) == "clause":
        # 花市督查反馈问题整改完成率: of what was done, not who did it.
        longest = LONGEST_ZONE
    begin = verb.start
    if subject < verb.start <= subject + longest and (governor is None or subject > start):
        # 城镇新增就业: a short subject stays; 制定、修订和废止规章: and a verb beside another.
        is_beside = governor is not None and line.text.startswith(LIST_MARK, subject) and governor.start >= start
        begin = governor.start if governor is not None and is_beside else subject
        if line.text[begin : verb.start] in reading.wording.tails:
            # 先发行
            begin = verb.start
    if begin == verb.start > start and governor is None and _is_act(reading, rest):
        # 适龄女生HPV疫苗免费接种: what is done to whom.
        begin = start
    before = _beside_verb(line, begin)
    while before is not None and before.role in _roles_beside(before, begin) and before.start >= start:
        # 新建改扩建幼儿园, 制定、修订规章: verbs in a row.
        begin = before.start
        before = _beside_verb(line, begin)
    return begin


def _ends_in_place(reading: Reading, start: int, end: int) -> bool:
    """Whether the words [start, end) are the end of a zone's name: 示范区."""
    end = reading.line.trim_right(start, end).end
    return reading.text[start:end] in reading.wording.kinds_of_zones


def _roles_beside(before: Word, begin: int) -> frozenset[str]:
    """The roles of verbs that stay before another at `begin`; one of making only where a mark joins both."""
    return IN_A_ROW if before.end == begin else VERB_ROLES


def _beside_verb(line: Line, begin: int) -> Word | None:
    """The word right before the verb at `begin`, or before the mark that joins two verbs: 新建、改扩建, 新签约并开工."""
    is_joined = begin in line.starts and line.text[begin - 1 : begin] in VERB_MARKS
    return line.ends.get(begin - 1 if is_joined else begin)


def _is_act(reading: Reading, phrase: str) -> bool:
    """Whether `phrase` is one word that names what was done (接种)."""
    return any(word.role == "nominal" and word.text == phrase for word in reading.line.words)
