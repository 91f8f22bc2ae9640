"""`make run` on the sample reports: what it prints, what it publishes, and the READMEs' answers."""

import json

import duckdb
import pytest

from docs.answers import READMES, questions, with_answers
from tests.end_to_end.servers import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

SAMPLES = json.loads((ROOT / "tests" / "unit" / "samples" / "samples.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def connection(sample_warehouse):
    with duckdb.connect(str(sample_warehouse), read_only=True) as found:
        yield found


def test_summary_says_what_came_of_it(sample_run):
    _, printed = sample_run
    for word in (
        "documents",
        "sections",
        "facts",
        "rejects",
        "Checks:",
        "0 failed",
        "make sql",
        "make dev",
        "zhengbao.duckdb",
    ):
        assert word in printed


def test_every_sample_is_in_or_rejected_with_its_reason(connection):
    documents = {path for (path,) in connection.execute("select path from documents").fetchall()}
    rejects = dict(connection.execute("select path, reason from rejects where stage <> 'facts'").fetchall())
    outcomes = {path: rejects.get(path, "accepted") for path in documents | rejects.keys()}
    assert documents.isdisjoint(rejects)
    expected = {row["path"]: row["outcome"] for row in SAMPLES}
    assert outcomes == expected


@pytest.mark.parametrize("name", READMES)
def test_readme_answers_are_those_of_the_warehouse(connection, name):
    page = (ROOT / name).read_text(encoding="utf-8")
    assert len(questions(ROOT / name)) == 5
    assert with_answers(page, connection) == page, "run `make answers`"


def test_documentation_is_in_the_database(connection):
    undocumented = connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal and comment is null "
        "and table_name in (select table_name from duckdb_tables())"
    ).fetchall()
    assert undocumented == []
