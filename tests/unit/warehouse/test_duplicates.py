"""Near duplicates: republished, cut and shuffled reports are found, two reports of one office are not taken for one."""

from random import Random

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.duplicates import signature
from warehouse.duplicates import ALIKE, near_duplicates

SUBJECTS = [
    "就业",
    "教育",
    "养老",
    "医疗",
    "住房",
    "交通",
    "水利",
    "环保",
    "旅游",
    "农业",
    "工业",
    "商贸",
    "科技",
    "文化",
    "体育",
    "消防",
]
VERBS = ["新建", "改造", "完成", "培训", "检查", "发放", "引进", "修复"]


def report(seed, sentences=120):
    random = Random(seed)
    return "".join(
        f"全年{random.choice(VERBS)}{random.choice(SUBJECTS)}项目{random.randrange(9999)}个，投入{random.randrange(9999)}万元。"
        for _ in range(sentences)
    )


def test_republished_cut_and_shuffled_copies_name_the_earlier_report(tmp_path):
    original = report(1)
    sentences = original.split("。")
    Random(5).shuffle(sentences)
    signatures = {
        "a": signature(original),
        "b": signature(report(2)),
        "republished": signature("转载：" + original),
        "cut": signature(original[: int(len(original) * 0.85)]),
        "shuffled": signature("。".join(sentences)),
    }
    assert found(tmp_path, signatures) == {"republished": "a", "cut": "a", "shuffled": "a"}


def test_a_cut_copy_of_a_short_or_long_report_is_found(tmp_path):
    for sentences in range(20, 120, 10):
        original = report(1, sentences)
        signatures = {"a": signature(original), "cut": signature(original[: int(len(original) * 0.9)])}
        assert found(tmp_path, signatures) == {"cut": "a"}, sentences


def test_an_empty_text_is_like_none(tmp_path):
    assert found(tmp_path, {"a": [], "b": []}) == {}


def test_no_file_has_no_near_duplicate():
    with duckdb.connect() as connection:
        assert near_duplicates(connection, []) == {}


@settings(deadline=None, max_examples=40)  # each opens a database
@given(
    st.lists(
        st.lists(st.integers(0, 1), min_size=8, max_size=8).map(
            lambda halves: [half for half in halves for _ in "12345678"]
        ),
        max_size=12,
    )
)
def test_each_is_one_of_the_first_that_is_alike_and_is_none_itself(tmp_path_factory, drawn):
    signatures = {f"{place:02}": values for place, values in enumerate(drawn)}
    expected, originals = {}, []
    for name, values in signatures.items():
        alike = [one for one in originals if share(signatures[one], values) >= ALIKE]
        if alike:
            expected[name] = alike[0]
        else:
            originals.append(name)
    assert found(tmp_path_factory.mktemp("signatures"), signatures) == expected


def share(one, other):
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def found(folder, signatures):
    file = folder / "signatures.parquet"
    schema = {"document_id": pl.String, "signature": pl.List(pl.Int64)}
    pl.DataFrame(list(signatures.items()), schema=schema, orient="row").write_parquet(file)
    with duckdb.connect() as connection:
        connection.execute(
            f"CREATE TABLE documents AS SELECT document_id, 's' AS source, document_id AS path FROM '{file}'"
        )
        connection.execute("CREATE TABLE dropped_documents AS FROM documents WHERE false")
        return near_duplicates(connection, [file])
