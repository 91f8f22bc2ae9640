"""Figures that say how they differ from the one before: items of lists, values in brackets (列举项与括注)."""

from __future__ import annotations

import re
from itertools import chain

from pipeline.facts.figures import COUNTED, Figure
from pipeline.facts.indicators.inheritance import thing_counted
from pipeline.facts.indicators.reading import Reading, host_of, text_of

# What a bracket sets beside the value before it, and its status.
BESIDE = {"实际": "actual", "实际值": "actual", "上年": "baseline", "去年": "baseline", "上年同期": "baseline"}
AGES = re.compile("(?:\\d+[-—－~至])?\\d+(?:周)?岁(?:及?以[上下])?")
AREA_ITEM = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|苏木|新区|高新区|经开区|开发区|灌区|片区|林区|矿区|库区|示范区)"
)
LIMIT = re.compile(r"\d*(?:\.\d+)?[百千万亿]*元(?:及)?(?:以上|以下)")


def read_item(reading: Reading, figure: Figure, subject: str, start: int, end: int) -> bool:
    """Whether `subject`, the words [start, end), only says how `figure` differs from the one before; its indicator is set then."""
    if _read_beside(reading, figure, subject):
        return True
    item = _item_of_list(reading, figure, subject, start) or _with_attribute(reading, figure, subject, start, end)
    if item:
        figure.indicator, figure.rule = item, "named_part"
    return bool(item)


def _read_beside(reading: Reading, figure: Figure, subject: str) -> bool:
    """控制在10%以内（实际为9.3%）, 增长4.2%（计划目标5.5%）: another value of the figure before the bracket."""
    host = host_of(figure, reading.done)
    if host is None:
        return False
    status = BESIDE.get(subject) or ("target" if subject in reading.wording.aims else None)
    if status is None:
        return False
    figure.indicator, figure.kind, figure.status, figure.rule = host.indicator, host.kind, status, "bracket_part"
    return True


def _item_of_list(reading: Reading, figure: Figure, subject: str, start: int) -> str:
    """齐齐哈尔市3个, 省级1200家: a place or grade alone says whose; what is counted the figure before says."""
    if not subject:
        return ""
    known = chain(reversed(reading.done), reversed(reading.listed_before))
    previous = next((other for other in known if other.quantity.unit == figure.quantity.unit), None)
    host = host_of(figure, reading.done)
    if host is not None and host.quantity.unit == figure.quantity.unit:
        previous = host
    if previous is None or (previous.bracket != figure.bracket and previous is not host):
        return ""
    home = reading.line.home_place(subject)
    if home is not None:
        # 机构8家（城阳区3家、即墨5家）
        figure.place, figure.place_code = home.name, home.adcode or None
        return previous.indicator
    place = reading.line.place_starts.get(reading.text.find(subject, start))
    if place is not None and place.text == subject:
        # 选派医师386人（天津214人）: who acts, not where.
        return previous.indicator if host is None else subject + previous.indicator
    if previous is host:
        return ""
    if AREA_ITEM.fullmatch(subject):
        figure.place = subject
        return previous.indicator
    if LIMIT.fullmatch(subject):
        is_limited = LIMIT.search(previous.indicator)
        return LIMIT.sub(subject, previous.indicator, count=1) if is_limited else subject + previous.indicator
    if AGES.fullmatch(subject) and AGES.search(previous.indicator):
        return AGES.sub(subject, previous.indicator, count=1)
    if subject in reading.wording.grades:
        bare = "" if subject in reading.wording.degrees else subject + previous.indicator
        grade = next((grade for grade in reading.wording.grades if grade in previous.indicator), "")
        return previous.indicator.replace(grade, subject, 1) if grade else bare
    return ""


def _with_attribute(reading: Reading, figure: Figure, subject: str, start: int, end: int) -> str:
    """实施新项目843项，其中填补空白的612项."""
    is_attribute = reading.text.endswith("的", start, figure.quantity.lead)
    if not subject or not is_attribute or figure.quantity.unit_class not in COUNTED:
        return ""
    whole = thing_counted(reading, figure)
    return f"{text_of(reading.text, start, end).removesuffix('的')}的{whole}" if whole else ""
