"""Parts of a whole: behind 其中, in brackets, among what was counted (其中)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.indicators import greatest_whole, host_of
from pipeline.facts.phrases import PADDING, Line
from pipeline.facts.references import REFERENCE
from pipeline.facts.vocabulary.parts import OF_THESE, THERE_ARE
from pipeline.facts.wording import Wording
from pipeline.language.function_words import ALREADY, ATTRIBUTIVE, OF_WHICH
from pipeline.language.lists import LIST_MARK

# Numbers without a measure word below this are scores, not people: 常住人口15.3万，其中外来8.6万.
LEAST_BARE = 1000
FEWEST_PARTS, LEAST_ALIKE, LEAST_WHOLE = 2, 2, 10
LEAST_OBJECT = 2
GOVERNING = frozenset(["new", "act", "make"])
COMMA, NEW = "，", frozenset(["new"])
MAKES = frozenset(["new", "make"])
NO_HEADS = COUNTED
HAPPENINGS = frozenset(["nominal", "act", "new"])
NO_PARTS = frozenset(["share", "points", "ratio", "bare", "fraction", "time", "age", "temperature", "score"])


def tells_parts(text: str, before: Sequence[Candidate]) -> bool:
    """Whether the sentence `text` begins to tell the parts of a figure of the sentence before: 其中…, 医院中，…."""
    text = text.lstrip(PADDING)
    if text.startswith(OF_WHICH):
        return True
    named = OF_THESE.match(text)
    return named is not None and any(figure.indicator.endswith(named[1]) for figure in before)


PART = "part_of_fact_id"
OWN_VERBS = frozenset(["new", "make", "act", "nominal", "delta", "reach"])
LEANS_ON_PART = frozenset(["inherited_subject", "change"])
PREDICATES = frozenset(["pred", "act", "nominal"])
IN_BRACKET = Rule(
    "part_in_bracket",
    PART,
    "What a bracket holds is part of the figure before it.",
    "职工384人（医师120人）。",
    "384人",
)
BEHIND_MARK = Rule(
    "part_behind_mark",
    PART,
    "What stands behind 其中 is part of the count before, until that is used up.",
    "有项目25个，其中产业类17个。",
    "25个",
)
REST_OF = Rule(
    "part_that_is_left",
    PART,
    "The rest is part of the greatest count before.",
    "新建卫生院10所，已竣工4所，其余6所加快推进。",
    "10所",
)
STATE_OF = Rule(
    "part_by_state", PART, "How many of the things counted are so far.", "重点项目42个，已完工31个。", "42个"
)
AMONG_THEM = Rule(
    "part_among", PART, "22 of the 24: the figure stands behind 中 or 有.", "24个乡镇中有22个通了油路。", "24个"
)
OF_THE_KIND = Rule(
    "part_of_kind",
    PART,
    "Of the things counted, those of the kind named before the figure.",
    "新签约项目63个，投资10亿元以上的5个。",
    "63个",
)
DONE_OF = Rule(
    "part_done",
    PART,
    "Of the things counted in the same clause, those that the verb holds for.",
    "186个重点项目开工171个。",
    "186个",
)
ADD_UP = Rule(
    "parts_that_add_up",
    PART,
    "Counts of the same things that add up to the count before them are its parts.",
    "重点项目26项，竣工10项，开工12项，4项正在办理手续。",
    "26项",
)
PART_OF_CHANGE = Rule(
    "part_of_change",
    "kind",
    "A part of a change is one, where it has no verb of its own.",
    "学位增加14万个（城区9万个）。",
    "delta",
)
PART_NAMED = Rule(
    "part_with_noun_of_whole",
    "indicator",
    "A part that only says how it differs takes the noun of the whole.",
    "有项目25个，其中产业类17个。",
    "产业类项目",
)
PART_SAID = Rule(
    "part_with_predicate",
    "indicator",
    "What is said of a part is said of the noun of the whole.",
    "24个乡镇中有22个通了油路。",
    "通了油路的乡镇",
)


def link_parts(
    line: Line, figures: Sequence[Candidate], wording: Wording, before: Sequence[Candidate] = ()
) -> Iterator[Claim]:
    """Which figure is part of which: behind 其中 until the whole is used up, in a bracket behind the whole, and after 有.

    `before` are the figures of the sentence before, where this sentence tells their parts: it begins with 其中.
    """
    told = [figure.indicator for figure in figures]
    yield from _whole_and_parts(line, figures, wording, before)
    for position, figure in enumerate(figures[1:], start=1):
        part = figures[position - 1]
        if told[position] == told[position - 1] == figure.indicator != part.indicator and figure.form in LEANS_ON_PART:
            # 其中高级职称5人，增长18%: what is said of the part has its name.
            yield PART_NAMED.of(figure.number, part.indicator, part.words_of("indicator", part.base))


def _whole_and_parts(
    line: Line, figures: Sequence[Candidate], wording: Wording, before: Sequence[Candidate]
) -> Iterator[Claim]:
    text = line.text
    whole: Candidate | None = None
    among: Candidate | None = None
    divided: Sequence[Candidate] = before
    earlier: list[Candidate] = []  # the figures before this one that no bracket holds
    remaining = Decimal(0)
    mark: Span = (0, 0)
    is_told_alike = False
    for position, figure in enumerate(figures):
        if position and figures[position - 1].bracket is None:
            earlier.append(figures[position - 1])
        host = host_of(figure, figures[:position]) if figure.bracket is not None else None
        if host is not None:
            if can_be_part(figure, host, wording) and not figure.indicator.startswith(wording.averages):
                yield from _link(line, figure, host, wording, IN_BRACKET, figure.bracket or mark)
            continue
        if figure.bracket is not None and earlier:
            told = wording.parts.told_apart.search(text, earlier[-1].quantity.tail, figure.bracket[0])
            if (
                told is not None
                and figure.quantity.unit == earlier[-1].quantity.unit
                and can_be_part(figure, earlier[-1], wording)
            ):
                yield from _link(line, figure, earlier[-1], wording, BEHIND_MARK, told.span())
                continue
        if before and (whole is None or whole.quantity.unit != figure.quantity.unit):
            if not any(other.part_of and other.quantity.unit == figure.quantity.unit for other in earlier):
                whole, remaining = _whole_of(figure, before, whole, remaining, wording)
        elif not earlier:
            continue
        if text.endswith(wording.rests, figure.low, figure.quantity.lead):
            rest_of = greatest_whole(figure, earlier)
            if rest_of is not None:
                yield REST_OF.of(figure.number, rest_of, figure.own)
            continue
        if _is_of_state(line, figure, wording):
            state_of = greatest_whole(figure, [other for other in earlier if other.part_of is None])
            if state_of is not None and can_be_part(figure, state_of, wording):
                yield STATE_OF.of(figure.number, state_of, figure.own)
                continue
        gap = (earlier[-1].quantity.tail if earlier else 0, figure.quantity.lead)
        between = text[slice(*gap)]
        if not earlier:
            pass
        elif any(mark in between for mark in wording.parts.marks) or between.lstrip("，, ").startswith(
            wording.parts.marks_at_head
        ):
            whole, remaining = _whole_of(figure, earlier[::-1], None, remaining, wording)
            divided, mark, is_told_alike = [*earlier], gap, False
        elif _is_among(text, earlier[-1], figure, wording):
            among = earlier[-1] if can_be_part(figure, earlier[-1], wording) else None
            if among is not None:
                yield from _link(line, figure, among, wording, AMONG_THEM, gap)
                if figure.form == "counted_noun" and not figure.indicator.startswith(among.indicator[-1:]):
                    # 24个乡镇中有22个通了油路
                    yield PART_SAID.of(figure.number, f"{figure.indicator}{ATTRIBUTIVE}{among.indicator}", gap)
                    yield Claim(figure.number, "rule", "counted_noun_with_predicate", PART_SAID.name, *gap)
            continue
        elif (
            _is_of_kind(text, figure, wording)
            and (kind := _whole_of(figure, earlier[::-1], None, remaining, wording)[0]) is not None
        ):
            # 新签约项目63个，投资10亿元以上的5个
            yield from _link(line, figure, kind, wording, OF_THE_KIND, figure.own)
            continue
        elif _is_done(line, earlier[-1], figure) and can_be_part(figure, earlier[-1], wording):
            yield DONE_OF.of(figure.number, earlier[-1], gap)
            continue
        elif among is not None and figure.quantity.unit == among.quantity.unit and _stands_alone(line, figure):
            # 57家卫生院中，54家达到基本标准，19家达到推荐标准
            yield from _link(line, figure, among, wording, AMONG_THEM, (among.quantity.start, among.noun_end))
            continue
        elif (
            whole is not None and figure.previous is not None and figure.previous.quantity.tail == figure.quantity.lead
        ):
            # 9683户23106人，其中因病致贫2874户7015人
            whole, remaining = _whole_of(figure, divided[::-1], whole, remaining, wording)
        if whole is None:
            continue
        if figure.leads_noun and figure.indicator[-1:] != whole.indicator[-1:]:
            continue
        is_alike = whole.indicator[-LEAST_ALIKE:] in figure.indicator
        is_new = line.last_word(NEW, *figure.own) is not None
        if is_told_alike and is_new and not is_alike and COMMA in between:
            # 新建公路60公里，其中高速公路4公里，新建铁路2公里
            whole = None
            continue
        if _is_another_entry(figure, whole, wording):
            continue
        if COMMA in between and not is_alike and _is_made_apart(line, figure, mark):
            # 创建美丽花村18个，其中精品花村2个，创成花园3个
            whole = None
            continue
        if can_be_part(figure, whole, wording) and figure.quantity.value <= remaining and figure.kind == whole.kind:
            remaining -= figure.quantity.value
            is_told_alike = is_alike
            yield from _link(line, figure, whole, wording, BEHIND_MARK, mark)
        elif figure.quantity.unit_class == whole.quantity.unit_class:
            whole = None
    yield from _that_add_up(text, figures)


def _is_another_entry(figure: Candidate, whole: Candidate, wording: Wording) -> bool:
    """花业产值116亿元，其中花山集团产值70亿元、纳税2亿元: whether the account of a firm has another entry than that of the whole."""
    own, told = (
        next((entry for entry in wording.account_entries if one.indicator.endswith(entry)), "")
        for one in (figure, whole)
    )
    return bool(own and told) and not (own.endswith(told) or told.endswith(own))


def _is_made_apart(line: Line, figure: Candidate, mark: Span) -> bool:
    """Whether a verb of making with its object opens the words before the figure, and none stands behind `mark` (其中)."""
    start, end = line.trim_left(*figure.own), figure.quantity.lead
    made = line.starts.get(start)
    opens = made is not None and made.role in MAKES and line.trim_right(made.end, end).end - made.end >= LEAST_OBJECT
    return opens and line.last_word(MAKES, *mark) is None


def _that_add_up(text: str, figures: Sequence[Candidate]) -> Iterator[Claim]:
    """重点项目26项，竣工10项，开工12项，4项正在办理手续: most of them by name the same things as the whole."""
    for place, whole in enumerate(figures):
        quantity = whole.quantity
        if quantity.unit_class != "count" or whole.part_of is not None or quantity.value_max is not None:
            continue
        parts: list[Candidate] = []
        total = Decimal(0)
        for figure in figures[place + 1 :]:
            if figure.quantity.unit != quantity.unit or figure.kind != whole.kind or figure.bracket is not None:
                continue
            parts.append(figure)
            total += figure.quantity.value
            if total >= quantity.value:
                break
        alike = sum(whole.indicator[-LEAST_ALIKE:] in part.indicator for part in parts)
        # Two small counts often add up by chance.
        few = len(parts) < FEWEST_PARTS + (quantity.value < LEAST_WHOLE)
        if total != quantity.value or few or 2 * alike < len(parts):
            continue
        # 新建公园10个、口袋公园4个、体育公园6个 is a list.
        if not text.startswith(LIST_MARK, max(whole.noun_end, quantity.tail)):
            for part in parts:
                if part.part_of is None:
                    yield ADD_UP.of(part.number, whole, part.printed)


def _whole_of(
    figure: Candidate, wholes: Sequence[Candidate], otherwise: Candidate | None, remaining: Decimal, wording: Wording
) -> tuple[Candidate | None, Decimal]:
    """The first of `wholes` that `figure` can be a part of, in its own unit if there is one, and what is left of it."""
    possible = [other for other in wholes if other.part_of is None and can_be_part(figure, other, wording)]
    # 完成2.1亿元，突破2亿元大关，其中…: of the sum, not of what it passed.
    told = {other.indicator for other in possible if other.comparator != ">"}
    possible.sort(key=lambda other: (other.status == "target", other.comparator == ">" and other.indicator in told))
    alike = (other for other in possible if other.quantity.unit == figure.quantity.unit)
    whole = next(alike, possible[0] if possible else otherwise)
    return whole, (whole.quantity.value_max or whole.quantity.value) if whole is not None and possible else remaining


def _is_among(text: str, whole: Candidate, figure: Candidate, wording: Wording) -> bool:
    """183个县中已有132个…; 22个医院，有16个…."""
    if text.startswith(wording.among, max(whole.noun_end, whole.quantity.tail), figure.quantity.lead):
        return True
    if figure.leads_noun or whole.quantity.unit in wording.parts.doses:
        return False
    return THERE_ARE.search(text[max(0, figure.low - 1) : figure.quantity.lead]) is not None


def _is_of_kind(text: str, figure: Candidate, wording: Wording) -> bool:
    return not figure.leads_noun and wording.parts.of_kind.search(text, figure.low, figure.quantity.lead) is not None


def _is_done(line: Line, whole: Candidate, figure: Candidate) -> bool:
    """186个重点项目开工171个: of the things counted in the same clause, those that the verb holds for."""
    if whole.quantity.unit != figure.quantity.unit or not whole.leads_noun or figure.leads_noun:
        return False
    verb = line.starts.get(whole.noun_end)
    return verb is not None and verb.role in ("act", "make") and verb.end == figure.quantity.lead


def _is_of_state(line: Line, figure: Candidate, wording: Wording) -> bool:
    """项目42个，已完工31个、在建9个: how many of the things counted before are so far; 竣工9个 alone tells of others."""
    if figure.leads_noun:
        return False
    start = line.trim_left(*figure.own)
    state = line.text[start : figure.quantity.lead].strip(PADDING)
    is_done = ALREADY in line.text[figure.low : figure.quantity.lead]
    if not (is_done or state in wording.parts.under_way):
        return False
    return state in wording.states or (
        is_done and figure.form == "inherited_subject" and figure.quantity.unit_class == "count"
    )


def _stands_alone(line: Line, figure: Candidate) -> bool:
    """Whether the figure has neither a subject nor a noun of its own, at most a verb: 在建9个."""
    start = figure.own[0]
    has_subject = (
        figure.form != "inherited_subject" and line.trim_left(start, figure.quantity.lead) < figure.quantity.lead
    )
    return not figure.leads_noun and not has_subject


def _bare(whole: Candidate) -> str:
    """查办行政处罚案件 without the verb that governs it."""
    bare = whole.indicator.removeprefix(whole.said.act)
    # 招聘会 is no 会.
    return bare if len(bare) >= LEAST_OBJECT else whole.indicator


def can_be_part(figure: Candidate, whole: Candidate, wording: Wording) -> bool:
    """Whether the units and values let `figure` be a part of `whole`."""
    part, total = figure.quantity, whole.quantity
    people, doses = wording.person_units, wording.parts.doses
    if REFERENCE in (figure.form, whole.form):
        return False
    if part.unit_class == total.unit_class == "bare" and part.value >= LEAST_BARE:
        return part.value <= total.value
    if total.unit_class == "bare" and part.unit in people and part.value >= LEAST_BARE:
        return part.value <= total.value
    if part.unit_class in COUNTED and part.value % 1 and not total.value % 1:
        # 床位370张，每千人5.04张
        return False
    if part.unit_class in NO_PARTS or part.value > (total.value_max or total.value):
        return False
    if part.unit in people and (total.unit in people or total.unit in doses):
        return True
    return part.unit == total.unit or part.unit_class == total.unit_class == "count"


def _link(
    line: Line, figure: Candidate, whole: Candidate, wording: Wording, rule: Rule, words: Span
) -> Iterator[Claim]:
    """The part and its whole; a part that only says how it differs takes the whole's noun: ICU270张 of 床位2700张."""
    number = figure.number
    yield rule.of(number, whole, words)
    own = line.last_word(OWN_VERBS, figure.low, figure.quantity.lead)
    if whole.kind == "delta" and figure.kind == "level" and own is None and figure.quantity.unit == whole.quantity.unit:
        # 增加学位14万个，其中城区9万个
        yield PART_OF_CHANGE.of(number, "delta", whole.words_of("kind", figure.base))
    name, form = _name_of_part(line, figure, whole, wording)
    if name:
        yield PART_NAMED.of(number, name, words)
    if form:
        yield Claim(number, "rule", form, PART_NAMED.name, *words)


def _name_of_part(line: Line, figure: Candidate, whole: Candidate, wording: Wording) -> tuple[str, str]:
    """The indicator of a part with what the whole says for both, and its form; empty where it keeps its own."""
    name = figure.indicator
    if whole.indicator in name or figure.leads_noun:
        return "", ""
    both = next(
        (both for both, members in wording.named_sets.items() if name in members and both in whole.indicator), ""
    )
    if both:
        # 进出口总值9亿元，其中出口6亿元
        return name + whole.indicator.partition(both)[2], "named_part"
    if name in wording.grades and name not in wording.degrees and figure.quantity.unit_class in COUNTED:
        # 职工3846人（编内1697人、编外2149人）
        return name + wording.parts.grade.sub("", _bare(whole)), "named_part"
    is_attribute = name.endswith(wording.parts.attribute_ends) and not whole.indicator.endswith(name[-LEAST_ALIKE:])
    if is_attribute and figure.quantity.unit_class in COUNTED:
        # 招聘教师60人，其中研究生学历24人
        return _with_attribute(line, name, whole), "named_part"
    clause, particle, noun = whole.indicator.rpartition(ATTRIBUTIVE)
    is_person = name in wording.degrees or wording.person_nouns.fullmatch(name)
    if (
        whole.form == "counted_noun_with_predicate"
        and figure.quantity.unit in wording.person_units
        and line.last_word(OWN_VERBS, *figure.own) is None
    ):
        # 50名医护人员驰援花州，其中医生20名、甲医院7名
        if is_person:
            return clause + particle + name, "named_part"
        if name.endswith(wording.bodies) or name[-1] in wording.thing_ends[-1]:
            return clause + particle + name + noun, "named_part"
    is_of_body = name.endswith(wording.bodies) or name in wording.schooling
    noun_of_persons = wording.person_nouns.fullmatch(_bare(whole)) is not None
    if is_of_body and noun_of_persons and figure.quantity.unit in wording.person_units and not is_person:
        # 专任教师900人，其中小学500人
        return name + _bare(whole), "named_part"
    is_done = any(word.role in OWN_VERBS and name.startswith(word.text) for word in line.words)
    if is_person and whole.said.act and not is_done and line.last_word(OWN_VERBS, *figure.own) is None:
        # 选派医护人员50名，其中医生20名
        return whole.said.act + name, "named_part"
    own = ""
    if whole.said.verb and not name.startswith(whole.said.verb):
        name = own = whole.said.verb + name
    head = next((head for head in wording.measure_heads if whole.indicator.endswith(head)), "")
    is_named = figure.quantity.unit_class == "money" and name.endswith(wording.parts.names_of_money)
    if head and not (is_named or name.endswith(head)) and figure.quantity.unit_class not in NO_HEADS:
        return name + head, "named_part"
    if (
        {figure.quantity.unit, whole.quantity.unit} <= wording.parts.acts
        and (figure.quantity.unit == whole.quantity.unit or line.last_word(OWN_VERBS, *figure.own) is None)
        and name[-1:] != whole.indicator[-1:]
    ):
        return name + _bare(whole), "named_part"
    cases = wording.parts.cases
    happened = any(word.role in HAPPENINGS and whole.indicator.endswith(word.text) for word in line.words)
    is_named = not any(word.role in HAPPENINGS and name.endswith(word.text) for word in line.words)
    if figure.quantity.unit in cases and whole.quantity.unit in cases and happened and is_named:
        return name + _bare(whole), "named_part"
    last = line.last_word(PREDICATES, *figure.own)
    if figure.quantity.unit_class == "money" and name.endswith(wording.measures) and name not in wording.measures:
        # 新增5亿元的花业计划，其中市级投资2亿元
        return own, ""
    if last is not None and name.endswith(last.text) and whole.indicator.endswith(last.text):
        # 新增城镇就业…，其中困难人员就业…
        return own, ""
    # 棚户区改造 says itself what was done to what.
    is_bare = last is not None and name.endswith(last.text) and len(name) - len(last.text) < LEAST_OBJECT
    if name.isascii() or name.endswith(line.wording.modifier_ends) or is_bare:
        # 三级医院9家（三甲3家), 新增4A级以上景区12家，其中5A级2家
        noun = whole.indicator.removeprefix(whole.said.verb) if own else whole.indicator
        return name + wording.parts.grade.sub("", noun), "named_part"
    if len(name) == 1:
        # 活产2731人（男1402人，女1329人）
        return f"{whole.indicator}（{name}）", "named_part"
    return own, ""


def _with_attribute(line: Line, name: str, whole: Candidate) -> str:
    """招聘研究生学历教师: the attribute `name` of a part, behind the verb or clause and before the noun that the whole says for both."""
    clause, particle, noun = whole.indicator.rpartition(ATTRIBUTIVE)
    attribute = name.removeprefix(whole.said.verb)
    if not particle:
        found = ((noun.find(word.text), word.text) for word in line.words if word.role in GOVERNING)
        at, verb = max(((at, verb) for at, verb in found if at >= 0), default=(0, ""))
        if len(noun) - at - len(verb) >= LEAST_OBJECT:
            clause, noun = noun[: at + len(verb)], noun[at + len(verb) :]
    return f"{clause}{particle}{attribute}{noun}"
