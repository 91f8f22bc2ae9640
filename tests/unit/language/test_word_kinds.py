"""A kind whose word names are made with has one word: a second row would do nothing, and says so."""

import pytest

from pipeline.language.word_kinds import WordKinds


def test_the_only_word_of_a_kind():
    kinds = WordKinds([{"kind": "for_what", "word": "用于"}, {"kind": "funds", "word": "资金"}])
    assert kinds.only("for_what") == "用于"


@pytest.mark.parametrize("words", [[], ["用于", "投向"]])
def test_none_or_several_are_an_error_that_names_the_file(words):
    kinds = WordKinds([{"kind": "for_what", "word": word} for word in words])
    with pytest.raises(ValueError, match=rf"for_what\.csv must hold one word.*it has {len(words)}"):
        kinds.only("for_what")
