"""Tracing a figure: the passage holds it, by id and by place, and what cannot be traced says what to give."""

import re

import duckdb
import pytest

from assets.commands.trace import main
from tests.mutation.good_set import write_good_candidate
from warehouse.evidence.tracing import TraceError, trace
from warehouse.publishing import publish


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    return publish(write_good_candidate(folder), folder / "warehouse", "one")


def rows(published, query):
    with duckdb.connect(str(published), read_only=True) as connection:
        return connection.execute(query).fetchall()


def digits(text):
    return re.findall(r"\d", text)


def test_the_passage_of_every_fact_holds_its_words(published):
    for fact, quote in rows(published, "SELECT fact_id, quote FROM facts"):
        found = trace(published, fact)
        assert found.clean.words == quote
        assert digits(found.original.words) == digits(quote)
        assert found.document["path"]
        assert found.page.endswith(f"#q-{fact}")


def test_a_place_in_the_text_leads_to_the_narrowest_thing_there(published):
    for document, path, start, fact in rows(
        published, "SELECT document_id, path, clean_start, fact_id FROM facts JOIN documents USING (document_id)"
    ):
        assert trace(published, f"{document}:{start}").row == trace(published, f"{path}:{start}").row
        assert trace(published, f"{document}:{start}").clean.start <= start < trace(published, fact).clean.end


def test_ranks_and_tasks_are_traced_too(published):
    ((rank,),) = rows(published, "SELECT ranking_id FROM rankings")
    ((task,),) = rows(published, "SELECT commitment_id FROM commitments")
    assert (trace(published, rank).kind, trace(published, task).kind) == ("rank", "task")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("nothing", "Give its id"), ("nowhere.txt:3", "no document"), ("summary-2024.txt:0", "Nothing was read")],
)
def test_what_cannot_be_traced_says_why(published, wanted, said):
    with pytest.raises(TraceError, match=f"(?i){said}"):
        trace(published, wanted)


def test_the_command_shows_passage_fields_and_page(published, monkeypatch, capsys):
    (fact, quote), *_ = rows(published, "SELECT fact_id, quote FROM facts ORDER BY fact_id")
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(published.parent))
    monkeypatch.setenv("ZHENGBAO_PAGES_URL", "https://example.org/")
    monkeypatch.setattr("sys.argv", ["trace", fact])
    assert main() == 0
    said = capsys.readouterr().out
    assert f"【{quote}】" in said
    assert "indicator" in said
    assert f"https://example.org/site/documents/{trace(published, fact).page.split('/')[1]}" in said
    monkeypatch.setattr("sys.argv", ["trace", "nothing"])
    assert main() == 1


def test_without_a_warehouse_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["trace", "x"])
    assert main() == 2
    assert "make run" in capsys.readouterr().err
