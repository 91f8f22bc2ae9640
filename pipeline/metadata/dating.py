"""When a report was published, and which period it reports on (报告期)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.language.periods import Mention, Period, mentions, part_of_year, span
from pipeline.language.times import Time, find_times, year_at
from pipeline.metadata.kinds import Line
from pipeline.metadata.knowledge import Campaign, MetadataKnowledge
from pipeline.metadata.page import Page

QUOTED = re.compile("[《“][^》”\n]{0,80}[》”]")
SCANNED, OPENING = 300_000, 200
# Behind a year at the head of a clause: what only is to come, 2024年，我们将….
TO_COME = re.compile("[，,]?(?:我们|[全我][市县省区委局]?[要将]|将|要|计划|力争|工作)")
CLAUSE_HEAD = re.compile("(?:^|[\n，。；])[ \u3000]*$")
LONGEST_LIST = 1500
# 由2015年的900家增加到1200家: the base of a comparison is no period of the report.
BASES = ("从", "由", "自", "较", "比", "与", "同", "于")


class Reading(NamedTuple):
    """A reading of the period."""

    period: Period
    basis: str
    quote: str


def read_periods(
    page: Page,
    title: str | None,
    numbered: list[Line],
    doc_type: str | None,
    published_on: date | None,
    knowledge: MetadataKnowledge,
) -> Iterator[Reading]:
    """Readings of the period, the best first.

    A year is read from the title, the opening, the headings; only without one it is inferred from the date of publication, the
    campaigns that the text speaks of, or the years that it prints. The part of the year is the first that is printed.
    """
    in_title = list(mentions(title or ""))
    if title and knowledge.cues["draft"].kinds(title):
        # 计划执行情况与计划草案的报告 bears the year of the draft, as a 政府工作报告 bears the year that it plans.
        in_title.reverse()
    opening = QUOTED.sub("", page.opening)
    in_opening = (
        [
            mention
            for mention in mentions(opening[:200])
            if mention.start <= 4 and not opening.endswith(BASES, 0, mention.start)
        ]
        if opening
        else []
    )
    in_head = [m for line in page.head if line != title and len(line) < 40 and "号" not in line for m in mentions(line)]
    in_headings = [mention for line in numbered if line.start < SCANNED for mention in mentions(line.text)]
    part = _part(in_title, doc_type) or (
        "" if any(m.year for m in in_title) else _part([*in_opening, *in_headings], doc_type)
    )
    if not part and not any(m.year for m in in_title):
        part = _part([m for m in mentions(opening[:300]) if m.year is None and not m.part.startswith("M")], doc_type)
    is_short = len(page.text) <= LONGEST_LIST and title is None
    listed = _listed(page.text) if is_short else []
    if len(listed) > 1 and listed == sorted(set(listed)) and doc_type in (None, "summary"):
        # 2018年，… 2019年，…: a page of past years, one a paragraph.
        yield Reading(span(listed[0], listed[-1]), "printed", f"{listed[0]}年 … {listed[-1]}年")
    for mention, where in [
        *((m, title or "") for m in in_title),
        *((m, page.opening[:60]) for m in in_opening),
        *((m, m.quote) for m in _main(in_headings, doc_type)),
    ]:
        if mention.year and mention.last_year and mention.period:
            yield Reading(mention.period, "printed", where)
        elif mention.year:
            yield Reading(part_of_year(mention.year, mention.part or part), "printed", where)
    if any(m.year for m in [*in_title, *in_opening, *in_headings]):
        return
    for mention in in_head:
        if mention.year and not mention.last_year and not published_on:
            published_on = date(mention.year, 6, 30)
    body = QUOTED.sub("", page.text[:SCANNED])
    times = find_times(body)
    years = Counter(year for year, is_day in _told(body, times) if not is_day)
    if len(years) == 1 and (max(years.values()) > 1 or f"{max(years)}年" in opening[:OPENING]):
        # The one year that the text dates its figures by, whenever the page was put up.
        yield Reading(part_of_year(max(years), part), "printed", f"{max(years)}年 ×{max(years.values())}")
    if published_on:
        yield Reading(_from_publication(published_on, part, doc_type), "inferred", published_on.isoformat())
    years = Counter(year for year, _ in _told(body, times))
    years.update(time.years[0] + 1 for time in times if time.role == "against" and time.years)
    if years:
        (year, count), *others = years.most_common(2)
        if count >= 2 and (not others or others[0][1] < count):
            yield Reading(part_of_year(year, part), "inferred", f"{year}年 ×{count}")
    yield from _from_campaigns(page.text, part, knowledge.campaigns)
    if len(years) == 1:
        yield Reading(part_of_year(next(iter(years)), part), "inferred", f"{next(iter(years))}年")


def _told(text: str, times: list[Time]) -> Iterator[tuple[int, bool]]:
    """The years by which `text` dates what it tells, not those that it compares with or counts from, and whether by a day."""
    for time in times:
        is_base = time.core > time.start or text.endswith(BASES, 0, time.start)
        if time.role == "at" and time.last is not None and time.last.year is not None and not is_base:
            yield time.last.year + time.last.shift, time.first == time.last


def _listed(text: str) -> list[int]:
    """The years with which clauses begin that tell of them."""
    return [
        year[0]
        for time in find_times(text)
        if time.core == time.start
        and (year := year_at(text, time.start))
        and CLAUSE_HEAD.search(text, max(0, time.start - 8), time.start)
        and not TO_COME.match(text, time.end)
    ]


def _part(found: list[Mention], doc_type: str | None) -> str:
    """The part of the year that is reported on: a summary's first half, a plan's second."""
    parts = [mention.part for mention in found if mention.part]
    if doc_type != "plan" and "H1" in parts:
        return "H1"
    if doc_type != "plan":
        parts = [part for part in parts if part not in ("H2", "Q4")] or ([] if "H2" not in parts[:1] else parts)
    return parts[0] if parts else ""


def _main(found: list[Mention], doc_type: str | None) -> list[Mention]:
    """Headings in the order in which they date a report: for a summary the first year, for a plan the last."""
    dated = [mention for mention in found if mention.year]
    return dated[::-1] if doc_type == "plan" else dated


def _from_publication(published_on: date, part: str, doc_type: str | None) -> Period:
    """今年以来 on a page of July 2024 is 2024; a summary of January tells of the year before, a plan of December of the next."""
    year = published_on.year
    if doc_type == "plan":
        year += published_on.month == 12
    elif published_on.month <= (2 if part else 4) and part not in ("Q1",):
        year -= 1
    elif not part and published_on.month in (7, 8):
        part = "H1"
    return part_of_year(year, part)


def _from_campaigns(text: str, part: str, campaigns: list[Campaign]) -> Iterator[Reading]:
    """The year in which all campaigns that the text names were running, those that ran shortest first."""
    named = [campaign for campaign in campaigns if campaign.phrase in text]
    ended = sorted((c for c in named if c.end), key=lambda c: (c.end or c.start) - c.start)
    if not ended:
        return
    start, end = ended[0].start, ended[0].end or ended[0].start
    used = [ended[0].phrase]
    for campaign in [*ended[1:], *(c for c in named if not c.end)]:
        latest_start, earliest_end = max(start, campaign.start), min(end, campaign.end or end)
        if latest_start <= earliest_end:
            start, end = latest_start, earliest_end
            used.append(campaign.phrase)
    periods = [part_of_year(year, part) for year in range(start.year, end.year + 1)]
    overlaps = [(min(p.end, end) - max(p.start, start)).days for p in periods]
    best = max(range(len(periods)), key=lambda k: overlaps[k])
    if overlaps[best] >= 0:
        yield Reading(periods[best], "inferred", "；".join(used))
