"""Steps on Celery's workers, with Redis and PostgreSQL: what a lost worker had taken is done by another, once."""

import json
import os
import re
import subprocess
import sys
import time
from unittest import mock

import dagster as dg
import duckdb
import psycopg2
import pytest

from assets.automation.home import prepare_home
from assets.automation.triggers import current_zone, range_tags
from assets.stages.partitions import bring_together
from tests.deploy.many_hosts import FOLDER, Workers, has_redis, redis, settings
from tests.deploy.single_host import FOLDER as SINGLE_HOST
from tests.deploy.single_host import ROOT, has_postgres, postgres, wait_for
from tests.deploy.single_host import settings as host_settings
from tests.end_to_end.servers import free_port

REPORT = "{place}卫生健康委员会半年工作情况\n\n2024年上半年，各项工作有序推进。\n{figures}\n"
FIGURE = "{street}号街道新设发热门诊{clinics}个。"
PLACES = {"大连市": 1000, "沈阳市": 3000}
"""Place -> the first of its figures."""
FIGURES = 450
LOST_AFTER = 10
"""Seconds; a worker looks for lost steps when it starts, and then every hundred seconds, when no step may have been under way for so long."""


def test_the_queue_s_settings_keep_what_a_lost_worker_had_taken():
    text = (FOLDER / "celery.yaml").read_text(encoding="utf-8")
    for said in ("task_acks_late: true", "task_reject_on_worker_lost: true", "worker_prefetch_multiplier: 1"):
        assert said in text
    explained = re.findall(r"^(ZHENGBAO_\w+)=", (FOLDER / "workers.env").read_text(encoding="utf-8"), re.M)
    assert explained == ["ZHENGBAO_CELERY", "ZHENGBAO_BROKER"]


@pytest.fixture
def hosts(tmp_path):
    """Environment and folder of workers on this machine, with their queue and history."""
    if not has_postgres() or not has_redis():
        if os.environ.get("CI"):
            pytest.fail("postgresql or redis-server is missing: .ci/run must install them")
        pytest.skip("needs Debian's postgresql and redis-server")
    warehouse = tmp_path / "warehouse"
    for place, first in PLACES.items():
        figures = [FIGURE.format(street=n + 1, clinics=first + n) for n in range(FIGURES)]
        file = tmp_path / "landing" / place / "2024h1.txt"
        file.parent.mkdir(parents=True)
        file.write_text(REPORT.format(place=place, figures="\n".join(figures)), encoding="utf-8")
    names = ("HOST", "PORT", "DB", "USER", "PASSWORD")
    own = {name: value for name, value in host_settings().items() if name in {f"ZHENGBAO_PG_{last}" for last in names}}
    own |= {
        "ZHENGBAO_PG_PORT": str(free_port()),
        "ZHENGBAO_BROKER": f"redis://127.0.0.1:{free_port()}/0",
        "ZHENGBAO_CELERY": str(settings(tmp_path, visibility_timeout=LOST_AFTER)),
        "ZHENGBAO_LANDING": str(tmp_path / "landing"),
        "ZHENGBAO_WAREHOUSE": str(warehouse),
        "ZHENGBAO_SETTLE_SECONDS": "0",
        "ZHENGBAO_INSTANCE": str(SINGLE_HOST / "dagster.yaml"),
        "DAGSTER_HOME": str(warehouse / ".zhengbao" / "dagster"),
        "DAGSTER_DISABLE_TELEMETRY": "1",
    }
    with (
        postgres(own["ZHENGBAO_PG_PORT"], own["ZHENGBAO_PG_USER"], own["ZHENGBAO_PG_PASSWORD"]),
        redis(int(re.search(r":(\d+)/", own["ZHENGBAO_BROKER"])[1]), tmp_path),
    ):
        yield os.environ | own, tmp_path


class History:
    """The events of the run, as PostgreSQL holds them."""

    def __init__(self, environment):
        own = {name: environment[f"ZHENGBAO_PG_{name}"] for name in ("HOST", "PORT", "DB", "USER", "PASSWORD")}
        own = {name.lower().replace("db", "dbname"): value for name, value in own.items()}
        self.connection = psycopg2.connect(**own)
        self.connection.autocommit = True

    def of(self, kind, step):
        """The events of a kind and step, oldest first."""
        with self.connection.cursor() as cursor:
            query = "SELECT event FROM event_logs WHERE dagster_event_type = %s AND step_key = %s ORDER BY id"
            cursor.execute(query, (kind, step))
            return [event for (event,) in cursor.fetchall()]

    def worker_of(self, step):
        """Who has begun a step, last."""
        begun = [event for event in self.of("ENGINE_EVENT", step) if "in celery worker" in event]
        return re.search(r"\b(one|two)@", begun[-1])[1] if begun and self.of("STEP_START", step) else None


@pytest.mark.slow
@pytest.mark.xdist_group("many_hosts")
def test_what_a_lost_worker_had_taken_is_done_by_another_and_published_once(hosts):
    environment, folder = hosts
    workers = Workers(environment, environment["ZHENGBAO_CELERY"], folder)
    try:
        with mock.patch.dict(os.environ, environment):
            prepare_home()
            workers.start("one")
            workers.start("two")
            with dg.DagsterInstance.get() as instance:
                found = current_zone().sources
                tags = json.dumps(range_tags(*bring_together(instance, found, set(found))))
        wait_for(lambda: workers.ready("one") and workers.ready("two"), 120, "the workers did not start", folder)
        history = History(environment)
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
            lambda: history.worker_of("extraction") or run.poll() is not None,
            300,
            "no worker took the step",
            folder,
            every=0.1,
        )
        assert run.poll() is None, (folder / "run.log").read_text()[-3000:]
        lost = history.worker_of("extraction")
        workers.kill(lost)
        assert history.of("STEP_SUCCESS", "extraction") == [], "the kill came late"
        time.sleep(LOST_AFTER)
        workers.start(lost)  # as systemd does, or another host
        assert run.wait(300) == 0, (folder / "run.log").read_text()[-3000:]
        assert len(history.of("STEP_START", "extraction")) >= 2
        assert len(history.of("ASSET_MATERIALIZATION", "warehouse")) == 1
        (version,) = (folder / "warehouse").glob("zhengbao-*.duckdb")
        assert (folder / "warehouse" / "zhengbao.duckdb").resolve() == version.resolve()
        with duckdb.connect(str(version), read_only=True) as connection:
            facts = connection.execute("SELECT issuer_place, value::INT FROM facts JOIN documents USING (document_id)")
            found = sorted(facts.fetchall())
        assert found == sorted((place, first + n) for place, first in PLACES.items() for n in range(FIGURES))
    finally:
        workers.end()
