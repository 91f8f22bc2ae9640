"""The queries of docs/questions.md run on any warehouse."""

import re

import duckdb
import pytest

from tests.conftest import ROOT
from tests.mutation.good_set import write_good_candidate

PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = {
    match[1]: match[2] for match in re.finditer(r"\*\*(\d+)\..*?\*\*[^\n]*\n\n```sql\n(.*?)```", PAGE, re.DOTALL)
}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    connection = duckdb.connect(str(write_good_candidate(tmp_path_factory.mktemp("questions"))), read_only=True)
    yield connection
    connection.close()


def test_the_page_has_a_query_for_all_but_those_about_other_tools():
    assert sorted(map(int, QUESTIONS)) == [number for number in range(1, 26) if number not in (14, 15, 16)]


@pytest.mark.parametrize("number", QUESTIONS)
def test_a_query_is_one_statement_without_lists_of_wordings(number, good):
    sql = QUESTIONS[number]
    assert sql.count(";") == 1
    assert "quote LIKE" not in sql
    assert good.execute(sql).description
