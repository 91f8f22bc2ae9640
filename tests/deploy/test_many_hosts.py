"""Steps on Celery's workers, with Redis and PostgreSQL: what a lost worker had taken is done by another, once."""

import json
import os
import re
import subprocess
import sys
import time

import duckdb
import pytest

from tests.deploy.many_hosts import FOLDER, Workers, all_sources, has_redis, history, queue_and_history
from tests.deploy.single_host import ROOT, has_postgres, wait_for

REPORT = "{place}卫生健康委员会半年工作情况\n\n2024年上半年，各项工作有序推进。\n{figures}\n"
FIGURE = "{street}号街道新设发热门诊{clinics}个。"
PLACES = {"大连市": 1000, "沈阳市": 3000, "鞍山市": 5000, "抚顺市": 7000}
"""Place -> the first of its figures."""
FIGURES = 450
PART = "reading.part["
"""Steps that read begin so."""
LOST_AFTER = 10
"""Seconds; a worker looks for lost steps when it starts, and then every hundred seconds, when no step may have been under way for so long."""


def test_the_queue_s_settings_keep_what_a_lost_worker_had_taken():
    text = (FOLDER / "celery.yaml").read_text(encoding="utf-8")
    for said in ("task_acks_late: true", "task_reject_on_worker_lost: true", "worker_prefetch_multiplier: 1"):
        assert said in text
    explained = re.findall(r"^(ZHENGBAO_\w+)=", (FOLDER / "workers.env").read_text(encoding="utf-8"), re.M)
    assert explained == ["ZHENGBAO_CELERY", "ZHENGBAO_BROKER", "ZHENGBAO_WORKERS"]


@pytest.fixture
def hosts(tmp_path):
    """Environment and folder of workers on this machine, with their queue and history."""
    if not has_postgres() or not has_redis():
        if os.environ.get("CI"):
            pytest.fail("postgresql or redis-server is missing: .ci/run must install them")
        pytest.skip("needs Debian's postgresql and redis-server")
    for place, first in PLACES.items():
        figures = [FIGURE.format(street=n + 1, clinics=first + n) for n in range(FIGURES)]
        file = tmp_path / "landing" / place / "2024h1.txt"
        file.parent.mkdir(parents=True)
        file.write_text(REPORT.format(place=place, figures="\n".join(figures)), encoding="utf-8")
    with queue_and_history(tmp_path, visibility_timeout=LOST_AFTER) as environment:
        yield environment, tmp_path


class History:
    """The events of the run, as PostgreSQL holds them."""

    def __init__(self, environment):
        self.connection = history(environment)

    def of(self, kind, step):
        """The events of a kind and step, oldest first."""
        with self.connection.cursor() as cursor:
            query = "SELECT event FROM event_logs WHERE dagster_event_type = %s AND step_key = %s ORDER BY id"
            cursor.execute(query, (kind, step))
            return [event for (event,) in cursor.fetchall()]

    def under_way(self):
        """Part -> the worker that has begun it last, of the parts that are not read."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT step_key FROM event_logs WHERE step_key LIKE %s", (f"{PART}%",))
            steps = [step for (step,) in cursor.fetchall()]
        return {
            step: re.search(r"\b(one|two)@", self.of("ENGINE_EVENT", step)[-1])[1]
            for step in steps
            if self.of("STEP_START", step) and not self.of("STEP_SUCCESS", step)
        }


@pytest.mark.slow
@pytest.mark.xdist_group("many_hosts")
def test_two_workers_read_at_the_same_time_and_what_a_lost_one_had_taken_is_done_by_another_and_published_once(hosts):
    environment, folder = hosts
    workers = Workers(environment, environment["ZHENGBAO_CELERY"], folder)
    try:
        tags = json.dumps(all_sources(environment))
        workers.start("one")
        workers.start("two")
        wait_for(lambda: workers.ready("one") and workers.ready("two"), 120, "the workers did not start", folder)
        events = History(environment)
        command = ["-m", "dagster", "job", "execute", "-f", "tests/deploy/lean_location.py", "--tags", tags]
        with (folder / "run.log").open("w") as log:
            run = subprocess.Popen(
                [sys.executable, *command, "-j", "materialise_and_publish"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        wait_for(
            lambda: len(set(events.under_way().values())) == 2 or run.poll() is not None,
            300,
            "no two workers read beside each other",
            folder,
            every=0.05,
        )
        assert run.poll() is None, (folder / "run.log").read_text()[-3000:]
        part, lost = next(iter(events.under_way().items()))
        workers.kill(lost)
        assert events.of("STEP_SUCCESS", part) == [], "the kill came late"
        time.sleep(LOST_AFTER)
        workers.start(lost)  # as systemd does, or another host
        assert run.wait(300) == 0, (folder / "run.log").read_text()[-3000:]
        assert len(events.of("STEP_START", part)) >= 2
        assert len(events.of("ASSET_MATERIALIZATION", "warehouse")) == 1
        (version,) = (folder / "warehouse").glob("zhengbao-*.duckdb")
        assert (folder / "warehouse" / "zhengbao.duckdb").resolve() == version.resolve()
        with duckdb.connect(str(version), read_only=True) as connection:
            facts = connection.execute("SELECT issuer_place, value::INT FROM facts JOIN documents USING (document_id)")
            found = sorted(facts.fetchall())
        assert found == sorted((place, first + n) for place, first in PLACES.items() for n in range(FIGURES))
    finally:
        workers.end()
