"""The single-host deployment: its settings are complete, and its units, started for real, publish what lands."""

import json
import os
import re
import urllib.error
import urllib.request

import duckdb
import pytest
import yaml

from tests.deploy.single_host import (
    FOLDER,
    INSTALLED,
    ROOT,
    has_postgres,
    postgres,
    settings,
    unit_lines,
    units,
    wait_for,
)
from tests.end_to_end.servers import free_port

UNITS = ["code", "daemon", "web", "operators", "pages", "sql"]
REPORT = """大连市卫生健康委员会半年工作情况

2024年上半年，全市新设发热门诊12个，抽查医疗机构230家。
一、基层卫生。全市建成家庭医生团队905个，签约率达到41.2%。
"""


def test_every_setting_is_explained_and_every_explained_one_is_used():
    code = [
        path.read_text(encoding="utf-8") for room in ("assets", "warehouse") for path in (ROOT / room).rglob("*.py")
    ]
    used = set(re.findall(r"ZHENGBAO_[A-Z_]*[A-Z]", "\n".join(code)))
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.name != "zhengbao.env"]
    used |= set(re.findall(r"(ZHENGBAO_(?:PG_)?[A-Z_]*[A-Z])", "\n".join(texts)))
    explained = set(re.findall(r"^#?(ZHENGBAO_[A-Z_]+)=", (FOLDER / "zhengbao.env").read_text(encoding="utf-8"), re.M))
    assert used == explained


def test_the_instance_is_the_command_line_s_but_for_its_storage():
    own = yaml.safe_load((FOLDER / "dagster.yaml").read_text(encoding="utf-8"))
    assert own.pop("storage")["postgres"]
    assert own == yaml.safe_load((ROOT / "deploy" / "dagster.yaml").read_text(encoding="utf-8"))


def test_the_target_wants_every_unit():
    wanted = re.findall(r"zhengbao-(\w+)\.service", (FOLDER / "zhengbao.target").read_text(encoding="utf-8"))
    assert sorted(wanted) == sorted(UNITS)
    assert {path.name for path in FOLDER.glob("*.service")} == {f"zhengbao-{name}.service" for name in UNITS}


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_listens_on_loopback_alone_and_may_write_little(name):
    (line,) = unit_lines(name, "ExecStart")
    assert line.startswith(f"{INSTALLED}/.venv/bin/python -m ")
    assert "0.0.0.0" not in line
    assert unit_lines(name, "ProtectSystem") == ["strict"]
    assert unit_lines(name, "User") == ["zhengbao"]


@pytest.fixture
def host(tmp_path):
    """Environment and folder of the units on this machine."""
    if not has_postgres():
        if os.environ.get("CI"):
            pytest.fail("postgresql is missing: .ci/run must install it")
        pytest.skip("needs Debian's postgresql")
    landing, warehouse = tmp_path / "landing", tmp_path / "warehouse"
    landing.mkdir()
    warehouse.mkdir()
    own = settings()
    own |= {name: str(free_port()) for name in own if name.endswith("_PORT")}
    own |= {
        "ZHENGBAO_LANDING": str(landing),
        "ZHENGBAO_WAREHOUSE": str(warehouse),
        "DAGSTER_HOME": str(warehouse / ".zhengbao" / "dagster"),
        "ZHENGBAO_INSTANCE": own["ZHENGBAO_INSTANCE"].replace(INSTALLED, str(ROOT)),
        "ZHENGBAO_SETTLE_SECONDS": "0",
    }
    del own["ZHENGBAO_CACHE"]  # the measures of this machine serve
    with postgres(own["ZHENGBAO_PG_PORT"], own["ZHENGBAO_PG_USER"], own["ZHENGBAO_PG_PASSWORD"]):
        yield os.environ | own, tmp_path


def ask(port, query, **headers):
    """The data of a GraphQL query, or the status it was refused with."""
    body = json.dumps({"query": query}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql", body, {"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code


@pytest.mark.slow
@pytest.mark.xdist_group("single_host")
def test_a_report_that_lands_is_published_and_viewers_can_start_nothing(host):
    environment, folder = host
    source = folder / "landing" / "dalian_wjw"
    source.mkdir()
    (source / "2024h1.txt").write_text(REPORT, encoding="utf-8")
    live = folder / "warehouse" / "zhengbao.duckdb"
    viewers, operators = environment["ZHENGBAO_UI_PORT"], environment["ZHENGBAO_OPERATORS_PORT"]
    end = 'mutation { terminateRun(runId: "none") { __typename } }'
    with units(UNITS, environment, folder):
        wait_for(live.exists, 600, "nothing was published", folder)
        with duckdb.connect(str(live.resolve()), read_only=True) as connection:
            figures = connection.execute("SELECT count(*) FROM facts WHERE value IN (12, 230, 905, 41.2)").fetchone()
        assert figures == (4,)
        runs = "{ runsOrError { ... on Runs { results { status } } } }"
        wait_for(lambda: "SUCCESS" in json.dumps(ask(viewers, runs)), 120, "the run did not end well", folder)
        assert "UnauthorizedError" in json.dumps(ask(viewers, end)), "viewers are read-only"
        assert "RunNotFoundError" in json.dumps(ask(operators, end))
        assert ask(operators, runs, Origin="https://elsewhere.example") == 403
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['ZHENGBAO_PAGES_PORT']}/site/", timeout=30) as page:
            assert page.status == 200
    assert not (folder / "warehouse" / ".zhengbao" / "dagster" / "history").exists(), "no history beside PostgreSQL"
