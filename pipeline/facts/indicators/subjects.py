"""Subjects before the figure: X达到N%, 完成X 5个, X增长5% (数值前的主语)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import COUNTED, Candidate, Said, right_end
from pipeline.facts.claims import Rule
from pipeline.facts.indicators.changes import Subject, subject_words
from pipeline.facts.indicators.clauses import before_mark
from pipeline.facts.indicators.counted import GOVERNORS
from pipeline.facts.indicators.inheritance import adds_up, inherited, is_stock, predicate_alone
from pipeline.facts.indicators.items import act_for_item, of_reached, own_act
from pipeline.facts.indicators.leaning import LONGEST_LEANING, leaning_head_of, leans
from pipeline.facts.indicators.lists import read_item
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import (
    PREP,
    STRIPPED,
    VERBAL_ROLES,
    Named,
    Reading,
    joined,
    sibling_of,
    text_of,
)
from pipeline.facts.indicators.rests import read_rest
from pipeline.facts.indicators.shares import read_aim, read_share
from pipeline.facts.indicators.spending import fund_before, object_of, spent_in_next_clause
from pipeline.facts.indicators.topics import LEANING, with_topic
from pipeline.facts.phrases import ENDS_NOUN, PADDING
from pipeline.language.anaphora import ANAPHORA
from pipeline.language.function_words import AFTERWARDS, ALTOGETHER, ATTRIBUTIVE, EVERY, MODALS, PERFECTIVE
from pipeline.language.lists import ET_CETERA, LIST_BETWEEN, LIST_MARK, VERB_COORDINATORS
from pipeline.language.time_contexts import DURATION, SPAN_OF_YEARS, SPAN_STARTS

ACTS = VERBAL_ROLES - {"nominal"} | {"delta"}
CHANGES = VERBAL_ROLES | {"delta"}
NOMINAL, NEW = frozenset(["nominal"]), frozenset(["new"])
MAKES = frozenset(["new", "make"])
LONGEST_ITEM = 10
# Persons and money have no output.
UNMEASURED = frozenset(["people", "money", "time"])
ITEMS = COUNTED | {"money"}
# 减少排放5%、覆盖率9%: each share has a change of its own.
RATED = frozenset(["share", "points", "ratio", "rate"])


OF_SUBJECT = Rule(
    "figure_of_subject",
    "indicator",
    "The words before the figure, without those that link it, are what it measures.",
    "门诊住院患者满意度达到91.3%。",
    "门诊住院患者满意度",
)
AMOUNT_SPENT = Rule(
    "amount_spent", "indicator", "Money and what is done with it.", "投资2.6亿元建设市民中心。", "市民中心投资"
)
UNDER_HEAD = Rule(
    "rate_before_colon",
    "indicator",
    "A rate before a colon holds for all items behind it.",
    "病床使用率：公立医院78%，民营医院57%。",
    "民营医院病床使用率",
)
UNDER_MEASURE = Rule(
    "measure_before_colon",
    "indicator",
    "What is measured of all items stands once, before a colon.",
    "主要花材产量都有增长：月季增长8%。",
    "月季产量",
)
THEIRS = Rule(
    "money_of_those_served",
    "indicator",
    "Money given out belongs to those it is for.",
    "为8.2万名残疾人发放护理补贴3656万元。",
    "残疾人护理补贴",
)
THROUGH_NOUN = Rule(
    "through_counted_noun",
    "indicator",
    "The subject runs through the figure before.",
    "床位使用率等3项指标超过50%。",
    "床位使用率等指标",
)
SHARE_THAT = Rule(
    "share_with_predicate",
    "indicator",
    "What is said behind a share belongs to its subject.",
    "乡镇卫生院100%达到国家标准。",
    "达到国家标准的乡镇卫生院",
)
OF_DUE = Rule(
    "done_of_due",
    "indicator",
    "实 and a verb says what was done of what was due (应 and the verb): it has the same subject.",
    "流感疫苗应种900人，实种880人。",
    "流感疫苗实种",
)
OF_TOTAL = Rule(
    "item_of_total",
    "indicator",
    "What is divided stands once, with 中, before the items.",
    "总诊疗量中，医院40万人次，卫生院55万人次。",
    "卫生院诊疗量",
)
CONTRASTED = Rule(
    "contrasted_head",
    "indicator",
    "A modifier that sets a head apart from the same head before it stays.",
    "医保基金当期结存2亿元，累计结存9亿元。",
    "累计结存",
)
AIMED_GROWTH = Rule(
    "aimed_growth", "kind", "The share of growth that is aimed at is a change.", "生产总值增长预期目标为5%。", "delta"
)
LIKE_SIBLING = Rule(
    "like_item_before",
    "indicator",
    "An item of a list takes verb and denominator of the item before.",
    "新增床位120张、座椅80个。",
    "新增座椅",
)
CHANGE_OF_LIST = Rule(
    "change_of_list", "kind", "An item of a list of changes is one.", "门诊量、住院量下降3%和2%。", "delta"
)


def read_subject(reading: Reading, figure: Candidate, start: int) -> Named:
    """The indicator of a figure without a noun behind it; [start, lead) are the words before."""
    trimmed = reading.line.trim_right(start, figure.quantity.lead)
    share = read_share(reading, figure, start, trimmed.end)
    if share is not None:
        return share
    if _is_multiple(reading, figure):
        return inherited(reading, figure, "figure_of_subject", is_linked=True)
    words = subject_words(reading, figure, start, trimmed)
    named = _named(reading, figure, words)
    return named._replace(more=words.claims + named.more) if words.claims else named


def _is_multiple(reading: Reading, figure: Candidate) -> bool:
    """是前五年投入总和的1.7倍: whether the words before only say of what the figure before is so many times."""
    low, lead = figure.own
    if figure.quantity.unit_class != "ratio" or not reading.text.endswith(ATTRIBUTIVE, low, lead) or not reading.done:
        return False
    while low < lead and reading.text[low] in PADDING:
        low += 1
    links = reading.line.starts.get(low)
    return links is not None and links.text in reading.wording.equal_to


def _named(reading: Reading, figure: Candidate, words: Subject) -> Named:
    """The indicator that the subject `words` give, alone or with what stands around them."""
    text, quantity, (start, end, is_delta, is_reached, form, _) = reading.text, figure.quantity, words
    phrase = noun_phrase(reading, start, end, is_money=quantity.unit_class == "money")
    through = _through_counted_noun(reading, figure)
    bare = reading.wording.without_span(reading.wording.without_tail(phrase.text))
    strives = [
        word.text for word in reading.line.words_within(start + 2, end - 1) if word.text in reading.wording.striving
    ]
    for word in strives if figure.bracket is None else ():
        # 花卉产业力争产值突破9亿元
        before, _, behind = bare.rpartition(word)
        bare = before + behind
    lasting = DURATION.match(bare) if bare[:1] in SPAN_STARTS else None
    if lasting is not None and (lasting.end() == len(bare) or lasting["within"] or _is_act_of(reading, bare, lasting)):
        # 五年间产值, 五年平均增长7%, 两年共增加灌溉面积: how long, not what.
        bare = bare[lasting.end() :].removeprefix(ALTOGETHER)
    if bare[:1] in SPAN_STARTS:
        bare = SPAN_OF_YEARS.sub("", bare)
    first = reading.line.starts.get(start)
    if first is not None and first.role == "prep" and first.text == bare:
        # 在连续三年增长12%的基础上: nothing is named between.
        bare = ""
    if bare.endswith(AFTERWARDS):
        bare = _without_change(reading, start, end, bare)
    if len(bare) == 1 and not bare.isascii():
        # 月人均达到2780元
        is_average = text.startswith(reading.wording.averages, text.rfind(bare, start, quantity.lead) + 1)
        bare = "" if bare in MODALS or is_average else _whole_word(reading, figure, bare)
    elif bare and ANAPHORA.fullmatch(bare):
        # 仅此一项增加9万元
        bare = ""
    grows = reading.wording.aimed_growth.search(phrase.text) if quantity.unit_class == "share" else None
    if bare != phrase.text and (bare or figure.bracket is None):
        phrase = phrase._replace(text=bare)
    said = Said() if through else phrase.said
    spent = _amount_spent(reading, figure, words, phrase.text, said)
    if spent is not None:
        return spent
    named = Named(through or phrase.text, phrase.words, THROUGH_NOUN if through else OF_SUBJECT, form, said)
    named = _with_predicate(
        reading, figure, _of_those_due(reading, _of_total(reading, figure, _contrasted(reading, figure, named)))
    )
    said, form = named.said, named.form
    if grows is not None and not is_delta:
        # 产值增长预期目标为5%
        named = named.also(AIMED_GROWTH.of(figure.number, "delta", words[:2]))
    item = read_item(reading, figure, named.text, start, end) or read_rest(reading, figure, named.text)
    if item is not None:
        return item._replace(said=said)
    rate = _rate_behind_mark(reading, figure, named)
    if rate is not None:
        return rate
    if each := of_reached(reading, figure, named.text):
        # 补助标准提高到城市90元、农村60元
        return named._replace(text=each, rule=LIKE_SIBLING)
    aim = reading.wording.references.aim_in(named.text, quantity.unit) if named.text else ""
    if aim and not text.endswith(ATTRIBUTIVE, start, quantity.lead):
        found = read_aim(reading, figure, named.text, aim, form)
        return found._replace(said=said._replace(topic=found.said.topic), more=named.more + found.more)
    named = _served(reading, figure, _under_measure(reading, figure, _under_head(reading, figure, named)))
    if is_delta and named.text in reading.wording.extremes:
        # 最高降幅92.1%
        named = named._replace(text="")
    if named.text in reading.wording.consequence_verbs and (end_of := predicate_alone(reading, figure)):
        # 带动2万户增收
        named = named._replace(text=named.text + end_of)
    if named.text:
        named = with_topic(reading, figure, named, is_delta=is_delta)
    else:
        has_comparator = quantity.lead < quantity.start
        is_linked = is_delta or is_reached or has_comparator or quantity.unit_class == "share"
        named = inherited(reading, figure, form, said.verb, is_linked=is_linked)
    return _like_sibling(reading, figure, named, is_reached=is_reached)


def _rate_behind_mark(reading: Reading, figure: Candidate, named: Named) -> Named | None:
    """花农保险参保率 of 花农保险实现全省统筹、参保率达到96%: a rate or total that says too little, behind what else is said of its subject; None for any other."""
    wording, (stem, mark, rate) = reading.wording, named.text.rpartition(LIST_MARK)
    is_rate = figure.quantity.unit_class == "share" and rate.endswith(wording.rates)
    # 四星花馆新增云台馆、总数达到16家
    is_total = rate in wording.topics.totals and reading.line.first_word(MAKES, *named.words) is not None
    if not stem or not (is_rate or is_total):
        return None
    if leans(rate, wording) != "clause" or stem.endswith((*wording.rates, *wording.measures)) or leans(stem, wording):
        return None
    at = reading.text.rfind(mark + rate, *figure.own)
    whose = before_mark(reading, figure, at + 1) if at >= 0 else ""
    return named._replace(text=joined(whose, rate), rule=LEANING) if whose else None


def _without_change(reading: Reading, start: int, end: int, phrase: str) -> str:
    """市场 of 市场整合后达到18个: what was changed, without when that was; empty where `phrase` only says when."""
    at = reading.text.rfind(AFTERWARDS, start, end)
    change = reading.line.ends.get(at)
    if change is None or change.role not in CHANGES or not phrase.endswith(reading.text[change.start : at + 1]):
        return phrase
    return phrase.removesuffix(reading.text[change.start : at + 1])


def _whole_word(reading: Reading, figure: Candidate, last: str) -> str:
    """应检 of 应检204人: a character alone is half a word, whose other half was taken for an adverb."""
    at = reading.text.rfind(last, *figure.own)
    half = reading.text[max(figure.own[0], at - 1) : at]
    return half + last if half in reading.wording.topics.done_or_due else last


def _is_act_of(reading: Reading, phrase: str, lasting: re.Match[str]) -> bool:
    """五年建成公路: whether what was done follows the time that it took."""
    word = reading.line.starts.get(reading.text.find(phrase) + lasting.end()) if phrase in reading.text else None
    return word is not None and (word.role in ACTS or word.text == ALTOGETHER)


def _amount_spent(reading: Reading, figure: Candidate, words: Subject, subject: str, said: Said) -> Named | None:
    """投资2.6亿元建设医院, 总投资21亿元的23个项目: the money of what is done with it; `subject` is the noun of `words`."""
    is_short = words.start < words.end <= words.start + LONGEST_LEANING
    money = reading.wording.money
    if (
        figure.quantity.unit_class != "money"
        or words.is_delta
        # 代发债券20亿元并纳入预算: what is done besides.
        or reading.text.startswith(VERB_COORDINATORS, figure.quantity.tail)
    ):
        return None
    if words.start >= words.end:
        # 统筹2亿元用于花农安居
        spent = predicate_alone(reading, figure)
        is_said = spent.startswith(money.for_what) and len(spent) > len(money.for_what) + 1
        return (
            Named(spent.removeprefix(money.for_what) + money.funds, words[:2], AMOUNT_SPENT, "amount_of_noun", said)
            if is_said
            else None
        )
    following = figure.following
    while following is not None and following.following is not None and following.quantity.unit_class not in COUNTED:
        # 投资2100万元完成全长25.4公里的7条公路建设
        following = following.following
    counted = reading.text[following.noun_start : following.noun_end] if following is not None else ""
    between = "" if following is None else reading.text[figure.quantity.tail : following.quantity.lead]
    payer = reading.wording.without_span(text_of(reading.text, words.start, words.end))
    made = reading.line.starts.get(words.start)
    behind = 0 if made is None else made.end + reading.text.startswith(PERFECTIVE, made.end)
    if made is not None and made.role == "make" and reading.text.startswith(reading.wording.topics.in_all, behind):
        # 推进总投资18亿元的290个项目, 实施了总投资18亿元的290个项目
        payer = payer.removeprefix(reading.text[made.start : behind])
    ahead = spent_in_next_clause(reading, figure, payer)
    if is_short and counted and between.endswith(ET_CETERA):
        # 投资1亿元实施甲村至乙村等30公里公路改造
        topic = counted
    elif is_short and counted and between.endswith(ATTRIBUTIVE) and len(between) <= LONGEST_LEANING:
        # 总投资21亿元的23个项目, 投入1亿元办好的35件实事
        topic = counted
    elif ahead and payer.endswith(money.amounts):
        topic = ahead
    elif ahead and subject and money.has_no_name(payer):
        # 中央财政安排23亿元，用于支持花种研究
        return Named(subject + money.for_what + ahead, words[:2], AMOUNT_SPENT, "amount_of_noun", said)
    elif subject and (fund := fund_before(reading, figure, payer)):
        return Named(subject + fund, words[:2], AMOUNT_SPENT, "amount_of_noun", said)
    elif (is_short or money.is_bare(payer)) and (
        done_to := money.done_to.match(reading.text, figure.quantity.tail, figure.high)
    ):
        # 投资6万元为70所花校实施营养改善计划
        topic = done_to["act"]
    elif (is_short or money.is_bare(payer)) and (spent := predicate_alone(reading, figure)):
        done = reading.line.starts[figure.noun_start]
        # 投入3.7亿元实施33项民生工程, 投入500万元推广良种20万亩
        # 投资5亿元完成征地90亩: what is measured behind the verb may be short.
        measured = "" if following is None else object_of(reading, done.end, following.high, shortest=2)
        topic = spent.removeprefix(done.text).strip(STRIPPED) or counted or measured or spent
    else:
        return None
    return Named(topic + payer, words[:2], AMOUNT_SPENT, "amount_of_noun", said._replace(topic=topic))


def _like_sibling(reading: Reading, figure: Candidate, named: Named, *, is_reached: bool) -> Named:
    """`named` with what the item before it in its list says for both: verb, change, 每千人口."""
    sibling, quantity = sibling_of(reading, figure), figure.quantity
    if sibling is None:
        return named
    if sibling.kind == "delta" and sibling.quantity.unit == quantity.unit and quantity.unit_class == "share":
        behind = reading.text[max(sibling.noun_end, sibling.quantity.tail) : quantity.lead]
        if behind in LIST_BETWEEN:
            # 下降3%和2%
            words = sibling.words_of("kind", figure.base)
            named = named._replace(form=sibling.form).also(CHANGE_OF_LIST.of(figure.number, "delta", words))
    if not named.text:
        return named
    is_counted = quantity.unit_class in COUNTED
    is_per_head = reading.wording.topics.per_head
    per_head = is_per_head.match(sibling.indicator)
    if per_head and is_counted and is_per_head.match(EVERY + named.text):
        # 每千人口床位7张、千人口注册护士4.2人
        named = named._replace(text=EVERY + named.text)
    elif per_head and is_counted and not named.text.startswith(EVERY):
        # 每千常住人口床位7.83张、注册护士3.87人
        named = named._replace(text=per_head[0] + named.text, rule=LIKE_SIBLING)
    if is_reached or reading.line.last_word(GOVERNORS, figure.own[0], quantity.lead) is not None:
        return named
    if named.text.startswith(reading.wording.upgrades) or _has_act_of_its_own(reading, figure):
        # 新建中心7家、升级改造心理服务中心4家
        return named
    verb = sibling.said.verb
    is_total = named.text.startswith(reading.wording.topics.in_all) or adds_up(reading, figure)
    if verb and verb not in named.text and not is_total:
        if not own_act(reading, named.text, figure.own[0], quantity.lead):
            verbs = _new_verbs(reading, sibling.indicator, verb)
            named = named._replace(text=verbs + named.text, rule=LIKE_SIBLING).saying(named.said._replace(verb=verb))
    elif not is_total and (act := act_for_item(reading, figure, sibling, named.text)):
        # 改造公路9公里、桥梁3座
        named = named._replace(text=act + named.text, rule=LIKE_SIBLING).saying(named.said._replace(act=act))
    if sibling.kind == "delta" and _goes_on_changing(reading, figure, sibling):
        words = sibling.words_of("kind", figure.base)
        named = named.also(CHANGE_OF_LIST.of(figure.number, "delta", words))
    return named


def _new_verbs(reading: Reading, indicator: str, verb: str) -> str:
    """新建改扩建 of 新建改扩建花校, of which 改扩建 is `verb`: with the verb of creation before it, where there is one."""
    before = indicator[: max(indicator.find(verb), 0)]
    is_new = any(word.role == "new" and word.text == before.removesuffix(LIST_MARK) for word in reading.line.words)
    return before + verb if is_new else verb


def _goes_on_changing(reading: Reading, figure: Candidate, sibling: Candidate) -> bool:
    """减少病床5张、护士2名; 减少税负35亿元、收费20亿元; 增加公路9公里、小路3公里: whether the change that the item before tells goes on."""
    unit_class = figure.quantity.unit_class
    if unit_class in COUNTED:
        has_words = reading.line.trim_left(*figure.own) < figure.quantity.lead
        return sibling.quantity.unit_class in COUNTED and (has_words or not is_stock(figure, sibling))
    start, _ = sibling.words_of("kind", figure.base)
    leads = reading.line.starts.get(start)
    led = leads is not None and leads.role == "delta" and start <= reading.line.trim_left(*sibling.own)
    return unit_class not in RATED and led and figure.quantity.unit == sibling.quantity.unit


def _of_those_due(reading: Reading, named: Named) -> Named:
    """流感疫苗应种900人，实种880人，接种率97.8%: what was done of what was due has its subject, and so has the rate."""
    topics = reading.wording.topics
    done = topics.done.fullmatch(named.text)
    due = topics.due.fullmatch(reading.done[-1].indicator) if done and reading.done else None
    if done is None or due is None or due["verb"] != done["verb"]:
        return named
    said = named.said._replace(topic=due["stem"])
    return named._replace(text=due["stem"] + named.text, rule=OF_DUE, said=said)


def _of_total(reading: Reading, figure: Candidate, named: Named) -> Named:
    """总诊疗量中，医院40万人次，基层55万人次: what is divided stands once before the items."""
    topics = reading.wording.topics
    if not named.text or figure.bracket is not None or figure.quantity.unit_class not in ITEMS:
        return named
    total = topics.total_of_items.match(reading.text, 0, figure.low)
    if total is None:
        return named
    if (
        named.text.endswith((*reading.wording.measures, *reading.wording.total_ends))
        or len(named.text) > LONGEST_ITEM
        or ATTRIBUTIVE in named.text
    ):
        return named
    return named._replace(text=named.text + total["what"].removeprefix(topics.in_all), rule=OF_TOTAL)


def _contrasted(reading: Reading, figure: Candidate, named: Named) -> Named:
    """医保基金当期结存2亿元，累计结存9亿元: a modifier that sets the head apart from the same head before it stays."""
    own, (start, end) = figure.own[0], named.words
    while own < start and reading.text[own] in PADDING:
        own += 1
    if not named.text:
        return named
    modifier = reading.line.starts.get(own)
    if modifier is None or modifier.end > end or reading.text[end - len(named.text) : end] != named.text:
        return named
    whole = reading.text[own:end]
    head = reading.text[modifier.end : end]
    if modifier.role == "adv" and modifier.text in reading.wording.summed_over:
        alike = [
            other
            for other in reading.done
            if other.indicator.endswith(tuple(s + head for s in reading.wording.of_one_time))
        ]
    elif modifier.role == "act" and len(head) > LONGEST_LEANING:
        alike = [other for other in reading.done if other.indicator.endswith(head) and other.indicator != head]
    else:
        return named
    return named._replace(text=whole, words=(own, end), rule=CONTRASTED) if alike else named


def _has_act_of_its_own(reading: Reading, figure: Candidate) -> bool:
    """公租房配租房源900套: a verb within the words, not at their head, says what was done."""
    start, lead = figure.own
    act = reading.line.last_word(NOMINAL, start + 2, lead)
    return act is not None and act.text in reading.wording.given_out


def _under_head(reading: Reading, figure: Candidate, named: Named) -> Named:
    """病床使用率：公立医院78%，民营医院57%: what is measured stands once before the colon."""
    subject = named.text
    if figure.quantity.unit_class != "share" or not subject or subject.endswith(reading.wording.rates):
        return named
    head = reading.wording.rate_before_colon.match(reading.text)
    if head is None or head.end() > figure.low:
        return named
    return named._replace(text=subject + head[1], rule=UNDER_HEAD)


def _under_measure(reading: Reading, figure: Candidate, named: Named) -> Named:
    """主要花材产量都有增长：月季增长8%: what is measured of all items stands once before the colon."""
    wording, thing = reading.wording, named.text
    if not 0 < len(thing) <= LONGEST_LEANING or thing.endswith(wording.measures) or not wording.listed_measures:
        return named
    head = wording.measure_before_colon.match(reading.text)
    if head is None or head.end() > figure.low:
        return named
    if reading.line.first_word(ENDS_NOUN, *named.words) is not None or figure.quantity.unit_class in UNMEASURED:
        return named
    new = reading.line.first_word(NEW, 0, head.start("measure"))
    verb, measure = new.text if new is not None else "", head["measure"]
    says_it = thing.endswith(measure[-2:]) or leaning_head_of(thing, wording)
    return named._replace(text=verb + thing if says_it else verb + thing + measure, rule=UNDER_MEASURE)


def _served(reading: Reading, figure: Candidate, named: Named) -> Named:
    """为8.2万名残疾人发放护理补贴3656万元: the money is theirs."""
    previous, quantity = figure.previous, figure.quantity
    if quantity.unit_class != "money" or previous is None or not previous.leads_noun:
        return named
    serves = reading.line.first_word(PREP, previous.low, previous.quantity.lead)
    verb = reading.line.first_word(VERBAL_ROLES, previous.noun_end, quantity.lead)
    if (
        serves is None
        or serves.text not in reading.wording.serving
        or verb is None
        or not named.text.startswith(verb.text)
    ):
        return named
    theirs = named.text.removeprefix(verb.text)
    if not theirs:
        return named
    return named._replace(text=joined(reading.text[previous.noun_start : previous.noun_end], theirs), rule=THEIRS)


def _through_counted_noun(reading: Reading, figure: Candidate) -> str:
    """等3项指标完成率超过50%: the subject runs through the figure before."""
    previous = figure.previous
    if previous is None or not previous.leads_noun or figure.left != previous.noun_end:
        return ""
    trimmed = reading.line.trim_right(previous.noun_end, figure.quantity.lead)
    links = trimmed.is_reached or figure.quantity.lead < figure.quantity.start
    if trimmed.end > previous.noun_end or not links or reading.text[previous.noun_end] in PADDING:
        return ""
    start = reading.line.trim_left(previous.low, previous.quantity.lead)
    before = reading.text[start : previous.quantity.lead].strip(PADDING)
    return before + reading.wording.without_tail(reading.text[previous.noun_start : previous.noun_end])


def _with_predicate(reading: Reading, figure: Candidate, named: Named) -> Named:
    """医院100%达到标准: what is said behind a share belongs to the subject."""
    if figure.quantity.unit_class != "share" or not named.text or figure.following is not None:
        return named
    word = reading.line.starts.get(figure.noun_start)
    end = right_end(reading.line, figure.quantity.tail, figure.reach)
    mark = reading.text.find(LIST_MARK, figure.noun_start, end)
    if mark > 0 and (beside := reading.line.starts.get(mark + 1)) is not None and beside.role == "cmp":
        # 赤字率拟按2.8%安排、比去年低
        end = mark
    rest = reading.text[figure.noun_start : end].strip(PADDING)
    if word is not None and word.role in ("reach", "act", "make", "pred") and len(rest) > 2:
        return named._replace(text=f"{rest}{ATTRIBUTIVE}{named.text}", rule=SHARE_THAT, form="share_of")
    return named
