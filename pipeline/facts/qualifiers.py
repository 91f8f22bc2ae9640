"""Numbers that only qualify, time or name something, and so are no facts (限定与称谓)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import BRACKET_MARKS, COUNTED, Candidate
from pipeline.facts.phrases import PADDING, VERB_ROLES, Line
from pipeline.language.areas import AREA_UNITS
from pipeline.language.function_words import ABLATIVE, ALLATIVE, ATTRIBUTIVE, COPULA, PART_OF
from pipeline.language.lists import LIST_BETWEEN, SEPARATORS_ONLY
from pipeline.language.numerals import FEW, LARGE_SCALES
from pipeline.language.patterns import HAN
from pipeline.language.quantities import Quantity

# Units whose figure is a fact only where something is said to have that value: 平均住院日7.2天, not 30分钟救治圈.
PREDICATE_ONLY = frozenset(["time", "age", "temperature"])
# Units whose limit before a noun only qualifies it: 10亿元以上项目.
QUALIFIES = frozenset(["money", "length", "area", "mass", "volume", "time", "age", "energy", "score"])
# The words between 由 and the value of a change's origin: 由“七五”末的8500万.
LONGEST_ORIGIN = 12
STEPS = re.compile(f"{HAN}{{0,4}}[{''.join(ALLATIVE)}{COPULA}][\\d{''.join(FEW)}]")
# The number of a note before the name that it explains: [3], ③, 12.
NOTE = re.compile(r"\W*\d{0,3}\W*|[①-⑳]")
COLONS = ("：", ":")
BRACKETED = re.compile(r"[（(][^（）()]*[）)]$")
BRACKETS = "）)（("


def is_no_fact(line: Line, figure: Candidate) -> bool:
    """Whether the form tells that the number only qualifies, times or names something."""
    quantity, unit_class = figure.quantity, figure.quantity.unit_class
    if unit_class == "fraction":
        return not (figure.leads_noun or _is_share(line, figure))
    end_of_noun = line.text[max(figure.noun_start, figure.noun_end - 2) : figure.noun_end]
    if unit_class in COUNTED and end_of_noun in line.wording.qualifiers.thresholds:
        return True
    if unit_class in COUNTED and figure.following is None and _is_one_of(line, figure):
        return True
    if unit_class == "bare":
        return _bare_is_no_fact(line, figure)
    if unit_class == "share" and line.text.startswith(line.wording.qualifiers.covers_all, quantity.tail):
        return True
    if quantity.script == "chinese" and quantity.value < 10 and unit_class in COUNTED and _only_names(line, figure):
        return True
    if quantity.script == "chinese" and _sums_up(figure):
        # 排查率、整治率、管控率三个100%
        return True
    if quantity.value_max is not None and line.text.startswith(line.wording.between, quantity.tail):
        # 次均费用在100-200元之间的门诊部
        return True
    if _is_headword(line, figure):
        return True
    if unit_class in QUALIFIES and _only_limits(line, figure):
        return True
    if _only_sizes(line, figure):
        return True
    if unit_class in PREDICATE_ONLY:
        return _is_mere_duration(line, figure)
    if quantity.script == "chinese" and quantity.value == 1 and unit_class in COUNTED:
        # 一所, 一家 count only where something new is told: 建成一所医院, 购置核磁共振一台.
        word = line.ends.get(quantity.lead)
        ends_clause = quantity.tail == figure.high and line.last_word(VERB_ROLES, figure.low, quantity.lead) is not None
        return not ends_clause and (word is None or word.role not in ("new", "make"))
    return False


def _is_one_of(line: Line, figure: Candidate) -> bool:
    """成为全国12个示范县之一: whether the count is of those of which the issuer is one."""
    marks = (line.text.find(mark, figure.quantity.tail, figure.high) for mark in line.wording.qualifiers.one_of)
    return any(figure.noun_start < at and line.list_mark(figure.quantity.tail, at) < 0 for at in marks)


def _is_headword(line: Line, figure: Candidate) -> bool:
    """[3] 四个花园：指…: a name that a note explains."""
    quantity, end = figure.quantity, max(figure.noun_end, figure.quantity.tail)
    if quantity.script != "chinese" or line.text[end : end + 1] not in COLONS:
        return False
    return NOTE.fullmatch(line.text, 0, quantity.start) is not None


def _is_share(line: Line, figure: Candidate) -> bool:
    """比重降至1/4以下, 机构减少四分之一, 占总诊疗量的三分之二: a fraction that something has reached, changed by or makes up."""
    start, lead = figure.own
    left = line.trim_right(start, lead)
    return left.is_reached or left.is_delta or PART_OF in line.text[start:lead]


def _only_limits(line: Line, figure: Candidate) -> bool:
    """Whether the figure is a limit on what another counts: 10亿元以上项目, 影响因子10分以上的30篇, 过亿元项目64个, 20公里范围内."""
    quantity, following = figure.quantity, figure.following
    if line.text.startswith(line.wording.within, quantity.tail):
        return True
    behind = figure.noun_end if figure.leads_noun else quantity.tail
    between = line.text[behind : following.quantity.lead] if following is not None else None
    counts = between in ("", ATTRIBUTIVE)
    if quantity.tail > quantity.end and quantity.comparator in (">=", "<="):
        return figure.leads_noun or counts
    if figure.leads_noun and line.text.endswith(line.wording.speeds, 0, quantity.lead):
        # 时速120公里路段占比
        return True
    noun = line.text[figure.noun_start : figure.noun_end]
    is_named = quantity.unit in line.wording.qualifiers.naming_units or noun.endswith(line.wording.named_by_limit)
    if counts and figure.leads_noun and is_named:
        # 10千伏线路67千米, 公交站点500米覆盖率100%, 400毫升献血率68%
        return True
    is_over = quantity.comparator == ">" and quantity.lead < quantity.start
    counted = figure.previous
    if (
        is_over
        and counted is not None
        and counted.quantity.unit_class in COUNTED
        and counted.noun_start <= figure.left <= counted.noun_end
        and line.text.startswith(ATTRIBUTIVE, quantity.tail)
    ):
        # 200个投资超亿元的文旅项目
        return True
    if (
        is_over
        and quantity.unit_class == "money"
        and noun.endswith(line.wording.counted_ends)
        and line.text.startswith(LIST_BETWEEN, figure.noun_end)
    ):
        # 营收过亿元花企、纳税超千万元花企分别达到20家、5家
        return True
    if not is_over or following is None or following.leads_noun:
        return False
    if counts:
        return figure.leads_noun or between == ATTRIBUTIVE
    # 过亿元企业达到36家
    linked = line.trim_right(behind, following.quantity.lead)
    is_amount = quantity.unit_class in ("money", "bare")
    return is_amount and figure.leads_noun and linked.is_reached and linked.end <= behind


def _only_sizes(line: Line, figure: Candidate) -> bool:
    """20户以上自然村, 西部12省（区）平均水平: how large the things are, or whose average it is, not how many there are."""
    quantity, text = figure.quantity, line.text
    words = line.wording.qualifiers
    if quantity.unit[:1] in AREA_UNITS and text.startswith(words.averages, quantity.tail):
        return True
    sized = words.sized.get(quantity.unit)
    is_limited = quantity.tail > quantity.end and quantity.comparator in (">=", "<=", ">", "<")
    return sized is not None and is_limited and sized.match(text, quantity.tail, figure.high) is not None


def _only_names(line: Line, figure: Candidate) -> bool:
    """五项基金征缴收入146亿元, 赣州、上饶两市高中41个: a count that is part of the name of what the next figure counts."""
    following, quantity = figure.following, figure.quantity
    if quantity.unit in AREA_UNITS and line.text[quantity.tail : quantity.tail + 1] in FEW:
        return True
    if quantity.unit in AREA_UNITS and any(place.end == quantity.start for place in line.places):
        return True
    if following is None or not figure.leads_noun:
        return False
    start = line.trim_left(*figure.own)
    behind = line.text[figure.noun_end : following.quantity.lead]
    return start >= quantity.lead and not behind.strip(PADDING) and not following.leads_noun


def _sums_up(figure: Candidate) -> bool:
    """Whether the number only counts the subjects of the share right behind it."""
    following = figure.following
    return following is not None and following.quantity.lead == figure.quantity.end and following.quantity.unit == "%"


def _is_mere_duration(line: Line, figure: Candidate) -> bool:
    quantity = figure.quantity
    if (
        quantity.unit_class == "age"
        and "." in line.text[quantity.start : quantity.number_end]
        and not figure.leads_noun
    ):
        # 人均预期寿命，2020年78.06岁，2025年79.5岁
        return False
    if _begins_step(line, figure):
        return False
    listed = figure.previous
    if (
        listed is not None
        and listed.quantity.unit_class == quantity.unit_class
        and SEPARATORS_ONLY.fullmatch(line.text, listed.quantity.tail, quantity.lead)
    ):
        # 压减至3小时和12个工作日
        return _is_mere_duration(line, listed)
    if quantity.script == "chinese" and quantity.value == 1 and quantity.value_max is None:
        # 重要的一年
        return True
    if figure.leads_noun or (
        line.text[quantity.lead - 1 : quantity.lead] == ATTRIBUTIVE and quantity.script == "chinese"
    ):
        return True
    start = figure.own[0]
    left = line.trim_right(start, quantity.lead)
    if left.is_delta or left.is_reached:
        return False
    if left.preposition in ABLATIVE and figure.following is not None:
        return figure.following.quantity.unit_class != quantity.unit_class
    if quantity.script == "chinese":
        # 承上启下的重要五年
        return True
    behind = line.text[figure.noun_start : figure.noun_start + 1]
    has_subject = left.end - line.trim_left(start, left.end) >= 3
    return not has_subject or left.preposition != "" or (behind != "" and behind not in PADDING + BRACKET_MARKS)


def is_mere_number(text: str, quantity: Quantity) -> bool:
    """Whether a number without a unit is no fact of the sentence `text` whatever its words are: an item's number, or one that goes on in words."""
    if quantity.unit_class != "bare" or text[quantity.number_end - 1] in LARGE_SCALES:
        return False
    if text[quantity.lead - 1 : quantity.lead] in ABLATIVE[:2] and STEPS.match(text, quantity.tail):
        # CMI值由0.86提升到0.92
        return "." not in text[quantity.start : quantity.number_end]
    return not _at_end(text, quantity) or not text[: quantity.lead].strip(PADDING + BRACKETS)


def _at_end(text: str, quantity: Quantity) -> bool:
    following = text[quantity.tail : quantity.tail + 1]
    return not following or following in PADDING or following in BRACKETS


def _begins_step(line: Line, figure: Candidate) -> bool:
    """由改革前的8500万减少到6500万: the value that a change begins with."""
    quantity = figure.quantity
    said = line.text[max(figure.low, quantity.lead - LONGEST_ORIGIN) : quantity.lead]
    return any(word in said for word in ABLATIVE[:2]) and STEPS.match(line.text, quantity.tail) is not None


def _bare_is_no_fact(line: Line, figure: Candidate) -> bool:
    quantity, text = figure.quantity, line.text
    if is_mere_number(text, quantity):
        return True
    if text[quantity.number_end - 1] in LARGE_SCALES:
        # 产值超百亿的企业5家: an amount whose 元 is left out limits as one with it does.
        is_told = figure.leads_noun or _at_end(text, quantity) or _begins_step(line, figure)
        return not is_told or _only_limits(line, figure)
    left = line.trim_right(*figure.own)
    subject = BRACKETED.sub("", text[figure.low : left.end])
    is_decimal = "." in text[quantity.start : quantity.number_end]
    scored = subject.endswith(line.wording.scored) and (is_decimal or left.is_reached or quantity.lead < quantity.start)
    return not (scored or ((left.is_reached or left.is_delta) and is_decimal))
