"""Titles (标题): from the box, or the first lines of the page."""

from __future__ import annotations

import re

from pipeline.language.dates import find_date
from pipeline.language.times import A_YEAR
from pipeline.metadata.box import find_document_number
from pipeline.metadata.knowledge import MetadataKnowledge
from pipeline.metadata.page import Page
from pipeline.places import PlaceIndex

LONGEST_TITLE = 80
LONGEST_NOTICE, HEADLINES_AT = 2000, 3
TITLE_END = re.compile(
    f"(?:总结|小结|计划|要点|报告|通报|情况|打算|安排|思路|方案|规划|意见|通知|公报|清单|分工|工作|任务|汇报|回顾|措施|公告|部署|目标|重点|举措|述职|纲要|函|展望|实事|项目|白皮书|概况|{A_YEAR})"
    "(?:[（(【\\[][^（）()\\n]{1,30}[）)】\\]])?$"
)
BREADCRUMB = re.compile("[>›»＞]|当前位置|您的位置|首页")
DECORATION = re.compile(r"^[\s•·●◆■#*|｜]+|[\s|｜→]+$")
# What a headline says of: a year, or a figure; it may end in ！.
HEADLINE = re.compile("(?=.*[0-9]{2})[\u4e00-\u9fff“《0-9][^。；：:|｜>]{7,39}[\u4e00-\u9fff0-9”！!？?]")
# 现将《某市发展规划》印发给你们: what the covering notice brings.
BROUGHT = re.compile(
    "(?:现将|印发|下发|公布|批转)[^。\n]{0,20}?《(?P<title>[^》\n]{6,60})》[^。\n]{0,20}?(?:印发|发给|下发|公布|转发|给你们)"
)
SUBTITLE = re.compile("^[—–-]{1,2}|^[（(].*[）)]$")


def read_title(page: Page, knowledge: MetadataKnowledge, places: PlaceIndex) -> str | None:
    """The title that stands in the first lines, its parts joined; None where the text begins without one.

    What cleaning removed, such as an advertisement above the text, is none.
    """
    brought = BROUGHT.search(page.text[:LONGEST_NOTICE])
    if brought and f"\n{brought['title']}\n" in page.text:
        return brought["title"]
    lines = [line for printed in page.head if (line := DECORATION.sub("", printed))]
    for at, line in enumerate(lines):
        if BREADCRUMB.search(line) or not is_title(line, knowledge) or line not in page.text:
            continue
        return _with_office(lines, at, knowledge, places)
    return next((line for line in lines[:HEADLINES_AT] if line in page.text and is_headline(line, knowledge)), None)


def is_headline(line: str, knowledge: MetadataKnowledge) -> bool:
    """Whether a line reads as the headline of a news page: 某市2022年卫生健康成绩单出炉啦！"""
    return (
        HEADLINE.fullmatch(line) is not None
        and not SUBTITLE.match(line)
        and not BREADCRUMB.search(line)
        and not knowledge.keys.is_box_line(line)
        and find_date(line) is None
        and find_document_number(line) is None
    )


def is_title(line: str, knowledge: MetadataKnowledge) -> bool:
    """Whether a line reads as the title of a report."""
    return (
        4 <= len(line) <= LONGEST_TITLE
        and not any(mark in line for mark in "。；！？：:，|｜")
        and TITLE_END.search(line) is not None
        and not SUBTITLE.match(line)
        and not knowledge.keys.is_box_line(line)
        and find_document_number(line) is None
    )


def _with_office(lines: list[str], at: int, knowledge: MetadataKnowledge, places: PlaceIndex) -> str:
    """A title set in two lines: the office, then 关于…的通知 or 2024年工作总结."""
    line = lines[at]
    if at and not knowledge.keys.is_box_line(lines[at - 1]):
        office = knowledge.offices.parse_any(lines[at - 1], places)
        if office and office.place and not knowledge.offices.parse(line, places):
            return lines[at - 1] + line
    return line
