"""A report as long as a real one (15,000 characters), in the formats whose readers are timed; its figures differ from paragraph to paragraph."""

from __future__ import annotations

from html import escape

from tests.formats import writers as w

CHARACTERS = 15_000
# Word writes the typeface of every run, and parts runs where spelling was checked.
_RUN = '<w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋" w:hint="eastAsia"/><w:color w:val="000000"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:eastAsia="zh-CN"/></w:rPr>'
_PARAGRAPH = (
    '<w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640" w:firstLineChars="200"/></w:pPr>'
)
_WIDE = 26


def paragraphs() -> list[str]:
    """Headings and paragraphs of about a hundred characters."""
    found: list[str] = []
    at = 0
    while sum(map(len, found)) < CHARACTERS:
        at += 1
        if at % 8 == 1:
            found.append(f"{at // 8 + 1}.第{at // 8 + 1}项工作")
        found.append(
            f"第{at}项任务全年投入资金{at}.{at % 7}亿元，改造提升乡镇卫生院{at + 40}家，新建村卫生室{3 * at}所，"
            f"组建家庭医生团队{at + 1200}个，重点人群签约率达到{60 + at % 40}.{at % 10}%，比上年提高{at % 5}.{at % 9}个百分点，群众就医更加方便。"
        )
    return found


def as_docx() -> bytes:
    """Each paragraph in three runs."""

    def runs(text: str) -> str:
        third = len(text) // 3
        pieces = (text[:third], text[third : 2 * third], text[2 * third :])
        return "".join(f"<w:r>{_RUN}<w:t>{escape(piece)}</w:t></w:r>" for piece in pieces)

    return w.word("".join(f"<w:p>{_PARAGRAPH}{runs(text)}</w:p>" for text in paragraphs()))


def as_html() -> bytes:
    """A page of a portal, as an editor writes it."""
    style = "text-indent: 2em; line-height: 2; font-family: 仿宋; font-size: 16pt"
    body = "".join(f'<p style="{style}"><span style="{style}">　　{escape(text)}</span></p>\n' for text in paragraphs())
    navigation = "".join(f'<li><a href="/c{n}/index.html" target="_blank">栏目{n}</a></li>\n' for n in range(150))
    page = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>工作总结</title></head><body>'
        f'<ul class="nav">{navigation}</ul><h1>工作总结</h1><div class="TRS_Editor">{body}</div></body></html>'
    )
    return page.encode()


def as_pdf() -> bytes:
    """Pages of 24 lines with a number each."""
    lines = []
    for text in paragraphs():
        text = f"　　{text}"
        lines += [text[at : at + _WIDE] for at in range(0, len(text), _WIDE)]
    pages = []
    for first in range(0, len(lines), 24):
        page = w.PdfPage()
        for at, line in enumerate(lines[first : first + 24]):
            page.text(90 + 16 * (len(line) - len(line.lstrip("　"))), 90 + 28 * at, line.lstrip("　"))
        page.text(283, 800, f"— {len(pages) + 1} —", 10.5)
        pages.append(page)
    return w.pdf(pages)


FORMATS = {"docx": as_docx, "html": as_html, "pdf": as_pdf}
