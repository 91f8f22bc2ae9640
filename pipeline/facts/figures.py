"""A figure in its sentence: which words before and behind a quantity are its own (数量与其词语)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import CONJUNCTIONS, ENDS_NOUN, PADDING, TIME_LEFT, VERB_ROLES, Line
from pipeline.facts.quantities import Quantity

# The rules that make facts; docs/rules.md has an example of each, which a test reads.
RULES = (
    "figure_of_subject",
    "counted_noun",
    "counted_noun_with_predicate",
    "share_of",
    "share_of_whole",
    "amount_of_noun",
    "change",
    "gap",
    "from_to",
    "respectively",
    "inherited_subject",
    "bracket_part",
    "named_part",
    "reference_value",
)
COUNTED = frozenset(["count", "people"])
# Units whose figure is a fact only where something is said to have that value: 平均住院日7.2天, not 30分钟救治圈.
PREDICATE_ONLY = frozenset(["time", "age", "temperature"])
# Units whose limit before a noun only qualifies it: 10亿元以上项目.
QUALIFIES = frozenset(["money", "length", "area", "mass", "volume", "time", "age", "energy", "score"])
STARTING_PREPOSITIONS = ("由", "从", "自")
EXISTS = "有"
CARRIED_OUT = frozenset(["实施", "完成", "开展", "推进", "启动"])
SCHOOLS = ("高中", "初中", "完中", "职中", "集中", "其中", "一中", "二中")
AMONG = ("中", "里", "之中", "当中")
NUMBERED = frozenset("一二三四五六七八九十两")
AREAS = frozenset("省市县区州旗镇乡村")
# 迈上4100亿元台阶, 突破万亿元大关: what was reached, not what is counted.
THRESHOLDS = ("台阶", "大关", "关口", "门槛")
# 尚有17个百分点缺口
GAPS = ("缺口", "差距", "的缺口", "的差距")
# 在2022年35%的基础上每年提升1个百分点
EXISTING = re.compile("[原现已]有|原来")
ON_TOP_OF = re.compile("的?基础上")
LIMIT_SIGNS = {"至少": ">=", "不少于": ">=", "不低于": ">=", "不超过": "<=", "不高于": "<=", "最多": "<="}
LIMIT_BEFORE = re.compile("|".join(LIMIT_SIGNS))
# 不足平时的四成
LIMIT_OF_SIGNS = {"不足": "<", "不到": "<", "超过": ">", "超": ">", "接近": "~"}
LIMIT_OF = re.compile("(不足|不到|超过|超|接近)[\u4e00-\u9fff]{1,6}的$")
LONGEST_LIMITED = 10
PER = re.compile("每[\u4e00-\u9fff]")
NAMING_UNITS = frozenset(["千伏", "伏"])
NAMED_BY_LIMIT = ("率", "服务圈", "生活圈", "健身圈", "就医圈")
WITHIN = ("范围", "半径")
SPENT_ON = frozenset(
    [
        "建设",
        "新建",
        "改造",
        "实施",
        "用于",
        "支持",
        "推进",
        "购置",
        "开展",
        "改建",
        "扩建",
        "修缮",
        "资助",
        "补助",
        "奖励",
    ]
)
SCALED = "万亿千百"
STEPS = re.compile(r"[\u4e00-\u9fff]{0,4}[到至为]\d")
BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")
SCORED = (
    "人次",
    "率",
    "度",
    "数",
    "指标",
    "均值",
    "值",
    "指数",
    "系数",
    "强度",
    "得分",
    "分数",
    "比",
    "增加值率",
    "值为",
)
BRACKET_MARKS = "（(）)”’"
BRACKETS = "）)（("
SEPARATORS_ONLY = re.compile(r"[、，,和及以与\s]*")


@dataclass(eq=False)
class Figure:
    """A quantity and what the reading has found of it so far; positions are in the sentence.

    `base` is where the sentence begins; `topic` is what later figures lean on where it is not the indicator; `verb` is a verb (新增) that later items of a list share, `act` one (查办) that only governs its noun; `thing` is the noun without what was said of it; `left` is where its own words begin, [noun_start, noun_end) the noun behind it (5个X), empty where there is none.
    """

    quantity: Quantity
    low: int
    high: int
    left: int
    bracket: tuple[int, int] | None
    comparator: str
    previous: Figure | None = field(default=None, repr=False)
    following: Figure | None = field(default=None, repr=False)
    noun_start: int = 0
    noun_end: int = 0
    indicator: str = ""
    kind: str = "level"
    status: str = ""
    place: str | None = None
    place_code: str | None = None
    period: str | None = None
    part_of: Figure | None = None
    rule: str = ""
    verb: str = ""
    act: str = ""
    thing: str = ""
    is_leaning: bool = False
    topic: str = ""
    base: int = 0

    @property
    def leads_noun(self) -> bool:
        """Whether the counted noun stands behind the figure."""
        return self.noun_end > self.noun_start


def frame(line: Line, quantities: Sequence[Quantity]) -> list[Figure]:
    """The figures of `quantities` with their limits; quantities that are no facts are left out."""
    figures = _framed(line, quantities)
    kept = [figure.quantity for figure in figures if not _is_no_fact(line, figure)]
    return figures if len(kept) == len(figures) else _framed(line, kept)


def _framed(line: Line, quantities: Sequence[Quantity]) -> list[Figure]:
    figures: list[Figure] = []
    for quantity in quantities:
        low, high = line.clause(quantity.start)
        figure = Figure(quantity, low, high, low, line.bracket_of(quantity.start), quantity.comparator)
        for other in reversed(figures):
            if other.bracket == figure.bracket:
                if other.low == low:
                    figure.previous, other.following = other, figure
                break
        figures.append(figure)
    occupied = [figure.bracket for figure in figures if figure.bracket]
    for figure in figures:
        _bound(line, figure, occupied)
    for figure in figures:
        if figure.comparator == "=":
            _compare_before_verb(line, figure)
    return figures


def _compare_before_verb(line: Line, figure: Figure) -> None:
    """至少建成1个, 不低于每生每年500元: the comparator stands before the verb or the denominator."""
    start, lead = max(figure.left, figure.low), figure.quantity.lead
    whole = LIMIT_OF.search(line.text, max(start, lead - LONGEST_LIMITED), lead)
    if whole and figure.quantity.unit_class == "share":
        figure.comparator = LIMIT_OF_SIGNS[whole[1]]
        return
    limits = [*LIMIT_BEFORE.finditer(line.text, max(start, lead - LONGEST_LIMITED), lead)]
    if not limits or limits[-1].end() == lead:
        return
    found = limits[-1]
    at = found.end()
    while at < lead:
        word, per = line.starts.get(at), PER.match(line.text, at, lead)
        if word is not None and word.role in ("new", "make", "act", "nominal", "time", "adv") and word.end <= lead:
            at = word.end
        elif per:
            at = per.end()
        else:
            return
    figure.comparator = LIMIT_SIGNS[found[0]]
    if PER.match(line.text, found.end(), lead):
        figure.quantity.lead = found.start()


def right_end(line: Line, figure: Figure, occupied: Sequence[tuple[int, int]] | None = None) -> int:
    """Where the figure's words on its right end: at the next figure, a bracket with figures, the quotation's or the clause's end."""
    tail, end = figure.quantity.tail, figure.following.quantity.lead if figure.following else figure.high
    closing = line.text.find("”", tail, end)
    if closing >= 0 and line.text.find("“", tail, closing) < 0:
        # “新建3所托育园”的任务
        end = closing
    on_top = ON_TOP_OF.search(line.text, tail, end)
    if on_top:
        # 在原有12个试点县基础上扩大试点
        end = on_top.start()
    for start, close in line.brackets:
        if tail <= start < end:
            holds = (
                (start, close) in occupied if occupied is not None else any(map(str.isdigit, line.text[start:close]))
            )
            if holds:
                return start
    return end


def _bound(line: Line, figure: Figure, occupied: Sequence[tuple[int, int]]) -> None:
    """Find the noun behind the figure and the left limit of the next figure."""
    text, tail = line.text, figure.quantity.tail
    end = right_end(line, figure, occupied)
    start = tail
    while start < end and text[start] == " ":
        start += 1
    on_top = ON_TOP_OF.match(text, start)
    if on_top:
        figure.noun_start = figure.noun_end = start
        figure.status = "baseline"
        return _set_next_left(line, figure, on_top.end(), occupied)
    has_particle = text.startswith("的", start)
    start += has_particle
    figure.noun_start = figure.noun_end = start
    if (
        start >= end
        or text[start] in PADDING
        or text[start] in BRACKET_MARKS
        or text.startswith((*CONJUNCTIONS, *THRESHOLDS), start)
        or (figure.quantity.unit_class == "points" and text.startswith(GAPS, start))
    ):
        return _set_next_left(line, figure, tail, occupied)
    skipped = _behind_time_and_verbs(line, start, end)
    word = line.starts.get(skipped)
    if word and not has_particle and figure.quantity.unit_class == "money" and word.text in SPENT_ON:
        return _set_next_left(line, figure, start, occupied)
    if word and word.role in ENDS_NOUN and not has_particle and not _begins_noun(line, word, figure, end):
        return _set_next_left(line, figure, start, occupied)
    start = skipped
    stop = end
    if figure.following and end == figure.following.quantity.lead:
        stop = _list_break(line, start, end) or end
    first = line.first_word(ENDS_NOUN, start + 1, stop)
    if first and not _is_work_done(line, figure, stop, end):
        stop = first.start
    while stop > start and text[stop - 1] in PADDING:
        stop -= 1
    among = next((mark for mark in AMONG if text.endswith(mark, start + 1, stop)), "")
    behind = stop
    if among and figure.following is not None and stop < end:
        stop -= len(among)
    elif (
        among == "中"
        and stop == figure.high
        and text[stop : stop + 1] in ("，", ",")
        and not _ends_in_middle(text, stop)
    ):
        # 57家乡镇卫生院中，54家达到基本标准
        stop -= 1
    figure.noun_start, figure.noun_end = start, stop
    on_top = ON_TOP_OF.match(text, stop)
    if on_top:
        # 完成10项任务基础上 only says what was done first.
        is_base = on_top[0].startswith("的") or EXISTING.search(text, figure.low, figure.quantity.lead)
        figure.status, behind = "baseline" if is_base else "", on_top.end()
    return _set_next_left(line, figure, behind, occupied)


def _ends_in_middle(text: str, stop: int) -> bool:
    """Whether the 中 that ends here belongs to a word."""
    return text.endswith(SCHOOLS, 0, stop)


def _is_work_done(line: Line, figure: Figure, stop: int, end: int) -> bool:
    """完成5座山塘改扩建: the work that is done on what is counted, named to the end of the clause."""
    left = line.trim_right(max(figure.left, figure.low), figure.quantity.lead).end
    governor = line.ends.get(left)
    if stop != end or end != figure.high or governor is None or governor.text not in CARRIED_OUT:
        return False
    for ending in ("工作", "任务", "工程"):
        end -= len(ending) if line.text.endswith(ending, 0, end) else 0
    last = line.ends.get(end)
    return (
        last is not None
        and last.role in ("nominal", "new", "act")
        and "并" not in line.text[figure.quantity.tail : end]
    )


def _behind_time_and_verbs(line: Line, start: int, end: int) -> int:
    """Behind a time word and 已 that begin a counted noun phrase: 71名2020年以来已招录医生."""
    time = TIME_LEFT.match(line.text, start, end)
    if not time or time.end() >= end - 1:
        return start
    start = time.end()
    word = line.starts.get(start)
    while word and word.role in ("adv", "time", "act") and word.end < end - 1:
        start = word.end
        word = line.starts.get(start)
    return start


def behind_time(line: Line, start: int, end: int) -> int:
    """Behind the time that something is said to be done: 2所9月底前完工."""
    time = TIME_LEFT.match(line.text, start, end)
    word = line.starts.get(start)
    if time:
        return time.end()
    return word.end if word is not None and word.role == "time" and word.end < end else start


def _list_break(line: Line, start: int, end: int) -> int:
    """Where, before the next figure at `end`, a list mark or conjunction ends this figure's words; 0 for nowhere."""
    cut = line.list_mark(start, end)
    for mark in CONJUNCTIONS:
        at = line.text.rfind(mark, start, end)
        if at > max(cut, start) and not line.inside_word(at):
            rest = line.text[line.trim_left(at + len(mark), end) : end].strip(PADDING)
            word = line.starts.get(line.trim_left(at + len(mark), end))
            if not rest or len(rest) <= 8 or (word is not None and word.role in VERB_ROLES):
                cut = at
    return cut if cut > start else 0


def _begins_noun(line: Line, word: Word, figure: Figure, end: int) -> bool:
    """Whether a verb behind a governed figure begins a noun phrase: 梳理35项整改问题."""
    if word.role not in ("act", "make", "time") or word.end >= end:
        return False
    if word.role == "time":
        # 3所当年新建卫生院, not 2所年底前完工
        said = line.starts.get(word.end)
        return said is None or said.role not in ENDS_NOUN or said.end < end
    left = line.trim_right(max(figure.left, figure.low), figure.quantity.lead)
    governor = line.ends.get(left.end)
    return (
        governor is not None
        and governor.role in ("new", "make", "act", "nominal")
        and not governor.text.endswith(EXISTS)
    )


def _set_next_left(line: Line, figure: Figure, left: int, occupied: Sequence[tuple[int, int]]) -> None:
    following = figure.following
    if following is None:
        return
    reach = following.quantity.lead
    for start, close in occupied:
        if left <= start and close < reach:
            left = close + 1
    cut = line.list_mark(left, reach)
    following.left = max(left, cut)


def _is_no_fact(line: Line, figure: Figure) -> bool:
    """Whether the form tells that the number only qualifies, times or names something."""
    quantity, unit_class = figure.quantity, figure.quantity.unit_class
    if unit_class == "fraction":
        return not figure.leads_noun
    if unit_class in COUNTED and line.text[figure.noun_start : figure.noun_end].endswith(THRESHOLDS):
        return True
    if unit_class == "bare":
        return _bare_is_no_fact(line, figure)
    if unit_class == "share" and line.text.startswith("全覆盖", quantity.tail):
        return True
    if quantity.script == "chinese" and quantity.value < 10 and unit_class in COUNTED and _only_names(line, figure):
        return True
    if unit_class in QUALIFIES and _only_limits(line, figure):
        return True
    if unit_class in PREDICATE_ONLY:
        return _is_mere_duration(line, figure)
    if quantity.script == "chinese" and quantity.value == 1 and unit_class in COUNTED:
        # 一所, 一家 count only where something new is told: 建成一所医院, 购置核磁共振一台.
        word = line.ends.get(quantity.lead)
        ends_clause = quantity.tail == figure.high and line.last_word(VERB_ROLES, figure.low, quantity.lead) is not None
        return not ends_clause and (word is None or word.role not in ("new", "make"))
    return False


def _only_limits(line: Line, figure: Figure) -> bool:
    """Whether the figure is a limit on what another counts: 10亿元以上项目, 影响因子10分以上的30篇, 过亿元项目64个, 20公里范围内."""
    quantity, following = figure.quantity, figure.following
    if line.text.startswith(WITHIN, quantity.tail):
        return True
    behind = figure.noun_end if figure.leads_noun else quantity.tail
    between = line.text[behind : following.quantity.lead] if following is not None else None
    counts = between in ("", "的")
    if quantity.tail > quantity.end and quantity.comparator in (">=", "<="):
        return figure.leads_noun or counts
    noun = line.text[figure.noun_start : figure.noun_end]
    is_named = quantity.unit in NAMING_UNITS or noun.endswith(NAMED_BY_LIMIT)
    if counts and figure.leads_noun and is_named:
        # 10千伏线路67千米, 公交站点500米覆盖率100%, 400毫升献血率68%
        return True
    is_over = quantity.comparator == ">" and quantity.lead < quantity.start
    if not is_over or following is None or following.leads_noun:
        return False
    if counts:
        return figure.leads_noun or between == "的"
    # 过亿元企业达到36家
    linked = line.trim_right(behind, following.quantity.lead)
    return quantity.unit_class == "money" and figure.leads_noun and linked.is_reached and linked.end <= behind


def _only_names(line: Line, figure: Figure) -> bool:
    """五项基金征缴收入146亿元, 赣州、上饶两市高中41个: a count that is part of the name of what the next figure counts."""
    following, quantity = figure.following, figure.quantity
    if quantity.unit in AREAS and line.text[quantity.tail : quantity.tail + 1] in NUMBERED:
        return True
    if quantity.unit in AREAS and any(place.end == quantity.start for place in line.places):
        return True
    if following is None or not figure.leads_noun:
        return False
    start = line.trim_left(max(figure.left, figure.low), quantity.lead)
    behind = line.text[figure.noun_end : following.quantity.lead]
    return start >= quantity.lead and not behind.strip(PADDING) and not following.leads_noun


def _is_mere_duration(line: Line, figure: Figure) -> bool:
    quantity = figure.quantity
    if (
        quantity.unit_class == "age"
        and "." in line.text[quantity.start : quantity.number_end]
        and not figure.leads_noun
    ):
        # 人均预期寿命，2020年78.06岁，2025年79.5岁
        return False
    if figure.leads_noun or (line.text[quantity.lead - 1 : quantity.lead] == "的" and quantity.script == "chinese"):
        return True
    start = max(figure.left, figure.low)
    left = line.trim_right(start, quantity.lead)
    if left.is_delta or left.is_reached:
        return False
    if left.preposition in STARTING_PREPOSITIONS and figure.following is not None:
        return figure.following.quantity.unit_class != quantity.unit_class
    behind = line.text[figure.noun_start : figure.noun_start + 1]
    has_subject = left.end - line.trim_left(start, left.end) >= 3
    return not has_subject or left.preposition != "" or (behind != "" and behind not in PADDING + BRACKET_MARKS)


def is_mere_number(text: str, quantity: Quantity) -> bool:
    """Whether a number without a unit is no fact of the sentence `text` whatever its words are: an item's number, or one that goes on in words."""
    if quantity.unit_class != "bare" or text[quantity.number_end - 1] in SCALED:
        return False
    if text[quantity.lead - 1 : quantity.lead] in ("由", "从") and STEPS.match(text, quantity.tail):
        # CMI值由0.86提升到0.92
        return "." not in text[quantity.start : quantity.number_end]
    return not _at_end(text, quantity) or not text[: quantity.lead].strip(PADDING + BRACKETS)


def _at_end(text: str, quantity: Quantity) -> bool:
    following = text[quantity.tail : quantity.tail + 1]
    return not following or following in PADDING or following in BRACKETS


def _bare_is_no_fact(line: Line, figure: Figure) -> bool:
    quantity, text = figure.quantity, line.text
    if is_mere_number(text, quantity):
        return True
    if text[quantity.number_end - 1] in SCALED:
        return not (figure.leads_noun or _at_end(text, quantity))
    left = line.trim_right(max(figure.left, figure.low), quantity.lead)
    subject = BRACKETED.sub("", text[figure.low : left.end])
    is_decimal = "." in text[quantity.start : quantity.number_end]
    scored = subject.endswith(SCORED) and (is_decimal or left.is_reached or quantity.lead < quantity.start)
    return not (scored or ((left.is_reached or left.is_delta) and is_decimal))
