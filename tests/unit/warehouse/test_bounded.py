from __future__ import annotations

from dataclasses import replace

import duckdb
import polars as pl
import pytest
from filelock import FileLock

from tests.mutation.good_set import good_frames, stored
from warehouse import bounded
from warehouse.bounded import MOST_THREADS, opened, own_folder, within_memory
from warehouse.contract import contract
from warehouse.quality import MissingTableError, check_files, judging, required_tables
from warehouse.stage_files import MANY, packed

ROWS = "SELECT i, md5(i::VARCHAR) AS word FROM range(4_000_000) AS rows(i) ORDER BY word"


def test_what_does_not_fit_goes_to_a_folder_that_is_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(bounded, "A_THREAD", 125)
    with opened(None, 0, tmp_path) as connection:
        (folder,) = [path for path in tmp_path.iterdir() if path.is_dir()]
        connection.execute(f"CREATE TABLE sorted AS {ROWS}")
        assert any(folder.iterdir()), "four million rows do not fit into the memory of one thread"
        assert connection.execute("SELECT count(*) FROM sorted").fetchone() == (4_000_000,)
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_many_processors_take_no_more_memory(tmp_path):
    with opened(None, 10**9, tmp_path) as connection:
        threads = connection.execute("SELECT current_setting('threads')").fetchone()[0]
    assert threads <= MOST_THREADS


def test_folders_of_the_dead_are_removed_and_those_of_the_living_stay(tmp_path):
    for name in ("dead", "living"):
        (tmp_path / name).mkdir()
        (tmp_path / f"{name}.lock").touch()
    with FileLock(tmp_path / "living.lock"), own_folder(tmp_path) as own:
        assert own.is_dir()
        assert not (tmp_path / "dead").exists()
        assert (tmp_path / "living").exists()


def test_where_bounded_memory_is_too_little_all_of_it_is_taken(tmp_path):
    asked = []

    def work(scratch):
        asked.append(scratch)
        if scratch:
            raise duckdb.OutOfMemoryException("too little")
        return "done"

    assert within_memory(work, tmp_path) == "done"
    assert asked == [tmp_path, None]
    with pytest.raises(duckdb.OutOfMemoryException):
        within_memory(lambda _: work(tmp_path), None)


def test_a_promise_that_bounded_memory_is_too_little_for_is_judged_without_the_bound(tmp_path, monkeypatch):
    real = judging.judge
    asked = []

    def judge(connection, stage, checked_at=None):
        results = real(connection, stage, checked_at)
        limit = connection.execute("SELECT current_setting('temp_directory')").fetchone()[0]
        asked.append(str(tmp_path) in limit)
        if asked[-1]:
            results[0] = replace(results[0], success=False, observed="could not be judged: Out of Memory Error: failed")
        return results

    monkeypatch.setattr(judging, "judge", judge)
    files = stored({table: good_frames()[table] for table in required_tables("raw")}, tmp_path / "files")
    results = check_files("raw", files, tmp_path / "scratch")
    assert asked == [True, False]
    assert all(result.success for result in results)


def test_many_small_files_become_one_with_the_same_rows_in_their_order(tmp_path):
    files = []
    for number in range(MANY):
        files.append(tmp_path / f"{number:03}.parquet")
        pl.DataFrame({"source": [str(number)] * 2}).write_parquet(files[-1])
    assert packed(files[:-1], tmp_path / "few") == files[:-1]
    assert packed(files, tmp_path / "few") == [tmp_path / "few"]
    assert pl.read_parquet(tmp_path / "few").equals(pl.concat(map(pl.read_parquet, files)))


def test_a_stage_of_many_small_files_is_judged_as_one_of_few(tmp_path):
    frames = {table: good_frames()[table] for table in required_tables("facts")}
    frames["rejects"] = pl.DataFrame(
        [("facts", "a", "a/x", "x", "fact_quotes_round_trip", "facts f: 1", "mend it")],
        schema=contract("rejects").schema(),
        orient="row",
    )
    few = stored(frames, tmp_path / "few")
    many = {}
    for table, frame in frames.items():
        parts = [frame] + [frame.clear()] * (MANY - 1)
        many[table] = [tmp_path / f"{table}{number}.parquet" for number in range(MANY)]
        for part, file in zip(parts, many[table], strict=True):
            part.write_parquet(file)
    told = check_files("facts", few)
    assert check_files("facts", many, tmp_path / "scratch") == told
    assert [result.name for result in told if not result.success] == ["fact_quotes_round_trip"]


def test_a_table_that_is_not_given_is_named():
    with pytest.raises(MissingTableError, match="facts"):
        check_files("facts", {})
