"""Quick looks before a long pattern: they may only leave out what the pattern would not take."""

import re
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import times as grammar
from pipeline.language.quantities import ABOUT, DIGIT, SCALE, QuantityReader
from pipeline.language.times import find_times

PARTS_OF_TIMES = "截至 到 与 2024 20 25 5 12 年 月 日 底 末 前 上半年 第 一 三 季度 去年 今年以来 近 五 年来 “ 十 四 ” 期间 每 天 全 内 、 个"
PARTS_OF_QUANTITIES = "0 1 5 8 . , 多 余 点 分 / - — ~ 至 到 从 由 约 近 超 半 （ ） 百分之 分之 至少 以上 体 级 次"

CHINESE = grammar.ZERO + grammar.NUMBERS

times = st.lists(st.sampled_from(PARTS_OF_TIMES.split()), max_size=12).map("".join)


@given(times)
def test_a_time_begins_only_where_it_is_looked_for(text):
    quick = [time[:2] for time in find_times(text)]
    with mock.patch.object(
        grammar, "START", re.compile(rf"[^\n](?<![0-9.][0-9])(?<![0-9],[0-9])(?<![{CHINESE}点][{CHINESE}])")
    ):
        assert [time[:2] for time in find_times(text)] == quick


def test_single_characters_are_left_out_only_where_they_make_no_quantity(tables):
    quick, thorough = QuantityReader.from_tables(tables), QuantityReader.from_tables(tables)
    thorough._run = re.compile(rf"[\d{DIGIT}{SCALE}{ABOUT}]++")
    units = sorted({row["unit"] for row in tables["units"]})
    words = [*DIGIT, *SCALE, *ABOUT, *units, *PARTS_OF_QUANTITIES.split(), " ", "\t", "\u3000"]

    def found(reader, text):
        return [(q.start, q.end, q.lead, q.tail, q.value, q.value_max, q.unit) for q in reader.find(text)]

    @given(st.lists(st.sampled_from(words), max_size=12).map("".join))
    def check(text):
        assert found(quick, text) == found(thorough, text)

    check()
