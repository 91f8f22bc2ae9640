"""When a figure holds (时间): the time the text itself states for it, as printed and as dates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from pipeline.facts.figures import Figure
from pipeline.facts.phrases import PADDING, Line, closed_before
from pipeline.records import Document

YEAR = r"(?:19|20)\d{2}"
PERIOD = re.compile(
    rf"(?P<with>从|与)?(?P<printed>(?:截至|截止|到|至|自)?(?:(?P<first>{YEAR})\s?(?:[-－–—~～至到]\s?(?P<last>{YEAR})\s?)?年度?(?P<month>(?:\d{{1,2}}\s?[-－–—~～至到]\s?)?\d{{1,2}}月)?(?P<day>\d{{1,2}}日)?"
    r"(?P<part>上半年|下半年|前三季度|第?[一二三四]季度|年?底前|年?底|年?末|以来|起)?(?P<of>的)?"
    r"|今年以来|今年上半年|今年(?:\d{1,2}\s?[-－–—~～至到]\s?)?\d{1,2}月份?|今年|去年底|去年末|去年|上年末|上年|明年|上半年|下半年|前三季度|第?[一二三四]季度|全年|年内|年底前|年底|年末"
    r"|[近过]?[一三五十两]年来|“十[一二三四五六]五”(?:期间|时期|以来|末)?|每年|每月|每周|每天|每日|每季度|本年度|新的一年"
    r"|(?<=[由从])[\u4e00-\u9fff]{1,5}?(?:前|初|初期|时|目前)(?=的)"
    r"|(?:截至|截止|到|至|自)?(?:\d{1,2}\s?[-－–—~～至到]\s?)?\d{1,2}月(?:\d{1,2}日)?(?:底前|底|末|以来|起)?份?))"
)
# No time is said without one of these; the search for them is one scan.
HINT = re.compile("[年季每月期前初时]")
# Where a time may begin; trying only there is many times faster than searching for the whole pattern.
START = re.compile(r"[年从与截到至自\d今去上明下前第一二三四全年近过五十两“每本新]|(?<=[由从])[\u4e00-\u9fff]")
COMPARED = ("较", "比", "同比", "与", "于", "超", "同")
AGAINST_ANOTHER = re.compile("同比|环比|较|比(?![例重])")
EVENT = re.compile("(?!目前)[^年月季今去明“\\d]+(?:前|初|初期|时)")
NAMING = ("同期", "行动", "计划", "规划", "重点", "目标", "任务", "指标")
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


def set_periods(line: Line, figures: list[Figure], before: str | None = None) -> str | None:
    """Set `period` of the figures: what their clause says, else the time at the head of a clause before.

    `before` is the time that holds from the piece of the sentence before (；). Returns the time that holds for the next.
    """
    found = [match for match in _periods(line.text) if _says_when(line.text, match)] if HINT.search(line.text) else []
    if not found and before is None:
        return None
    heads = [match for match in found if not line.text[line.clause(match.start())[0] : match.start()].strip(PADDING)]
    for figure in figures:
        low = max(figure.left, figure.low) if figure.rule == "from_to" else figure.low
        own = [match for match in found if low <= match.start() and match.end() <= figure.quantity.lead]
        carried = [
            match
            for match in heads
            if match.start() < figure.low
            and "年前" not in match[0]
            and not closed_before(line.text, match.start(), figure.low)
        ]
        chosen = own[-1] if own else None
        if chosen is not None:
            figure.period = _printed(chosen)
        elif figure.rule not in ("gap", "from_to") and (figure.kind == "level" or _has_own_subject(line.text, figure)):
            figure.period = _printed(carried[-1]) if carried else before
        elif (
            figure.rule == "from_to" and figure.previous is not None and (figure.previous.period or "").startswith("每")
        ):
            # 由每月180元增至203元
            figure.period = figure.previous.period
    # Beyond a semicolon neither 每月 nor the report's own year says more than the report does.
    lasting = [
        match
        for match in heads
        if not match["printed"].startswith(("每", "今年", "目前"))
        and not closed_before(line.text, match.start(), len(line.text))
    ]
    return _printed(lasting[-1]) if lasting else before


def _has_own_subject(text: str, figure: Figure) -> bool:
    """Whether a change is told of a subject of its own (生产总值增长6%), not of the figure before or against another time."""
    return figure.rule == "change" and not AGAINST_ANOTHER.search(text, figure.low, figure.quantity.lead)


def _printed(match: re.Match[str]) -> str:
    return match["printed"].removesuffix("的")


def _periods(text: str) -> Iterator[re.Match[str]]:
    """The times in `text`, left to right, without overlap."""
    reached = 0
    for start in START.finditer(text):
        match = PERIOD.match(text, start.start()) if start.start() >= reached else None
        if match:
            yield match
            reached = match.end()


def _says_when(text: str, match: re.Match[str]) -> bool:
    """Whether the time is the figure's own and not the base of a comparison (较2023年) or part of a name."""
    if text.endswith(COMPARED, 0, match.start()) or match["with"] == "与":
        return False
    return not text.startswith(NAMING, match.end())


def dates_of(document: Document, period: str | None) -> tuple[date | None, date | None]:
    """First and last day of `period` as printed; without one, or with 每月 and the like, the report's own period.

    Both are None for a time that no calendar knows: 改革前, 疫情初期.
    """
    own = (document.period_start, document.period_end)
    if period is None or period.startswith("每"):
        return own
    if EVENT.fullmatch(period):
        return None, None
    period = period.removeprefix("截至").removeprefix("截止").removeprefix("到").removeprefix("至").removeprefix("自")
    match = re.match(rf"({YEAR})(?:\D({YEAR}))?\s?年度?(.*)", period)
    if match:
        first, last = int(match[1]), int(match[2] or match[1])
        if months := _months(first, match[3]):
            return months
        if match[3] in ("以来", "起"):
            return date(first, 1, 1), document.period_end
        return _part_of_year(first, last, match[3])
    if document.period_end is None:
        return own
    year = document.period_end.year + {"去": -1, "上年": -1, "明": 1, "新": int(document.doc_type != "plan")}.get(
        period[:2] if period.startswith("上年") else period[:1], 0
    )
    if period.startswith(("今年以来", "“", "近", "过")) or period[0] in "一三五十两":
        return own
    return _months(year, period) or _part_of_year(year, year, period)


def _months(year: int, printed: str) -> tuple[date, date] | None:
    """The days of 9月, 1—9月 and, from the year's beginning, 9月底前; None for what is no month."""
    match = re.match(r"(?:今年)?(?:(\d{1,2})\s?[-－–—~～至到]\s?)?(\d{1,2})月(?:\d{1,2}日)?(.*)", printed)
    if not match or not 1 <= int(match[2]) <= 12 or not 1 <= int(match[1] or 1) <= int(match[2]):
        return None
    last = int(match[2])
    first = int(match[1]) if match[1] else 1 if match[3].startswith("底") else last
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _part_of_year(first: int, last: int, part: str) -> tuple[date, date]:
    if "上半年" in part:
        return date(first, 1, 1), date(last, 6, 30)
    if "下半年" in part:
        return date(first, 7, 1), date(last, 12, 31)
    if "前三季度" in part:
        return date(first, 1, 1), date(last, 9, 30)
    quarter = re.search(r"([一二三四])季度", part)
    if quarter:
        month = 3 * QUARTERS[quarter[1]]
        return date(first, month - 2, 1), date(last, month, monthrange(last, month)[1])
    return date(first, 1, 1), date(last, 12, 31)
