"""The candidate: what comes in, in what order, what is kept out and why, what history is carried on."""

from __future__ import annotations

from datetime import datetime

import duckdb
import polars as pl
import pytest

from tests.mutation.good_set import good_frames, write_reference
from warehouse.candidate import write_candidate
from warehouse.contract import contract, published_tables
from warehouse.publishing import publish

TIME = datetime(2025, 1, 1)


def write(folder, frames, name="candidate.duckdb", **more):
    """A candidate of frames, each split into a Parquet file a source in reverse order, as partitions may come."""
    files = {}
    folder.mkdir(exist_ok=True)
    documents = frames["documents"].select("document_id", partition="source")
    for table, frame in frames.items():
        keyed = frame if "source" in frame.columns else frame.join(documents, on="document_id", how="left")
        column = "source" if "source" in frame.columns else "partition"
        for (source,), part in keyed.partition_by(column, as_dict=True).items():
            file = folder / table / f"{source}.parquet"
            file.parent.mkdir(exist_ok=True)
            part.select(frame.columns).write_parquet(file)
            files.setdefault(table, []).insert(0, file)
    path = folder / name
    write_candidate(path, files, reference=write_reference(folder / "reference"), **more)
    return path


def rows(path, sql):
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(sql).fetchall()


def everything(path):
    return {c.table: rows(path, f"FROM {c.table}") for c in published_tables()}


def test_all_rows_arrive_in_the_order_of_their_contracts(tmp_path):
    frames = good_frames()
    path = write(tmp_path / "a", frames)
    for table, frame in frames.items():
        if contract(table).published:
            assert len(rows(path, f"FROM {table}")) == frame.height
    starts = rows(path, "SELECT document_id, clean_start FROM facts")
    assert starts == sorted(starts)
    assert rows(path, "SELECT path FROM documents") == sorted(rows(path, "SELECT path FROM documents"))


def test_the_same_rows_give_the_same_tables_whatever_the_order_of_the_files(tmp_path):
    frames = good_frames()
    shuffled = {table: frame.sample(fraction=1, shuffle=True, seed=7) for table, frame in frames.items()}
    assert everything(write(tmp_path / "a", frames)) == everything(write(tmp_path / "b", shuffled))


def test_tables_without_files_are_empty_and_unknown_ones_are_an_error(tmp_path):
    counts = write_candidate(tmp_path / "c.duckdb", {})
    assert counts["facts"] == 0
    with pytest.raises(KeyError, match="no contract"):
        write_candidate(tmp_path / "c.duckdb", {"nonsense": []})


def test_a_report_in_two_sources_is_kept_once_and_the_other_file_is_rejected(tmp_path):
    frames = good_frames()
    original = frames["documents"].filter(pl.col("path") == "suzhou_wjw/plan-2024.txt")["document_id"].item()
    for table, frame in frames.items():
        if "document_id" not in frame.columns or table == "rejects":
            continue
        copied = frame.filter(pl.col("document_id") == original)
        changes = [pl.col(c).str.replace(original, "f" * 16) for c in copied.columns if c.endswith("_id")]
        if table in ("documents", "raw_reports"):
            changes += [pl.lit("zz_reposts").alias("source"), pl.lit("zz_reposts/copy.txt").alias("path")]
        frames[table] = pl.concat([frame, copied.with_columns(changes)])
    last = pl.DataFrame([("zz_reposts", 1, 9, "0")], schema=contract("sources").schema(), orient="row")
    frames["sources"] = pl.concat([frames["sources"], last])
    near = frames["documents"].filter(pl.col("source") != "zz_reposts").sort("source", "path")["document_id"][-1]
    is_alike = pl.col("document_id").is_in([near, original, "f" * 16])
    same = pl.when(is_alike).then(pl.lit([7, 7, 7])).otherwise(pl.col("signature")).alias("signature")
    frames["text_signatures"] = frames["text_signatures"].with_columns(same)
    path = write(tmp_path / "a", frames)
    assert rows(path, "SELECT source, path, reason, detail FROM rejects") == [
        (
            "zz_reposts",
            "zz_reposts/copy.txt",
            "duplicate_content",
            "the same bytes as suzhou_wjw/plan-2024.txt",
        )
    ]
    for c in published_tables():
        if "document_id" in c.names and c.table != "rejects":
            assert rows(path, f"FROM {c.table} WHERE document_id = '{'f' * 16}'") == [], c.table
    # A near duplicate of both is one of the document that was kept.
    assert rows(path, f"SELECT near_duplicate_of FROM documents WHERE document_id = '{near}'") == [(original,)]


def test_history_is_carried_from_warehouse_to_warehouse(tmp_path):
    frames = good_frames()
    first = write(tmp_path / "a", frames, run_id="run1", built_at=TIME)
    assert ("documents", "xiamen_wjw", 1) in rows(first, "SELECT table_name, source, row_count FROM row_counts")
    assert ("rankings", "xiamen_wjw", 0) in rows(first, "SELECT table_name, source, row_count FROM row_counts")
    with duckdb.connect(str(first)) as con:
        con.execute(
            "INSERT INTO quality_results VALUES ('run1', ?, 'raw', 'sources', 'x', 'error', true, '0', 0)", [TIME]
        )
    live = publish(first, tmp_path / "warehouse", "run1")
    second = write(tmp_path / "b", frames, published=live, run_id="run2", built_at=datetime(2025, 1, 2))
    assert rows(second, "SELECT DISTINCT run_id FROM row_counts ORDER BY run_id") == [("run1",), ("run2",)]
    assert rows(second, "SELECT run_id, check_name FROM quality_results") == [("run1", "x")]


def test_history_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.candidate.HISTORY_RUNS", 2)
    frames = good_frames()
    live = None
    for day in range(1, 6):
        path = write(
            tmp_path / "a",
            frames,
            name=f"{day}.duckdb",
            published=live,
            run_id=f"run{day}",
            built_at=datetime(2025, 1, day),
        )
        live = publish(path, tmp_path / "warehouse", f"run{day}")
    assert rows(live, "SELECT DISTINCT run_id FROM row_counts ORDER BY run_id") == [("run3",), ("run4",), ("run5",)]


def test_every_table_column_and_view_has_its_comment(tmp_path):
    path = write(tmp_path / "a", good_frames())
    assert (
        rows(
            path,
            "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())",
        )
        == []
    )
    assert rows(path, "SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal") == []
    comment = rows(path, "SELECT comment FROM duckdb_views() WHERE view_name = 'parts_check'")[0][0]
    assert "sum to" in comment
    assert "分项之和" in comment


@pytest.mark.parametrize("kept", [0, 5_000, 60_000], ids=["no_database", "the_head_alone", "a_part"])
def test_a_damaged_version_before_ends_the_history_and_nothing_else(tmp_path, kept):
    frames = good_frames()
    before = write(tmp_path / "a", frames, run_id="one", built_at=TIME)
    before.write_bytes(before.read_bytes()[:kept] + b"damaged" * 10_000)
    after = write(tmp_path / "b", frames, published=before, run_id="two", built_at=TIME)
    assert len(rows(after, "FROM facts")) == frames["facts"].height
    assert rows(after, "SELECT DISTINCT run_id FROM row_counts") == [("two",)]


def with_copy(frames, document, copy, source):
    """The frames with one more report, the same bytes in another source."""
    more = {}
    for table, frame in frames.items():
        if "document_id" not in frame.columns or table == "rejects":
            more[table] = frame
            continue
        copied = frame.filter(pl.col("document_id") == document)
        changes = [pl.col(c).str.replace(document, copy) for c in copied.columns if c.endswith("_id")]
        if table in ("documents", "raw_reports"):
            changes += [pl.lit(source).alias("source"), pl.lit(f"{source}/copy.txt").alias("path")]
        more[table] = pl.concat([frame, copied.with_columns(changes)])
    return more


def without(frames, document):
    return {
        table: frame.filter(pl.col("document_id") != document) if "document_id" in frame.columns else frame
        for table, frame in frames.items()
    }


def of_sources(frames, sources, change):
    """The frames, changed in the reports of some sources."""
    documents = frames["documents"].filter(pl.col("source").is_in(sources))["document_id"].to_list()
    own = pl.col("document_id").is_in(documents)
    return {
        table: pl.concat([frame.filter(~own), change(frame.filter(own))]) if table == "facts" else frame
        for table, frame in frames.items()
    }


def states_of_frames():
    """Sets of frames as one publication after another may have them."""
    frames = good_frames()
    documents = frames["documents"].sort("source", "path")
    first, last = documents["document_id"][0], documents["document_id"][-1]
    sources = documents["source"].unique(maintain_order=True).to_list()
    fewer = of_sources(frames, sources[:1], lambda facts: facts.head(1))
    copied = with_copy(frames, first, "f" * 16, "zz_reposts")
    return {
        "as it was": frames,
        "fewer facts": fewer,
        "a report gone": without(frames, last),
        "a repost": copied,
        "a repost whose original is gone": without(copied, first),
        "a repost of fewer facts": with_copy(fewer, first, "f" * 16, "zz_reposts"),
        "a report of another source gone": without(copied, last),
    }


def unchanged_sources(before, after):
    """Sources whose rows are the same in every frame."""

    def own(frames, source):
        documents = frames["documents"].filter(pl.col("source") == source)["document_id"].implode()
        return [
            frame.filter(pl.col("document_id").is_in(documents))
            for frame in frames.values()
            if "document_id" in frame.columns
        ]

    for source in after["documents"]["source"].unique():
        pairs = zip(own(before, source), own(after, source), strict=True)
        if all(one.equals(other) for one, other in pairs):
            yield source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("as it was", "fewer facts"),
        ("as it was", "a report gone"),
        ("a repost", "a repost whose original is gone"),
        ("a repost whose original is gone", "a repost"),
        ("a repost", "a repost of fewer facts"),
        ("a repost", "a report of another source gone"),
    ],
)
def test_what_is_carried_over_is_what_the_files_say(tmp_path, before, after):
    states = states_of_frames()
    first = write(tmp_path / "a", states[before], run_id="run1", built_at=TIME)
    more = {"published": publish(first, tmp_path / "warehouse", "run1"), "run_id": "run2", "built_at": TIME}
    unchanged = list(unchanged_sources(states[before], states[after]))
    assert unchanged
    anew = everything(write(tmp_path / "b", states[after], **more))
    assert everything(write(tmp_path / "c", states[after], unchanged=unchanged, **more)) == anew


def test_rows_of_unchanged_sources_come_from_the_version_before(tmp_path):
    frames = good_frames()
    live = publish(write(tmp_path / "a", frames, run_id="run1", built_at=TIME), tmp_path / "warehouse", "run1")
    sources = frames["documents"]["source"].unique().to_list()
    no_facts = of_sources(frames, sources, lambda facts: facts.clear())
    assert rows(write(tmp_path / "b", no_facts, published=live), "FROM facts") == []
    taken = write(tmp_path / "c", no_facts, published=live, unchanged=sources)
    assert rows(taken, "FROM facts") == rows(live, "FROM facts")
