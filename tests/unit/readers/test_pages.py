"""PDF and OFD: paragraphs, tables and furniture from places on the page; what is refused."""

from __future__ import annotations

import pytest

from pipeline.decoding import Refusal
from pipeline.readers import FURNITURE, read
from tests.formats import writers as w

FULL = "全市卫生健康系统坚持以人民健康为中心统筹推进各项工作"  # 26 hanzi: 416 points, 26 ems
LEFT, SIZE = 90, 16


def page(*runs: tuple[float, float, str] | tuple[float, float, str, float]) -> w.PdfPage:
    made = w.PdfPage()
    for run in runs:
        made.text(*run)
    return made


def lines_of(*pages: w.PdfPage) -> list[str]:
    reading = read(w.pdf(pages))
    assert not isinstance(reading, Refusal), reading
    return [reading.text[part.start : part.end] for part in reading.parts if part.kind not in FURNITURE]


def test_lines_are_joined_to_paragraphs_by_indent_and_right_edge():
    found = lines_of(
        page(
            (LEFT + 32, 100, FULL[:24]),
            (LEFT, 128, FULL),
            (LEFT, 156, "增长5.8%。"),
            (LEFT + 32, 184, "另一段从这里开始。"),
        )
    )
    assert found == [FULL[:24] + FULL + "增长5.8%。", "另一段从这里开始。"]


def test_a_paragraph_goes_on_overleaf_and_the_page_number_does_not_part_it():
    first = page((LEFT + 32, 100, FULL[:24]), (LEFT, 128, FULL), (LEFT, 156, FULL), (280, 800, "— 1 —", 10))
    second = page((LEFT, 100, "增长5.8%。"), (LEFT + 32, 128, "下一段。"), (280, 800, "— 2 —", 10))
    assert lines_of(first, second) == [FULL[:24] + FULL + FULL + "增长5.8%。", "下一段。"]


def test_a_number_cut_at_a_lines_end_is_whole_again():
    found = lines_of(page((LEFT + 32, 100, FULL[:24]), (LEFT, 128, FULL[:25] + "12"), (LEFT, 156, "30.5亿元。")))
    assert found == [FULL[:24] + FULL[:25] + "1230.5亿元。"]


def test_a_title_on_two_centred_lines_is_one():
    found = lines_of(
        page(
            (188, 90, "某市卫生健康委员会", 24),
            (212, 122, "2024年工作总结", 24),
            (LEFT + 32, 170, FULL[:24]),
            (LEFT, 198, FULL),
        )
    )
    assert found == ["某市卫生健康委员会2024年工作总结", FULL[:24] + FULL]


def test_a_header_that_comes_again_is_furniture_and_a_heading_is_not():
    pages = [
        page((LEFT, 50, "某市政府文件", 10), (LEFT + 32, 100, f"第{n}部分。"), (LEFT + 32, 128, "正文。"))
        for n in "一二三"
    ]
    reading = read(w.pdf(pages))
    assert [part.page for part in reading.parts if part.kind == "header"] == [1, 2, 3]
    assert "第二部分。" in lines_of(*pages)


def test_wide_gaps_make_cells_and_narrow_ones_nothing():
    rows = [("指标", "2023年", "2024年"), ("收入", "20.1", "21.07"), ("支出", "30.2", "31.5")]
    runs = [(LEFT + 120 * c, 100 + 28 * r, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)]
    reading = read(w.pdf([page((LEFT, 70, "单位：亿元"), *runs)]))
    assert reading.text.split("\n")[:4] == ["单位：亿元", *("\t".join(row) for row in rows)]
    assert [(c.row_head, c.column_head, c.unit) for c in reading.cells if c.text == "21.07"] == [
        ("收入", "2024年", "亿元")
    ]


def test_an_empty_cell_leaves_its_column_empty():
    runs = [(LEFT, 100, "指标"), (210, 100, "2023年"), (330, 100, "2024年"), (LEFT, 128, "收入"), (330, 128, "21.07")]
    assert lines_of(page(*runs)) == ["指标\t2023年\t2024年", "收入\t\t21.07"]


def test_a_gap_beside_a_number_is_no_blank():
    found = lines_of(page((LEFT, 100, "完成"), (LEFT + 36, 100, "36"), (LEFT + 56, 100, "所卫生室建设任务。")))
    assert found == ["完成36所卫生室建设任务。"]


def test_a_phonetic_gloss_is_set_aside():
    found = lines_of(page((LEFT + 32, 100, "shèng", 7), (LEFT, 116, "地名嵊州镇有卫生院三所。"), (LEFT, 144, FULL)))
    assert found[0] == "地名嵊州镇有卫生院三所。"


def picture_page(*texts: str, invisible: bool = False) -> w.PdfPage:
    made = w.PdfPage()
    made.picture(0, 0, 595, 842)
    for at, text in enumerate(texts):
        made.text(LEFT, 100 + 28 * at, text, invisible=invisible)
    return made


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (w.pdf([picture_page()]), "scanned", "The page is"),
        (w.pdf([page((LEFT, 100, FULL)), picture_page(), picture_page()]), "scanned", "Pages 2, 3 of 3"),
        (w.pdf([picture_page(FULL, invisible=True)]), "scanned", "machine's reading"),
        (w.pdf([page((LEFT, 100, "\ue001\ue002\ue003\ue004"))]), "no_unicode", "fonts"),
        (w.pdf([w.PdfPage()]), "empty", "no text"),
        (b"%PDF-1.4\nnothing", "broken_file", "opened"),
    ],
)
def test_a_pdf_without_a_text_layer_is_refused(data, reason, says):
    refusal = read(data)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.reason == reason
    assert says in refusal.detail


def test_text_over_a_picture_is_read():
    assert lines_of(picture_page(FULL)) == [FULL]


def ofd_lines(*documents: list[list[w.Run]], **more: object) -> list[str]:
    reading = read(w.ofd(documents, **more))
    assert not isinstance(reading, Refusal), reading
    return [reading.text[part.start : part.end] for part in reading.parts if part.kind not in FURNITURE]


OFD_PAGE = [(28.0, 50.0, "全市完成投资21.07亿元。", 5.6), (28.0, 62.0, "新建村卫生室36所。", 5.6)]


def test_every_document_of_a_container_is_read():
    assert ofd_lines([OFD_PAGE], [[(28.0, 50.0, "附件：第二份文件。", 5.6)]]) == [
        "全市完成投资21.07亿元。",
        "新建村卫生室36所。",
        "附件：第二份文件。",
    ]


def test_a_template_is_part_of_its_pages():
    assert "某市卫生健康委员会" in "".join(ofd_lines([OFD_PAGE], template=[(60.0, 30.0, "某市卫生健康委员会", 8.0)]))


def test_reading_order_is_that_of_the_page_and_not_of_the_file():
    assert ofd_lines([OFD_PAGE[::-1]]) == ["全市完成投资21.07亿元。", "新建村卫生室36所。"]


def test_rows_come_before_columns_whatever_their_length():
    long = "坚持以人民健康为中心推进各项工作落实"
    runs = [(20.0 + 95 * c, 50.0 + 10 * r, f"{long}{r}{c}", 4.5) for c in (0, 1) for r in range(4)]
    assert ofd_lines([runs]) == [f"{long}{r}0\t{long}{r}1" for r in range(4)]


def test_what_is_printed_twice_to_look_bold_stands_once():
    assert ofd_lines([[*OFD_PAGE, (28.1, 50.0, "全市完成投资21.07亿元。", 5.6)]]) == [
        "全市完成投资21.07亿元。",
        "新建村卫生室36所。",
    ]


def test_what_is_marked_as_not_shown_is_dropped():
    hidden = w.ofd_run((28.0, 80.0, "隐藏99个。", 5.6), 777, ' Visible="false"')
    assert ofd_lines([OFD_PAGE], extra=hidden) == ["全市完成投资21.07亿元。", "新建村卫生室36所。"]


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (w.ofd([[OFD_PAGE, []]], more={"Doc_0/Pages/Page_1/Content.xml": b"<x"}), "broken_file", "Page_1"),
        (
            w.ofd([[[]]], extra='<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="2"/>'),
            "scanned",
            "picture",
        ),
        (w.ofd([[[(28.0, 50.0, "\ue001\ue002\ue003", 5.6)]]]), "no_unicode", "1"),
        (w.ofd([[[]]]), "empty", "no text"),
    ],
)
def test_an_ofd_file_that_cannot_be_read_whole_is_refused(data, reason, says):
    refusal = read(data)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.reason == reason
    assert says in refusal.detail


def test_a_page_that_is_missing_is_a_refusal_and_no_warning():
    data = w.ofd(
        [[OFD_PAGE]],
        more={
            "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{w.OFD}"><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            '<ofd:Page ID="2" BaseLoc="Pages/Page_9/Content.xml"/></ofd:Pages></ofd:Document>'
        },
    )
    refusal = read(data)
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, "page 2" in refusal.detail) == ("incomplete", True)
