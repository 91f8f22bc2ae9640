"""A file that lands while `make dev` runs is in the warehouse soon after, without a hand."""

import time

import duckdb
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]


def published(server):
    with duckdb.connect(str((server.warehouse / "zhengbao.duckdb").resolve()), read_only=True) as connection:
        return {path for (path,) in connection.execute("select path from documents").fetchall()}


def test_new_source_is_published(server):
    folder = server.landing / "dalian_wjw"
    folder.mkdir()
    text = "大连市卫生健康委员会半年工作情况\n\n2024年上半年，全市新设发热门诊12个，抽查医疗机构230家。\n一、基层卫生。全市建成家庭医生团队905个，签约率达到41.2%。\n"
    (folder / "2024h1.txt").write_text(text, encoding="utf-8")
    deadline = time.monotonic() + 240
    while "dalian_wjw/2024h1.txt" not in published(server):
        assert time.monotonic() < deadline, (server.warehouse / "server.log").read_text()[-4000:]
        time.sleep(2)
