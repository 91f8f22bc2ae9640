"""A throwaway deployment: landing zone, warehouse and run history in a temporary folder."""

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from assets.commands import run

ROOT = Path(__file__).resolve().parents[2]

REPORT = """{place}卫生健康委员会半年工作总结

今年是{year}年。上半年，全市卫生健康系统紧扣年度目标，各项任务有序推进。
一、基层服务稳步提升。全市建成家庭医生团队{teams}个，老年人签约率达到{rate}%。
二、医疗质量持续改善。新增省级临床重点专科3个，检查检验互认项目达到120项。
三、下一步打算。力争年底前改造村卫生室60家，县域内就诊率达到90%以上。
"""


@dataclass(frozen=True)
class Deployment:
    landing: Path
    warehouse: Path

    @property
    def variables(self):
        return {"ZHENGBAO_LANDING": str(self.landing), "ZHENGBAO_WAREHOUSE": str(self.warehouse)}

    def add(self, source, name="report.txt", place="青岛市", year=2024, teams=1200, rate=72):
        folder = self.landing / source
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(REPORT.format(place=place, year=year, teams=teams, rate=rate), encoding="utf-8")

    def run(self):
        """`make run` without the installation, in this process: a process of its own imports for seconds."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, self.variables),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            status = run.main()
        return subprocess.CompletedProcess("make run", status, out.getvalue(), err.getvalue())

    def run_in_a_process(self, encoding="utf-8", **environment):
        """The same as a person starts it."""
        return subprocess.run(
            [sys.executable, "-m", "assets.run"],
            cwd=ROOT,
            env=os.environ | self.variables | environment | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            encoding=encoding,
            timeout=600,
            check=False,
        )

    @property
    def live(self):
        return self.warehouse / "zhengbao.duckdb"

    def query(self, sql, *parameters):
        return query(self.live.resolve(), sql, *parameters)


def query(file, sql, *parameters):
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deployment")
    (folder / "landing").mkdir()
    return Deployment(folder / "landing", folder / "warehouse")
