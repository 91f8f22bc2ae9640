"""The report of `report` in each format, as people have it."""

from __future__ import annotations

from html import escape

from tests.formats import writers as w
from tests.formats.report import BODY, ISSUER, PUBLISHED, SIGNATURE, TABLE, TABLE_UNIT, TITLE, lines, plain_text


def as_txt() -> bytes:
    """Plain text, UTF-8."""
    return plain_text().encode()


def as_html() -> bytes:
    """A portal's page in GBK: navigation, meta tags of the norm, a figure in several spans, related links, a hidden line."""
    body = []
    rows = [line.split("\t") for kind, line in lines() if kind == "row"]
    for kind, line in lines():
        if kind == "row":
            if rows:
                cells = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
                body.append(f"<table>{cells}</table>")
                rows = []
        elif kind in ("h1", "h2"):
            body.append(f"<p><strong>{escape(line)}</strong></p>")
        elif kind != "title":
            body.append(f"<p>　　{escape(line).replace('2.36', '<span>2</span><span>.</span><span>36</span>')}</p>")
    navigation = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(12))
    related = "".join(
        f'<li><a href="/t{n}.html">关于第{n}项工作的通知</a><span>2024-0{n}-01</span></li>' for n in range(1, 8)
    )
    page = (
        f'<!DOCTYPE html><html><head><meta charset="gb2312"><title>{TITLE}_{ISSUER}</title>'
        f'<meta name="SiteName" content="{ISSUER}"><meta name="ColumnName" content="工作总结">'
        f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="{PUBLISHED} 09:30">'
        f'<meta name="contentsource" content="{ISSUER}"><meta name="Keywords" content="总结;卫生"></head><body>'
        f'<ul class="nav">{navigation}</ul><div class="article"><h1>{TITLE}</h1>'
        f'<div id="zoom" class="TRS_Editor"><style>p{{}}</style>{"".join(body)}<p style="display:none">隐藏的一行99个。</p></div>'
        f'<div class="rel"><ul>{related}</ul></div></div><div class="foot">备案号：0000</div><script>var n=17;</script></body></html>'
    )
    return page.encode("gbk")


def as_docx() -> bytes:
    """A Word file whose numbers are automatic and whose last change stands as a tracked one."""
    body = w.paragraph(TITLE, '<w:pStyle w:val="Title"/>')
    for kind, text in BODY:
        if kind == "h1":
            body += w.numbered(text, 0)
        elif kind == "h2":
            body += w.numbered(text, 1)
        elif kind == "table":
            body += w.paragraph(TABLE_UNIT) + w.table(TABLE)
        elif "126所" in text:
            before, after = text.split("126")
            body += (
                f"<w:p><w:r><w:t>{before}</w:t></w:r><w:del><w:r><w:delText>98</w:delText></w:r></w:del>"
                f"<w:ins><w:r><w:t>126</w:t></w:r></w:ins><w:r><w:t>{after}</w:t></w:r></w:p>"
            )
        else:
            body += w.paragraph(text)
    body += "".join(map(w.paragraph, SIGNATURE))
    levels = w.level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>') + w.level(
        1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>'
    )
    return w.word(
        body,
        numbering=w.a_list(levels) + w.use_of(1, 1),
        styles='<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>',
        core=f"<dc:title>{TITLE}</dc:title><dc:creator>{ISSUER}</dc:creator>",
    )


_SIZE, _LEFT, _WIDE, _LEADING = 16, 90, 26, 28  # points; the line holds 26 hanzi


def as_pdf() -> bytes:
    """Printed pages: a header and a number on each, first lines set in, a table without lines."""
    pages: list[w.PdfPage] = []
    y = 0.0

    def next_line() -> w.PdfPage:
        nonlocal y
        if not pages or y > 740:
            pages.append(w.PdfPage())
            pages[-1].text(_LEFT, 50, f"{ISSUER}文件", 10.5)
            pages[-1].text(283, 800, f"— {len(pages)} —", 10.5)
            y = 90.0
        y += _LEADING
        return pages[-1]

    for kind, line in lines():
        if kind == "title":
            width = w.width_of(line, 22)
            next_line().text((595 - width) / 2, y, line, 22)
        elif kind == "row":
            page = next_line()
            for column, cell in enumerate(line.split("\t")):
                page.text(_LEFT + (column > 0) * 24 + 100 * column, y, cell, _SIZE)
        elif kind == "signature":
            next_line().text(_LEFT + (_WIDE - 1) * _SIZE - w.width_of(line, _SIZE), y, line, _SIZE)
        else:
            for at, piece in enumerate(_broken(line)):
                next_line().text(_LEFT + (0 if at else 2 * _SIZE), y, piece, _SIZE)
    return w.pdf(pages, {"Title": TITLE})


def as_ofd() -> bytes:
    """The same pages as OFD, in millimetres; the file holds the runs of each page from below upward."""
    size, left, leading = 5.6, 28.0, 10.0
    pages: list[list[w.Run]] = []
    y = 0.0

    def put(x: float, text: str, height: float = size, *, same_line: bool = False) -> None:
        nonlocal y
        if not pages or y > 255:
            pages.append([])
            pages[-1].append((98, 280, f"— {len(pages)} —", 4))
            y = 30.0
        y += 0 if same_line else leading
        pages[-1].append((x, y, text, height))

    for kind, line in lines():
        if kind == "title":
            put((210 - w.width_of(line, 8)) / 2, line, 8)
        elif kind == "row":
            for column, cell in enumerate(line.split("\t")):
                put(left + (column > 0) * 12 + 32 * column, cell, same_line=column > 0)
        elif kind == "signature":
            put(left + 25 * size - w.width_of(line, size), line)
        else:
            for at, piece in enumerate(_broken(line)):
                put(left + (0 if at else 2 * size), piece)
    return w.ofd([[page[::-1] for page in pages]], title=TITLE)


def as_xlsx() -> bytes:
    """The table alone, as an annex; the last column is percentages."""
    head, *rows = TABLE
    shown = [[row[0], float(row[1]), float(row[2]), float(row[3])] for row in rows]
    return w.xlsx({"附件": [[TABLE_UNIT], list(head), *shown]})


FORMATS = {"txt": as_txt, "html": as_html, "docx": as_docx, "pdf": as_pdf, "ofd": as_ofd}


def _broken(line: str) -> list[str]:
    """A paragraph cut into printed lines of _WIDE ems, the first two shorter; never within a number."""
    pieces, piece, width = [], "", 2.0
    for character in line:
        step = 0.5 if character.isascii() else 1.0
        if width + step > _WIDE:
            pieces.append(piece)
            piece, width = "", 0.0
        piece += character
        width += step
    return [*pieces, piece]
