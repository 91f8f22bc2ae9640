"""The subject that a figure without one takes from another figure or clause (承前省略)."""

from __future__ import annotations

from itertools import chain

from pipeline.facts.candidates import COUNTED, Candidate, Said, behind_time, right_end
from pipeline.facts.claims import Rule
from pipeline.facts.indicators.clauses import NO_PHRASE, before_mark, clause_before
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import (
    MAKE,
    REACH,
    Named,
    Phrase,
    Reading,
    host_of,
    new_verb_of,
    text_of,
)
from pipeline.facts.indicators.topics import counted_each
from pipeline.facts.phrases import ENDS_NOUN
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.lists import LIST_BETWEEN, LIST_MARK
from pipeline.language.quantities import SIGNS

IN_BRACKET = Rule(
    "value_in_bracket",
    "indicator",
    "A value in a bracket has the indicator of the figure before it.",
    "门诊量192万人次（增长4.3%）。",
    "门诊量",
)
INHERITED = Rule(
    "inherited_subject",
    "indicator",
    "A figure without a subject takes that of a figure or clause before.",
    "门诊量达到40万人次，同比增长5%。",
    "门诊量",
)
SHARED_NOUN = Rule(
    "noun_of_next",
    "indicator",
    "The first of two verbs takes the noun of the second.",
    "全年开工6个、竣工9个重点项目。",
    "开工重点项目",
)
SIGN = Rule(
    "sign_in_bracket", "kind", "A value with a sign in a bracket is a change.", "门诊192万人次（＋4.3%）。", "delta"
)
LIKE_PREVIOUS = Rule(
    "kind_of_previous",
    "kind",
    "A figure with no words of its own is of the kind of the one before.",
    "减少贫困人口2156户8633人。",
    "delta",
)


DELTA = frozenset(["delta"])
LONGEST_VERB = 3
LONGEST_STRIVING = 6  # characters


def inherited(reading: Reading, figure: Candidate, form: str, verb: str = "", *, is_linked: bool) -> Named:
    """The subject that a figure without one takes from another figure or clause; `verb` is what its own words say is done.

    `is_linked`: a linking verb, change or comparator leads to the figure, so that no noun of its own can stand behind it.
    """
    said, own = Said(verb=verb), figure.own
    borrowed = Phrase("", own) if is_linked else _noun_of_next(reading, figure)
    if borrowed.text:
        return Named(verb + borrowed.text, borrowed.words, SHARED_NOUN, form, said)
    predicate = "" if is_linked and not _says_where(reading, figure) else predicate_alone(reading, figure)
    following = figure.following
    counts_persons = figure.quantity.unit_class == "people"
    right_behind = (
        figure.quantity.end,
        figure.quantity.end + len(LIST_MARK) * reading.text.startswith(LIST_MARK, figure.quantity.end),
    )
    if not (predicate or is_linked) and following is not None and following.quantity.lead in right_behind:
        # 806户1459人实现脱贫, 6万户、22万人稳定增收
        counts_persons = following.quantity.unit_class == "people"
        predicate = predicate_alone(reading, following) if counts_persons else ""
    host = host_of(figure, reading.done)
    open_before = (other for other in reversed(reading.done) if other.bracket in (None, figure.bracket))
    previous = host or next(open_before, reading.done[-1] if reading.done else None)
    if host is None:
        item = _before_bracket(reading, figure)
        if item.text:
            return Named(item.text, item.words, INHERITED, form, item.said if item.said.verb else said)
    rule, form = (IN_BRACKET, "bracket_part") if host else (INHERITED, "inherited_subject")
    named = Named("", own, rule, form, said)
    if host is not None and reading.text[figure.quantity.start] in SIGNS:
        # 门诊192万人次（＋4.3%）
        sign = (figure.quantity.start, figure.quantity.start + 1)
        named = named._replace(text=host.indicator, words=host.words_of("indicator", figure.base))
        return named.also(SIGN.of(figure.number, "delta", sign))
    at = reading.text.find(verb, *own) if host is None and verb in reading.wording.consequence_verbs else -1
    if host is None and predicate in reading.wording.consequence_verbs:
        # 花农保险建立、已有12万人次受益
        at = reading.text.rfind(LIST_MARK, *own) + 1
    if beside := before_mark(reading, figure, at):
        # 提高养老金、惠及54万人
        return named._replace(text=beside + (verb or predicate))
    if host is None and figure.low > 1:
        is_between = previous is None or reading.line.clause(figure.low - 2)[0] > previous.quantity.tail
        clause = clause_before(reading, figure) if is_between else None
        says_it = counts_persons and len(predicate) > LONGEST_VERB
        if clause is not None and clause.text and len(verb) <= LONGEST_VERB and not says_it:
            act = reading.line.starts.get(clause.words[0]) if verb else None
            # 整治加工厂，取缔5家: one verb, that of the figure.
            is_done = act is not None and act.role == "nominal" and len(clause.text) - len(act.text) >= 2
            thing = clause.text.removeprefix(act.text) if act is not None and is_done else clause.text
            return named._replace(text=verb + thing, words=clause.words)
    if previous is None and (is_linked or predicate or (verb and reading.listed_before)):
        unit = figure.quantity.unit
        previous = next((other for other in reversed(reading.before) if other.quantity.unit == unit), reading.earlier)
    if previous is None:
        return named._replace(text=verb or predicate)
    if host is None and (behind := _share_said(reading, figure, previous)):
        # 下岗职工1700万人，80%进入服务中心
        return named._replace(text=_said_of(behind, _counted_by(reading, previous)))
    if predicate and counts_persons and host is None:
        # 扶持贫困花户62户，已有47户解决了温饱: of those before; 改造花房9户，已有8户搬进新居: of others.
        is_of_these = (
            figure.quantity.unit == previous.quantity.unit and figure.quantity.value <= previous.quantity.value
        )
        whose = thing_counted(reading, figure) if is_of_these and previous.kind == "level" else ""
        is_person = whose.endswith(figure.quantity.unit) or reading.wording.person_nouns.fullmatch(whose) is not None
        return named._replace(text=_said_of(predicate, whose) if whose and is_person else predicate)
    named = named._replace(words=previous.words_of("indicator", figure.base))
    if len(verb) > LONGEST_VERB and figure.quantity.unit_class == previous.quantity.unit_class == "share":
        # 花艺培训覆盖率80%，转移就业增长19%
        return named._replace(text=verb)
    if verb and previous.quantity.unit != figure.quantity.unit:
        each = counted_each(reading, figure)
        thing = thing_counted(reading, figure)
        if not thing and previous.kind == "delta" and previous.quantity.unit_class == "share":
            # 新登记花店增长14%，平均每天新增1.1万户
            thing = _without_verbs(reading, previous.indicator)
        return named._replace(text=each + verb if each else verb + thing)
    return _of_figure(reading, figure, previous, named, predicate, is_linked=is_linked)


def _of_figure(
    reading: Reading, figure: Candidate, previous: Candidate, named: Named, predicate: str, *, is_linked: bool
) -> Named:
    """The indicator of `previous` with the verb or predicate of `figure`, and its kind where no words are between."""
    verb = named.said.verb
    previous = _shared(reading, figure, previous) or previous
    made = reading.line.last_word(MAKE, *figure.own)
    noun = _counted_by(reading, previous) if predicate or verb else _measured_of(reading, figure, previous)
    if made is not None and previous.said.topic and reading.wording.references.aim_in(noun, previous.quantity.unit):
        noun = previous.said.topic
    if adds_up(reading, figure) or (is_linked and _is_total(figure, previous)):
        # 新增公园141座，累计达973座; 新增企业70家，达420家: those there were before are in it.
        noun = _without_new(reading, noun)
    if made is not None and previous.said.verb and not previous.leads_noun:
        # 花房改造新开工9套、基本建成6套
        noun = noun.removesuffix(previous.said.verb) or noun
    if (made is not None and not is_linked) or verb:
        noun = noun.removeprefix(new_verb_of(reading, noun) or previous.said.verb) or noun
    between = reading.line.trim_left(previous.quantity.tail, figure.quantity.lead)
    touches = previous.quantity.tail == figure.quantity.lead
    if between >= figure.quantity.lead and (
        touches or (previous.quantity.unit == figure.quantity.unit and not is_stock(figure, previous))
    ):
        # 减少2156户8633人; 增长12%，力争13%
        words = previous.words_of("kind", figure.base)
        named = named.also(LIKE_PREVIOUS.of(figure.number, previous.kind, words))
    elif _strives_for_more(reading, figure, previous):
        words = previous.words_of("kind", figure.base)
        named = named.also(LIKE_PREVIOUS.of(figure.number, previous.kind, words))
    average = next((word for word in reading.wording.averages if reading.text.find(word, *figure.own) >= 0), "")
    if average and not (verb or predicate) and average not in noun and figure.quantity.unit_class != "share":
        # 绿地面积增加3公顷，人均达到12平方米
        return named._replace(text=average + noun)
    if verb and len(verb) > 1 and noun.endswith(verb) and verb != noun:
        # 偿还欠退税20亿元，全年退税9亿元
        return named._replace(text=verb)
    if verb:
        # 各部门清理规章2300件，废止830件
        noun = _without_verbs(reading, noun.removeprefix(previous.said.act).removeprefix(previous.said.verb))
        event = _event(reading, figure)
        if event:
            # 新生儿疾病筛查2725例，召回58例: a further step of what was done.
            return named._replace(text=event + verb).saying(named.said._replace(is_leaning=True))
    if predicate:
        # 有检测任务的单位47家，其中45家合格
        noun = noun.rpartition(ATTRIBUTIVE)[2] or noun
        return named._replace(text=_said_of(predicate, noun)).saying(named.said._replace(thing=noun))
    return named._replace(text=verb + noun)


def _shared(reading: Reading, figure: Candidate, previous: Candidate) -> Candidate | None:
    """花业增加值 of 花业增加值9亿元，占生产总值的5%，增长7%: what `previous` is a share of the whole of, since a share grows by points; None for any other figure."""
    change = reading.line.last_word(DELTA, *figure.own)
    is_rise = change is not None and change.text not in reading.wording.raised
    # 占财政收入的5%，是2006年的3倍
    is_more = figure.quantity.unit_class == "ratio" or (figure.quantity.unit_class == "share" and is_rise)
    if previous.form != "share_of_whole" or not is_more:
        return None
    known = (other for other in reversed(reading.done) if other.form != previous.form and other.bracket is None)
    base = next(known, None)
    return base if base is not None and base.indicator and previous.indicator.startswith(base.indicator) else None


def _measured_of(reading: Reading, figure: Candidate, previous: Candidate) -> str:
    """重点行业增加值 of 17个重点行业增加值增长8%: the noun behind a count with the measure that the count left out."""
    printed = reading.text[previous.noun_start : previous.noun_end]
    is_next = previous is figure.previous and previous.leads_noun and previous in reading.done
    if not is_next or printed in previous.indicator:
        return previous.indicator
    if figure.quantity.unit_class == "money":
        # 下达5个花县奖补资金2亿元
        shared = (k for k in range(len(printed) - 1, 0, -1) if previous.indicator.endswith(printed[:k]))
        return previous.indicator + printed[next(shared, len(printed)) :]
    return printed if printed.startswith(previous.indicator) else previous.indicator


def _strives_for_more(reading: Reading, figure: Candidate, previous: Candidate) -> bool:
    """增长6%、力争7%: whether the change before is strived to be a little more."""
    own, last = figure.quantity, previous.quantity
    if previous.kind != "delta" or own.unit != last.unit or not last.value < own.value < 2 * last.value:
        return False
    between = reading.text[last.tail : own.lead]
    return len(between) <= LONGEST_STRIVING and any(word in between for word in reading.wording.striving)


def is_stock(figure: Candidate, previous: Candidate) -> bool:
    """净增企业3193户、超2.4万户: things that a change of things leads to."""
    alike = figure.quantity.unit_class in COUNTED and figure.quantity.unit == previous.quantity.unit
    says_more = figure.quantity.lead < figure.quantity.start and figure.quantity.value > previous.quantity.value
    return alike and previous.kind == "delta" and says_more


def adds_up(reading: Reading, figure: Candidate) -> bool:
    """累计达973座: whether a level is of all there are."""
    return any(reading.text.find(word, *figure.own) >= 0 for word in reading.wording.adding_up)


def _without_new(reading: Reading, noun: str) -> str:
    """花店 of 新增花店 and of 花店新增."""
    last = next((word.text for word in reading.line.words if word.role == "new" and noun.endswith(word.text)), "")
    return noun.removeprefix(new_verb_of(reading, noun)).removesuffix(last) or noun


def _is_total(figure: Candidate, previous: Candidate) -> bool:
    """Whether a level right behind a level in the same unit is the greater."""
    levels = figure.kind == previous.kind == "level"
    return levels and figure.quantity.unit == previous.quantity.unit and figure.quantity.value > previous.quantity.value


def _before_bracket(reading: Reading, figure: Candidate) -> Phrase:
    """依次为肺结核（612例）、乙肝（371例）: the item before the bracket."""
    if figure.bracket is None:
        return NO_PHRASE
    line, end = reading.line, figure.bracket[0]
    low = line.clause(end)[0]
    low = max(low, line.list_mark(low, end) + 1, *(close + 1 for _, close in line.brackets if close < end))
    linked = line.last_word(REACH, low, end)
    low = line.trim_left(max(low, linked.end if linked else low), end)
    return noun_phrase(reading, low, end, is_money=figure.quantity.unit_class == "money") if low < end else NO_PHRASE


def _without_verbs(reading: Reading, noun: str) -> str:
    """和改造提升高标准农田 without the verbs that another figure has."""
    for _ in range(3):
        mark = next((mark for mark in LIST_BETWEEN if noun.startswith(mark)), "")
        noun = noun.removeprefix(mark)
        roles = ("new", "act", "nominal") if mark else ("new", "act")
        # 改造提升花场30家，关停8家: a compound of verbs is no noun.
        verbs = (
            word.text
            for word in reading.line.words
            if word.role in roles or (word.role == "nominal" and len(word.text) > LONGEST_VERB)
        )
        verb = next((verb for verb in verbs if noun.startswith(verb) and len(noun) - len(verb) >= 2), "")
        if not verb:
            break
        # 竣工 of 列入计划的项目: its clause goes with its verb.
        noun = noun.removeprefix(verb).rpartition(ATTRIBUTIVE)[2]
    return noun


def _event(reading: Reading, figure: Candidate) -> str:
    """The last independent indicator in the figure's unit, where it names something done (筛查, 接种) rather than a thing."""
    alike = (
        other
        for other in reversed(reading.done)
        if other.bracket is None and not other.said.is_leaning and other.quantity.unit == figure.quantity.unit
    )
    indicator = next(alike, figure).indicator
    if new_verb_of(reading, indicator):
        return ""
    # 义诊300人次，转诊8000人次: two acts side by side; 疾病筛查2725例，召回58例: a further step.
    acts = [word.text for word in reading.line.words if word.role == "nominal" and indicator.endswith(word.text)]
    return indicator if acts and indicator not in acts else ""


def thing_counted(reading: Reading, figure: Candidate) -> str:
    """The thing that the nearest figure in the same unit counts, without the verb that governs it; empty for none."""
    known = chain(reversed(reading.done), reversed(reading.before) if reading.continues else ())
    alike = (other for other in known if other.bracket is None and other.quantity.unit == figure.quantity.unit)
    other = next(alike, None)
    if other is None:
        return ""
    if other.said.thing:
        return other.said.thing
    if other.leads_noun and other in reading.done:
        return reading.text[other.noun_start : other.noun_end]
    return _without_verbs(reading, other.indicator.removeprefix(other.said.act).removeprefix(other.said.verb))


def _counted_by(reading: Reading, figure: Candidate) -> str:
    """The bare noun of `figure`, without what was said of it."""
    if figure.leads_noun and figure in reading.done:
        return reading.text[figure.noun_start : figure.noun_end]
    return figure.said.thing or figure.indicator


def _said_of(predicate: str, noun: str) -> str:
    return f"{predicate}{ATTRIBUTIVE}{noun}"


def _share_said(reading: Reading, figure: Candidate, previous: Candidate) -> str:
    """What is said behind a share, with no words before it, of the figure `previous`; empty for none."""
    start, end = figure.own
    if figure.quantity.unit_class != "share" or reading.line.trim_left(start, end) < end or figure.leads_noun:
        return ""
    is_amount = previous.kind == "level" and previous.quantity.unit_class in (*COUNTED, "money")
    predicate = predicate_alone(reading, figure) if is_amount and figure.following is None else ""
    return predicate if len(predicate) > LONGEST_VERB else ""


def _noun_of_next(reading: Reading, figure: Candidate) -> Phrase:
    """开工6个、竣工9个重点项目: the first takes the noun of the second."""
    following = figure.following
    if following is None or not following.leads_noun or figure.previous is not None:
        return NO_PHRASE
    touches = figure.quantity.tail == following.quantity.lead and figure.quantity.unit_class == "people"
    if not (touches or reading.text.startswith(LIST_BETWEEN, figure.quantity.tail)):
        return NO_PHRASE
    return Phrase(reading.text[following.noun_start : following.noun_end], (following.noun_start, following.noun_end))


def _says_where(reading: Reading, figure: Candidate) -> bool:
    """约20万人在花城落户: whether it is said right behind persons where they do something."""
    word = reading.line.starts.get(figure.noun_start)
    return figure.quantity.unit_class == "people" and word is not None and word.role == "prep"


def predicate_alone(reading: Reading, figure: Candidate) -> str:
    """What stands behind a figure without a noun: 12个已竣工, 2所9月底前完工."""
    start = behind_time(reading.line, figure.noun_start, right_end(reading.line, figure.quantity.tail, figure.reach))
    word = reading.line.starts.get(start)
    if word is not None and word.role == "soft" and word.text in reading.wording.spent_on:
        # 投资3亿元进行花田改造: the verb says nothing of its own.
        start = word.end
    elif word is None or not (word.role in ENDS_NOUN or word.role == "nominal"):
        return ""
    end = right_end(reading.line, figure.quantity.tail, figure.reach)
    if figure.following is not None and end == figure.following.quantity.lead:
        end = max(start, figure.following.left, word.end if word.text in reading.wording.spent_on else 0)
    return text_of(reading.text, start, end)
