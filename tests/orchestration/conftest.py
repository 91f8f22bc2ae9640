"""A throwaway deployment: landing zone, warehouse and run history in a temporary folder."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]

REPORT = """{place}卫生健康委员会半年工作总结

今年是{year}年。上半年，全市卫生健康系统紧扣年度目标，各项任务有序推进。
一、基层服务稳步提升。全市建成家庭医生团队{teams}个，老年人签约率达到{rate}%。
二、医疗质量持续改善。新增省级临床重点专科3个，检查检验互认项目达到120项。
三、下一步打算。力争年底前改造村卫生室60家，县域内就诊率达到90%以上。
"""


@dataclass
class Deployment:
    landing: Path
    warehouse: Path

    @property
    def environment(self):
        return os.environ | {"ZHENGBAO_LANDING": str(self.landing), "ZHENGBAO_WAREHOUSE": str(self.warehouse)}

    def add(self, source, name="report.txt", place="青岛市", year=2024, teams=1200, rate=72):
        folder = self.landing / source
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(REPORT.format(place=place, year=year, teams=teams, rate=rate), encoding="utf-8")

    def run(self, **environment):
        """`make run` without the installation."""
        return subprocess.run(
            [sys.executable, "-m", "assets.run"],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    @property
    def live(self):
        return self.warehouse / "zhengbao.duckdb"

    def query(self, sql):
        with duckdb.connect(str(self.live.resolve()), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def deployment(tmp_path):
    landing = tmp_path / "landing"
    landing.mkdir()
    return Deployment(landing, tmp_path / "warehouse")
