"""The report on the word tables: rows without a witness, and rows whose removal changes nothing."""

from pipeline.evaluation.witnesses import idle, witnesses


def test_a_row_whose_removal_changes_nothing_is_told():
    texts = {"a": "新建一所", "b": "新建"}
    seen = witnesses([("make", "新建"), ("make", "建"), ("act", "办")], texts)
    assert [(row.word, len(row.texts)) for row in seen] == [("新建", 2), ("建", 2), ("办", 0)]

    def read(left_out, name):
        # Only the longest word decides.
        return None if left_out and left_out.word == "新建" else texts[name]

    assert [row.word for row in idle(seen, read)] == ["建"]
