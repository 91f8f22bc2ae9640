"""DOCX: what stands in the file otherwise than it is seen in Word."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.decoding import Refusal
from pipeline.readers import read
from pipeline.readers.docx.looks import without_looks
from pipeline.readers.guards import parse_xml
from tests.formats import writers as w


def lines_of(body: str, **parts: str) -> list[str]:
    reading = read(w.word(body, **parts))
    assert not isinstance(reading, Refusal), reading
    return reading.text.rstrip("\n").split("\n")


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:t>{text}</w:t></w:r>"


TWO_LEVELS = w.level(0, "chineseCounting", "%1、") + w.level(1, "decimal", "%1.%2")


@pytest.mark.parametrize(
    ("levels", "uses", "paragraphs", "labels"),
    [
        (w.level(0, "chineseCountingThousand", "第%1章"), "", [0] * 3, ["第一章 ", "第二章 ", "第三章 "]),
        (w.level(0, "ideographTraditional", "%1．"), "", [0, 0], ["甲． ", "乙． "]),
        (w.level(0, "decimalEnclosedCircleChinese", "%1"), "", [0, 0], ["① ", "② "]),
        (w.level(0, "decimalFullWidth", "（%1）"), "", [0, 0], ["（１）", "（２）"]),
        (w.level(0, "chineseLegalSimplified", "%1、"), "", [0, 0], ["壹、", "贰、"]),
        (w.level(0, "upperRoman", "%1."), "", [0] * 4, ["I. ", "II. ", "III. ", "IV. "]),
        (TWO_LEVELS, "", [0, 1, 1, 0, 1], ["一、", "一.1 ", "一.2 ", "二、", "二.1 "]),
        (
            w.level(0, "chineseCounting", "%1、") + w.level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            "",
            [0, 1],
            ["一、", "1.1 "],
        ),
        (
            w.level(0, "decimal", "%1.") + w.level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'),
            "",
            [0, 1, 0, 1],
            ["1. ", "1)", "2. ", "2)"],
        ),
        (w.level(0, "decimal", "%1.", start=9), "", [0, 0], ["9. ", "10. "]),
        (
            w.level(0, "decimal", "%1."),
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
            [0, 0],
            ["5. ", "6. "],
        ),
        (w.level(0, "bullet", ""), "", [0, 0], ["", ""]),
        (w.level(0, "none", "附"), "", [0], ["附 "]),
    ],
)
def test_automatic_numbers(levels, uses, paragraphs, labels):
    body = "".join(w.numbered("事项", at) for at in paragraphs)
    assert lines_of(body, numbering=w.a_list(levels) + w.use_of(1, 1, uses)) == [f"{label}事项" for label in labels]


def test_two_lists_of_one_kind_go_on_and_one_that_starts_anew_does_not():
    numbering = w.a_list(w.level(0, "decimal", "%1.")) + w.use_of(1, 1) + w.use_of(1, 2)
    numbering += w.use_of(1, 3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = "".join(w.numbered("事项", 0, list_id) for list_id in (1, 2, 3, 3))
    assert lines_of(body, numbering=numbering) == ["1. 事项", "2. 事项", "1. 事项", "2. 事项"]


def test_numbers_that_a_style_brings():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/></w:style>'
    )
    levels = w.level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>')
    levels += w.level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>')
    body = "".join(w.paragraph("事项", f'<w:pStyle w:val="{style}"/>') for style in ("H1", "H2", "H2"))
    body += w.paragraph("无号", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = lines_of(body, numbering=w.a_list(levels) + w.use_of(1, 1), styles=styles)
    assert found == ["一、事项", "（一）事项", "（二）事项", "无号"]


def test_a_list_kept_in_a_numbering_style():
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{w.level(0, "chineseCounting", "%1、")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>' + w.use_of(2, 7)
    )
    assert lines_of(w.numbered("事项", 0, 7), numbering=numbering) == ["一、事项"]


def test_changes_are_accepted():
    body = (
        f"<w:p>{run('就业')}<w:del><w:r><w:delText>3000</w:delText></w:r></w:del><w:ins>{run('4500')}</w:ins>{run('人。')}</w:p>"
        f"<w:p><w:moveFrom>{run('旧处。')}</w:moveFrom><w:moveTo>{run('新处。')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半')}</w:p><w:p>{run('后半。')}</w:p>"
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{w.paragraph('删去')}</w:tc><w:tc>{w.paragraph('1')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{w.paragraph('留下')}</w:tc><w:tc>{w.paragraph('2')}</w:tc></w:tr></w:tbl>"
    )
    assert lines_of(body) == ["就业4500人。", "新处。", "前半后半。", "留下\t2"]


def test_a_paragraph_whose_end_was_deleted_takes_no_number():
    numbering = w.a_list(w.level(0, "decimal", "%1、")) + w.use_of(1, 1)
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = w.paragraph("甲", number) + w.paragraph("乙", f"{number}<w:rPr><w:del/></w:rPr>") + w.paragraph("丙", number)
    assert lines_of(body, numbering=numbering) == ["1、甲", "2、乙丙"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            f"<w:r><w:ruby><w:rt>{run('shèng')}</w:rt><w:rubyBase>{run('嵊')}</w:rubyBase></w:ruby></w:r>{run('州')}",
            "嵊州",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('88个')}</w:sdtContent></w:sdt>", "88个"),
        (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处')}</w:sdtContent></w:sdt>{run('无')}字",
            "无",
        ),
        (f"<w:smartTag>{run('2025年')}</w:smartTag>", "2025年"),
        (f"<w:hyperlink>{run('网站')}</w:hyperlink>", "网站"),
        (run("隐藏", "<w:vanish/>") + run("可见"), "可见"),
        (run("不隐藏", '<w:vanish w:val="0"/>'), "不隐藏"),
        ("<w:r><w:t>2020</w:t><w:noBreakHyphen/><w:t>2025年</w:t></w:r>", "2020\u20112025年"),
        ("<w:r><w:t>1203</w:t><w:tab/><w:t>1310</w:t></w:r>", "1203\t1310"),
        ("<w:r><w:t>比重</w:t><w:sym w:font='Symbol' w:char='F0B3'/><w:t>95%</w:t></w:r>", "比重≥95%"),
        (f'<w:fldSimple w:instr="=SUM(ABOVE)">{run("36.5")}</w:fldSimple>', "36.5"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>码</w:t></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("17")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "17",
        ),
        (
            "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>框内3家</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice>"
            "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框内3家</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>" + run("锚点"),
            "锚点\n框内3家",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
            + run("以上"),
            "1/3以上",
        ),
    ],
)
def test_what_a_paragraph_shows(inner, text):
    assert lines_of(f"<w:p>{run('前')}</w:p><w:p>{inner}</w:p>") == ["前", *text.split("\n")]


def test_a_field_that_does_not_end_hides_no_later_paragraph():
    body = f'<w:p>{run("一")}<w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:p>{run("完成21.07亿元")}</w:p>'
    assert lines_of(body) == ["一", "完成21.07亿元"]


def test_footnotes_stand_at_the_end():
    note = f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run("不含驻地单位。")}</w:p></w:footnote>'
    body = f'<w:p>{run("共36家")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("。")}</w:p>' + w.paragraph("末段。")
    assert lines_of(body, footnotes=note) == ["共36家。", "末段。", "不含驻地单位。"]


def test_a_table_of_contents_is_the_pages():
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    reading = read(
        w.word(w.paragraph("一、回顾\t3", '<w:pStyle w:val="T1"/>') + w.paragraph("正文在此。"), styles=styles)
    )
    assert [part.kind for part in reading.parts] == ["contents", "paragraph"]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{w.paragraph(text)}</w:tc>"


def test_merged_cells_stand_once_and_are_heads_of_all_they_cover():
    begins, goes_on, two = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        cell("指标", begins) + cell("完成情况", two),
        cell("", goes_on) + cell("2023年") + cell("2024年"),
        cell("收入") + cell("20.1") + cell("21.07"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    reading = read(w.word(w.paragraph("单位：亿元") + table))
    assert reading.text.split("\n")[1:4] == ["指标\t完成情况", "\t2023年\t2024年", "收入\t20.1\t21.07"]
    found = [(c.row, c.column, c.row_head, c.column_head, c.unit) for c in reading.cells if c.text == "21.07"]
    assert found == [(3, 3, "收入", "完成情况 / 2024年", "亿元")]


def test_a_frame_of_one_cell_holds_paragraphs():
    table = f"<w:tbl><w:tr><w:tc>{w.paragraph('一、回顾')}{w.paragraph('完成21.07亿元。')}</w:tc></w:tr></w:tbl>"
    assert lines_of(table) == ["一、回顾", "完成21.07亿元。"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (w.word("<w:p><w:r><w:drawing/></w:r></w:p>"), "scanned"),
        (w.word("<w:p/>"), "empty"),
        (w.word('<w:altChunk r:id="x" xmlns:r="r"/>' + w.paragraph("正文在此。")), "inserted_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "binary"),
        (b"{\\rtf1 x}", "binary"),
    ],
)
def test_what_is_refused(data, reason):
    refusal = read(data)
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, bool(refusal.detail and refusal.remedy)) == (reason, True)


def test_the_strict_form_of_iso_is_read_too():
    members = {}
    with zipfile.ZipFile(io.BytesIO(w.word(w.paragraph("完成21.07亿元。")))) as zipped:
        for name in zipped.namelist():
            members[name] = zipped.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
    assert read(w.archive(members)).text == "完成21.07亿元。\n"


@pytest.mark.parametrize(
    ("font", "sign", "seen"),
    [
        ('w:ascii="Symbol" w:hAnsi="Symbol"', "\uf0b3", "≥"),
        ('w:ascii="Wingdings"', "\uf0fc", ""),
        ('w:eastAsia="宋体"', "\uf0b3", "\uf0b3"),
    ],
)
def test_a_sign_of_a_symbol_font_within_a_text_is_what_its_font_shows(font, sign, seen):
    body = f"<w:p>{run('签约率', '<w:b/>')}{run(sign, f'<w:rFonts {font}/>')}{run('95%')}</w:p>"
    assert lines_of(body) == [f"签约率{seen}95%"]


def test_what_follows_a_box_in_its_paragraph_is_not_the_boxs():
    box = "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>图注88</w:t></w:r></w:p></w:txbxContent></mc:Choice></mc:AlternateContent>"
    body = f"<w:p>{run('改造41家')}<w:r>{box}</w:r>{run('，新建126所。')}</w:p>{w.paragraph('下一段。')}"
    assert lines_of(body) == ["改造41家，新建126所。", "图注88", "下一段。"]


@pytest.mark.parametrize(
    ("properties", "kept"),
    [
        ('<w:sz w:val="32"/>', False),
        ("<w:vanish/>", True),
        ('<w:rStyle w:val="hidden"/>', True),
    ],
)
def test_looks_are_taken_out_and_what_is_about_the_text_stays(properties, kept):
    part = f"<w:p {w.WORD_NAMESPACES}>{run('21.07', properties)}</w:p>".encode()
    assert (properties.encode() in without_looks(part)) is kept
    assert parse_xml(without_looks(part), "part").findtext(".//{*}t") == "21.07"


def test_the_looks_before_a_change_are_taken_out_of_those_after_it():
    changed = '<w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    part = without_looks(f"<w:p {w.WORD_NAMESPACES}>{run('21.07', changed)}</w:p>".encode())
    assert b"<w:i/>" not in part
    assert parse_xml(part, "part").findtext(".//{*}t") == "21.07"


def test_runs_of_nothing_but_text_are_one_and_a_hidden_run_stays_apart():
    plain = '<w:r w:rsidR="00A1"><w:t xml:space="preserve">改造 </w:t></w:r><w:r w:rsidRPr="00B2"><w:t>41</w:t></w:r>'
    body = f"<w:p>{plain}{run('家', '<w:b/>')}{run('（内部）', '<w:vanish/>')}{run('，')}{run('新建126所。')}</w:p>"
    part = without_looks(f"<w:body {w.WORD_NAMESPACES}>{body}</w:body>".encode())
    assert part.count(b"<w:t") == 3
    assert lines_of(body) == ["改造 41家，新建126所。"]


def test_marks_of_looks_in_a_text_are_text():
    inside = "<![CDATA[<w:rPr>3</w:rPr>4]]>"
    part = f"<w:p {w.WORD_NAMESPACES}><w:r><w:t>{inside}</w:t></w:r></w:p>".encode()
    assert without_looks(part) == part


def test_a_hidden_run_with_a_run_in_it_takes_none_of_what_follows():
    ruby = f"<w:ruby><w:rt>{run('shèng')}</w:rt><w:rubyBase>{run('嵊')}</w:rubyBase></w:ruby>"
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr>{ruby}<w:t>州</w:t></w:r>"
    assert lines_of(f"<w:p>{hidden}{run('新建')}{run('126所。')}</w:p>") == ["新建126所。"]


def test_how_blocks_are_set_is_taken_out_and_what_counts_or_merges_stays():
    set_so = '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs><w:spacing w:line="560"/><w:ind/><w:jc w:val="both"/>'
    frame = '<w:tcW w:w="2130"/><w:tcBorders><w:top w:val="single"/></w:tcBorders>'
    cells = "".join(
        f"<w:tc><w:tcPr>{frame}{own}</w:tcPr><w:p><w:pPr>{set_so}</w:pPr>{run(text)}</w:p></w:tc>"
        for own, text in (('<w:gridSpan w:val="2"/>', "财政收入"), ("", "21.07"))
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="a"/>{set_so}</w:pPr><w:r><w:tab/></w:r>{run("表1")}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>'
    part = without_looks(f"<w:body {w.WORD_NAMESPACES}>{body}</w:body>".encode())
    assert [name for name in ("pStyle", "gridSpan", "w:tab/") if name.encode() not in part] == []
    assert [name for name in ("tabs", "spacing", "ind", "jc", "tcW", "top") if f"w:{name}".encode() in part] == []
    assert part.count(b"<w:tcPr>") == 1
    assert lines_of(body) == ["\t表1", "财政收入\t\t21.07"]
