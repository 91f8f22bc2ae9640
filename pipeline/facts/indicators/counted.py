"""Nouns counted behind the figure: 建成5个X, 55%的X已…, A的13家X (计数名词)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import COUNTED, NOTHING_SAID, Candidate, Said, right_end
from pipeline.facts.claims import Claim, Rule
from pipeline.facts.indicators.clauses import clause_before
from pipeline.facts.indicators.inheritance import thing_counted
from pipeline.facts.indicators.items import act_for_item
from pipeline.facts.indicators.leaning import leaning_head_of, leans, without_measure
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import (
    PREP,
    STRIPPED,
    Named,
    Reading,
    joined,
    sibling_of,
    text_of,
)
from pipeline.facts.indicators.topics import topic_of, with_topic
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import ENDS_NOUN, VERB_ROLES, Line, Trimmed
from pipeline.facts.wording import Wording
from pipeline.language.function_words import (
    ATTRIBUTIVE,
    COPULA,
    EVERY,
    EXCEPTED,
    EXISTENTIAL,
    IN_THE_WAY_OF,
    INSIDE,
    LOCATIVE,
    OUTSIDE,
    PERFECTIVE,
)
from pipeline.language.lists import (
    ADDITIVE,
    COORDINATORS,
    ET_CETERA,
    ITEMS_OF_NOUN,
    LIST_MARK,
    LIST_SPLIT,
    SEPARATORS_ONLY,
    VERB_COORDINATORS,
)

NOMINAL = frozenset(["nominal"])
VERBAL = ENDS_NOUN - {"prep", "adv", "time"} | NOMINAL
# 高家镇等, 高家镇和: a list whose last item is counted.
LIST_GOES_ON = (ET_CETERA, *COORDINATORS)
LONGEST_PREDICATE = 60
FEWEST_NAMES, MOST_NAMES = 2, 12
LONGEST_MODIFIER = 20
LONGEST_SHARING = 6
LEAST_MEASURE = 2
LONGEST_WORK = 5  # characters
LEAST_CARRIED_ON = 3
LONGEST_RELATIVE = 30
GOVERNORS = VERB_ROLES | {"delta"}
SKIPPED = frozenset(["adv", "time"])
SHARES = frozenset(["share", "fraction"])
MEASURED = frozenset(["share", "money"])


COUNTED_NOUN = Rule(
    "counted_noun",
    "indicator",
    "The noun behind the figure, with the verb that governs it.",
    "全市新增35家托育机构。",
    "新增托育机构",
)
WITH_PREDICATE = Rule(
    "counted_noun_with_predicate",
    "indicator",
    "The noun behind the figure, with what is said of it.",
    "全县12家卫生院通过等级评审。",
    "通过等级评审的卫生院",
)
AMOUNT_OF_NOUN = Rule(
    "amount_of_noun",
    "indicator",
    "An amount with 的 belongs to the noun behind it.",
    "建成总面积3.5万平方米的新院区。",
    "新院区总面积",
)
GENERIC_NOUN = Rule(
    "generic_noun",
    "indicator",
    "A noun that says too little alone (措施) takes its heading or what stands before its verb.",
    "出台18条措施。",
    "优化营商环境措施",
    (("heading", "优化营商环境"),),
)
GOVERNED_CHANGE = Rule(
    "governed_by_change", "kind", "A word of change governs the counted noun.", "减少5个科室。", "delta"
)
PACE = Rule("pace", "kind", "The noun behind a share names a pace of growth.", "实现8%左右的增长速度。", "delta")
LIKE_ITEM = Rule(
    "kind_of_list", "kind", "An item of a list is of the kind of the item before.", "减少5个科室、12个岗位。", "delta"
)


def read_counted_noun(reading: Reading, figure: Candidate, start: int) -> Named:
    """The indicator of a figure with its noun behind it; [start, lead) are the words before."""
    text, quantity = reading.text, figure.quantity
    claims: tuple[Claim, ...] = ()
    trimmed = reading.line.trim_right(start, _before_scope(reading, figure, start), keep_particle=True)
    modifier, governor, is_relative = _modifier(reading, figure, start, trimmed)
    # 提高5项标准 counts what was brought up, 品质提升27项任务 what was to be done.
    raised = reading.wording.raised
    is_raised = governor is not None and governor.text in raised and quantity.unit_class in COUNTED
    is_upgrade = trimmed.change in raised and quantity.unit_class in COUNTED
    if (trimmed.is_delta and not is_upgrade) or (governor is not None and governor.role == "delta" and not is_raised):
        claims += (GOVERNED_CHANGE.of(figure.number, "delta", (start, quantity.lead)),)
    acts = governor is not None and governor.role in ("new", "act", "nominal") and not is_relative
    prefix = _acts_in_a_row(reading.line, governor, start) if governor is not None and acts else ""
    sibling = sibling_of(reading, figure)
    if sibling and not prefix and not modifier and governor is None:
        noun = text[figure.noun_start : figure.noun_end]
        prefix = sibling.said.verb or act_for_item(reading, figure, sibling, noun)
        if sibling.leads_noun and sibling.kind != ("delta" if claims else "level"):
            claims += (LIKE_ITEM.of(figure.number, sibling.kind, sibling.words_of("kind", figure.base)),)
    if (
        quantity.unit_class in SHARES
        and trimmed.is_reached
        and governor is None
        and (not modifier or modifier in reading.wording.reached_by)
    ):
        # 花农互助不断完善，已扩大到86%的县
        trial = next((noun for noun in reading.wording.end_nouns if reading.text.find(noun, *figure.own) >= 0), "")
        topic = clause_before(reading, figure).text
        modifier = joined(topic, modifier or trial) if topic else trial
    verb = ""
    if (governor is not None and governor.role == "new") or (sibling and prefix == sibling.said.verb):
        verb = prefix
    noun = _unmeasured(reading, figure, _shared_head(reading, figure, text[figure.noun_start : figure.noun_end]))
    words = (figure.noun_start, figure.noun_end)
    # 10项指标首次达标, 8项行动的落实
    noun = reading.wording.without_tail(noun).removesuffix(ATTRIBUTIVE) or noun
    if (
        governor is not None
        and governor.text in reading.wording.reaching
        and start == governor.start
        and quantity.unit_class in COUNTED
        and ATTRIBUTIVE in noun
    ):
        # 覆盖36个花村的花渠工程建成: those covered, by what
        whom, _, by_what = noun.partition(ATTRIBUTIVE)
        return Named(by_what + governor.text + whom, words, COUNTED_NOUN, COUNTED_NOUN.name, NOTHING_SAID, claims)
    if quantity.unit_class == "people" and governor is not None and governor.text in reading.wording.arranging:
        # 安排4万人就业: alone, it does not say what is done.
        act = reading.line.starts.get(figure.noun_start)
        is_act = act is not None and act.role == "nominal" and act.text == noun
        noun = governor.text + noun if is_act else noun
    noun = _worked_on(reading, figure) + (_done_to(reading, figure, noun, governor) or noun)
    if capacity := _capacity(reading, figure):
        # 年产5万吨花肥项目, 形成日供水2万吨的能力
        noun = LIST_SPLIT.split(noun)[0]
        is_extent = noun in reading.wording.extents
        of_what = capacity + noun if is_extent else _whose_capacity(reading, start, figure, noun, capacity)
        return Named(of_what, words, AMOUNT_OF_NOUN, AMOUNT_OF_NOUN.name, Said(topic=noun), claims)
    tried = next((word for word in reading.wording.carried_on if noun.endswith(word) and noun != word), "")
    if tried and (whose := _carried_on(reading, start, trimmed)):
        # 花价改革在8个花区试点
        return Named(
            f"{tried}{whose}{ATTRIBUTIVE}{noun.removesuffix(tried)}", words, WITH_PREDICATE, WITH_PREDICATE.name
        )
    if noun in reading.wording.said_alone and (thing := thing_counted(reading, figure)):
        # 有检测任务的单位47家，其中45家合格
        thing = thing.rpartition(ATTRIBUTIVE)[2] or thing
        said = Said(thing=thing)
        return Named(f"{noun}{ATTRIBUTIVE}{thing}", words, WITH_PREDICATE, WITH_PREDICATE.name, said, claims)
    money = governor.text if governor is not None and quantity.unit_class == "money" else ""
    is_measured = quantity.unit_class not in COUNTED and quantity.unit_class not in SHARES
    said = Said(verb=verb) if verb else NOTHING_SAID
    if is_measured and (modifier or money) and text[figure.noun_start - 1] == ATTRIBUTIVE:
        # 总投资25亿元的新院区: the amount belongs to the noun behind it.
        form = AMOUNT_OF_NOUN.name
        noun = _through_next(reading, figure, noun)
        if modifier and noun in reading.wording.extents:
            # 形成日供水2万吨的能力
            return Named(modifier + noun, words, AMOUNT_OF_NOUN, AMOUNT_OF_NOUN.name, said, claims)
        # 启动花街改造和投资5亿元的花馆建设: what stands before belongs to another noun.
        last = LIST_SPLIT.split(modifier)[-1]
        modifier = last if leans(last, reading.wording) == "clause" else modifier
        if verb and not modifier:
            # 实施新增5亿元的投资计划
            return Named(money + noun, words, AMOUNT_OF_NOUN, form, said, claims)
        if modifier.startswith(EVERY):
            # 以每台200元的价格
            return Named(modifier + noun, words, AMOUNT_OF_NOUN, form, said, claims)
        return Named(noun + (modifier or money), words, AMOUNT_OF_NOUN, form, said._replace(topic=noun), claims)
    if (
        quantity.unit_class in SHARES
        and noun.endswith(reading.wording.paces)
        and text[figure.noun_start - 1] == ATTRIBUTIVE
    ):
        # 实现7%的增长速度并不容易: the share is the pace itself, whatever is said of it.
        claims += (PACE.of(figure.number, "delta", words),)
        if grows := _grows_at(reading, figure, start):
            return Named(grows, words, AMOUNT_OF_NOUN, AMOUNT_OF_NOUN.name, said, claims)
        named = Named(modifier + noun, words, AMOUNT_OF_NOUN, AMOUNT_OF_NOUN.name, said, claims)
        return named if modifier else with_topic(reading, figure, named)
    has_predicate = not is_relative and not verb and _leaves_predicate(governor, reading.wording)
    if governor is not None and governor.role == "act" and text.startswith(COPULA, figure.noun_end):
        # 聘请8位花农为花市监督员: what they are made.
        has_predicate = False
    predicate = (
        _predicate(reading, figure, is_served=trimmed.preposition in reading.wording.serving) if has_predicate else ""
    )
    if predicate in reading.wording.consequence_verbs and (cause := _cause(reading, figure, start, predicate)):
        # 改造花圃，3万名花农受益
        named = Named(cause + predicate + noun, words, WITH_PREDICATE, WITH_PREDICATE.name, said, claims)
    elif predicate:
        if predicate in reading.wording.carried_on:
            predicate += _carried_on(reading, start, trimmed)
        named = Named(
            f"{predicate}{ATTRIBUTIVE}{modifier}{noun}", words, WITH_PREDICATE, WITH_PREDICATE.name, said, claims
        )
    else:
        whose = _whose_money(reading, figure, governor) or _purpose(reading, figure, noun) if not modifier else ""
        first = whose or prefix
        named = Named(f"{first}{modifier}{noun}", words, COUNTED_NOUN, COUNTED_NOUN.name, said, claims)
        is_generic = reading.wording.leaning_heads.get(named.text) == "heading"
        if is_generic or prefix in reading.wording.consequence_verbs:
            before = text_of(text, start, governor.start) if governor else ""
            named = (
                named._replace(text=before + named.text, rule=GENERIC_NOUN)
                if before
                else with_topic(reading, figure, named, rule=GENERIC_NOUN)
            )
    return named._replace(form="share_of") if quantity.unit_class in SHARES else named


def _grows_at(reading: Reading, figure: Candidate, start: int) -> str:
    """花卉产值 of 花卉产值以每年12%的速度递增: what grows at that pace; empty where the words before do not say."""
    lead = figure.quantity.lead
    at = reading.text.rfind(IN_THE_WAY_OF, start, lead)
    if at < 0:
        return ""
    behind = reading.line.trim_left(at + 1, lead)
    grows = reading.line.starts.get(behind)  # 以每年递增12%的速度
    if behind < lead and not (grows is not None and grows.role == "delta" and grows.end == lead):
        return ""
    return noun_phrase(reading, start, reading.line.trim_right(start, at).end).text


def _capacity(reading: Reading, figure: Candidate) -> str:
    """年产 of 年产5万吨花肥项目: the word right before the figure that tells how much the thing named behind can do; empty for none."""
    lead = figure.quantity.lead
    if figure.quantity.unit_class in (*SHARES, "money", "people"):
        return ""
    said = next((word for word in reading.wording.capacities if reading.text.endswith(word, figure.own[0], lead)), "")
    return said if figure.noun_end - figure.noun_start >= LEAST_MEASURE else ""


def _whose_capacity(reading: Reading, start: int, figure: Candidate, noun: str, capacity: str) -> str:
    """花乡公司花肥厂年产 of 花乡公司年产5万吨花肥厂, 花厂年产花肥 of 年产5万吨花肥的花厂."""
    end = figure.quantity.lead - len(capacity)
    owner = text_of(reading.text, start, end)
    is_noun = reading.line.first_word(ENDS_NOUN, start, end) is None and LIST_MARK not in owner
    what, _, whose = noun.rpartition(ATTRIBUTIVE)
    return (owner if is_noun and len(owner) <= LONGEST_SHARING else "") + whose + capacity + what


def _whose_money(reading: Reading, figure: Candidate, governor: Word | None) -> str:
    """困难花农 of 为困难花农一次性发放3万元补贴: those whom the money counted is for; empty for other things."""
    if figure.quantity.unit_class != "money" or governor is None or governor.text not in reading.wording.given_out:
        return ""
    serves = reading.line.first_word(PREP, figure.own[0], governor.start)
    if serves is None or serves.text not in reading.wording.serving:
        return ""
    whom = text_of(reading.text, serves.end, reading.line.trim_right(serves.end, governor.start).end)
    how = next(
        (how for how in reading.wording.heads_on("modifier") if len(how) > LEAST_MEASURE and whom.endswith(how)), ""
    )
    # 符合条件的花农: who they are, not by what they qualify.
    whom = whom.removesuffix(how).rpartition(ATTRIBUTIVE)[2]
    return whom if LEAST_MEASURE <= len(whom) <= LONGEST_MODIFIER else ""


def _purpose(reading: Reading, figure: Candidate, noun: str) -> str:
    """支持花农增收 of 统筹安排5万元资金支持花农增收: what bare funds are for; empty for funds with a name."""
    if figure.quantity.unit_class != "money" or noun != reading.wording.money.funds:
        return ""
    said = _predicate(reading, figure, is_served=False)
    is_for = said.startswith((reading.wording.money.for_what, *reading.wording.for_what))
    return (
        said.removeprefix(reading.wording.money.for_what)
        if is_for and LEAST_CARRIED_ON < len(said) <= LONGEST_MODIFIER
        else ""
    )


def _carried_on(reading: Reading, start: int, trimmed: Trimmed) -> str:
    """花卉补贴制度 of 花卉补贴制度在30%的花村实施: what is carried on at the places counted; empty where nothing stands before 在."""
    if trimmed.preposition != LOCATIVE:
        return ""
    line, end = reading.line, trimmed.end
    verb = line.first_word(ENDS_NOUN, start, end)
    end = end if verb is None else verb.start
    what = text_of(reading.text, start, end)
    return what if len(what) >= LEAST_CARRIED_ON else ""


def _cause(reading: Reading, figure: Candidate, start: int, predicate: str) -> str:
    """What those counted have the good of, before the verb that makes them have it (花圃改造使3万名花农受益) or in the clause before."""
    made = reading.line.ends.get(figure.quantity.lead)
    if made is not None and made.role == "pred" and start < made.start:
        return text_of(reading.text, start, made.start)
    item = sibling_of(reading, figure)
    if item is not None and predicate in item.indicator:
        # 3万名花农和2万名花工受益
        return item.indicator.partition(predicate)[0]
    bare = reading.line.trim_right(start, figure.quantity.lead).end <= start
    return topic_of(reading, figure) if bare else ""


def _before_scope(reading: Reading, figure: Candidate, start: int) -> int:
    """Where the words before a share end without the territory it is of: 试点扩大到全国60%的县."""
    end = figure.quantity.lead
    scope = reading.line.ends.get(end)
    if figure.quantity.unit_class != "share" or scope is None or scope.role != "scope" or scope.start <= start:
        return end
    reach = reading.line.ends.get(scope.start)
    return scope.start if reach is not None and reach.role == "reach" else end


def _leaves_predicate(governor: Word | None, wording: Wording) -> bool:
    """Whether something may be said behind the noun that `governor` governs: 有9家药店通过验收, not 建成9家药店."""
    return (
        governor is None
        or governor.role in ("act", "nominal")
        or governor.text.endswith(EXISTENTIAL)
        or governor.text in wording.causatives
    )


def _modifier(reading: Reading, figure: Candidate, start: int, trimmed: Trimmed) -> tuple[str, Word | None, bool]:
    """What stands before the figure and belongs to its noun, the verb that governs it, and whether it is a relative clause."""
    line, text, end, lead = reading.line, reading.text, trimmed.end, figure.quantity.lead
    if trimmed.preposition or end <= start:
        return "", line.verb_of_list(start, trimmed), False
    governor = line.last_unquoted(GOVERNORS, start, end)
    if governor is not None and governor.role == "delta" and len(governor.text) == 1 and governor.end < end:
        # 高家镇等6座泵站
        governor = line.last_word(VERB_ROLES, start, end)
    if governor is not None and governor.start > start and text.endswith(ET_CETERA, start, lead):
        # 花渠续建、花坝加固等6个项目: a verb within the names of examples governs nothing.
        first = line.starts.get(start)
        if first is not None and first.role in GOVERNORS:
            governor = first
        elif text.startswith((ET_CETERA, LIST_MARK), governor.end):
            governor = None
    nominal = line.starts.get(start)
    if governor is None and nominal is not None and nominal.role == "nominal" and nominal.end <= end:
        governor = nominal
    if text[end - 1] == ATTRIBUTIVE:
        first = line.starts.get(start)
        is_left = first is not None and first.role in ("make", "prep") and first.text not in reading.wording.possessing
        begin = first.end if first is not None and is_left else start
        # 完成了上级下达的19项工程
        begin += text.startswith(PERFECTIVE, begin)
        possessing = line.ends.get(begin)
        if possessing is not None and possessing.text in reading.wording.possessing and begin == start:
            # 符合补贴条件的8万花农: what they have, with the verb that says so.
            begin = possessing.start
        modifier = text[begin:end] if end - begin > 1 else ""
        return (modifier if len(modifier) <= LONGEST_RELATIVE else ""), governor, True
    begin = governor.end if governor else start
    last = line.last_unquoted(ENDS_NOUN, begin, end)
    if last is not None:
        begin = last.end
        governor = governor or (last if last.role == "pred" else None)
    begin = line.trim_left(begin, end) if begin < end else begin
    modifier = text_of(text, begin, end)
    listed = text.endswith(ET_CETERA, begin, lead) or modifier.endswith(LIST_GOES_ON)
    listed = listed or _names_each(figure, text[figure.own[0] : end]) or modifier in reading.wording.determiners
    return ("" if listed or len(modifier) > LONGEST_MODIFIER else modifier), governor, False


def _through_next(reading: Reading, figure: Candidate, noun: str) -> str:
    """年产花肥项目 of 投资3亿元的年产5万吨花肥项目, 花校 of 投资3亿元的城东花校等7所花校: `noun` with that of a figure within it, which says how large it is or how many there are."""
    following = figure.following
    if following is None or not following.leads_noun or noun.endswith(reading.wording.programmes):
        return noun
    between = reading.text[figure.noun_end : following.quantity.lead]
    inner = reading.text[following.noun_start : following.noun_end]
    if between == ET_CETERA:
        return inner
    return noun if between else noun + inner


def _acts_in_a_row(line: Line, governor: Word, start: int) -> str:
    """新建改扩建 of 新建改扩建10座公园, 改造和新建 of 改造和新建3所花校: the governor with the verbs before it, from `start` on, right there or behind a word that joins them."""
    begin = governor.start
    before = _verb_before(line, begin)
    while before is not None and before.start >= start:
        # 改造 is a verb only where nothing stands before it.
        if before.role not in ("new", "act") and not (before.role == "nominal" and start == before.start):
            break
        begin = before.start
        before = _verb_before(line, begin)
    return line.text[begin : governor.end]


def _verb_before(line: Line, begin: int) -> Word | None:
    """The word that ends at `begin`, or at the word there that joins two verbs."""
    joins = next((word for word in COORDINATORS if line.text.endswith(word, 0, begin)), "")
    return line.ends.get(begin - len(joins)) if joins else line.ends.get(begin)


def _unmeasured(reading: Reading, figure: Candidate, noun: str) -> str:
    """17个重点行业增加值增长8%: the value grows, the trades are counted."""
    following = figure.following
    if following is None or figure.quantity.unit_class not in COUNTED or following.quantity.unit_class not in MEASURED:
        return noun
    if reading.line.trim_right(figure.noun_end - 1, following.quantity.lead).end > figure.noun_end:
        return noun
    wording = reading.wording
    bare = without_measure(noun, wording) if noun.endswith(wording.measures) else ""
    bare = "" if bare.endswith(wording.modifier_ends) else bare
    is_funds = following.quantity.unit_class == "money" and leaning_head_of(noun, wording) != ""
    if is_funds or noun.endswith((*wording.measures, *wording.rates, *wording.account_entries)):
        # 21个花卉企业好评率超过80%, 下达5个花县奖补资金2亿元
        ends = (
            at + len(end) for end in wording.counted_ends if (at := noun[:-LEAST_MEASURE].rfind(end)) >= (not is_funds)
        )
        return noun[: max(ends, default=0)] or bare or noun
    return bare or noun


def _names_each(figure: Candidate, words: str) -> bool:
    """Whether the words before the figure name, one by one, what it counts: 甲园、乙园两个园区."""
    quantity = figure.quantity
    return (
        quantity.unit_class in COUNTED
        and LIST_MARK in words
        and FEWEST_NAMES <= quantity.value <= MOST_NAMES
        and quantity.value in (len(LIST_SPLIT.split(words)), words.count(LIST_MARK) + 1)  # 和平路 is one
    )


def _predicate(reading: Reading, figure: Candidate, *, is_served: bool) -> str:
    """What is said of the counted noun behind it; a list of counted nouns shares what is said of the last.

    `is_served`: 为3万名学生体检, where the verb belongs to the noun even if another figure follows it.
    """
    line, text = reading.line, reading.text
    start, end = (
        figure.noun_end,
        min(right_end(line, figure.quantity.tail, figure.reach), figure.noun_end + LONGEST_PREDICATE),
    )
    following = figure.following
    if following is not None and end == following.quantity.lead:
        if SEPARATORS_ONLY.fullmatch(text[start:end]) or text[start:end] == ATTRIBUTIVE:
            return _predicate(reading, following, is_served=is_served) if following.leads_noun else ""
        if following.left <= start:
            if not is_served:
                return ""
        else:
            end = following.left
    # 10个总医院（含沙县）医务性收入占比…
    start = next((closing + 1 for opening, closing in line.brackets if opening == start and closing < end), start)
    start += next((len(mark) for mark in reading.wording.among if text.startswith(mark, start, end)), 0)
    if text.startswith((ATTRIBUTIVE, INSIDE, *OUTSIDE), start) or EXCEPTED.match(text, start) is not None:
        # 13亿人口的国家, 在58个花县中排名第三, 45个项目除2个外
        return ""
    if text.startswith(ET_CETERA, start) and line.first_word(ENDS_NOUN | NOMINAL, start + 1, end) is None:
        # 下放了416项行政审批等事项: what is counted, not what is said of it.
        return ""
    if text.startswith(COPULA, start) and line.first_word(VERBAL, start + 1, end) is None:
        # 聘请8位专家为顾问, not 8位专家为群众义诊
        return ""
    word = line.starts.get(start)
    while word and (word.role in SKIPPED or word.text in reading.wording.wholly) and word.end <= end:
        if word.text == EXISTENTIAL and word.end < end and word.end not in line.starts:
            # 65%的花村有合作社: what they have.
            break
        start = word.end
        word = line.starts.get(start)
    if word is not None and word.role == "disc":
        # 处置险情7起，特别是水患: what is added, not what is said of it.
        return ""
    for mark in VERB_COORDINATORS:
        cut = text.find(mark, start + 2, end)
        end = cut if cut > 0 else end
    said = ITEMS_OF_NOUN.sub("", text[start:end]).strip(STRIPPED)
    return said.removeprefix(reading.wording.qualifiers.light_verb).strip(STRIPPED)


def _done_to(reading: Reading, figure: Candidate, noun: str, governor: Word | None) -> str:
    """花区 of 加强6个花区的管理和服务: the things counted, where behind 的 there is but what is done to them; empty for any other noun."""
    thing, _, done = noun.partition(ATTRIBUTIVE)
    if figure.quantity.unit_class not in COUNTED or governor is None or not thing or len(done) > LONGEST_WORK:
        return ""
    at = figure.noun_start + len(thing) + len(ATTRIBUTIVE)
    ends = [at + item.end() for item in re.finditer(f"[^{LIST_MARK}{''.join(ADDITIVE)}]+", done)]
    words = [reading.line.ends.get(end) for end in ends]
    is_work = all(word is not None and word.role == "nominal" for word in words)
    return thing if words and is_work and len(thing) >= LEAST_MEASURE else ""


def _worked_on(reading: Reading, figure: Candidate) -> str:
    """清洁取暖改造 of 31个村、2.5万户清洁取暖改造, of the villages; empty for any other noun."""
    following = figure.following
    is_bare = figure.noun_end - figure.noun_start == 1 and following is not None and following.leads_noun
    if (
        not is_bare
        or following is None
        or not SEPARATORS_ONLY.fullmatch(reading.text, figure.noun_end, following.quantity.lead)
    ):
        return ""
    later = (following.noun_start, following.noun_end)
    work = reading.line.first_word(NOMINAL, *later)
    return reading.text[slice(*later)] if work is not None and work.end == later[1] else ""


def _shared_head(reading: Reading, figure: Candidate, noun: str) -> str:
    """2个综合类别、4个专科类别医疗中心: the first takes the head of the last."""
    following = figure.following
    if following is not None and following.leads_noun and noun.endswith(reading.wording.modifier_ends):
        later = reading.text[following.noun_start : following.noun_end]
        for ending in reading.wording.modifier_ends:
            at = later.find(ending)
            if noun.endswith(ending) and 0 <= at < len(later) - len(ending):
                return noun + later[at + len(ending) :]
    if following is not None and following.leads_noun and len(noun) <= LONGEST_SHARING:
        # 9条稳花价、6条花农创业政策措施
        later = reading.text[following.noun_start : following.noun_end]
        heads = (head for head in reading.wording.heads_on("heading") if later.endswith(head))
        head = max(heads, key=len, default="")
        beside = SEPARATORS_ONLY.fullmatch(reading.text, figure.noun_end, following.quantity.lead)
        if head and beside and figure.quantity.unit == following.quantity.unit and not noun.endswith(head[-2:]):
            return noun + head
    return noun
