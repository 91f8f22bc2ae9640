"""The SQL server as its clients meet it: what it refuses, what it answers, and that it goes on."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
import yaml

from tests.serving.conftest import ROOT, TOKEN, publish_generation, serving
from warehouse.candidate import view_queries
from warehouse.contract import published_tables
from warehouse.serving.guard import TABLE_NAME
from warehouse.serving.server import Server
from warehouse.serving.settings import Settings

pytestmark = pytest.mark.xdist_group("sql_server")

HERE = Path(__file__).parent
ATTEMPTS = yaml.safe_load((HERE / "attempts.yaml").read_text(encoding="utf-8"))
HONEST = yaml.safe_load((HERE / "honest.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", ATTEMPTS)
def test_refuses_what_is_no_question(sql_server, tmp_path, kind):
    outside = tmp_path / "secret.txt"
    outside.write_text("secret", encoding="utf-8")
    names = {"folder": sql_server.work / "published", "file": outside}
    client = sql_server.client()
    passed = []
    for statement in ATTEMPTS[kind]:
        statement = statement.replace("{folder}", str(names["folder"])).replace("{file}", str(names["file"]))
        with contextlib.suppress(duckdb.Error):
            passed.append((statement, sql_server.ask(statement, client)[:2]))
    assert not passed
    assert sorted(tmp_path.iterdir()) == [outside]
    assert sql_server.ask("SELECT count(*) FROM wh.main.facts", client) == [(1000,)]


def test_the_table_of_attempts_is_long_enough():
    assert sum(map(len, ATTEMPTS.values())) >= 40


def test_answers_honest_questions(sql_server):
    client = sql_server.client()
    for statement in HONEST:
        assert sql_server.ask(statement, client), statement


@pytest.mark.parametrize("token", ["", "wrong-token", TOKEN[:-1], TOKEN + "x", TOKEN.upper()])
def test_refuses_wrong_tokens(sql_server, token):
    with pytest.raises(duckdb.Error):
        sql_server.ask("SELECT 1", token=token)


def test_every_published_name_passes_the_guard():
    names = [contract.table for contract in published_tables()] + list(view_queries())
    found = duckdb.execute("SELECT list(n) FROM unnest(?) t(n) WHERE NOT regexp_full_match(n, ?)", [names, TABLE_NAME])
    assert found.fetchone() == (None,)


def test_an_attached_client_finds_the_tables_by_name(sql_server):
    client = sql_server.client()
    client.execute(f"ATTACH 'quack:127.0.0.1:{sql_server.port}' AS zhengbao (TOKEN '{TOKEN}')")
    client.execute("USE zhengbao")
    assert client.execute("SELECT count(*) FROM facts").fetchone() == (1000,)
    assert client.execute("SELECT count(*) FROM few").fetchone() == (10,)
    with pytest.raises(duckdb.Error):
        client.execute("INSERT INTO zhengbao.main.facts VALUES (1, 'x')")


def test_memory_is_bounded(sql_server):
    with pytest.raises(duckdb.Error, match="failed to allocate"):
        sql_server.ask("SELECT length(string_agg(repeat('x', 1000), '')) FROM range(1000000)")
    assert sql_server.ask("SELECT count(*) FROM facts") == [(1000,)]


def test_memory_that_duckdb_does_not_count_is_bounded_too(sql_server):
    with pytest.raises(duckdb.Error):
        sql_server.ask("SELECT length(repeat('x', 2000000000))")
    assert sql_server.wait() == [(1000,)]


def test_the_watchdog_measures_the_process(tmp_path):
    def oversized(megabytes):
        return Server.oversized(SimpleNamespace(settings=Settings(tmp_path, tmp_path, megabytes=megabytes)))

    assert not oversized(10_000)
    assert oversized(-1000)


def test_a_query_that_runs_too_long_is_ended_and_the_server_comes_back(impatient_server):
    before = time.monotonic()
    with pytest.raises(duckdb.Error):
        impatient_server.ask(
            "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"
        )
    assert time.monotonic() - before < 30  # it would run for hours
    assert impatient_server.wait() == [(1000,)]
    assert "ran too long" in (impatient_server.work / "access.jsonl").read_text(encoding="utf-8")


def test_a_result_that_is_not_fetched_ends_nobody(impatient_server):
    restarts = impatient_server.log.read_text().count("started again")
    client = impatient_server.client()
    half_read = client.execute(
        "FROM quack_query(?, 'FROM range(1000000)', token => ?)", [f"quack:127.0.0.1:{impatient_server.port}", TOKEN]
    )
    assert half_read.fetchone() == (0,)
    time.sleep(4)
    assert len(half_read.fetchall()) == 999_999
    assert impatient_server.log.read_text().count("started again") == restarts


def test_every_request_stands_in_the_access_log(sql_server):
    sql_server.ask("SELECT 'a question to be found'")
    with pytest.raises(duckdb.Error):
        sql_server.ask("DROP TABLE a_refused_one")
    time.sleep(0.6)
    lines = [json.loads(line) for line in (sql_server.work / "access.jsonl").read_text(encoding="utf-8").splitlines()]
    honest = next(line for line in lines if "a question to be found" in (line["query"] or ""))
    refused = next(line for line in lines if "a_refused_one" in (line["query"] or ""))
    assert honest["error"] is None
    assert refused["error"]
    assert TOKEN not in json.dumps(lines)


def test_a_second_server_is_told_who_serves(sql_server):
    second = subprocess.run(
        [sys.executable, "-m", "assets.commands.serve", "--port", "1"],
        cwd=ROOT,
        env=os.environ | {"ZHENGBAO_WAREHOUSE": str(sql_server.warehouse)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert second.returncode == 1
    assert f"process {sql_server.process.pid}" in second.stderr


def test_without_a_warehouse_it_says_what_to_do(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "assets.commands.serve"],
        cwd=ROOT,
        env=os.environ | {"ZHENGBAO_WAREHOUSE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 1
    assert "make run" in done.stderr


def test_eight_clients_over_twenty_publications_fail_never(tmp_path):
    publish_generation(tmp_path, 0)
    with serving(tmp_path) as server:
        ending = threading.Event()
        seen, failed = [set() for _ in range(8)], []

        def keep_asking(own):
            client = server.client()
            while not ending.is_set():
                try:
                    own.update(server.ask("SELECT count(*), count(DISTINCT t), min(t) FROM facts", client))
                except duckdb.Error as error:
                    failed.append(str(error))
                time.sleep(0.05)

        clients = [threading.Thread(target=keep_asking, args=(own,)) for own in seen]
        for client in clients:
            client.start()
        for generation in range(1, 21):
            publish_generation(tmp_path, generation)
            time.sleep(0.1)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and server.ask("SELECT min(t) FROM facts") != [("g20",)]:
            time.sleep(0.1)
        time.sleep(0.3)
        ending.set()
        for client in clients:
            client.join()
        assert not failed
        assert all((1000, 1, "g20") in own for own in seen)
        assert len(set.union(*seen)) > 5
        assert all(row[:2] == (1000, 1) for own in seen for row in own)
        names = {
            name
            for (name,) in server.ask(
                "SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name = 'memory'"
            )
        }
        assert names == {"facts", "few", "only_in_20"}
