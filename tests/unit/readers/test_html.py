"""HTML: the report's own text from the pages of portals."""

from __future__ import annotations

import pytest

from pipeline.decoding import Refusal
from pipeline.readers import read

LONG = "全市卫生健康系统坚持以人民健康为中心，全年完成投资21.07亿元，新建村卫生室36所，群众就医更加方便。" * 3


def page(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)


def lines_of(data: bytes) -> list[str]:
    reading = read(data)
    assert not isinstance(reading, Refusal), reading
    return reading.text.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>完成<span>386</span><span>.</span><span>4</span>亿元</p>", ["完成386.4亿元"]),
        ("<p>增长6%，\n   城镇就业</p>", ["增长6%，城镇就业"]),
        ("<p>GDP\ngrowth</p>", ["GDP growth"]),
        ("<p>前<br>后</p>", ["前", "后"]),
        ("<div>甲<p>乙</p>丙</div>", ["甲", "乙", "丙"]),
        ("<ul><li>第一项36所</li><li>第二项12家</li></ul>", ["第一项36所", "第二项12家"]),
        ("<p>&nbsp;&nbsp;　　全年&#51;6所</p>", ["全年36所"]),
        ("<p><ruby>嵊<rp>(</rp><rt>shèng</rt><rp>)</rp></ruby>州</p>", ["嵊州"]),
        ("<p>面积12km<sup>2</sup></p>", ["面积12km2"]),
        ("<p>显<span style='display: none'>隐</span>示</p>", ["显示"]),
        ("<p>显</p><p hidden>隐</p><script>99</script><style>88</style>", ["显"]),
        ("<pre>一、回顾\n完成36所</pre>", ["一、回顾", "完成36所"]),
        ("<p>同句。</p><p>同句。</p>", ["同句。", "同句。"]),
        (
            "<table><tr><td>指标</td><td>值</td></tr><tr><td>收入</td><td>21.07</td></tr></table>",
            ["指标\t值", "收入\t21.07"],
        ),
        (
            "<table><tr><td rowspan=2>指标</td><td colspan=2>完成</td></tr><tr><td>2023年</td><td>2024年</td></tr>"
            "<tr><td>收入</td><td>20.1</td><td>21.07</td></tr></table>",
            ["指标\t完成", "\t2023年\t2024年", "收入\t20.1\t21.07"],
        ),
        ("<table><tr><td><p>一、回顾</p><p>完成36所。</p></td></tr></table>", ["一、回顾", "完成36所。"]),
        ("<p>见<a href='/x'>通知</a>第3条</p>", ["见通知第3条"]),
    ],
)
def test_what_a_page_shows(body, lines):
    assert lines_of(page(f"<div id='zoom'>{body}<p>{LONG}</p></div>")) == [*lines, LONG]


@pytest.mark.parametrize(
    "attribute",
    [
        "id='zoom'",
        "id='Zoom'",
        "class='TRS_Editor'",
        "id='UCAP-CONTENT'",
        "class='pages_content'",
        "class='v_news_content'",
        "id='vsb_content'",
        "class='nothing-known'",
    ],
)
def test_the_report_is_found_within_the_portal(attribute):
    links = "".join(f"<li><a href='/{n}'>关于第{n}项重点工作的通知</a></li>" for n in range(9))
    body = (
        f"<div class='nav'><ul>{links}</ul></div><h1>某市2024年工作总结</h1><p>——2025年1月在会议上</p>"
        f"<div {attribute}><p>{LONG}</p><div>　　新建36所。</div></div>"
        f"<div class='rel'>相关阅读<ul>{links}</ul></div><div>主办单位：某市</div>"
    )
    head = "<title>某市2024年工作总结-某市人民政府</title>"
    assert lines_of(page(body, head)) == ["某市2024年工作总结", "——2025年1月在会议上", LONG, "新建36所。"]


def test_a_named_container_that_is_empty_does_not_mislead():
    body = f"<div class='TRS_Editor'></div><div class='art'><p>{LONG}</p></div>"
    assert lines_of(page(body)) == [LONG]


def test_the_comments_of_a_portal_system_name_the_container():
    beside = "本站另有通知公告若干，欢迎查阅，敬请关注。" * 4
    body = f"<div><div><!--ZJEG_RSS.content.begin--><p>{LONG}</p><!--ZJEG_RSS.content.end--></div><div>{beside}</div></div>"
    assert lines_of(page(body)) == [LONG]


@pytest.mark.parametrize(
    ("head", "encoding", "found"),
    [
        ("<meta charset='gb2312'>", "gbk", ("gb18030", "declared")),
        ("<meta http-equiv='Content-Type' content='text/html; charset=GBK'>", "gb18030", ("gb18030", "declared")),
        ("<meta charset='utf-8'>", "utf-8", ("utf-8", "declared")),
        ("<meta charset='gb2312'>", "utf-8", ("utf-8", "valid")),  # saved anew by a browser
        ("<meta charset='utf-8'>", "gb18030", ("gb18030", "detected")),
        ("<meta charset='nonsense'>", "utf-8", ("utf-8", "valid")),
        ("", "big5hkscs", ("big5hkscs", "detected")),
        ("<meta charset='gb2312'>", "utf-8-sig", ("utf-8", "bom")),
    ],
)
def test_characters(head, encoding, found):
    text = (
        LONG + "县长王镕"
        if encoding not in ("big5hkscs",)
        else "全市衛生健康工作總結，完成投資二十億元，新建醫院三所。" * 5
    )
    reading = read(page(f"<p>{text}</p>", head, encoding))
    assert not isinstance(reading, Refusal), reading
    assert (reading.encoding, reading.encoding_basis) == found
    assert text in reading.text


def test_meta_tags_of_the_norm_are_read_in_any_case():
    head = (
        "<meta name='SITENAME' content='某市人民政府'><meta name='columnname' content='工作总结'>"
        "<meta name='ArticleTitle' content=''><meta name='ArticleTitle' content='2024年工作总结'>"
        "<meta content='2025-01-20' name='PubDate'><meta name='contentSource' content='办公室'>"
        "<meta name='Author' content='张三'><meta name='Keywords' content='总结'><meta name='Url' content='./a.html'>"
    )
    reading = read(page(f"<p>{LONG}</p>", head))
    assert {row.field: row.value for row in reading.stated} == {
        "site_name": "某市人民政府",
        "column_name": "工作总结",
        "title": "2024年工作总结",
        "published_on": "2025-01-20",
        "content_source": "办公室",
        "author": "张三",
        "keywords": "总结",
    }
    assert all(row.value in row.quote for row in reading.stated)


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (
            page("<p>附件：</p><a href='/a/2024.docx'>2024年工作总结.docx</a>"),
            "attachment_only",
            "2024年工作总结.docx /a/2024.docx",
        ),
        (page("<iframe src='/a/2024.pdf'></iframe>"), "attachment_only", "/a/2024.pdf"),
        (b"<html><head><title>x</title></head><frameset><frame src='a'></frameset></html>", "frameset", "frames"),
        (page("<script>document.write(1)</script>"), "script_only", "scripts"),
        (page(""), "empty", "no text"),
    ],
)
def test_a_page_without_a_report_says_so(data, reason, says):
    refusal = read(data)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason
    assert says in refusal.detail


def test_a_report_with_an_attachment_is_read_and_the_attachment_noted():
    reading = read(page(f"<div id='zoom'><p>{LONG}</p></div><a href='/f.xlsx'>附件1.xlsx</a>"))
    assert [(row.value, row.quote) for row in reading.stated] == [("附件1.xlsx", "/f.xlsx")]


def test_nesting_without_end_is_read_without_recursion():
    depth = 5_000
    assert lines_of(b"<html><body>" + b"<div>" * depth + LONG.encode() + b"</div>" * depth) == [LONG]
