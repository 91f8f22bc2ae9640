"""XLSX: cells as a sheet shows them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.decoding import Refusal
from pipeline.readers import read
from pipeline.readers.cell_format import shown
from tests.formats import writers as w


@pytest.mark.parametrize(
    ("value", "number_format", "text", "stored"),
    [
        (386.4, "General", "386.4", None),
        (21, "General", "21", None),
        (0.1 + 0.2, "General", "0.3", None),
        (0.058, "0.0%", "5.8%", "0.058"),
        (0.0583, "0%", "6%", "0.0583"),
        (-0.021, "0.0%", "-2.1%", "-0.021"),
        (0.0021, "0.0‰", "2.1‰", "0.0021"),
        (386.45, "0.0", "386.5", "386.45"),
        (1234.5, "#,##0.00", "1234.50", None),
        (1234567, "#,##0,", "1235", "1234567"),
        (386.4, '0.0"亿元"', "386.4亿元", "386.4"),
        (5.8, '0.0"%"', "5.8%", "5.8"),
        (-3.5, "0.0;(0.0)", "(3.5)", "-3.5"),
        (-3.5, '0.0;[Red]"下降"0.0', "下降3.5", "-3.5"),
        (0, '0;-0;"—"', "—", "0"),
        (1e15, "General", "1000000000000000", None),
        (True, "General", "TRUE", None),
        (date(2024, 12, 31), "yyyy-mm-dd", "2024-12-31", None),
        (date(2024, 5, 6), 'yyyy"年"m"月"d"日"', "2024年5月6日", None),
        (date(2024, 5, 1), "yyyy-mm", "2024-05", None),
        ("2024_x000D_\n年", "General", "2024 \n年", None),
        (None, "General", "", None),
    ],
)
def test_a_value_is_shown_by_its_format(value, number_format, text, stored):
    assert shown(value, number_format) == (text, stored)


def test_merged_heads_units_and_percentages():
    rows = [
        ["主要指标"],
        [None, None, "单位：亿元"],
        ["指标", "2024年", None],
        [None, "数值", "增速（%）"],
        ["收入", 21.07, 4.2],
        ["比重", ("0.058", "0.0%"), None],
    ]
    reading = read(w.xlsx({"附表": rows}, formats=["0.0%"], merged=["A1:C1", "A3:A4", "B3:C3"]))
    assert (
        reading.text
        == "附表\n主要指标\n\t\t单位：亿元\n指标\t2024年\n\t数值\t增速（%）\n收入\t21.07\t4.2\n比重\t5.8%\n"
    )
    found = {c.text: (c.row_head, c.column_head, c.unit, c.place) for c in reading.cells}
    assert found["21.07"] == ("收入", "2024年 / 数值", "亿元", "sheet 附表 B5")
    assert found["4.2"] == ("收入", "2024年 / 增速（%）", "%", "sheet 附表 C5")
    assert found["5.8%"][:2] == ("比重", "2024年 / 数值")


def test_a_blank_row_parts_two_tables():
    rows = [["甲", "2024年"], ["收入", 1], [None], ["乙", "2025年"], ["支出", 2]]
    reading = read(w.xlsx({"Sheet1": rows}))
    assert {(c.table, c.column_head) for c in reading.cells if c.row_head} == {(1, "2024年"), (2, "2025年")}
    assert not reading.text.startswith("Sheet1")


def test_hidden_sheets_rows_and_columns_are_not_read():
    hidden_row = '<row r="3" hidden="1"><c r="A3"><v>99</v></c></row>'
    data = w.xlsx(
        {"表一": [["指标", "值"], ["收入", 21.07]], "底稿": [["秘密", 88]]}, hidden=["底稿"], raw_rows=hidden_row
    )
    reading = read(data)
    assert "21.07" in reading.text
    assert not {"99", "88", "秘密"} & set(reading.text.replace("\t", "\n").split("\n"))


def test_a_formula_without_a_result_is_noted():
    data = w.xlsx({"表一": [["指标", "值"], ["收入", 21.07]]}, raw_rows='<row r="3"><c r="B3"><f>B2*2</f></c></row>')
    reading = read(data)
    assert [(row.field, row.value) for row in reading.stated] == [("uncalculated_cells", "表一: B3")]


def test_dates_in_the_formats_of_chinese_excel():
    reading = read(w.xlsx({"表一": [["截止", ("45657", "31")], ["月份", ("45413", "57")]]}, formats=["31", "57"]))
    assert reading.text == "表一\n截止\t2024年12月31日\n月份\t2024年5月\n"


def test_a_workbook_without_cells_is_refused():
    refusal = read(w.xlsx({"表一": [[None]]}))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "empty"
