"""When a figure holds (时间): the time the text itself states for it, as printed and as dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.facts.candidates import ON_TOP_OF, Candidate
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.phrases import PADDING, Line, closed_before
from pipeline.language.function_words import ATTRIBUTIVE, COPULA, EVERY, RESPECTIVELY
from pipeline.language.time_contexts import (
    AFTER_THE_REPORT,
    AGAINST,
    AGAINST_ANOTHER,
    BEGINS,
    COMPARED_TO,
    COMPARED_WITH_TIME,
    FROM_THE_REPORT,
    LEADS,
    OVER_YEARS,
    THIS_YEAR,
    YEAR,
    YEAR_BEGINNING,
    YEARS_AGO,
)
from pipeline.language.times import Reference, Time, days, times_in
from pipeline.records import Document
from pipeline.report_parts import ReportParts

VALUE = re.compile(f"{ATTRIBUTIVE}?[0-9]")


OWN = Rule(
    "time_before_figure", "period", "The clause states a time before the figure.", "2022年引进医师40名。", "2022年"
)
CARRIED = Rule(
    "time_at_head",
    "period",
    "A time at the head of an earlier clause holds on.",
    "上半年，运行平稳，引进医师40名。",
    "上半年",
)
OF_LIST = Rule(
    "time_of_list",
    "period",
    "With 分别, each of the figures has one of the times.",
    "2023年、2024年签约率分别为60%和63%。",
    "2024年",
)
LASTING = Rule(
    "time_of_sentence_before",
    "period",
    "A time holds on behind a semicolon.",
    "2022年，引进医师40名；新增床位5张。",
    "2022年",
)
OF_COMPARISON = Rule(
    "time_compared_with",
    "period",
    "An earlier value that is compared with holds at the time before it.",
    "门诊3200人次，比2022年（2500人次）增长28%。",
    "2022年",
)
OF_ORIGIN = Rule(
    "time_of_origin", "period", "每月 holds for both values of a change.", "补助标准由每月180元增至203元。", "每月"
)


def stated_times(line: Line) -> list[Time]:
    """The times of `line` that say when something is so."""
    return [time for time in line.times if _says_when(line, time)]


def read_periods(
    line: Line, times: Sequence[Time], figures: Sequence[Candidate], before: str | None = None
) -> Iterator[Claim]:
    """The period of each figure: what its clause says, else the time at the head of a clause before, else `before`, which holds from the piece of the sentence before (；)."""
    if not line.times and before is None:
        return
    heads = _heads(line, times)
    listed = _listed_times(line, times, figures)
    for figure in figures:
        if figure.number in listed:
            printed, words = listed[figure.number]
            yield OF_LIST.of(figure.number, printed, words)
            continue
        if (compared := _compared_with(line, figure)) is not None:
            yield OF_COMPARISON.of(figure.number, compared.printed, (compared.start, compared.end))
            continue
        low = figure.own[0] if figure.form == "from_to" else figure.low
        own = [
            time
            for time in times
            if low <= time.start
            and time.end <= figure.quantity.lead
            and not _dates_another(line, time, figure, figures)
        ]
        # 同比（去年同期150例）下降20%: what a bracket says holds in it.
        own = [time for time in own if line.bracket_of(time.start) in (None, figure.bracket)]
        carried = [
            time
            for time in heads
            if time.start < figure.low
            and YEARS_AGO not in time.printed
            and not closed_before(line.text, time.start, figure.low)
        ]
        if own:
            yield OWN.of(figure.number, *_printed(line, own[-1]))
        elif figure.form not in ("gap", "from_to") and (figure.kind == "level" or _has_own_subject(line.text, figure)):
            if carried and base_year(line, figure) is not None:
                # 1992年同1987年相比，钢产量增长42%: of all the years since.
                continue
            if carried:
                yield CARRIED.of(figure.number, *_printed(line, carried[-1]))
            elif before is not None:
                yield LASTING.of(figure.number, before, figure.printed)
        elif (
            figure.form == "from_to"
            and figure.previous is not None
            and (figure.previous.period or "").startswith(EVERY)
        ):
            # 由每月180元增至203元
            yield OF_ORIGIN.of(figure.number, figure.previous.period, figure.previous.words_of("period", figure.base))


def _dates_another(line: Line, time: Time, figure: Candidate, figures: Sequence[Candidate]) -> bool:
    """由上年的68%、85%分别提高到72%、90%: the time before a baseline is that of the baselines alone; 在去年5亿元的基础上增长8%."""
    if ON_TOP_OF.search(line.text, time.end, figure.quantity.lead):
        return True
    if figure.previous is not None and time.end <= figure.previous.quantity.lead:
        between = (figure.previous.quantity.tail, figure.quantity.lead)
        if line.wording.times.turns.match(line.text, *between):
            # 由上年下降4.1%转为增长6.2%
            return True
    if figure.status == "baseline" or figure.form != "respectively" or time.role == "each":
        return False
    return any(
        other.status == "baseline" and line.text[time.end : other.quantity.lead] in ("", ATTRIBUTIVE)
        for other in figures
        if other.low == figure.low and other.number < figure.number
    )


def _listed_times(line: Line, times: Sequence[Time], figures: Sequence[Candidate]) -> dict[int, tuple[str, Span]]:
    """2023年、2024年签约率分别为60%和63%; 2022—2024年床位数分别为100张、120张、150张: one time a figure."""
    listed: dict[int, tuple[str, Span]] = {}
    for first in figures:
        group = [figure for figure in figures if figure.low == first.low and figure.number >= first.number]
        if first.number in listed or len(group) < 2 or RESPECTIVELY not in line.text[slice(*first.own)]:
            continue
        own = [time for time in times if first.low <= time.start and time.end <= first.quantity.lead]
        own = [
            time
            for time in own
            if len(own) == 1
            or any(
                line.text[min(time.end, other.end) : max(time.start, other.start)] in line.wording.time_marks
                for other in own
            )
        ]
        span = own[0].years if len(own) == 1 else None
        if len(own) == len(group):
            listed |= {figure.number: _printed(line, time) for figure, time in zip(group, own, strict=True)}
        elif span is not None and span[1] - span[0] + 1 == len(group):
            words = (own[0].start, own[0].end)
            listed |= {figure.number: (f"{span[0] + place}{YEAR}", words) for place, figure in enumerate(group)}
    return listed


def _compared_with(line: Line, figure: Candidate) -> Time | None:
    """The time of an earlier value that is compared with: 较上年同期的1.2万人次, 比2020年（2.5万人次）增长20%."""
    if figure.status != "baseline" or figure.form == "from_to":
        return None
    listed = figure.previous
    if listed is not None and line.text[listed.quantity.tail : figure.quantity.lead] in line.wording.time_marks:
        # 较2022年的88%、95%
        return _compared_with(line, listed)
    end = figure.quantity.lead if figure.bracket is None else figure.bracket[0]
    return next(
        (
            time
            for time in line.times
            if time.role != "event" and line.text[time.end : end] in ("", ATTRIBUTIVE, COPULA) and time.end <= end
        ),
        None,
    )


def lasting_period(line: Line, times: Sequence[Time], before: str | None) -> str | None:
    """The time that holds for the next piece of the sentence, behind a semicolon."""
    # There neither 每月 nor the report's own year says more than the report does.
    lasting = [
        time
        for time in _heads(line, times)
        if time.role != "each"
        and not time.printed.startswith(THIS_YEAR)
        and not closed_before(line.text, time.start, len(line.text))
    ]
    return _printed(line, lasting[-1])[0] if lasting else before


def _heads(line: Line, times: Sequence[Time]) -> list[Time]:
    """The times that their clause begins with."""
    return [
        time
        for time in times
        if time.printed not in line.wording.passing_times
        and _opens_clause(line, time)
        and not line.wording.times.said_then.search(line.text, time.end, line.clause(time.end)[1])
    ]


def _has_own_subject(text: str, figure: Candidate) -> bool:
    """Whether a change is told of a subject of its own (生产总值增长6%), not of the figure before or against another time."""
    return figure.form == "change" and not AGAINST_ANOTHER.search(text, figure.low, figure.quantity.lead)


def _opens_clause(line: Line, time: Time) -> bool:
    """Whether only 从 or 在 stands before the time, or before that which begins its span."""
    start = _begun(line, time) or time
    return not line.text[line.clause(time.start)[0] : start.start].strip(PADDING + LEADS)


def _begun(line: Line, time: Time) -> Time | None:
    """The time that begins the span which `time` closes: 从2001年发现首例病例截至2024年10月31日."""
    if time.role != "until":
        return None
    low = line.clause(time.start)[0]
    before = (other for other in line.times if low <= other.start and other.end < time.start)
    return next(
        (
            other
            for other in before
            if (other.role == "since" or line.text.endswith(BEGINS, 0, other.start))
            # 从2003年12亿元增加到2009年的31亿元: each of the values has its own.
            and not VALUE.match(line.text, other.end)
        ),
        None,
    )


def _printed(line: Line, time: Time) -> tuple[str, Span]:
    """The words of `time` and where they stand, with those from the time on that begins its span."""
    begun = _begun(line, time)
    start = begun.start if begun else time.start
    return (line.text[start : time.end] if begun else time.printed), (start, time.end)


def _says_when(line: Line, time: Time) -> bool:
    """Whether the time is the figure's own and not the base of a comparison (较2023年) or part of a name."""
    text = line.text
    if time.role == "against" or text.endswith(COMPARED_WITH_TIME, 0, time.start):
        return False
    if time.role == "same_period":
        # 上年同期为2400人, not 较上年同期增长5%
        return AGAINST.search(text, 0, time.start) is None
    if time.printed.endswith(YEAR_BEGINNING) and not text.startswith(ATTRIBUTIVE, time.end):
        # 年初确定的38项: when it was set, not when it holds.
        return False
    return not text.startswith(line.wording.times.named, time.end)


def dates_of(
    document: Document, period: str | None, parts: ReportParts, own: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """First and last day of `period` as printed; without one, or with 每月 and the like, `own`: the days of the part that the figure stands in.

    今年 and 去年 are told from the report's year, 全年 and 上半年 alone from that of the part. Both are None for a time that no calendar knows:
    改革前, 疫情初期.
    """
    if period is None:
        return own
    first, last = own
    if FROM_THE_REPORT.search(period):
        first, last = document.period_start, document.period_end
    elif AFTER_THE_REPORT.search(period):
        # Written in December and read out in January: 明年 is the year that is planned.
        first, last = parts.reviewed
    # 新的一年 in a report that is planned or read out is its own year; what it calls 过去五年 ends where `own` does.
    of_report = (first, last) == (document.period_start, document.period_end)
    is_plan = of_report and (document.doc_type == "plan" or parts.years.delivered)
    known = last or date(1, 12, 31)
    reference = Reference(first or known.replace(month=1, day=1), known, is_plan)
    times = times_in(period, known.year)
    if not times:
        return None, None
    if last is None and any(time.years is None for time in times):
        return own
    return days(times[0], reference)[0], days(times[-1], reference)[1]


def time_of_parallel(figure: Candidate, figures: Sequence[Candidate]) -> str | None:
    """The time of an earlier change of the sentence whose value answers to this one: 床位由2020年的180张增加到210张，医师由95名增加到120名."""
    is_first = figure.status == "baseline"
    if figure.form != "from_to" or figure.bracket is not None:
        return None
    earlier = [
        other
        for other in figures
        if other.form == "from_to" and other.high <= figure.low and (other.status == "baseline") == is_first
    ]
    period = earlier[-1].period if earlier else None
    return None if period is None or period.startswith(EVERY) else period


def over_years(line: Line, figure: Candidate) -> bool:
    """Whether the figure is told of several years together: 年均增长7%, 五年累计培训3万人."""
    return (
        OVER_YEARS.search(line.text, figure.low, figure.quantity.lead) is not None
        or base_year(line, figure) is not None
    )


def base_year(line: Line, figure: Candidate) -> int | None:
    """The year that a change is measured from: 比2002年增长65%, 同1987年相比，产值增长8%; None for any other figure."""
    if figure.kind != "delta":
        return None
    lead, low = figure.quantity.lead, figure.low
    is_average = OVER_YEARS.search(line.text, low, lead) is not None
    for time in reversed(line.times):
        if time.role != "against" or time.years is None or time.end > lead:
            continue
        if time.start >= low or is_average or COMPARED_TO.match(line.text, time.end):
            return time.years[0]
    return None


def not_after(document: Document, first: date | None, last: date | None) -> date | None:
    """The last day of what is achieved, which is that of the report's own period where a longer time runs on: 今年 in a half-year's report."""
    end = document.period_end
    if first is None or last is None or end is None or first > end:
        return last
    return end if last > max(end, document.published_on or end) else last
