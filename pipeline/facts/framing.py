"""Frames the quantities of a sentence: the noun behind each, and where the words of the next begin (数量的界限)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.facts.candidates import BRACKET_MARKS, COUNTED, ON_TOP_OF, ON_TOP_WORDS, Candidate, right_end
from pipeline.facts.claims import Claim, Claims, Held, Rule, Span
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import ENDS_NOUN, PADDING, VERB_ROLES, Line, Trimmed
from pipeline.facts.qualifiers import is_no_fact
from pipeline.language.function_words import (
    ATTRIBUTIVE,
    EVERY,
    EXCEPTED,
    EXISTENTIAL,
    INSIDE,
    LOCATIVE,
    OUTSIDE,
    PERFECTIVE,
)
from pipeline.language.lists import COORDINATORS, ET_CETERA, LIST_BETWEEN, VERB_COORDINATORS
from pipeline.language.numerals import GREAT_SCALES
from pipeline.language.patterns import HAN
from pipeline.language.quantities import Quantity

LONGEST_LIMITED = 10
QUALIFIES = VERB_ROLES | {"nominal", "adv", "conj", "soft"}
# Behind a verb of these, a clause that begins with 已 qualifies the counted noun.
GOVERNS_RELATIVE = VERB_ROLES | {"nominal", "soft"}
# 已纳入规划的采区, 达到二级标准的花站
MEASURED_BY = frozenset(["reach", "gap"])
RELATIVE_STARTS = MEASURED_BY | {"adv"}
# 不低于每生每年500元
PER = re.compile(EVERY + HAN)
# 护士、医师: persons go on behind these.
GOES_ON = (ATTRIBUTIVE, *LIST_BETWEEN)
COMMAS = ("，", ",")
CLOSING_QUOTE = "”"
SHORTEST_SAID = 4
SHORTEST_ACT = 2


ON_TOP = Rule(
    "on_top_of",
    "status",
    "What stands on top of an earlier figure: that one is a baseline.",
    "在原有12个试点县基础上，新增试点县5个。",
    "baseline",
)
LIMIT_BEFORE_VERB = Rule(
    "limit_before_verb",
    "comparator",
    "A limit that a verb or a denominator parts from its value.",
    "至少建成1所医院。",
    ">=",
)
LIMIT_OF_VALUE = Rule(
    "limit_of_value",
    "comparator",
    "A limit before the value of which the figure is a share.",
    "客流量不足平时的四成。",
    "<",
)


class Placed(NamedTuple):
    """A quantity in its clause [low, high); `before` and `after` are the numbers of its neighbours there, -1 for none; `reach` is where the next one or the end of the clause is."""

    quantity: Quantity
    low: int
    high: int
    bracket: Span | None
    before: int
    after: int
    reach: int


class Bound(NamedTuple):
    """The noun behind a figure, where the words behind it end, and what on top of it says of its status."""

    noun_start: int
    noun_end: int
    behind: int
    claimed: tuple[Claim, ...] = ()


def frame(line: Line, quantities: Sequence[Quantity], base: int) -> tuple[list[Candidate], Claims]:
    """The candidates of the text that begins at `base`, and what their limits claim; quantities that are no facts are left out."""
    framed = _framed(line, quantities, base)
    kept = [quantity for quantity, figure in zip(quantities, framed[0], strict=True) if not is_no_fact(line, figure)]
    return framed if len(kept) == len(quantities) else _framed(line, kept, base)


def _framed(line: Line, quantities: Sequence[Quantity], base: int) -> tuple[list[Candidate], Claims]:
    placed = _placed(line, quantities)
    occupied = [one.bracket for one in placed if one.bracket]
    lefts = [one.low for one in placed]
    bounds: list[Bound] = []
    claimed: list[Claim] = []
    for number, one in enumerate(placed):
        bound = _bound(line, one, lefts[number], occupied, number)
        if one.after >= 0:
            lefts[one.after] = _left_of_next(line, bound.behind, one.reach, occupied)
        bounds.append(bound)
        claimed += bound.claimed
    held: list[Held] = [{} for _ in placed]
    made: list[Candidate] = []
    figures: list[Candidate] = []
    for number in range(len(placed) - 1, -1, -1):
        one, bound = placed[number], bounds[number]
        quantity, limit = one.quantity, None
        if quantity.comparator == "=":
            limit, lead = _limit_before_verb(line, quantity, max(lefts[number], one.low), number)
            if lead != quantity.lead:
                quantity = quantity._replace(lead=lead)
        if limit is not None:
            claimed.append(limit)
        figures.append(
            Candidate(
                number,
                quantity,
                base,
                one.low,
                one.high,
                lefts[number],
                (max(lefts[number], one.low), quantity.lead),
                one.bracket,
                bound.noun_start,
                bound.noun_end,
                one.before,
                # The last figure was framed first.
                figures[len(placed) - 1 - one.after] if one.after >= 0 else None,
                made,
                held[number],
            )
        )
    made.extend(reversed(figures))
    claims = Claims(held)
    claims.add(claimed)
    return made, claims


def _placed(line: Line, quantities: Sequence[Quantity]) -> list[Placed]:
    """The quantities in their clauses, each with the one before it in the same clause and bracket."""
    spans = [(*line.clause(quantity.start), line.bracket_of(quantity.start)) for quantity in quantities]
    before, after = [-1] * len(spans), [-1] * len(spans)
    for number, (low, _, bracket) in enumerate(spans):
        for other in range(number - 1, -1, -1):
            if spans[other][2] == bracket:
                if spans[other][0] == low:
                    before[number], after[other] = other, number
                break
    return [
        Placed(
            quantities[number],
            low,
            high,
            bracket,
            before[number],
            after[number],
            quantities[after[number]].lead if after[number] >= 0 else high,
        )
        for number, (low, high, bracket) in enumerate(spans)
    ]


def _limit_before_verb(line: Line, quantity: Quantity, start: int, number: int) -> tuple[Claim | None, int]:
    """至少建成1个, 不低于每生每年500元: the comparator before the verb or the denominator, and where the quantity with it begins."""
    limits, lead = line.wording.limits, quantity.lead
    low = max(start, lead - LONGEST_LIMITED)
    whole = limits.parted_by_value.search(line.text, low, lead) if quantity.unit_class == "share" else None
    if whole:
        sign = limits.before_value[whole[1]]
        return LIMIT_OF_VALUE.of(number, sign, whole.span(1), "comparators", whole[1]), lead
    stated = [*limits.parted_by_verb.finditer(line.text, low, lead)]
    if not stated or stated[-1].end() == lead:
        return None, lead
    found = stated[-1]
    at = found.end()
    while at < lead:
        word, per = line.starts.get(at), PER.match(line.text, at, lead)
        if word is not None and word.role in ("new", "make", "act", "nominal", "time", "adv") and word.end <= lead:
            at = word.end
        elif per:
            at = per.end()
        else:
            return None, lead
    claim = LIMIT_BEFORE_VERB.of(number, limits.before_verb[found[0]], found.span(), "comparators", found[0])
    return claim, found.start() if PER.match(line.text, found.end(), lead) else lead


def _bound(line: Line, figure: Placed, left: int, occupied: Sequence[Span], number: int) -> Bound:
    """The noun behind the figure, whose own words before it begin at `left`, and where the words behind it end."""
    text, tail = line.text, figure.quantity.tail
    end = right_end(line, tail, figure.reach, occupied)
    start = tail
    while start < end and text[start] == " ":
        start += 1
    on_top = ON_TOP_OF.match(text, start) if text.startswith(ON_TOP_WORDS, start) else None
    if on_top:
        return Bound(start, start, on_top.end(), (ON_TOP.of(number, "baseline", on_top.span()),))
    has_particle = text.startswith(ATTRIBUTIVE, start)
    start += has_particle
    price = next((price for price in line.wording.prices if text.startswith(price, start)), "") if has_particle else ""
    if price and line.wording.money.priced.search(text, max(left, figure.low), figure.quantity.lead):
        # 以每台200元的价格采购血压计300台
        return Bound(start, start + len(price), start + len(price))
    if (
        start >= end
        # 保持在92%的合理区间: where it stands, not what is counted.
        or (has_particle and text.startswith(line.wording.standings, start))
        or text[start] in PADDING
        or text[start] in BRACKET_MARKS
        or text.startswith(COORDINATORS, start)
        or text.startswith(line.wording.qualifiers.thresholds, start)
        # 尚有17个百分点缺口
        or (figure.quantity.unit_class == "points" and text.startswith(line.wording.gap_nouns, start))
    ):
        return Bound(start, start, tail)
    relative = _head_of_relative(line, figure, start, end)
    if relative is not None:
        return Bound(*relative, relative[1])
    skipped = _behind_time_and_verbs(line, start, end)
    word = line.starts.get(skipped)
    own = max(left, figure.low)
    if word and not has_particle and figure.quantity.unit_class == "money" and word.text in line.wording.spent_on:
        return Bound(start, start, start)
    counts_whom = word is not None and word.end < end and _counts_whom(line, figure, own)
    if (
        word
        and word.role in ENDS_NOUN
        and not (has_particle or counts_whom or _begins_noun(line, word, figure, own, end))
    ):
        return Bound(start, start, start)
    start = skipped
    stop = end
    if figure.after >= 0 and end == figure.reach:
        stop = _list_break(line, start, end) or end
    first = line.first_word(ENDS_NOUN, word.end if word and counts_whom else start + 1, stop)
    while first and (aside := line.quote_of(first.start) or _gloss_of(line, first)):
        # 41个“抓细、抓实”项目, 41个“双优”（提高品质）示范县: the quotation and its gloss only name them.
        if not (aside[0] == start or (start <= aside[0] and aside[1] < stop)):
            break
        first = line.first_word(ENDS_NOUN, aside[1], stop)
    before = line.trim_right(own, figure.quantity.lead)
    governor = _governor_of_list(line, own, before) if before.preposition else _governor(line, figure, own)
    is_governed = figure.quantity.unit_class == "share" or (
        governor is not None and governor.role in VERB_ROLES | {"pred"}
    )
    if first and not is_governed and (quote := line.quote_of(first.start)) and start + 1 < quote[0]:
        # 37项审批“最多跑两趟”: what is said of them.
        stop, first = quote[0], None
    done = line.text.find(PERFECTIVE, start + SHORTEST_ACT, stop)
    verb = line.ends.get(done) if done >= 0 and not line.quote_of(done) else None
    is_counted = not has_particle or figure.quantity.unit_class == "share"
    if verb is not None and verb.role == "nominal" and verb.start > start and is_counted:
        # 76%的花县普及了花艺教育: the particle tells that it is a verb.
        stop, first = min(stop, verb.start), None if first is None or first.start > verb.start else first
    while first and _names_work(line, figure, first, stop):
        # 5所花校改扩建项目: the name of a work.
        first = line.first_word(ENDS_NOUN, first.end + 1, stop)
    if not is_governed and (dated := next((at for at in line.time_starts if start + 1 < at < stop), 0)):
        # 12个花圃5月开始验收: when it is done.
        stop, first = dated, line.first_word(ENDS_NOUN, start + 1, dated)
    while first and is_governed and (qualifies := _qualifying(line, first, stop)):
        # 5家社会力量举办的医院, 取消38项花办指定机构实施的事项
        first = line.first_word(ENDS_NOUN, qualifies.end + 1, stop)
    if first and has_particle and _joins_work(line, first, stop):
        # 用于500人次的花农技能提升和转岗培训
        first = None
    is_work = _is_work_done(line, figure, own, stop, end)
    if first and not (is_work or _is_programme(line, figure, own, first, stop)):
        stop = first.start
    stop = _end_of_noun(line, figure, start, stop, has_particle=has_particle, is_work=is_work)
    while stop > start and text[stop - 1] in PADDING:
        stop -= 1
    how = line.ends.get(stop)
    if how and how.role == "soft" and how.start > start + 1 and how.text not in line.wording.nouns_or_plans:
        # 23个花市有序推进、总投资31亿元
        stop = how.start
    if (
        figure.after >= 0
        and stop == figure.reach
        and text[stop - 1] == ATTRIBUTIVE
        and figure.quantity.unit_class == "money"
    ):
        # 投入1亿元办好的35件实事: the noun is that of the next.
        return Bound(start, start, tail)
    if text[start:stop] in line.wording.among:
        # 企业67家中，亏损的8家
        return Bound(start, start, stop)
    behind = stop
    if figure.after >= 0 and stop == figure.reach and stop - start > 2 and text[stop - 1] == ATTRIBUTIVE:
        # 15家花店的40台冷柜: the particle joins the noun to that of the next.
        stop -= 1
    among = ""
    if text.endswith(line.wording.among, start + 1, stop):
        among = next(mark for mark in line.wording.among if text.endswith(mark, start + 1, stop))
    if among == INSIDE and _is_within(line, own, figure.quantity.lead):
        # 在58个花县中排名第三
        stop -= len(among)
        among = ""
    if text.endswith(OUTSIDE, start + 1, stop) and EXCEPTED.match(text, own, stop):
        # 除2个跨年项目外
        stop -= next(len(mark) for mark in OUTSIDE if text.endswith(mark, start + 1, stop))
    if (aside := line.bracket_of(stop)) and aside[0] > start and aside != figure.bracket:
        # 36所花校（基本建成）招生900人: what the bracket says is no part of the noun.
        stop, behind = aside[0], aside[1] + 1
    if among and figure.after >= 0 and (stop < end or stop == figure.reach) and not _ends_in_middle(line, stop):
        stop -= len(among)
    elif (
        among == INSIDE and stop == figure.high and text[stop : stop + 1] in COMMAS and not _ends_in_middle(line, stop)
    ):
        # 57家乡镇卫生院中，54家达到基本标准
        stop -= 1
    claimed: tuple[Claim, ...] = ()
    on_top = ON_TOP_OF.match(text, stop) if text.startswith(ON_TOP_WORDS, stop) else None
    if on_top:
        # 完成10项任务基础上 only says what was done first.
        behind = on_top.end()
        if on_top[0].startswith(ATTRIBUTIVE) or line.wording.qualifiers.existing.search(
            text, figure.low, figure.quantity.lead
        ):
            claimed = (ON_TOP.of(number, "baseline", on_top.span()),)
    return Bound(start, stop, behind, claimed)


def _is_within(line: Line, own: int, lead: int) -> bool:
    """在全省58个花县中: whether but 在 and a part of the territory stand before the figure."""
    while own < lead and line.text[own] in PADDING:
        own += 1
    return line.text.startswith(LOCATIVE, own) and line.trim_left(own, lead) >= lead


def _gloss_of(line: Line, word: Word) -> Span | None:
    """The bracket right behind a name in quotes that holds `word` and says what the name means; None for none."""
    bracket = line.bracket_of(word.start)
    return bracket if bracket is not None and line.text[bracket[0] - 1] == CLOSING_QUOTE else None


def _head_of_relative(line: Line, figure: Placed, start: int, end: int) -> Span | None:
    """推进2个已纳入规划的采区建设, 建设1个具有示范作用的中心: the head behind the clause that qualifies it; None where none does."""
    word = line.starts.get(start)
    if figure.quantity.unit_class not in COUNTED:
        return None
    joined = line.wording.all_in_one.match(line.text, start, end)
    if joined is not None:
        return _head_at(line, figure, joined.end(), end)
    if word is None:
        return None
    governor = line.ends.get(figure.quantity.lead)
    is_governed = word.role in RELATIVE_STARTS and governor is not None and governor.role in GOVERNS_RELATIVE
    head = line.text.rfind(ATTRIBUTIVE, word.end + 1, end) + 1
    if not (is_governed or word.text in line.wording.possessing) or not head or head >= end:
        return None
    noun = _head_at(line, figure, head, end)
    # 达到二级标准的花站: what they are measured by tells them apart.
    return noun if noun is None or word.role not in MEASURED_BY else (start, noun[1])


def _head_at(line: Line, figure: Placed, head: int, end: int) -> Span | None:
    """The noun that begins at `head`, behind what qualifies it, in the words that end at `end`; None where there is none."""
    stop = (_list_break(line, head, end) if figure.after >= 0 and end == figure.reach else 0) or end
    first = line.first_word(ENDS_NOUN, head, stop)
    stop = first.start if first is not None else stop
    return (head, stop) if stop - head > 1 else None


def _ends_in_middle(line: Line, stop: int) -> bool:
    """Whether the 中 that ends here belongs to a word."""
    return line.text.endswith(line.wording.schools, 0, stop)


def _governor(line: Line, figure: Placed, own: int) -> Word | None:
    """The word right before the figure, which may govern it: 新增 of 新增了5个, 全面完成."""
    done = line.ends.get(figure.quantity.lead)
    if done is not None and done.role == "pred" and done.text.endswith(tuple(line.wording.carried_out)):
        return done
    if done is not None and done.text == ET_CETERA:
        # 推进甲花校、乙花校等14个花校品质提升
        first = line.starts.get(line.trim_left(own, done.start))
        if first is not None and first.text in line.wording.carried_out:
            return first
    return line.ends.get(line.trim_right(own, figure.quantity.lead).end)


def _governor_of_list(line: Line, own: int, before: Trimmed) -> Word | None:
    """The verb with which the words from `own` on begin, where what it governs goes on with what is counted."""
    return line.verb_of_list(line.trim_left(own, before.end), before)


def _is_work_done(line: Line, figure: Placed, own: int, stop: int, end: int) -> bool:
    """完成5座山塘改扩建: the work that is done on what is counted, named to the end of the clause."""
    before = line.trim_right(own, figure.quantity.lead)
    governor = _governor_of_list(line, own, before) or _governor(line, figure, own)
    # 完成3所花校改扩建和5座花房修缮
    is_item = figure.after >= 0 and stop < end
    if not (is_item or stop == end == figure.high):
        return False
    if governor is None or not governor.text.endswith(tuple(line.wording.carried_out)):
        return False
    end = stop
    for ending in line.wording.qualifiers.works:
        end -= len(ending) if line.text.endswith(ending, 0, end) else 0
    last = line.ends.get(end)
    return (
        last is not None
        and (last.role in ("nominal", "new", "act") or last.text in line.wording.raised)
        and VERB_COORDINATORS[0] not in line.text[figure.quantity.tail : end]
    )


def _names_work(line: Line, figure: Placed, first: Word, stop: int) -> bool:
    """Whether the verb in the noun begins the name of a work: 5所花校改扩建项目, 12个花业谋划项目; not 3个镇实施项目5个."""
    if not line.text.startswith(line.wording.programmes, first.end):
        return False
    return first.role == "new" or (
        first.text in line.wording.planned_works and (figure.after < 0 or stop < figure.reach)
    )


def _qualifying(line: Line, first: Word, stop: int) -> Word | None:
    """The verb from `first` on that only qualifies the noun behind it and 的; None where there is none."""
    for word in line.words_within(first.start, stop):
        if word.role not in QUALIFIES or word.end + 1 >= stop:
            break
        if word.role in VERB_ROLES and line.text.startswith(ATTRIBUTIVE, word.end):
            return word
    return None


def _joins_work(line: Line, change: Word, stop: int) -> bool:
    """Whether the word of change is one of two works that are named side by side up to `stop`: 技能提升和转岗培训."""
    last = line.ends.get(stop)
    is_joined = change.role == "delta" and line.text.startswith(COORDINATORS, change.end)
    return is_joined and last is not None and last.role == "nominal" and last.start > change.end + 1


def _is_programme(line: Line, figure: Placed, own: int, first: Word, stop: int) -> bool:
    """新增5个花卉业扩大开放综合试点: a change that only the name of a programme tells, to the end of the clause."""
    governor = _governor(line, figure, own)
    return (
        first.role == "delta"
        and governor is not None
        and governor.role in VERB_ROLES
        and stop == figure.high
        and line.text.endswith(line.wording.programmes, first.end, stop)
    )


def _end_of_noun(line: Line, figure: Placed, start: int, stop: int, *, has_particle: bool, is_work: bool) -> int:
    """Where the noun [start, stop) behind the figure ends before what is said of it: what money is for, a rank, what is done with it, what persons do.

    `is_work`: it names what was done to the end (完成3万名花农免费体检).
    """
    text, quantity = line.text, figure.quantity
    if quantity.unit_class == "money" and not has_particle:
        # 增发3000亿元国债支持花区重建
        stop = min(
            [word.start for word in line.words_within(start + 2, stop) if word.text in line.wording.for_what],
            default=stop,
        )
    words = line.wording.qualifiers
    if quantity.unit_class == "bare":
        # 一个13亿人口的国家
        counted = next((noun for noun in words.counted_bare if text.startswith(noun, start)), "")
        stop = start + len(counted) - len(ATTRIBUTIVE) if counted else stop
    ranked = words.ranked.search(text, start + 2, stop)
    stop = ranked.start() if ranked is not None else stop
    at = text.find(words.light_verb, start + 2, stop)
    stop = at if at > 0 else stop
    excepted = EXCEPTED.search(text, start + 2, line.clause(start)[1])
    stop = min(stop, excepted.start()) if excepted is not None else stop
    if quantity.unit_class in COUNTED and figure.after >= 0:
        # 带动8个花村人均增收9000元
        each = (text.find(average, start + 1, stop) for average in line.wording.averages)
        stop = min((at for at in each if at > 0), default=stop)
    is_joint = any(text.find(mark, start, stop) > 0 for mark in COORDINATORS)
    counts_persons = quantity.unit in line.wording.person_units or (
        quantity.unit_class == "bare" and line.text[quantity.number_end - 1] in GREAT_SCALES
    )
    if counts_persons and not (is_work and not is_joint):
        return _end_of_persons(line, start, stop)
    return stop


def _end_of_persons(line: Line, start: int, stop: int) -> int:
    """Where persons end of whom something is said: 61名医师、护士连夜驰援."""
    text = line.text
    persons = line.wording.person_nouns.match(text, start, stop)
    led = line.starts.get(stop)
    # 300名教师活跃在护学岗: what they do where.
    shortest = SHORTEST_ACT if led is not None and led.role == "prep" else SHORTEST_SAID
    if persons is None or stop - persons.end() < shortest or text.startswith(GOES_ON, persons.end()):
        return stop
    if text[persons.end()].isdigit() or text[persons.end()] in BRACKET_MARKS:
        # 队员24小时待命, “四类人员”的住房
        return stop
    # 大学生乡村医生招聘: other persons behind.
    more = line.wording.person_nouns.search(text, persons.end(), stop)
    return persons.end() if more is None else stop


def _counts_whom(line: Line, figure: Placed, own: int) -> bool:
    """Whether a bare great number at the head of its clause counts those behind it: 4.2万符合条件的老人, 6.1万在册老人."""
    quantity = figure.quantity
    is_great = quantity.unit_class == "bare" and line.text[quantity.number_end - 1] in GREAT_SCALES
    return is_great and line.trim_left(own, quantity.lead) >= quantity.lead


def _behind_time_and_verbs(line: Line, start: int, end: int) -> int:
    """Behind a time word and 已 that begin a counted noun phrase: 71名2020年以来已招录医生."""
    time = line.time_starts.get(start)
    if not time or time.end >= end - 1:
        return start
    start = time.end
    word = line.starts.get(start)
    while word and word.role in ("adv", "time", "act") and word.end < end - 1:
        start = word.end
        word = line.starts.get(start)
    return start


def _list_break(line: Line, start: int, end: int) -> int:
    """Where, before the next figure at `end`, a list mark or conjunction ends this figure's words; 0 for nowhere."""
    cut = line.list_mark(start, end)
    if cut > start and _begins_examples(line, start, cut, end):
        cut = -1
    for mark in COORDINATORS:
        at = line.text.rfind(mark, start, end)
        if at > max(cut, start) and not line.inside_word(at):
            rest = line.text[line.trim_left(at + len(mark), end) : end].strip(PADDING)
            word = line.starts.get(line.trim_left(at + len(mark), end))
            if not rest or len(rest) <= 8 or (word is not None and word.role in VERB_ROLES):
                cut = at
    return cut if cut > start else 0


def _begins_noun(line: Line, word: Word, figure: Placed, own: int, end: int) -> bool:
    """Whether a verb behind a governed figure begins a noun phrase: 梳理35项整改问题."""
    if word.role == "new" and word.end < end and line.trim_left(own, figure.quantity.lead) >= figure.quantity.lead:
        # 5所新建学校投入使用
        return True
    if word.role == "act" and line.trim_left(own, figure.quantity.lead) >= figure.quantity.lead:
        # 21个包保项目顺利推进: the noun goes on to what is said of it.
        said = line.first_word(ENDS_NOUN, word.end, end)
        return said is not None and said.role == "pred" and said.start - word.end >= SHORTEST_SAID
    if word.role == "new" and line.text.startswith(line.wording.programmes, word.end):
        # 提速花溪等34个续建项目
        return True
    if word.role not in ("act", "make", "time") or word.end >= end:
        return False
    if word.role == "time":
        # 3所当年新建卫生院, not 2所年底前完工
        said = line.starts.get(word.end)
        return said is None or said.role not in ENDS_NOUN or said.end < end
    governor = _governor(line, figure, own)
    return (
        governor is not None
        and governor.role in ("new", "make", "act", "nominal")
        and not governor.text.endswith(EXISTENTIAL)
    )


def _left_of_next(line: Line, left: int, reach: int, occupied: Sequence[Span]) -> int:
    """Where the words of the next figure, at `reach`, begin behind those of the one before, which end at `left`."""
    for start, close in occupied:
        if left <= start and close < reach:
            left = close + 1
    mark = line.list_mark(left, reach)
    return left if mark > left and _begins_examples(line, left, mark, reach) else max(left, mark)


def _begins_examples(line: Line, start: int, mark: int, end: int) -> bool:
    """为9所花校配备冷柜、花架等设备80件: whether the list mark stands among the examples of what the next figure, at `end`, counts, behind the verb that governs them."""
    return line.text.find(ET_CETERA, mark, end) > 0 and line.last_word(VERB_ROLES, start, mark) is not None
