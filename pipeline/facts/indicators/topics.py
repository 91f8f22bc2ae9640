"""What a subject leans on that says too little alone: 签约率, 总投资, 惠及居民 (省略的主题)."""

from __future__ import annotations

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.claims import Rule
from pipeline.facts.indicators.clauses import before_mark, clause_before, subject_before
from pipeline.facts.indicators.leaning import (
    LONGEST_LEANING,
    leaning_head_of,
    leans,
    measure_of,
    modifier_size,
    without_measure,
)
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import (
    VERBAL_ROLES,
    Named,
    Reading,
    host_of,
    joined,
    new_verb_of,
    sibling_of,
)
from pipeline.facts.phrases import ENDS_NOUN, PADDING, VERB_ROLES
from pipeline.language.anaphora import WITHIN_NOUN
from pipeline.language.function_words import ATTRIBUTIVE, LOCATIVE, NOT, OF_WHICH, PART_OF, TOWARDS
from pipeline.language.lists import LIST_MARK, LIST_SPLIT
from pipeline.language.numerals import SECTOR

DONE_TO = frozenset(["act", "nominal"])
LONGEST_TOPIC = 16
PREDICATED = "counted_noun_with_predicate"
LONGEST_STATE = 4  # characters
LEAST_DONE = 3
SHORT_RATE = 3  # characters
STEM = 2  # characters
LONGEST_PRODUCT = 4  # characters
# 月季面积9万亩, 月季产量5万吨
GROWN = frozenset(["area", "mass"])
LEANING = Rule(
    "leaning_subject",
    "indicator",
    "A subject that says too little alone stands behind what it belongs to: an earlier indicator, a clause or the heading.",
    "改造卫生院6家，总投资2.1亿元。",
    "改造卫生院总投资",
)


def with_topic(
    reading: Reading, figure: Candidate, named: Named, *, is_delta: bool = False, rule: Rule = LEANING
) -> Named:
    """A subject that says too little alone (总投资, 签约率, 惠及居民) behind what it belongs to."""
    wording, subject = reading.wording, named.text
    if (back := WITHIN_NOUN.search(subject)) and (whose := topic_of(reading, figure)):
        # 建立花农奖学金制度，财政此项支出达5亿元
        return named._replace(text=joined(whose, subject[: back.start()] + subject[back.end() :]), rule=rule)
    is_short = len(subject) <= LONGEST_LEANING
    if subject.startswith(PART_OF) and subject.endswith(wording.rates) and reading.done:
        # 研发经费3亿元，占生产总值比重达2%
        return named._replace(rule=rule, text=topic_of(reading, figure, past_rates=True, of_list=True) + subject)
    if (
        subject.startswith(TOWARDS)
        and subject.endswith(wording.rates)
        and figure.previous is not None
        and reading.text.startswith(LIST_MARK, figure.previous.quantity.tail)
        and reading.text.startswith(subject, figure.previous.quantity.tail + 1)
    ):
        # 花卉加工业产值增长7%、对花业增长贡献率达到35%
        return named._replace(rule=rule, text=figure.previous.indicator + subject)
    if wording.in_whole.match(subject):
        # 花业发展加快，在生产总值中的比重提高2个百分点; 花农在从业者中的比重为30%，在户主中的比重为20%
        whose = topic_of(reading, figure, past_rates=True, of_list=True)
        beside = wording.in_whole.search(whose)
        return named._replace(rule=rule, text=whose[: None if beside is None else beside.start()] + subject)
    if is_short and subject.startswith(wording.denominators) and subject.endswith(wording.denominated):
        return named._replace(rule=rule, text=subject + topic_of(reading, figure))
    topic = leans(subject, wording)
    if subject.endswith(wording.funds_of_clause) and (
        reading.done or wording.money.paid_by.search(reading.text, *figure.own)
    ):
        # 省财政安排专项资金2亿元: who pays tells which it is.
        return named
    if not topic and (one := _of_set_before(reading, figure, subject)):
        # 城乡花农补助标准提高，城市达到90元、农村达到60元
        return named._replace(rule=rule, text=one)
    if not topic and subject in wording.account_entries and (owner := _firms_counted(reading, figure)):
        return named._replace(text=owner + subject, rule=rule)
    if not topic and (shared := _shared_measure(reading, figure, named, is_delta=is_delta)):
        # 花猪出栏9万头、花羊6万头; 第一产业投资增长3%，第二产业增长5%
        return named._replace(text=subject + shared, rule=rule)
    if not topic and not is_delta and (measure := _measure_of_list(reading, figure, named)):
        # 月季产量9万吨；玫瑰6万吨
        return named._replace(text=subject + measure, rule=rule)
    if not topic and (measured := _measured_alike(reading, figure, subject)):
        return named._replace(text=subject + measured, rule=rule)
    is_each = topic == "clause" or subject.startswith(wording.averages)
    if is_each and (counted := _counted_in_same_words(reading, figure)):
        # 64个花市花粉年均浓度下降9%, 8个花村人均增收9000元
        return named._replace(rule=rule, text=joined(counted, subject))
    if subject in wording.schooling_rates and (stage := _stage_before(reading, figure)):
        # 高等花艺教育进入普及化阶段，毛入学率超过60%
        return named._replace(rule=rule, text=joined(stage, subject))
    if not topic and (owner := _owner_in_clause(reading, figure, named)):
        # 花农储蓄大幅增加，储蓄余额达到4亿元
        return named._replace(rule=rule, text=owner + subject)
    listed = sibling_of(reading, figure)
    if listed is not None and (rated := _rated_beside(reading, figure, listed, subject)):
        # 中职花艺生升学率78%、就业率97%
        return named._replace(rule=rule, text=rated)
    head = leaning_head_of(listed.indicator, wording) if listed is not None and topic else ""
    leans_alone = subject.endswith(head) or subject.startswith(wording.consequence_verbs)
    if listed is not None and head and not listed.said.is_leaning and not leans_alone:
        # 新增建筑面积6.3万平方米、床位450张
        if figure.quantity.unit_class == "money" and listed.quantity.unit_class in COUNTED:
            # 转移就业63万人、劳务收入68亿元
            return named._replace(rule=rule, text=joined(listed.indicator, subject))
        return named._replace(rule=rule, text=listed.indicator.removesuffix(head) + subject)
    new = new_verb_of(reading, subject)
    if new and leans(subject.removeprefix(new), wording) == "clause":
        # 三期工程竣工，新增床位450张, but not 推动创业，新增就业6人
        before = subject_before(reading, figure)
        return named._replace(rule=rule, text=before + subject) if before else named
    if topic == "heading":
        is_topic = len(reading.heading) <= LONGEST_TOPIC and not wording.topics.generic_heading.fullmatch(
            reading.heading
        )
        heading = joined(_first_clause(reading, figure) or (reading.heading if is_topic else ""), subject)
        return named._replace(rule=rule, text=heading) if heading != subject else named
    serves = is_short and figure.low > 0 and subject.startswith(wording.consequence_verbs)
    if serves and figure.quantity.unit_class == "money" and _spares_too(reading, figure, subject):
        return named
    if serves and reading.line.has_scope(figure.own[0], named.words[0]):
        # 城区覆盖人口: it has a place of its own to say for whom.
        return named
    total = next((total for total in wording.topics.totals if is_short and subject.endswith(total)), "")
    is_of_plan = is_short and subject.endswith(wording.topics.shares_of_plan)
    if not (topic or serves or is_of_plan or _is_further_step(reading, figure, subject)):
        return named
    is_rate, is_leaning = subject.endswith(wording.rates), topic == "clause"
    if is_delta and subject in wording.count_suffixes and (counted := _counted_before(reading, figure)):
        return named._replace(rule=rule, text=joined(counted, subject))
    if is_delta and subject not in wording.averages and not is_rate:
        # 乡镇企业保持旺盛势头，产值增长2倍: nothing but the clause before says whose.
        before = "" if reading.done or reading.continues or topic != "clause" else clause_before(reading, figure).text
        before = before or _firms_before(reading, figure) or _crop_before(reading, subject)
        before = before or _counted_alike(reading, figure, subject)
        return named._replace(rule=rule, text=_joined_to_topic(reading, subject, before)) if before else named
    whole = named._replace(rule=rule, said=named.said._replace(is_leaning=True))
    if is_rate and (stem := _stem_before(reading, subject)):
        return whole._replace(text=_without_handling(reading, stem) + subject)
    if not is_rate and (ahead := _measured_ahead(reading, figure, subject)):
        return named._replace(rule=rule, text=ahead + subject)
    led = reading.line.ends.get(named.words[0])
    is_apart = led is not None and led.text in wording.striving
    at = reading.text.rfind(subject, *figure.own) if is_rate else named.words[0]
    nearest = before_mark(reading, figure, at) if serves or is_apart or is_rate else ""
    topic = (
        nearest
        or _named_in_heading(reading, subject)
        or (_done_to(reading, subject) if is_rate else "")
        or topic_of(
            reading,
            figure,
            past_rates=is_rate or serves,
            of_list=is_rate,
            past_money=subject.endswith(wording.rate_suffix),
            past_leaning=is_leaning,
        )
    )
    whole = whole.saying(whole.said._replace(leans_on=topic))
    stem = subject.removesuffix(total)
    if total and stem and stem not in topic and not modifier_size(subject, wording):
        # 新建公园3个，经营主体总量达到2万户: it says of what.
        return named
    if subject in wording.completed and topic.endswith(wording.total_ends):
        # 花材零售额稳定增长，2024年完成95亿元
        return whole._replace(text=topic)
    if subject in wording.handling and (thing := _handled_before(reading, figure)):
        # 受理花农来信9件，办结8件
        return named._replace(rule=rule, text=subject + thing)
    is_money = figure.quantity.unit_class == "money"
    if (serves or is_money) and not is_rate and topic.endswith(wording.rates):
        # 花农医保参保率96%，补助标准提高到9元; 花农医保报销比例提高，惠及群众8人: nobody has the good of a rate.
        told = leaning_head_of(topic, wording) or (topic[-SHORT_RATE:] if topic.endswith(wording.rate_suffix) else "")
        topic = topic.removesuffix(told) if len(topic) - len(told) >= STEM else topic
    if is_rate:
        topic = LIST_MARK.join(_without_handling(reading, thing) for thing in topic.split(LIST_MARK))
    if figure.quantity.unit_class in COUNTED and not serves and not is_rate:
        # 花卉企业产值9亿元，从业人员2万人
        topic = without_measure(topic, wording) or topic
    return _serving(reading, whole, topic) if serves else _beside(reading, whole, topic, is_money=is_money)


def _handled_before(reading: Reading, figure: Candidate) -> str:
    """花农来信 of 受理花农来信9件，办结8件: what came in before, in the same unit; empty for nothing."""
    alike = (other for other in reversed(reading.done) if other.quantity.unit == figure.quantity.unit)
    last = next(alike, None)
    verb = "" if last is None else next((verb for verb in reading.wording.handling if verb in last.indicator), "")
    thing = last.indicator.rpartition(verb)[2] if last is not None and verb else ""
    return thing if len(thing) >= STEM else ""


def _without_handling(reading: Reading, thing: str) -> str:
    """群众来信 of 受理群众来信9件，办结率98%: a rate is of what was handled, not of its coming in."""
    verb = next((verb for verb in reading.wording.handling if thing.startswith(verb)), "")
    return thing.removeprefix(verb) if len(thing) - len(verb) >= STEM else thing


def _of_set_before(reading: Reading, figure: Candidate, subject: str) -> str:
    """城市花农补助标准 of 城乡花农补助标准提高，城市达到90元、农村达到60元: what the clause before says of a set, for the one of it; empty where it says nothing of any."""
    own = reading.wording.sets_by_start.get(subject) if len(subject) >= STEM else None
    if not own or figure.quantity.unit_class in COUNTED:
        return ""
    clause = clause_before(reading, figure).text
    name, one = next(((name, one) for name, one in own if name in clause), ("", ""))
    return clause.replace(name, one, 1) if name else ""


def _rated_beside(reading: Reading, figure: Candidate, listed: Candidate, subject: str) -> str:
    """中职花艺生就业率 of 中职花艺生升学率78%、就业率97%: a rate of no more than its name, of the same as the one before it; empty for any other."""
    suffix, units = reading.wording.rate_suffix, {figure.quantity.unit, listed.quantity.unit}
    are_rates = subject.endswith(suffix) and listed.indicator.endswith(suffix) and len(units) == 1
    stem = listed.indicator[:-SHORT_RATE]
    is_same = len(subject) == SHORT_RATE and len(stem) >= LEAST_DONE and LIST_MARK not in stem
    return stem + subject if are_rates and is_same and subject not in listed.indicator else ""


def _counted_in_same_words(reading: Reading, figure: Candidate) -> str:
    """花市花粉 of 64个花市花粉年均浓度下降9%: the noun of the count before, where nothing parts it from what is measured; empty for none."""
    counted = figure.previous
    if counted is None or not counted.leads_noun or counted.quantity.unit_class not in COUNTED:
        return ""
    if figure.quantity.unit_class in COUNTED:
        # 46个问题完成整改41个: part of those counted.
        return ""
    is_next = figure.left == counted.noun_end and reading.text[counted.noun_end] not in PADDING
    return reading.text[counted.noun_start : counted.noun_end] if is_next else ""


def _stage_before(reading: Reading, figure: Candidate) -> str:
    """高中阶段教育 of 高中阶段教育加快普及，毛入学率达到85%: which pupils the clause before is about; empty where it is about none."""
    topic = clause_before(reading, figure).text
    ends = [at + len(word) for word in reading.wording.schooling if (at := topic.find(word)) >= 0]
    # 高中阶段教育 ends behind 教育, and what is said of it stays away.
    return LIST_SPLIT.split(topic[: max(ends)])[-1] if ends and len(LIST_SPLIT.split(topic)) == 1 else ""


def _owner_in_clause(reading: Reading, figure: Candidate, named: Named) -> str:
    """花农 of 花农储蓄大幅增加，储蓄余额达到4亿元: what stands in the clause before in front of the word with which a measure begins; empty for none."""
    subject, wording = named.text, reading.wording
    stem, measure = subject[:STEM], subject[STEM:]
    if (
        len(subject) > LONGEST_LEANING
        or subject in wording.leaning_heads
        or not measure.endswith(wording.told_of_others)
    ):
        return ""
    begins = figure.low + len(reading.text[figure.low :]) - len(reading.text[figure.low :].lstrip(PADDING))
    time = reading.line.time_starts.get(begins)
    if named.words[0] > (begins if time is None else time.end):
        return ""
    clause = clause_before(reading, figure).text
    at = clause.find(stem)
    owner = LIST_SPLIT.split(clause[: max(at, 0)])[-1].removesuffix(ATTRIBUTIVE)
    return owner if len(owner) >= STEM and len(clause) - at <= LONGEST_LEANING else ""


def _measured_ahead(reading: Reading, figure: Candidate, subject: str) -> str:
    """花卉新城 of 总投资6亿元、占地90亩的花卉新城, 花卉项目 of 抓好总投资6亿元、12个花卉项目: what several measures in a row are of; empty for none."""
    text, last, other = reading.text, figure, figure.following
    if figure.quantity.unit_class in (*COUNTED, "share", "points"):
        return ""
    while other is not None and text[last.quantity.tail : other.quantity.lead][:1] in ("", LIST_MARK):
        if other.leads_noun:
            is_of_noun = text.startswith(ATTRIBUTIVE, other.noun_start - 1)
            made = reading.line.starts.get(reading.line.trim_left(*figure.own))
            is_governed = made is not None and made.role == "make" and text.startswith(subject, made.end)
            is_counted = other is figure.following and is_governed and other.quantity.lead == last.quantity.tail + 1
            is_total = subject.startswith(reading.wording.topics.in_all) and other.quantity.unit_class in COUNTED
            is_ahead = is_of_noun or (is_counted and is_total)
            return text[other.noun_start : other.noun_end] if is_ahead else ""
        last, other = other, other.following
    return ""


def _counted_before(reading: Reading, figure: Candidate) -> str:
    """花企 of 花企32家，数量增长40%: the things counted right before; empty for none."""
    last = reading.done[-1] if reading.done else None
    is_count = last is not None and last.quantity.unit_class in COUNTED and last.bracket == figure.bracket
    return last.indicator if last is not None and is_count and last.kind == "level" else ""


def _counted_alike(reading: Reading, figure: Candidate, subject: str) -> str:
    """花棚事故 of 花棚事故起数下降9%，死亡人数下降5%: of what another number fell or rose right before; empty for none."""
    last, heads = (reading.done[-1] if reading.done else None), reading.wording.short_heads
    if last is None or last.kind != "delta" or last.bracket != figure.bracket:
        return ""
    head = next((head for head in heads if head[-1] == subject[-1] and last.indicator.endswith(head)), "")
    stem = last.indicator.removesuffix(head)
    return stem if head and subject in heads and len(stem) >= LEAST_DONE else ""


def _firms_before(reading: Reading, figure: Candidate) -> str:
    """国有企业 of 国有企业资产总额增长50%，利润增长20%: whose money the figures before were; empty for none."""
    last = next(iter(reversed(reading.done)), reading.earlier if reading.continues else None)
    if last is None or last.bracket != figure.bracket or last.said.is_leaning:
        return ""
    firms = reading.wording.firms_account.match(last.indicator)
    return firms["firms"] if firms is not None else ""


def _crop_before(reading: Reading, subject: str) -> str:
    """月季面积 of 月季面积扩大到9万亩，单产提高6公斤: of which the figures before tell how much there is; empty for none."""
    last = reading.done[-1] if reading.done and subject in reading.wording.yields else None
    if last is None or last.quantity.unit_class not in GROWN or last.said.is_leaning:
        return ""
    return last.indicator if without_measure(last.indicator, reading.wording) else ""


def _measure_of_list(reading: Reading, figure: Candidate, named: Named) -> str:
    """产量 of 月季产量9万吨；玫瑰6万吨: what was measured of the thing before in the same unit, where a thing alone goes on; empty for nothing."""
    subject, wording = named.text, reading.wording
    if figure.quantity.unit_class != "mass" or not 0 < len(subject) <= LONGEST_PRODUCT or figure.bracket is not None:
        return ""
    begins = reading.line.trim_left(figure.low, figure.quantity.lead)
    if named.words[0] != begins or not reading.text.startswith(subject, begins):
        return ""
    verbs = ENDS_NOUN | VERBAL_ROLES
    if reading.line.first_word(verbs, begins, begins + len(subject)) or subject.endswith(wording.measures):
        return ""
    known = [*(reading.before if reading.continues else ()), *reading.done]
    alike = (
        other for other in reversed(known) if other.quantity.unit == figure.quantity.unit and other.kind == "level"
    )
    last = next(alike, None)
    if last is None or last.bracket is not None or last.leads_noun:
        return ""
    return next((m for m in wording.outputs if last.indicator.endswith(m) and m not in subject), "")


def _shared_measure(reading: Reading, figure: Candidate, named: Named, *, is_delta: bool) -> str:
    """出栏 of 花猪出栏9万头、花羊6万头: what the item before tells of a thing of the kind of the one named here alone; empty for nothing."""
    subject, wording, last = named.text, reading.wording, figure.previous
    if last is None:
        last = next(iter(reversed(reading.done)), reading.earlier if reading.continues else None)
    begins = reading.line.trim_left(*figure.own)
    if (
        last is None
        or not last.indicator
        or last.leads_noun
        or (last.bracket or figure.bracket) is not None
        or not 0 < len(subject) <= LONGEST_LEANING
        or named.words[0] != begins
        or not reading.text.startswith(subject, begins)
        or subject.endswith((*wording.measures, *wording.account_entries, *wording.shared_measures))
        or reading.line.first_word(ENDS_NOUN | VERBAL_ROLES, begins, begins + len(subject)) is not None
    ):
        return ""
    measure = next((measure for measure in wording.shared_measures if last.indicator.endswith(measure)), "")
    nth, other = SECTOR.fullmatch(subject), SECTOR.match(last.indicator)
    if nth is not None and other is not None and other[0] != subject:
        return last.indicator[other.end() :]
    thing = last.indicator.removesuffix(measure)
    is_item = reading.text.startswith(LIST_MARK, last.quantity.tail) and begins == last.quantity.tail + len(LIST_MARK)
    if is_delta or last.kind != "level" or not measure or not thing:
        return ""
    if measure in wording.measures_in_any_unit:
        is_of_goods = len(figure.quantity.unit) > 1 and len(subject) <= LONGEST_PRODUCT
        return measure if is_of_goods and figure.quantity.unit != last.quantity.unit else ""
    if not is_item or figure.quantity.unit_class != last.quantity.unit_class:
        return ""
    is_product = figure.quantity.unit_class in GROWN or measure in wording.measures_of_products
    is_product = is_product and max(len(subject), len(thing)) <= LONGEST_PRODUCT
    bodies = wording.thing_ends[-1] if wording.thing_ends else frozenset[str]()
    are_bodies = subject[-1] in bodies and thing[-1] in bodies
    are_schools = all(any(word in name for word in wording.schooling) for name in (subject, thing))
    return measure if is_product or are_bodies or are_schools or subject[-STEM:] == thing[-STEM:] else ""


def _measured_alike(reading: Reading, figure: Candidate, subject: str) -> str:
    """花茶系数 of 城镇居民花茶系数为39%，农村居民为49%: what was measured right before of others of the kind; empty for nothing."""
    last = reading.done[-1] if reading.done else None
    if last is None or last.quantity.unit != figure.quantity.unit or last.bracket != figure.bracket:
        return ""
    noun = next((noun for noun in reading.wording.shared_nouns if subject.endswith(noun) and subject != noun), "")
    at = last.indicator.find(noun) if noun else -1
    return last.indicator[at + len(noun) :] if at > 0 else ""


def _firms_counted(reading: Reading, figure: Candidate) -> str:
    """规模以上企业 of 规模以上企业达到26家，实现工业增加值3亿元: the firms counted right before, where the clause names no other; empty for none."""
    last = next(iter(reversed(reading.done)), reading.earlier if reading.continues else None)
    made = reading.line.starts.get(reading.line.trim_left(figure.low, figure.quantity.lead))
    if last is None or made is None or made.role != "make" or last.bracket != figure.bracket:
        return ""
    return last.indicator if last.indicator.endswith(reading.wording.firms) else ""


def _first_clause(reading: Reading, figure: Candidate) -> str:
    """培育重点产业链 of 培育重点产业链，印发名录，出台9条举措: what the sentence sets out to do, where it has no figure; empty for none."""
    start, end = reading.line.clause(0)
    begins = reading.line.starts.get(start)
    if begins is None or begins.role not in VERBAL_ROLES or end > figure.low or not 6 <= end - start <= LONGEST_TOPIC:
        return ""
    return "" if any(other.quantity.lead < end for other in reading.figures) else reading.text[start:end]


def _spares_too(reading: Reading, figure: Candidate, subject: str) -> bool:
    """免征税款2亿元，减免社保费5万元: whether money of its own name stands beside other money, and is no part or outcome of it."""
    last = reading.done[-1] if reading.done else None
    verb = next(verb for verb in reading.wording.consequence_verbs if subject.startswith(verb))
    thing = subject.removeprefix(verb)
    is_beside = last is not None and last.quantity.unit_class == "money" and last.bracket == figure.bracket
    return is_beside and len(thing) > 2 and thing not in reading.wording.leaning_heads


def _serving(reading: Reading, named: Named, topic: str) -> Named:
    """惠及居民 behind 改造老旧小区."""
    verb = next(verb for verb in reading.wording.consequence_verbs if named.text.startswith(verb))
    if len(verb) < len(named.text):
        named = named.saying(named.said._replace(verb=joined(topic, verb)))
    return named._replace(text=_joined_to_topic(reading, named.text, topic))


def _beside(reading: Reading, named: Named, topic: str, *, is_money: bool) -> Named:
    """参与率 behind what takes part; 贷款余额 beside 存款余额 stands alone."""
    subject = named.text
    at = topic.find(subject[:2])
    if at >= max(STEM, len(new_verb_of(reading, topic)) + (reading.wording.topics.in_all in subject)):
        # 课后服务参与学生, 参与率: what stands before the verb that both share; 整治超载货车, 超载率: what was done to them.
        is_done = _is_verb(reading, topic[:at], DONE_TO) and not _is_verb(reading, subject[:STEM])
        # 达成签约意向12项，签约规模: a verb alone tells nothing of it.
        is_done = is_done or _is_verb(reading, topic[:at], VERB_ROLES)
        return named._replace(text=subject if is_done else topic[:at] + subject)
    rates = reading.wording.rates
    are_rates = topic.endswith(rates) and subject.endswith(rates)
    are_short = topic.endswith(reading.wording.rate_suffix) and subject.endswith(reading.wording.rate_suffix)
    stem = LIST_SPLIT.split(topic)[0][:-SHORT_RATE]
    for modifier in reading.wording.heads_on("modifier") if stem != topic[:-SHORT_RATE] else ():
        # 花农来信及时受理率、按期办结率均为100%，满意率96%
        stem = stem.removesuffix(modifier) if len(modifier) >= STEM else stem
    if are_short and not topic.endswith(subject[-2:]) and len(stem) >= 2:
        # 秸秆综合利用率95%，还田率65%
        return named._replace(text=stem + subject)
    if not subject.startswith(reading.wording.topics.in_all) and (topic.endswith(subject[-2:]) or are_rates):
        # 存款余额…，贷款余额…: two of a kind, side by side.
        return named.saying(named.said._replace(is_leaning=False))
    size = modifier_size(subject, reading.wording, shortest=STEM)
    if size and topic.startswith(subject[:size]) and len(topic) > size + 1:
        # 线上诊疗9万人次，线上复诊率68%
        subject = subject[size:]
    does = next((verb for verb in reading.wording.consequence_verbs if topic.endswith(verb)), "")
    if len(topic) - len(does) >= LEAST_DONE:
        # 签约服务覆盖9万人，重点人群签约率达到80%
        topic = topic.removesuffix(does)
    return named._replace(text=_joined_to_topic(reading, subject, topic, is_money=is_money))


def _joined_to_topic(reading: Reading, subject: str, named: str, *, is_money: bool = False) -> str:
    topics = reading.wording.topics
    if topics.in_all in subject and not is_money:
        # 新登记A户、总数达B户, 新发展A亩、种植总面积B亩: the total is not of the new ones.
        named = named.removeprefix(new_verb_of(reading, named))
    if subject in topics.totals:
        # 花企新增入库9家，总数达到80家
        at = next((at for word in reading.line.words if word.role == "new" and (at := named.find(word.text)) > 1), 0)
        named = named[:at] or named
    for total in topics.totals:
        named = named.removesuffix(total)
    told = subject.removeprefix(topics.in_all)[:STEM]
    if subject.startswith(topics.in_all) and len(told) == STEM and named.endswith(told) and len(named) > STEM + 1:
        # 花电装机2万千瓦，总装机容量9万千瓦
        named = named.removesuffix(told)
    stem = subject[:STEM]
    if (
        subject != stem
        and named.startswith(stem)
        and len(named) >= STEM + LEAST_DONE
        and _is_verb(reading, stem, DONE_TO)
    ):
        # 通车公路9公里，通车里程达到90公里
        named = named.removeprefix(stem)
    facet = next(
        (facet for facet in reading.wording.facets if named.endswith(facet) and len(named) > len(facet) + 1), ""
    )
    if facet and (subject.endswith(reading.wording.rates) or measure_of(subject, reading.wording) or is_money):
        # 扩大花农保险覆盖面，参保率达到96%: another side of the same.
        named = named.removesuffix(facet).removesuffix(ATTRIBUTIVE)
    if measure_of(subject, reading.wording) and (thing := without_measure(named, reading.wording)) != named:
        # 花站完成投资3亿元，面积9万平方米
        done = next((verb for verb in reading.wording.carried_out if thing.endswith(verb)), "")
        named = thing.removesuffix(done)
    return joined(named, subject)


def _is_further_step(reading: Reading, figure: Candidate, subject: str) -> bool:
    """7岁以下儿童3.1万人，健康管理3.0万人: a verb with no more than modifiers, behind a figure in the same unit."""
    if not any(other.bracket is None and other.quantity.unit == figure.quantity.unit for other in reading.done):
        return False
    if reading.text.rfind(OF_WHICH, 0, figure.low + 2) >= 0:
        return False
    verb = subject
    for _ in range(2):
        verb = verb[modifier_size(verb, reading.wording, shortest=2) :]
    return verb != subject and any(
        word.text == verb and word.role in ("nominal", "act") and figure.low <= word.start < figure.quantity.lead
        for word in reading.line.words
    )


def _named_in_heading(reading: Reading, subject: str) -> str:
    """签约率 under 做实家庭医生签约服务 is 家庭医生签约率."""
    at = reading.heading.find(subject[:2])
    if at <= 0 or not subject.endswith(reading.wording.rate_suffix):
        return ""
    return reading.heading[max(0, at - 6) : at]


def topic_of(
    reading: Reading,
    figure: Candidate,
    *,
    past_rates: bool = False,
    of_list: bool = False,
    past_money: bool = False,
    past_leaning: bool = False,
) -> str:
    """The indicator or clause that a leaning subject belongs to.

    A share is no topic where there is a count (`past_rates`), nor money of a rate (`past_money`: 补助27万元，治愈率94%); a rate is of all items of a list (`of_list`).
    `past_leaning`: where all that was told leans itself, what that leans on (推进花厂改造，总投资2亿元，占地90亩).
    """
    if figure.bracket is not None and host_of(figure, reading.done) is None:
        low = reading.line.trim_left(reading.line.clause(figure.bracket[0])[0], figure.bracket[0])
        is_money = figure.quantity.unit_class == "money"
        bracketed = noun_phrase(reading, low, figure.bracket[0], is_money=is_money).text
        if 2 <= len(bracketed) <= LONGEST_TOPIC:
            return bracketed
    counted = counted_each(reading, figure)
    if counted:
        return counted
    rate = ""
    # 入驻企业8家，总投资2亿元: what leans itself is a topic where there is no better one.
    leaning = further = ""
    parted = reading.text.rfind(OF_WHICH, 0, figure.low)
    parts = [earlier for earlier in reading.done if parted >= 0 and earlier.quantity.start > parted]
    skips_parts = 1 < len(parts) < len(reading.done) and not of_list
    for earlier in reversed(reading.done):
        further = further or (earlier.said.leans_on if past_leaning else "")
        if skips_parts and earlier in parts:
            # 机构80家，其中甲类10家、乙类20家，床位…: of the whole.
            continue
        is_money = past_money and earlier.quantity.unit_class in ("money", "time")
        is_rate = past_rates and earlier.indicator.endswith(reading.wording.rates)
        if (is_money or is_rate) and not earlier.said.topic:
            rate = rate or earlier.indicator
            continue
        if earlier.kind == "delta" and leans(earlier.indicator, reading.wording) == "clause":
            # 播种面积5万亩，单产提高3公斤，总产达到9万吨
            continue
        if earlier.indicator.startswith(reading.wording.denominators):
            # 每千人拥有卫生技术人员6.4人，有开放床位900张
            continue
        if figure.quantity.unit_class not in COUNTED and (whose := _spread_over(reading, earlier)):
            return whose
        if not earlier.said.is_leaning:
            listed = _listed(reading, earlier) if of_list else _thing_of(earlier)
            return _nearer_clause(reading, figure, earlier) or earlier.said.topic or listed
        if figure.quantity.unit_class not in COUNTED and earlier.quantity.unit_class in COUNTED:
            leaning = leaning or earlier.indicator
    before = rate or clause_before(reading, figure).text or leaning or reading.above or further
    if not before and reading.continues and reading.earlier is not None:
        independent = (other for other in reading.before if not other.said.is_leaning and other.part_of is None)
        named_before = next(independent, reading.earlier.part_of or reading.earlier)
        return named_before.said.topic or named_before.said.leans_on or named_before.indicator
    return before


def _spread_over(reading: Reading, places: Candidate) -> str:
    """花艺服务 of 花艺服务在9个县展开，完成营业额3亿元: what goes on at the places counted; empty where nothing stands before 在."""
    start, lead = places.own
    if not places.leads_noun or reading.line.trim_right(start, lead).preposition != LOCATIVE:
        return ""
    start = reading.line.trim_left(start, lead)
    at = reading.text.rfind(LOCATIVE, start, lead)
    phrase = noun_phrase(reading, start, reading.line.trim_right(start, at).end).text if at > start else ""
    return phrase if LEAST_DONE <= len(phrase) <= LONGEST_TOPIC else ""


def _listed(reading: Reading, last: Candidate) -> str:
    """花农建议、花工提案 of 办理花农建议62件、花工提案74件，办复率98%: all items of the list that `last` ends."""
    item = sibling_of(reading, last)
    alike = item is not None and item.quantity.unit == last.quantity.unit and not item.said.is_leaning
    return _thing_of(last) if item is None or not alike else f"{_thing_of(item)}{LIST_MARK}{_thing_of(last)}"


def _thing_of(figure: Candidate) -> str:
    """重点工程 of 开工的重点工程: a verb alone tells how far they are, not which they are."""
    state, _, thing = figure.indicator.rpartition(ATTRIBUTIVE)
    is_state = figure.form == PREDICATED and 0 < len(state) <= LONGEST_STATE and len(thing) >= LEAST_DONE
    return thing if is_state else figure.indicator


def counted_each(reading: Reading, figure: Candidate) -> str:
    """改造卫生室312所，每所补助15万元: the things of which each has so much; empty for none."""
    each = reading.wording.topics.of_each.search(reading.text, figure.low, figure.quantity.lead)
    if each is None:
        return ""
    units = reading.wording.person_units if each[1] in reading.wording.person_units else (each[1],)
    before = [*reading.listed_before, *reading.done]
    return next((other.indicator for other in reversed(before) if other.quantity.unit in units), "")


def _stem_before(reading: Reading, subject: str) -> str:
    """What stands in an earlier indicator before the stem of a rate: 检查互认48万项次，…，互认率; empty for none."""
    stem = subject[:2]
    for earlier in reversed(reading.done):
        at = earlier.indicator.find(stem)
        if at >= STEM and not earlier.indicator.endswith(subject):
            # 高血压患者实管理1800人，管理率90%
            before = earlier.indicator[:at]
            for mark in reading.wording.topics.done_or_due:
                before = before.removesuffix(mark)
            verbs = {word.role for word in reading.line.words if word.text == before}
            # 完成接种5.1万人，接种率92%: the rate is not of 完成; 排查化解花农纠纷9起，化解率99%: nor of 排查.
            is_told = stem.startswith(NOT) or _is_verb(reading, stem)
            is_verb = (verbs & DONE_TO and not is_told) or (verbs & VERBAL_ROLES and _done_to(reading, subject))
            return "" if "make" in verbs or is_verb else before
    return ""


def _is_verb(reading: Reading, text: str, roles: frozenset[str] = VERBAL_ROLES) -> bool:
    return any(word.text == text and word.role in roles for word in reading.line.words)


def _done_to(reading: Reading, subject: str) -> str:
    """确诊患者 of 治愈确诊患者42例，死亡1例，治愈率98%: to whom that was done of which the rate tells; empty for none."""
    stem = subject[:2]
    if not _is_verb(reading, stem):
        return ""
    verbs = {word.text for word in reading.line.words if word.role in VERBAL_ROLES}
    known = [*reversed(reading.done)]
    things = (
        other.indicator.partition(stem)[2]
        # 治愈患者42例，死亡1例，治愈率98%: what leans itself only where nothing else was done.
        for other in sorted(known, key=lambda other: other.said.is_leaning)
        if (other.indicator.startswith(stem) or other.indicator.partition(stem)[0] in verbs)
        and not other.indicator.endswith(reading.wording.rates)
    )
    thing = next(things, "")
    least = STEM if stem in reading.wording.for_all_items else LEAST_DONE
    return thing if len(thing) >= least else ""


def _nearer_clause(reading: Reading, figure: Candidate, earlier: Candidate) -> str:
    """The subject of a clause that stands between `earlier` and `figure`; empty for none."""
    if earlier.quantity.tail > figure.low or earlier.bracket is not None:
        return ""
    is_between = reading.line.clause(max(0, figure.low - 2))[0] > earlier.quantity.tail
    return clause_before(reading, figure).text if is_between else ""
