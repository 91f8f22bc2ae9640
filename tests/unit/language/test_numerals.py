"""Numerals are exact, in either script and with magnitudes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.numerals import arabic, chinese, magnitude, to_chinese
from pipeline.language.quantities import QuantityReader


@pytest.fixture(scope="session")
def reader(tables):
    return QuantityReader.from_tables(tables)


@given(st.integers(0, 10**12 - 1))
def test_a_spoken_numeral_is_read_back(number):
    assert chinese(to_chinese(number)) == number


@given(st.integers(0, 9 * 10**9))
def test_separators_do_not_change_an_arabic_numeral(number):
    assert arabic(f"{number:,}") == number


@given(
    st.decimals(min_value="0.1", max_value="9999.99", places=2), st.sampled_from(["", "千", "万", "亿", "千万", "万亿"])
)
def test_value_and_magnitude_are_exact(reader, value, scale):
    (quantity,) = reader.find(f"完成{value}{scale}元")
    assert quantity.value == value * magnitude(scale)
    assert isinstance(quantity.value, Decimal)


@pytest.mark.parametrize(
    ("text", "value", "value_max", "unit", "comparator"),
    [
        ("2-3个", 2, 3, "个", "="),
        ("2—3万元", 20000, 30000, "元", "="),
        ("20万至30万亩", 200000, 300000, "亩", "="),
        ("4.5%—5%", "4.5", 5, "%", "="),
        ("5至10年", 5, 10, "年", "="),
        ("七八家", 7, 8, "家", "="),
        ("三四十人", 30, 40, "人", "="),
        ("20多万人", 200000, None, "人", ">"),
        ("2000余册", 2000, None, "册", ">"),
        ("三十余万人次", 300000, None, "人次", ">"),
        ("上百家", 100, None, "家", ">="),
        ("数千名", 1000, None, "名", ">"),
        ("万余名", 10000, None, "名", ">"),
        ("过百亿元", 10**10, None, "元", ">"),
        ("十几个", 10, None, "个", ">"),
        ("近一倍", 1, None, "倍", "~"),
        ("一倍半", "1.5", None, "倍", "="),
        ("3个半小时", "3.5", None, "小时", "="),
        ("百分之三点五", "3.5", None, "%", "="),
        ("千分之二", 2, None, "‰", "="),
        ("5.6/10万", "5.6", None, "1/10万", "="),
        ("109元/人", 109, None, "元/人", "="),
        ("6.2人/千人", "6.2", None, "人/千人", "="),
        ("28微克/立方米", 28, None, "微克/立方米", "="),
        ("100万千瓦", 10**6, None, "千瓦", "="),
        ("5千克", 5, None, "千克", "="),
        ("3亿元人民币", 3 * 10**8, None, "元", "="),
        ("7台（套）", 7, None, "台（套）", "="),
        ("10分30秒", 630, None, "秒", "="),
        ("不低于90%", 90, None, "%", ">="),
        ("至少有1家", 1, None, "家", ">="),
        ("约为52%", 52, None, "%", "~"),
        ("20万人次以上", 200000, None, "人次", ">="),
        ("1.5个百分点左右", "1.5", None, "百分点", "~"),
        ("不足5%", 5, None, "%", "<"),
        ("12分钟以内", 12, None, "分钟", "<="),
    ],
)
def test_forms_of_a_quantity(reader, text, value, value_max, unit, comparator):
    (quantity,) = reader.find(text)
    assert quantity.value == Decimal(value)
    assert quantity.value_max == (None if value_max is None else Decimal(value_max))
    assert (quantity.unit, quantity.comparator) == (unit, comparator)


def test_quantities_that_touch_are_two(reader):
    assert [(quantity.value, quantity.unit) for quantity in reader.find("375支4477人")] == [(375, "支"), (4477, "人")]


@pytest.mark.parametrize("text", ["10个多功能厅", "节约300元", "附近3家"])
def test_a_word_that_ends_or_begins_like_a_comparator_is_none(reader, text):
    (quantity,) = reader.find(text)
    assert quantity.comparator == "="
