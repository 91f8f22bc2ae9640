"""The gold set of the project, and makers of small gold sets and predictions."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.evaluation import GoldDocument, GoldFact, GoldRanking, GoldSet, parse_gold
from pipeline.records import Fact, Ranking

GOLD = Path(__file__).resolve().parents[3] / "seeds" / "gold"

TEXT = "全市新建学校12所，其中小学9所；养老床位由3000张增加到5000张，增长66.7%。开展3年培训。就业率居全省第二位。"


@pytest.fixture(params=["dev", "wide", "held_out"])
def split(request):
    """(GoldSet, texts by name) of a part of seeds/gold."""
    folder = GOLD / request.param
    gold = parse_gold(*((folder / f"{name}.jsonl").read_text("utf-8") for name in ("documents", "facts", "rankings")))
    return gold, {path.name: path.read_text("utf-8") for path in folder.glob("*.txt")}


@pytest.fixture
def gold_folder():
    return GOLD


@pytest.fixture
def texts():
    return {"a.txt": TEXT}


@pytest.fixture
def gold():
    """Six labelled facts of `texts`, the last optional, and a ranking."""
    return GoldSet(
        (GoldDocument("a.txt", "某市卫健委", "绍兴市", "summary", "2024", None),),
        (
            row(1, "新建学校12所", 12, "所", "新建学校"),
            row(2, "其中小学9所", 9, "所", "新建小学", part_of=1),
            row(3, "由3000张", 3000, "张", "养老床位", status="baseline"),
            row(4, "增加到5000张", 5000, "张", "养老床位"),
            row(5, "增长66.7%", "66.7", "%", "养老床位", kind="delta"),
            row(6, "3年培训", 3, "年", "培训", optional=True),
        ),
        (GoldRanking("a.txt", 1, "就业率居全省第二位", "全省", 2, "就业率"),),
    )


def row(n, quote, value, unit, indicator, **changes):
    fact = GoldFact(
        "a.txt", n, quote, Decimal(value), None, unit, "=", indicator, "level", "actual", "绍兴市", None, None, False
    )
    return fact._replace(**changes)


@pytest.fixture
def answer():
    """Makes the found fact that has all fields of a labelled one."""

    def make(labelled, **changes):
        start = TEXT.index(labelled.quote)
        fact = Fact(
            fact_id=f"f{labelled.n}",
            document_id="a",
            section_id="s",
            sentence_id="t",
            indicator=labelled.indicator,
            indicator_code=None,
            value=labelled.value,
            value_max=labelled.value_max,
            unit=labelled.unit,
            comparator=labelled.comparator,
            kind=labelled.kind,
            status=labelled.status,
            place=labelled.place,
            place_code=None,
            period=labelled.period,
            period_start=None,
            period_end=None,
            part_of_fact_id=labelled.part_of and f"f{labelled.part_of}",
            quote=labelled.quote,
            clean_start=start,
            clean_end=start + len(labelled.quote),
            raw_start=start,
            raw_end=start + len(labelled.quote),
            rule="",
        )
        return fact._replace(**changes)

    return make


@pytest.fixture
def found_ranking():
    start = TEXT.index("就业率")
    return Ranking("r", "a", "s", "t", "就业率", "全省", 2, "=", "居全省第二位", start, start + 9, start, start + 9, "")
