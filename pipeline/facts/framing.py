"""Frames the quantities of a sentence: the noun behind each, and where the words of the next begin (数量的界限)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.facts.figures import (
    AMONG,
    BRACKET_MARKS,
    CARRIED_OUT,
    EXISTS,
    LIMIT_SIGNS,
    ON_TOP_OF,
    SPENT_ON,
    THRESHOLDS,
    Figure,
    right_end,
)
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import CONJUNCTIONS, ENDS_NOUN, PADDING, VERB_ROLES, Line
from pipeline.facts.qualifiers import is_no_fact
from pipeline.language.quantities import Quantity

SCHOOLS = ("高中", "初中", "完中", "职中", "集中", "其中", "一中", "二中")
# 尚有17个百分点缺口
GAPS = ("缺口", "差距", "的缺口", "的差距")
# 在原有12个试点县基础上
EXISTING = re.compile("[原现已]有|原来")
LIMIT_BEFORE = re.compile("|".join(LIMIT_SIGNS))
# 不足平时的四成
LIMIT_OF_SIGNS = {"不足": "<", "不到": "<", "超过": ">", "超": ">", "接近": "~"}
LIMIT_OF = re.compile("(不足|不到|超过|超|接近)[\u4e00-\u9fff]{1,6}的$")
LONGEST_LIMITED = 10
PER = re.compile("每[\u4e00-\u9fff]")


def frame(line: Line, quantities: Sequence[Quantity]) -> list[Figure]:
    """The figures of `quantities` with their limits; quantities that are no facts are left out."""
    figures = _framed(line, quantities)
    kept = [figure.quantity for figure in figures if not is_no_fact(line, figure)]
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
        figure.quantity = figure.quantity._replace(lead=found.start())


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
