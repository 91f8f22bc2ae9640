"""Lists with 分别: one subject a figure (A、B分别为x、y)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Rule
from pipeline.facts.indicators import joined
from pipeline.facts.indicators.leaning import LONGEST_LEANING, measure_of
from pipeline.facts.phrases import PADDING, VERB_ROLES, Line
from pipeline.facts.wording import Wording
from pipeline.language.anaphora import ANAPHORA
from pipeline.language.function_words import ABLATIVE, COMPARATIVE, EACH, RESPECTIVELY
from pipeline.language.lists import COORDINATORS, ET_CETERA, LIST_MARK, LIST_SPLIT, SEPARATORS_ONLY
from pipeline.language.numerals import ORDINAL

COMPARED = re.compile(f"[{''.join(COMPARATIVE)}].*[（(][^）)]*\\d")
PAIR = 2
QUOTED = re.compile("“[^”]+”")
QUOTED_SIDE_BY_SIDE = re.compile("(?P<names>(?:“[^”]+”){2,})(?P<head>[^“”]+)")
LONGEST_VERB = 2  # characters
# A rate of three characters has no word for what it rates: 成功率, 覆盖率.
SHORTEST_RATE = 3
# 零售额, 品种花苗: measures and names of so many characters have no word of a neighbour in them.
LONGER_NAME = 3
WITHOUT_SUBJECT = frozenset(["inherited_subject"])
IN_ORDER = frozenset(["figure_of_subject", "change"])
PREPOSITIONS = frozenset(["prep"])
COMPARISON = frozenset(["cmp"])
# PM2.5、PM10平均浓度
SIGN = re.compile(r"[A-Za-z0-9.]+")
SIGNED = re.compile(r".*[A-Za-z0-9]")


EACH_ITS_SUBJECT = Rule(
    "respectively",
    "indicator",
    "With 分别, each of the figures has one of the subjects.",
    "孕产妇、婴儿死亡率分别为6.1/10万、2.3‰。",
    "婴儿死亡率",
)
SECOND_LIST = Rule(
    "second_list",
    "indicator",
    "A second list of values has the subjects of the first.",
    "覆盖率、成功率分别由62%、58%提高到95%、96%。",
    "成功率",
)
FIRST_OF_TWO_LISTS = Rule(
    "first_list_is_baseline",
    "status",
    "Behind 由, the first of two lists is the baseline.",
    "覆盖率、成功率分别由62%、58%提高到95%、96%。",
    "baseline",
)
KIND_OF_LIST = Rule(
    "kind_of_respectively",
    "kind",
    "All figures of the list are of the kind of the first.",
    "门诊量、住院量分别增长3%、2%。",
    "delta",
)
LISTED_SUBJECTS = Rule(
    "subjects_in_order",
    "indicator",
    "As many subjects as figures in a bare list go together in order.",
    "城镇、农村居民参保率为98%和95%。",
    "农村居民参保率",
)
STEPS_OF_LISTS = Rule(
    "steps_of_lists",
    "indicator",
    "Behind 由 and before 分别, both lists of values have the subjects before 由.",
    "新生儿、婴儿死亡率从2.8‰、4.6‰分别降至1.9‰、3.1‰。",
    "婴儿死亡率",
)
LIMIT_OF_LIST = Rule(
    "limit_of_list",
    "comparator",
    "A limit before the first or behind the last figure holds for all.",
    "签约率、规范率分别达到60%、75%以上。",
    ">=",
)


def read_respectively(line: Line, figures: Sequence[Candidate], wording: Wording) -> Iterator[Claim]:
    """A、B、C分别为x、y、z: one subject a figure."""
    text = line.text
    for position, first in enumerate(figures):
        at = text.rfind(RESPECTIVELY, *first.own)
        if at < 0:
            yield from _in_order(line, figures, position, wording)
            continue
        group = _group(line, first)
        if len(group) < 2:
            continue
        of_steps = list(_from_list(line, figures, position, group, at, wording))
        if of_steps:
            yield from of_steps
            continue
        start = line.trim_left(first.low, at)
        previous = first.previous
        if previous is not None and not previous.leads_noun and text.startswith(LIST_MARK, previous.quantity.tail):
            # 花馆新增2家、花铺分别新增5家和6家: what stands before the mark has its own figure.
            start = line.trim_left(first.own[0], at)
        start = _behind_verb(line, start, at)
        words = (start, at + len(RESPECTIVELY))
        listed = text[start : _before_comparison(line, start, line.trim_right(start, at).end)]
        # 较2018年（90%和98%）分别提高: what is compared with, no subjects.
        is_compared = COMPARED.search(listed) is not None
        subjects = None if is_compared else split_subjects(listed, len(group), wording)
        if subjects is None and not is_compared:
            subjects = _of_named_set(text[start : line.trim_right(start, at).end], len(group), wording)
        if subjects is None and not listed.strip(PADDING) and first.form in WITHOUT_SUBJECT:
            # 门诊量、住院量双双下降，分别下降3%和2%
            subjects = split_subjects(first.indicator, len(group), wording)
        if subjects is None and position >= len(group):
            # 筛查A人、B例，筛查率分别为…: one subject for each of the figures before.
            end = line.trim_right(start, at).end
            head = "" if is_compared or ANAPHORA.fullmatch(text, start, end) else text[start:end].strip(PADDING)
            before = figures[position - len(group) : position]
            # 甲、乙两港吞吐量分别为x、y: what stands alone is of none of these.
            is_own = len(head) > LONGEST_LEANING and not head.endswith(wording.rates)
            subjects = None if is_own else [joined(_without_new(other, head, wording), head) for other in before]
        done = line.text[at + len(RESPECTIVELY) : line.trim_right(at + len(RESPECTIVELY), first.quantity.lead).end]
        verb = line.starts.get(line.trim_left(at + len(RESPECTIVELY), first.quantity.lead))
        is_done = verb is not None and verb.role in VERB_ROLES and len(done) > len(verb.text)
        is_done = is_done or done.startswith(tuple(line.wording.carried_out))
        if subjects and is_done and len(done) > LONGEST_VERB:
            # 交通、能源分别完成投资32亿元、21亿元; 甲、乙两县分别淘汰落后产能9万吨、6万吨
            subjects = [joined(subject, done) for subject in subjects]
        kind_of_all = first.kind
        grows = line.trim_right(start, at).change in wording.growth_nouns
        last = group[-1]
        if first.status == "" and any(
            word.text in ABLATIVE for word in line.words if at <= word.start < first.quantity.lead
        ):
            # 分别由590元、460元提高到731元、578元
            steps = _next_list(line, last, len(group))
            for figure, subject in zip(steps, subjects or [], strict=False):
                yield SECOND_LIST.of(figure.number, subject, words)
                yield Claim(figure.number, "rule", "respectively", SECOND_LIST.name, *words)
            for figure in group if steps else ():
                yield FIRST_OF_TWO_LISTS.of(figure.number, "baseline", words)
        # 覆盖率、成功率分别达95%、96%，较上年的62%、58%上升: a second list has the same subjects.
        joint = [
            other for other in figures if other not in group and other.indicator == first.indicator and not is_compared
        ]
        if subjects and len(joint) == len(group):
            for figure, subject in zip(joint, subjects, strict=True):
                yield SECOND_LIST.of(figure.number, subject, words)
        for figure, subject in zip(group, subjects or [figure.indicator for figure in group], strict=True):
            kind = kind_of_all
            if grows and subject.endswith(wording.rates):
                # 失业率、物价涨幅分别控制在5%、3%
                kind = "level"
            yield KIND_OF_LIST.of(figure.number, kind, first.words_of("kind", first.base))
            yield EACH_ITS_SUBJECT.of(figure.number, subject, words)
            yield Claim(figure.number, "rule", "respectively", EACH_ITS_SUBJECT.name, *words)
            if last.quantity.tail > last.quantity.end:
                limit = (last.quantity.end, last.quantity.tail)
                yield LIMIT_OF_LIST.of(figure.number, last.comparator, limit)
            elif first.quantity.lead < first.quantity.start:
                limit = (first.quantity.lead, first.quantity.start)
                yield LIMIT_OF_LIST.of(figure.number, first.comparator, limit)


def _without_new(figure: Candidate, head: str, wording: Wording) -> str:
    """花馆 of 新增花馆2家、花店3家，总数分别达到9家和8家: a total is not of the new ones."""
    return figure.indicator.removeprefix(figure.said.verb if head in wording.topics.totals else "")


def _before_comparison(line: Line, start: int, end: int) -> int:
    """Where the subjects [start, end) end before what they are compared with: 花卉、苗木增速比其他花材平均增速."""
    compares = line.last_word(COMPARISON, start + 1, end)
    if compares is None or compares.text not in COMPARATIVE:
        return end
    return line.trim_right(start, compares.start).end


def _in_order(line: Line, figures: Sequence[Candidate], position: int, wording: Wording) -> Iterator[Claim]:
    """城镇、农村居民参保率为98%和95%: as many subjects as figures in a bare list, without 分别."""
    first = figures[position]
    if first.following is None or first.leads_noun:
        return
    group = _bare_list(line, first)
    is_mixed = len(group) < PAIR
    if is_mixed:
        group = _bare_list(line, first, in_one_unit=False)
    if len(group) < PAIR:
        return
    yield from _of_levels_before(figures[max(0, position - len(group)) : position], group)
    if first.form not in IN_ORDER:
        return
    start = line.trim_left(*first.own)
    start = _behind_verb(line, start, first.quantity.lead)
    trimmed = line.trim_right(start, first.quantity.lead)
    made = line.ends.get(trimmed.end)
    end = made.start if made is not None and made.role == "make" and made.start > start else trimmed.end
    phrase = wording.without_tail(line.text[start : trimmed.end])
    members = _of_named_set(line.text[start:end], len(group), wording)
    if trimmed.preposition or phrase.endswith(line.wording.each_alike) or not (members or LIST_SPLIT.search(phrase)):
        return
    # 月季、玫瑰各增长6%、7%: one value for each, but 月季、玫瑰均为6%和7%.
    said = line.text[trimmed.end : first.quantity.lead].replace(EACH, "", 1)
    phrase, _, done = phrase.partition(EACH)
    subjects = (
        None
        if any(word in said for word in line.wording.each_alike)
        else members or split_subjects(phrase, len(group), wording)
    )
    if subjects is not None and done:
        # 花校、花馆各新增12家、20家
        subjects = [subject + done for subject in subjects]
    items = LIST_SPLIT.split(phrase)
    if subjects is None or (min(map(len, items)) < PAIR and not ORDINAL.fullmatch(items[0])):
        return
    if is_mixed and not all(subject.endswith(wording.measures) for subject in subjects):
        # 花田面积、产量稳定在3万亩、5万吨: each value has the unit of its measure.
        return
    words = (start, trimmed.end)
    for figure, subject in zip(group, subjects, strict=True):
        yield LISTED_SUBJECTS.of(figure.number, subject, words)
        yield Claim(figure.number, "rule", "respectively", LISTED_SUBJECTS.name, *words)
        if first.kind != figure.kind:
            yield KIND_OF_LIST.of(figure.number, first.kind, first.words_of("kind", first.base))


def _behind_verb(line: Line, start: int, end: int) -> int:
    """Behind 确保 of 确保甲、乙两类参保率达到98%和95%: a verb of making that governs the subjects of a list."""
    governor = line.starts.get(start)
    return line.trim_left(governor.end, end) if governor is not None and governor.role == "make" else start


def _of_levels_before(before: Sequence[Candidate], group: Sequence[Candidate]) -> Iterator[Claim]:
    """参保6万人，就诊4万人次，增长8%和5%: changes with no subject of their own are those of as many levels before them."""
    first = group[0]
    levels = all(figure.kind == "level" and figure.indicator and figure.bracket is None for figure in before)
    if first.kind != "delta" or first.form not in WITHOUT_SUBJECT or len(before) < len(group) or not levels:
        return
    if len({figure.indicator for figure in before}) < len(group) or any(
        f.quantity.unit == first.quantity.unit for f in before
    ):
        return
    for figure, level in zip(group, before, strict=True):
        yield LISTED_SUBJECTS.of(figure.number, level.indicator, first.own)
        yield Claim(figure.number, "rule", "respectively", LISTED_SUBJECTS.name, *first.own)
        yield KIND_OF_LIST.of(figure.number, first.kind, first.words_of("kind", first.base))


def _bare_list(line: Line, first: Candidate, *, in_one_unit: bool = True) -> list[Candidate]:
    """The figures, in one unit as a rule, that `first` begins and nothing but list marks part; empty where `first` goes on such a list."""
    if first.previous is not None and SEPARATORS_ONLY.fullmatch(
        line.text, first.previous.quantity.tail, first.quantity.lead
    ):
        return []
    group = [first]
    while (
        (following := group[-1].following) is not None
        and not group[-1].leads_noun
        and (_alike(following, first) or not in_one_unit)
        and group[-1].quantity.tail < following.quantity.lead
        and SEPARATORS_ONLY.fullmatch(line.text, group[-1].quantity.tail, following.quantity.lead)
    ):
        group.append(following)
    return [] if group[-1].leads_noun else group


def _alike(figure: Candidate, first: Candidate) -> bool:
    """Whether both are in one unit, or both are durations: 3小时和12个工作日."""
    own, other = figure.quantity, first.quantity
    return own.unit == other.unit or own.unit_class == other.unit_class == "time"


def _from_list(
    line: Line, figures: Sequence[Candidate], position: int, group: Sequence[Candidate], at: int, wording: Wording
) -> Iterator[Claim]:
    """A、B由x、y分别提高到p、q: both lists have the subjects before 由, and the first is the baseline."""
    size = len(group)
    before = figures[position - size : position] if position >= size else ()
    if not before or [*_bare_list(line, before[0])] != list(before):
        return
    start = line.trim_left(before[0].low, before[0].quantity.lead)
    origin = line.last_word(PREPOSITIONS, start, before[0].quantity.lead)
    if origin is None or origin.text not in ABLATIVE:
        return
    subjects = split_subjects(line.text[start : line.trim_right(start, origin.start).end], size, wording)
    if subjects is None:
        return
    words = (start, at + len(RESPECTIVELY))
    for figure, subject in zip((*before, *group), (*subjects, *subjects), strict=True):
        yield STEPS_OF_LISTS.of(figure.number, subject, words)
        yield Claim(figure.number, "rule", "respectively", STEPS_OF_LISTS.name, *words)
        yield KIND_OF_LIST.of(figure.number, "level", words)
    for figure in before:
        yield FIRST_OF_TWO_LISTS.of(figure.number, "baseline", words)


def _group(line: Line, first: Candidate) -> list[Candidate]:
    """The figures of the list that `first` begins."""
    group = [first]
    while (following := group[-1].following) is not None:
        between = line.text[group[-1].quantity.tail : following.quantity.lead]
        change = line.ends.get(following.quantity.lead)
        if change is not None and change.role == "delta":
            # 分别增长3%和下降2%
            between = between[: -len(change.text)]
        # 每人每月835元、每人每年8150元: what each value is for stands before it.
        is_item = between.startswith(LIST_MARK) and line.trim_left(group[-1].quantity.tail, following.quantity.lead)
        if not SEPARATORS_ONLY.fullmatch(between) and is_item != following.quantity.lead:
            break
        group.append(following)
    return group


def _next_list(line: Line, last: Candidate, size: int) -> list[Candidate]:
    """The bare list of `size` figures that follows `last` in its clause; empty where there is none."""
    listed: list[Candidate] = []
    figure = last.following
    while figure is not None and len(listed) < size:
        if listed and not SEPARATORS_ONLY.fullmatch(line.text[listed[-1].quantity.tail : figure.quantity.lead]):
            return []
        listed.append(figure)
        figure = figure.following
    return listed if len(listed) == size else []


def split_subjects(phrase: str, count: int, wording: Wording) -> list[str] | None:
    """The subjects of a list, each with the head that only the last one says.

    >>> wording = Wording(shared_heads=("收入", "消耗", "率"), shared_nouns=("居民",), rate_suffix=("率",))
    >>> split_subjects("孕产妇、婴儿死亡率", 2, wording)
    ['孕产妇死亡率', '婴儿死亡率']
    >>> split_subjects("城镇和农村居民人均可支配收入", 2, wording)
    ['城镇居民人均可支配收入', '农村居民人均可支配收入']
    >>> split_subjects("每万元产值的能源和电力消耗", 2, wording)
    ['每万元产值的能源消耗', '每万元产值的电力消耗']
    """
    front = wording.front_of_list.match(phrase) or wording.topics.per_head.match(phrase)
    if front is not None:
        items = split_subjects(phrase[front.end() :], count, wording)
        return items and [front[0] + item for item in items]
    items = [item for item in LIST_SPLIT.split(phrase) if item]
    if len(items) != count:
        items = [item for item in phrase.split(LIST_MARK) if item]
    if len(items) != count and (names := QUOTED_SIDE_BY_SIDE.fullmatch(phrase)):
        # “助花苗”“助花田”兑现率: names in quotes need no mark between them.
        quoted = QUOTED.findall(names["names"])
        return [name + names["head"] for name in quoted] if len(quoted) == count else None
    if len(items) != count:
        return None
    if ORDINAL.fullmatch(items[0]) and (ordinal := ORDINAL.match(items[-1])) is not None:
        # 第一、二、三产业投资
        nth, behind = items[0][: -len(ordinal["digit"])] or ordinal["nth"], items[-1][ordinal.end() :]
        return [nth + item.removeprefix(nth) + behind for item in (*items[:-1], ordinal["digit"])]
    last = items[-1]
    first = items[0]
    head = next((head for head in wording.short_heads if first.endswith(head) and len(first) > len(head) + 1), "")
    if head and all(item in wording.short_heads for item in items[1:]):
        # 事故起数和死亡人数; 月季播种面积和产量
        whole = max(head, measure_of(first, wording), key=len)
        stem = first.removesuffix(whole if len(first) > len(whole) + 1 else head)
        return [first, *(stem + item for item in items[1:])]
    entries = (entry for entry in wording.account_entries if first.endswith(entry))
    entry = min(entries, key=len, default="")
    measure = measure_of(first, wording) or entry
    measures = {*wording.measures, *wording.account_entries}
    if len(first) > len(measure) + 1 and measure and all(item in measures for item in items[1:]):
        # 网络货运量、交易额; 花企产值和增加值
        return [first, *(first.removesuffix(measure) + item for item in items[1:])]
    alike = [_head_behind_alike(item, last, wording) for item in items[:-1]]
    if all(alike):
        # 一类、二类花店补助; 城市、农村花农补助; 开工、竣工花馆
        return [*(item + head for item, head in zip(items, alike, strict=False)), last]
    if last.endswith(wording.shared_heads) or any(len(item) == 1 for item in items[:-1]):
        # 花厕、花渠覆盖率和花河治理率: each takes the head of the next that has one.
        headed = [item for item in items if item.endswith(wording.rates)] if last.endswith(wording.rates) else [last]
        items[:-1] = [
            _with_head(item, next((other for other in items[place:] if other in headed), last), wording)
            for place, item in enumerate(items[:-1])
        ]
    start = next((word for word in wording.shared_starts if first.startswith(word) and len(first) > len(word) + 1), "")
    if start:
        # 城市污水处理率、垃圾处理率; 铁路复线里程、电气化里程
        items[1:] = [item if _says_of_what(item, first, wording) else start + item for item in items[1:]]
    rate = next((rate for rate in wording.rates if first.endswith(rate)), "")
    if rate and len(first) > SHORTEST_RATE:
        # 抗病毒治疗覆盖率、成功率
        stem = first[: -max(len(rate), SHORTEST_RATE)]
        items[1:] = [
            stem + item if item.endswith(wording.rates) and len(item) <= SHORTEST_RATE else item for item in items[1:]
        ]
        # 抗病毒治疗覆盖率、治疗成功率
        items[1:] = [first[: max(0, first.find(item[:2]))] + item for item in items[1:]]
    return items


def _head_behind_alike(item: str, last: str, wording: Wording) -> str:
    """幼儿园保教费 of 一类 and 三类幼儿园保教费: what stands in `last` behind a word like `item`; empty where none does."""
    size = len(item)
    if item.endswith(wording.parallel_ends) and last[size - 1 : size] == item[-1:] and len(last) > size + 1:
        return last[size:]
    kinds = (wording.sectors, wording.states)
    begins = (next((word for word in words if last.startswith(word)), "") for words in kinds if item in words)
    begin = next(begins, "")
    return last[len(begin) :] if begin and len(last) > len(begin) + 1 else ""


def _of_named_set(phrase: str, count: int, wording: Wording) -> list[str] | None:
    """城乡低保标准 of two values is that of the cities and that of the country, 三次产业投资 of three that of each sector."""
    sets = ((name, members) for name, members in wording.named_sets.items() if len(members) == count)
    name, members = next(((name, members) for name, members in sets if name in phrase), ("", ()))
    quoted = f"“{name}”"
    before, _, behind = phrase.partition(quoted if quoted in phrase else name) if name else ("", "", "")
    # 城乡低保标准, 花市存贷款余额, “两癌”检查率
    return [before + each + behind for each in members] if name else None


def _says_of_what(item: str, first: str, wording: Wording) -> bool:
    """Whether `item` of a list has no part in the word with which `first` begins: it has one of its own, or another measure."""
    is_of_part = first.startswith(tuple(wording.sectors))
    measure = "" if is_of_part else measure_of(item, wording)
    is_rate = item.endswith(wording.rates) and item[-SHORTEST_RATE:] == first[-SHORTEST_RATE:]
    # 城镇居民收入、农民收入: whose it is tells them apart.
    is_alike = is_rate or (measure and measure == measure_of(first, wording))
    return any(start in item for start in wording.shared_starts) or not is_alike


def _begin_of_rate(subject: str) -> int:
    """Where the rate begins in which `subject` ends, a bracket in it with the word before it: 毛入园（学）率, but 治愈率."""
    opening = subject.rfind("（", 0, len(subject) - 1)
    is_within = opening > 0 and "）" in subject[-SHORTEST_RATE:]
    return max(0, opening - SHORTEST_RATE) if is_within else len(subject) - SHORTEST_RATE


def _with_head(item: str, last: str, wording: Wording) -> str:
    sign = SIGN.match(last) if SIGNED.fullmatch(item) else None
    if sign is not None:
        return item + last[sign.end() :]
    if len(item) == 1:
        # 中、高等花艺教育在校生
        return item + last[1:]
    schooled = max((rate for rate in wording.schooling_rates if last.endswith(rate)), key=len, default="")
    if schooled and not item.endswith(wording.rates):
        # 高中阶段、学前教育毛入学率
        return item + schooled
    is_rate = last.endswith(wording.rate_suffix)
    alike_ends = next((ends for ends in wording.thing_ends if is_rate and item[-1] in ends), frozenset[str]())
    cut = max((last.rfind(end) for end in alike_ends), default=-1) + 1
    if 0 < cut <= len(last) - SHORTEST_RATE:
        # 高血压、糖尿病规范管理率; 卫生院、卫生室中医药服务覆盖率
        return item + last[cut:]
    heads = wording.rates if last.endswith(wording.rates) else wording.shared_heads
    if item.endswith((last[-1], *heads)):
        return item
    alike = item[-1:] if item.endswith(wording.modifier_ends) else item[-2:]
    at = last.find(alike)
    if at >= 0 and len(alike) < len(item):
        # 市中心医院、市第二人民医院门急诊量; 三级、四级手术占比
        return item + last[at + len(alike) :]
    at = next((last.find(noun) for noun in wording.shared_nouns if last.find(noun) > 0), 0)
    if at and not item.endswith(wording.shared_nouns):
        return item + last[at:]
    at = next((at for average in wording.averages if (at := last.find(average)) > 0), 0)
    if at and not any(average in item for average in wording.averages):
        # 花农医保、花艺服务经费人均补助标准
        return item + last[at:]
    if last[len(item) : len(item) + 1] in COORDINATORS:
        return item + next(head for head in wording.shared_heads if last.endswith(head))
    rest = last[len(item) :]
    head = max(
        (head for head in (*wording.measures, *wording.shared_heads) if last.endswith(head)), key=len, default=""
    )
    is_alike = any(own == other for own, other in zip(item, last, strict=False))
    is_within = 0 < len(rest) < len(head)
    is_longer = len(rest) - len(head) == 1 or (len(rest) - len(head) >= LONGER_NAME and len(head) >= LONGER_NAME)
    if len(item) > 1 and not is_rate and (is_within or (is_longer and not is_alike)):
        # 苹果、中药材产量; 花具、新品种花苗零售额: the last item is a longer word.
        # 花具、新品种花苗等产业零售额: what closes the list is of all.
        _, closes, of_all = rest.rpartition(ET_CETERA)
        return item + (of_all if closes and of_all.endswith(head) else head)
    kind = next((end for end in wording.kind_ends if len(item) > len(end) + 1 and item.endswith(end)), "")
    if kind and kind in rest and not is_rate:
        # 花艺业、新兴花材业贷款: the kinds are named alike.
        return item + rest[rest.rfind(kind) + len(kind) :]
    if len(item) == 2 or not is_rate:
        return item + rest if len(item) < len(last) - 1 else item
    return item + last[_begin_of_rate(last) :]
