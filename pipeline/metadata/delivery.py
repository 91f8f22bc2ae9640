"""Reports that are read out to a people's congress (政府工作报告): for whom, and in which year (宣读)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.language.dates import find_date
from pipeline.language.numerals import COUNTING, ONES, ordinal, to_chinese
from pipeline.language.periods import Distance, mentions, mentions_of_parts
from pipeline.language.times import A_YEAR
from pipeline.metadata.page import Page

DELIVERED = "政府工作报告"
GOVERNMENT, ADDRESS = "人民政府", "各位代表"
SCANNED, OPENING, LONGEST_YEAR = 300_000, 1500, 6
# 现在，我代表某县人民政府，向大会报告工作; 我受国务院的委托，…报告政府工作
SPEAKS_FOR = re.compile(
    "我(?:受|代表)(?:中共中央和)?(?P<body>[\u4e00-\u9fff]{0,20}?(?:人民政府|国务院|行政公署|政府|管委会))"
    "[^。\n]{0,40}?(?:报告|作|汇报|提出)"
)
CONGRESS = re.compile("(?:人民代表大会|届人大)[^，。；：]{0,14}上")
FIRST_YEARLY, FIRST_YEAR, TERM = 6, 1983, 5
TERM_IN_WORDS = to_chinese(TERM) + "年"
# The sessions of the National People's Congress (全国人民代表大会) since the sixth (1983) are held each year, a congress lasts five.
NATIONAL = re.compile(
    f"(?P<before>[\u4e00-\u9fff]?)第(?P<congress>[{COUNTING}]{{1,2}})届全国人民代表大会第(?P<session>[{ONES[:5]}])次会议"
    f"(?P<since>[^。\n]{{0,24}}{TERM_IN_WORDS})?"
)
TERM_PAST = Distance("past", TERM)
OPENING_OF_LINE = 20
REVIEWS = re.compile("回顾|总结|成就|成绩|完成情况|执行情况|政府工作$")
PLANS = re.compile("安排|任务|目标|要求|思路|部署|打算|建议|重点|做好|主要工作$")
# 二〇三〇年远景目标, 到2027年: no year of a report.
FARTHER = ("到", "至", "-", "—", "–", "~")
LONG_RUN = ("远景", "规划")
# 刚刚过去的2023年
JUST_PAST = re.compile(f"(?:刚刚|刚)?过去的(?={A_YEAR})")
# 在某市第六届人民代表大会第二次会议上, 在市十六届人大七次会议上
AT_CONGRESS = re.compile(
    f"在?(?P<place>[\u4e00-\u9fff]{{1,12}}?)第?[{COUNTING}]{{1,3}}届(?P<nation>全国)?人(?:民代表大会|大)"
)


# 一、过去五年工作回顾
FIRST = re.compile("[ \u3000]*(?:一、)?[ \u3000]*")
OF_WORK = re.compile("(?:的?主要)?(?:政府)?工作")


class Delivery(NamedTuple):
    """A report read out: `body` is whom it is given for as printed (市人民政府), `year` when, with the basis and words it is known by."""

    body: str | None
    quote: str
    year: int | None
    year_basis: str
    year_quote: str


def read_delivery(page: Page, title: str | None, published_on: date | None, of_government: bool) -> Delivery | None:
    """The delivery that the text speaks of; None for any other report.

    In a government's own folder (`of_government`) a text without a title whose first heading reviews a year is one too.
    """
    start = page.text[:OPENING]
    spoken = SPEAKS_FOR.search(start)
    line = next((line for line in start.split("\n") if len(line) <= 80 and CONGRESS.search(line)), None)
    addressed = start.lstrip().startswith(ADDRESS)
    if spoken is None and line is None and DELIVERED not in (title or "") and not (of_government and addressed):
        reviewed = next(_from_headings(page), None) if of_government and title is None else None
        if reviewed is None and not (of_government and title is None and _reviews_term(start)):
            return None
    congress = AT_CONGRESS.search(line) if line else None
    body = spoken["body"] if spoken else congress["place"] + GOVERNMENT if congress else None
    quote = (spoken and spoken[0]) or line or title or ""
    return Delivery(body, quote, *next(_years(page, title, line, published_on), (None, "inferred", "")))


def _years(
    page: Page, title: str | None, line: str | None, published_on: date | None
) -> Iterator[tuple[int, str, str]]:
    """(year, basis, quote), the best first: the date beside the congress, its number, what the headings review and plan, what the body tells most of."""
    lines = [text for text in page.text[:OPENING].split("\n") if 0 < len(text.strip()) <= 80][:12]
    if line:
        for printed in [line, *(text for text in lines if len(text) <= 24)]:
            day = find_date(printed)
            if day:
                yield day.year, "printed", printed
    for mention in mentions(title or ""):
        if mention.year and not mention.last_year:
            yield mention.year, "printed", title or ""
    for session in NATIONAL.finditer(page.text[:OPENING]):
        # 向第十届全国人民代表大会第一次会议报告; not 根据上次会议的决议.
        if (session["before"] in ("向", "在") or session["since"]) and (year := _session_year(session)):
            yield year, "inferred", session[0]
    past = JUST_PAST.search(page.text[:OPENING])
    for mention in mentions(page.text[past.end() : past.end() + LONGEST_YEAR]) if past else []:
        if mention.year:
            yield mention.year + 1, "inferred", mention.quote
    yield from _from_headings(page)
    if published_on:
        yield published_on.year, "inferred", published_on.isoformat()
    body = page.text[: min(SCANNED, len(page.text) // 2)]
    told = Counter(
        m.year for m in mentions(body) if m.year and not m.last_year and not body.endswith(FARTHER, 0, m.start)
    )
    if told:
        year = max(told, key=lambda year: (told[year], year))
        yield year + 1, "inferred", f"{year}年 ×{told[year]}"


def _reviews_term(text: str) -> bool:
    """Whether a line of `text` reviews the five years of a term: 一、过去五年工作回顾."""
    for line in text.split("\n"):
        words = line[FIRST.match(line).end() :]  # type: ignore[union-attr]
        told = next(iter(mentions_of_parts(words[:OPENING_OF_LINE])), None)
        if told and told.start == 0 and told.distance == TERM_PAST and OF_WORK.match(words, told.end):
            return True
    return False


def _session_year(session: re.Match[str]) -> int | None:
    congress = ordinal(session["congress"])
    if congress < FIRST_YEARLY:
        return None
    year = FIRST_YEAR + TERM * (congress - FIRST_YEARLY) + ordinal(session["session"]) - 1
    return year + TERM if session["since"] and session["before"] not in ("向", "在") else year


def _from_headings(page: Page) -> Iterator[tuple[int, str, str]]:
    """2024年工作回顾 is read out in 2025, and so is 2025年工作安排."""
    for text in page.text[:SCANNED].split("\n"):
        heading = text.strip().split("。")[0]
        if not 4 <= len(heading) <= 40:
            continue
        for mention in mentions(heading):
            if mention.year is None or mention.last_year or heading.endswith(FARTHER, 0, mention.start):
                continue
            behind = heading[mention.end :]
            if REVIEWS.search(behind):
                yield mention.year + 1, "inferred", heading
            elif PLANS.search(behind) and not any(word in heading for word in LONG_RUN):
                yield mention.year, "inferred", heading
