"""The tables of the classification, and what they make of words."""

import pytest

from pipeline.indicators import Classification

FIXED = [
    "地区生产总值",
    "一般公共预算收入",
    "固定资产投资",
    "社会消费品零售总额",
    "货物进出口总额",
    "规模以上工业增加值",
    "居民人均可支配收入",
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    "城镇新增就业",
    "城镇调查失业率",
    "城镇登记失业率",
    "居民消费价格",
    "粮食产量",
    "全社会研发经费投入强度",
    "细颗粒物（PM2.5）平均浓度",
    "森林覆盖率",
    "常住人口城镇化率",
    "广义货币（M2）",
    "财政赤字",
    "赤字率",
    "单位地区生产总值能耗",
    "实际利用外资",
    "农村贫困人口",
    "税收收入",
    "社会融资规模余额",
    "粮食综合生产能力",
    "新增规模以上工业企业",
]


@pytest.fixture(scope="module")
def classification(tables):
    return Classification.from_tables(tables)


@pytest.fixture(scope="module")
def name_of(tables, classification):
    names = {row["code"]: row["name_zh"] for row in tables["indicators"]}

    def read(words, unit="元", kind="level", places=()):
        code = classification.code(classification.key(words, places), unit, kind)
        return names.get(code)

    return read


def test_the_table_is_complete(tables):
    rows = tables["indicators"]
    assert len(rows) >= 400
    assert len({row["code"] for row in rows}) == len({row["name_zh"] for row in rows}) == len(rows)
    assert all(
        row[column] for row in rows for column in ("name_en", "family", "quantity", "better", "definition", "source")
    )
    assert {row["quantity"] for row in rows} == {"amount", "count", "rate", "share", "index"}
    assert set(FIXED) <= {row["name_zh"] for row in rows if row["is_core"] == "true"}
    assert all(float(row["plausible_min"]) < float(row["plausible_max"]) for row in rows)


def test_no_wording_names_two_indicators(classification):
    assert list(classification.ambiguous()) == []


def test_a_wording_of_two_indicators_is_told():
    rows = {
        "indicators": [{"code": "A", "unit": "元", "better": "up"}, {"code": "B", "unit": "元", "better": "up"}],
        "indicator_names": [
            {"code": code, "scope": "-", "subject": "税收收入", "measure": "-", "holds_for": ""} for code in "AB"
        ],
        "indicator_wording": [],
        "units": [],
    }
    assert list(Classification.from_tables(rows).ambiguous()) == [("税收收入", "A", "B")]


def test_every_canonical_name_finds_its_own_code(tables, classification):
    lost = {
        row["name_zh"]
        for row in tables["indicators"]
        if classification.code(classification.key(row["name_zh"]), row["unit"], "level") != row["code"]
    }
    assert lost == set()


def test_relations_name_codes_of_the_table(tables):
    codes = {row["code"] for row in tables["indicators"]}
    relations = tables["indicator_relations"]
    assert {row[column] for row in relations for column in ("code", "other_code")} <= codes
    assert len({(row["code"], row["other_code"]) for row in relations}) == len(relations)


@pytest.mark.parametrize(
    ("words", "unit", "kind", "name"),
    [
        ("规上工业增加值", "元", "level", "规模以上工业增加值"),
        ("规模以上工业企业增加值", "%", "delta", "规模以上工业增加值"),
        ("全市规模以上工业增加值增速", "%", "delta", "规模以上工业增加值"),
        ("规模以上工业利润", "%", "delta", "规模以上工业企业利润总额"),
        ("工业增加值", "元", "level", "全部工业增加值"),
        ("国内生产总值", "元", "level", "地区生产总值"),
        ("经济", "%", "delta", "地区生产总值"),
        ("经济", "个", "level", None),
        ("新增城镇就业人数", "人", "level", "城镇新增就业"),
        ("新增就业", "人", "level", "新增就业"),
        ("公共财政预算收入", "元", "level", "公共财政预算收入"),
        ("农民人均纯收入", "元", "level", "农村居民人均纯收入"),
        ("居民消费价格总水平涨幅", "%", "level", "居民消费价格"),
        ("城镇居民人均可支配收入", "元", "level", "城镇居民人均可支配收入"),
        ("PM2.5年均浓度", "微克/立方米", "level", "细颗粒物（PM2.5）平均浓度"),
        ("研究与试验发展经费支出占地区生产总值的比重", "%", "level", "全社会研发经费投入强度"),
        ("全社会研发经费支出", "元", "level", "全社会研发经费支出"),
        ("优良天数比例", "%", "level", "空气质量优良天数比率"),
        ("优良天数", "天", "level", "空气质量优良天数"),
        ("每千常住人口执业（助理）医师数", "人", "level", "每千人口执业（助理）医师数"),
        ("高新技术企业", "家", "level", "高新技术企业数"),
        ("新增高新技术企业", "家", "level", "新增高新技术企业"),
        ("投资", "元", "level", None),
    ],
)
def test_words_that_meet_and_words_that_do_not(words, unit, kind, name, name_of):
    assert name_of(words, unit, kind) == name


def test_the_issuer_s_own_name_falls_away(name_of):
    assert name_of("保定市粮食产量", "斤", places=("保定市", "保定")) == "粮食产量"
    assert name_of("石家庄市粮食产量", "斤", places=("保定市", "保定")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全市“四好”学校数量", "四好学校"),
        ("村级光伏电站新增", "新增村级光伏电站"),
        ("每千名常住人口书店", "千人口书店"),
        ("文旅支出占GDP比重", "文旅支出占国内生产总值的比例"),
    ],
)
def test_keys_meet(one, other, classification):
    assert classification.key(one) == classification.key(other)


def test_a_key_is_never_empty_and_stays_itself(tables, classification):
    words = [row["word"] for row in tables["indicator_wording"]]
    assert all(classification.key(word) for word in words)
    names = [row["name_zh"] for row in tables["indicators"]]
    assert all(classification.key(classification.key(name)) == classification.key(name) for name in names)
