"""Tables that stand in a text as lines: where they are, and what their cells say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tabular import TableWords, find_tables, read_labelled, read_table


@pytest.fixture(scope="module")
def words(tables):
    return TableWords.from_tables(tables)


def read(text, words):
    return [
        (f.indicator, float(f.value), f.unit, f.kind, f.status, f.place, f.period)
        for table in find_tables(text)
        for f in read_table(table, words)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "病名 |\n发病数 |\n死亡数 |\n麻疹 |\n31 |\n0 |\n风疹 |\n22 |\n1 |",
            [("麻疹发病数", 31), ("麻疹死亡数", 0), ("风疹发病数", 22), ("风疹死亡数", 1)],
        ),
        (
            "指标\n数值\n门诊量\n30000\n住院量\n2000\n出院量\n900",
            [("门诊量", 30000), ("住院量", 2000), ("出院量", 900)],
        ),
        ("项目\t数量\n诊所\t12家\n床位\t340张", [("诊所", 12), ("床位", 340)]),
        ("| 项目 | 数量 |\n|---|---|\n| 诊所 | 12家 |\n| 床位 | 340张 |", [("诊所", 12), ("床位", 340)]),
        ("项目    数量\n诊所    12\n床位    340", [("诊所", 12), ("床位", 340)]),
        ("项目 数量\n诊所 12\n床位 340", [("诊所", 12), ("床位", 340)]),
    ],
    ids=["a cell a line with bars", "a cell a line", "tabs", "bars", "blanks", "one blank"],
)
def test_a_table_is_read_however_its_cells_are_parted(text, expected, words):
    assert [row[:2] for row in read(text, words)] == expected


def test_heads_give_unit_place_period_change_and_aim(words):
    text = "单位：万元\n指标\t2023年\t2024年\t同比增长（%）\n财政收入\t35,410.5\t36000\t1.7"
    assert read(text, words) == [
        ("财政收入", 354105000.0, "元", "level", None, None, "2023年"),
        ("财政收入", 360000000.0, "元", "level", None, None, "2024年"),
        ("财政收入", 1.7, "%", "delta", None, None, None),
    ]
    text = "县区\t体检人数（人）\t建档率\n东乡\t5210\t95.2%\n合计\t9000\t94%"
    assert read(text, words) == [
        ("体检人数", 5210.0, "人", "level", None, "东乡", None),
        ("建档率", 95.2, "%", "level", None, "东乡", None),
        ("体检人数", 9000.0, "人", "level", None, None, None),
        ("建档率", 94.0, "%", "level", None, None, None),
    ]
    text = "项目\t单位\t年度目标\t完成数\n新增托位\t个\t500\t520"
    assert read(text, words) == [
        ("新增托位", 500.0, "个", "level", "target", None, None),
        ("新增托位", 520.0, "个", "level", None, None, None),
    ]


def test_two_tables_apart_are_two(words):
    text = "项目\t数量\n诊所\t12\n床位\t340\n\n县区\t学校\n东乡\t3\n西乡\t4"
    assert len(list(find_tables(text))) == 2


def test_a_label_that_bears_its_unit(words):
    (found,) = read_labelled("财政补助收入（万元）：3541.07\n", words)
    assert (found.indicator, float(found.value), found.unit) == ("财政补助收入", 35410700.0, "元")
    assert list(read_labelled("联系人（办公室）：3541\n电话（0533）：3541", words)) == []


@pytest.mark.parametrize(
    "text",
    [
        "序号 |\n病名 |\n1 |\n肺结核 |\n2 |\n流行性感冒 |",
        "一、工作\n二、计划\n三、措施",
        "姓名\t电话区\n张某\t无\n李某\t无",
        "2024年\n工作总结\n某市卫生健康委员会",
        "全年新增床位30张。\n引进医师20名。",
        "第一章\t总则\n第二章\t职责",
    ],
)
def test_what_is_no_table_of_figures_gives_none(text, words):
    assert read(text, words) == []


def test_a_table_without_words_for_its_rows_is_found_and_not_read(words):
    (table,) = find_tables("甲\t乙\n3\t4\n5\t6")
    assert table.has_figures
    assert read_table(table, words) == []


@given(text=st.text(alphabet="甲乙县区床位12,.%\t|\n （）：。年", max_size=120))
def test_cells_are_where_they_say(text, words):
    for table in find_tables(text):
        assert all(len(row) == len(table.heads) for row in table.rows)
        for cell in [*table.heads, *(cell for row in table.rows for cell in row)]:
            assert text[cell.start : cell.end] == cell.text
        for figure in read_table(table, words):
            assert text[figure.cell.start : figure.cell.end] == figure.cell.text
