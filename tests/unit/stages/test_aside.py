"""What a run has made lies aside, a file a source, however many batches it came in."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.stages.aside import Aside
from assets.stages.batches import batches
from assets.stages.ledger import Ledger


def rows(*values):
    return pl.DataFrame({"document_id": [str(value) for value in values], "x": list(values)})


def test_rows_that_come_later_stand_behind_and_others_are_by_themselves(tmp_path):
    made = Aside(tmp_path, "run")
    made.add("texts", {"a": rows(1, 2), "b": rows(3)})
    made.add("texts", {"b": rows(4, 5), "c": rows()})
    frames = made.frames("texts")
    assert {source: list(frame["x"]) for source, frame in frames.items()} == {"a": [1, 2], "b": [3, 4, 5], "c": []}
    assert made.counts["texts"] == {"a": 2, "b": 3, "c": 0}
    assert list(made.samples["texts"]["x"]) == [1, 2, 3, 4, 5]
    assert len(list((tmp_path / "texts").iterdir())) == 3, "the parts are gone"


def test_what_a_dead_run_left_aside_is_no_stage_file_and_goes(tmp_path):
    made = Aside(tmp_path, "run")
    made.add("texts", {"a": rows(1)})
    made.add("texts", {"a": rows(2)})
    assert not list(tmp_path.glob("*/[!.]*"))
    assert Ledger(tmp_path).remove(["a"]) == 2
    assert not list((tmp_path / "texts").iterdir())


def test_some_documents_and_one_column_of_a_source(tmp_path):
    made = Aside(tmp_path, "run")
    made.add("texts", {"a": rows(*range(10))})
    frames = made.frames("texts")
    assert list(frames.of("a", {"7", "3", "?"})["x"]) == [3, 7]
    assert list(frames.column("a", "x")) == list(range(10))


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 30), st.integers(0, 100))), st.integers(1, 20)
)
def test_batches_hold_every_document_once_in_order_and_little_at_a_time(given, most):
    documents = {source: {f"{source}{k}": "digest" for k in range(count)} for source, (count, _) in given.items()}
    sizes = {source: size for source, (_, size) in given.items()}
    found = list(batches(documents, sizes, most))
    together = [(source, name) for batch in found for source, own in batch.items() for name in own]
    assert together == [(source, name) for source, own in documents.items() for name in own]
    assert {source for batch in found for source in batch} == set(documents), (
        "a source without documents is worked on too"
    )
    for batch in found:
        held = sum(sizes[source] * len(own) / max(1, len(documents[source])) for source, own in batch.items())
        each = max((sizes[source] / max(1, len(documents[source])) for source in batch), default=0)
        assert held <= 2 * most + each
