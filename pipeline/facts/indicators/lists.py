"""Figures that say how they differ from the one before: items of lists, values in brackets (列举项与括注)."""

from __future__ import annotations

from itertools import chain

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.claims import Claim, Rule
from pipeline.facts.indicators.inheritance import thing_counted
from pipeline.facts.indicators.reading import Named, Reading, host_of, text_of
from pipeline.facts.phrases import VERB_ROLES
from pipeline.language.function_words import ATTRIBUTIVE
from pipeline.language.limits import AGES, AMOUNTS

BESIDE_IN_BRACKET = Rule(
    "value_beside",
    "indicator",
    "A bracket sets the aim, the outcome or the earlier value beside the value before it.",
    "生产总值增长4.2%（计划目标5.5%）。",
    "生产总值",
)
STATUS_BESIDE = Rule(
    "status_in_bracket",
    "status",
    "The words of the bracket say which of the two it is.",
    "生产总值增长4.2%（计划目标5.5%）。",
    "target",
)
KIND_BESIDE = Rule(
    "kind_beside",
    "kind",
    "The value in the bracket is of the kind of the one before it.",
    "生产总值增长4.2%（计划目标5.5%）。",
    "delta",
)
ITEM = Rule(
    "item_of_list",
    "indicator",
    "A place, grade, age or limit alone says whose; what is counted the figure before says.",
    "选派医师省级12名、市级30名。",
    "选派医师市级",
)
ATTRIBUTE = Rule(
    "attribute_of_whole",
    "indicator",
    "An attribute with 的 takes the noun counted before.",
    "实施新项目84项，其中填补空白的12项。",
    "填补空白的新项目",
)
HOME_ITEM = Rule(
    "place_of_item",
    "place",
    "The item of a list is a place of the issuer's territory.",
    "全市有机构8家，其中城阳区3家。",
    "城阳区",
)
AREA_OF_ITEM = Rule(
    "area_of_item",
    "place",
    "The item of a list is a town, street or zone.",
    "全市建成机构8家、前湾街道3家。",
    "前湾街道",
)


def read_item(reading: Reading, figure: Candidate, subject: str, start: int, end: int) -> Named | None:
    """What `figure` counts where `subject`, the words [start, end), only says how it differs from the one before."""
    beside = _beside(reading, figure, subject, start, end)
    if beside is not None:
        return beside
    text, claims = _item_of_list(reading, figure, subject, start)
    rule = ITEM
    if not text:
        text, rule = _with_attribute(reading, figure, subject, start, end), ATTRIBUTE
    return Named(text, (start, end), rule, "named_part", more=claims) if text else None


def _beside(reading: Reading, figure: Candidate, subject: str, start: int, end: int) -> Named | None:
    """控制在10%以内（实际为9.3%）, 增长4.2%（计划目标5.5%）: another value of the figure before the bracket."""
    host = host_of(figure, reading.done)
    if host is None:
        return None
    status = reading.wording.beside_values.get(subject) or ("target" if subject in reading.wording.aims else None)
    if status is None:
        return None
    words, number = (start, end), figure.number
    claims = (
        STATUS_BESIDE.of(number, status, words),
        KIND_BESIDE.of(number, host.kind, host.words_of("kind", figure.base)),
    )
    return Named(
        host.indicator, host.words_of("indicator", figure.base), BESIDE_IN_BRACKET, "bracket_part", more=claims
    )


def _item_of_list(reading: Reading, figure: Candidate, subject: str, start: int) -> tuple[str, tuple[Claim, ...]]:
    """齐齐哈尔市3个, 省级1200家: a place or grade alone says whose; what is counted the figure before says. With the place that it claims."""
    if not subject:
        return "", ()
    known = chain(reversed(reading.done), reversed(reading.listed_before))
    previous = next((other for other in known if other.quantity.unit == figure.quantity.unit), None)
    host = host_of(figure, reading.done)
    if host is not None and host.quantity.unit == figure.quantity.unit:
        previous = host
    if previous is None and figure.quantity.unit_class == "share" and AMOUNTS.fullmatch(subject):
        # 花村存款达到8万元，20万元以上的达到30%: those who have so much.
        last = reading.done[-1] if reading.done else None
        is_money = last is not None and last.quantity.unit_class == "money" and last.kind == "level"
        return (last.indicator + subject if last is not None and is_money else ""), ()
    if previous is None or (previous.bracket != figure.bracket and previous is not host):
        return "", ()
    at = reading.text.find(subject, start)
    words = (at, at + len(subject)) if at >= 0 else figure.own
    home = reading.line.home_place(subject)
    if home is not None:
        # 机构8家（城阳区3家、即墨5家）
        return previous.indicator, (HOME_ITEM.of(figure.number, (home.name, home.adcode or None), words),)
    place = reading.line.place_starts.get(at)
    if place is not None and place.text == subject:
        # 选派医师386人（天津214人）: who acts, not where.
        return (previous.indicator if host is None else subject + previous.indicator), ()
    if previous is host:
        return "", ()
    is_made = reading.line.last_word(VERB_ROLES, figure.own[0], words[0]) is not None
    if reading.wording.places.area_of_item.fullmatch(subject) and not is_made:
        # but not 打造单产示范区2万亩
        return previous.indicator, (AREA_OF_ITEM.of(figure.number, (subject, None), words),)
    if AMOUNTS.fullmatch(subject):
        is_limited = AMOUNTS.search(previous.indicator)
        return (AMOUNTS.sub(subject, previous.indicator, count=1) if is_limited else subject + previous.indicator), ()
    if AGES.fullmatch(subject) and AGES.search(previous.indicator):
        return AGES.sub(subject, previous.indicator, count=1), ()
    if reading.wording.money.paid_by.fullmatch(previous.indicator):
        # 中央资金4亿元，省级6亿元: one level beside another.
        return "", ()
    if subject in reading.wording.grades:
        bare = "" if subject in reading.wording.degrees else subject + previous.indicator
        grade = next((grade for grade in reading.wording.grades if grade in previous.indicator), "")
        if not grade:
            return bare, ()
        # 市级以上龙头企业60家，其中国家级4家
        limits = reading.wording.parts.level_limits
        limit = next((limit for limit in limits if grade + limit in previous.indicator), "")
        return previous.indicator.replace(grade + limit, subject, 1), ()
    return "", ()


def _with_attribute(reading: Reading, figure: Candidate, subject: str, start: int, end: int) -> str:
    """实施新项目843项，其中填补空白的612项."""
    is_attribute = reading.text.endswith(ATTRIBUTIVE, start, figure.quantity.lead)
    if not subject or not is_attribute or figure.quantity.unit_class not in COUNTED:
        return ""
    whole = thing_counted(reading, figure)
    # 填补空白的12项，领先的5项: each attribute is of the things themselves.
    whole = whole.rpartition(ATTRIBUTIVE)[2] or whole
    for total in reading.wording.topics.totals:
        # 花企总数达到80家，其中产值过亿元的9家
        whole = whole.removesuffix(total) or whole
    return f"{text_of(reading.text, start, end).removesuffix(ATTRIBUTIVE)}{ATTRIBUTIVE}{whole}" if whole else ""
