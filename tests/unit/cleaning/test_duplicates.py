"""The signature of a text is of its letters, digits and hanzi."""

from pipeline.duplicates import signature


def test_white_space_and_punctuation_do_not_count_and_an_empty_text_has_none():
    assert signature("全年，完成。 任务") == signature("全年完成任务")
    assert signature("") == signature("。") == []
