"""What a sentence's figures may lean on: the sentences before it in its section, and those from whose semicolon it goes on (承接)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.records import Sentence


def goes_on_behind_semicolon(text: str, start: int) -> bool:
    """Whether what begins at `start` goes on behind a semicolon.

    >>> goes_on_behind_semicolon("新建花园3个；苗圃5个。", 7)
    True
    """
    return text[max(0, start - 2) : start].rstrip()[-1:] in ("；", ";")


def to_read(text: str, sentences: Sequence[Sentence], start: int, end: int) -> range:
    """The numbers of the sentences that must be read for the figures of text[start:end]: those that it touches, and what these may lean on."""
    first = bisect_right(sentences, start, key=lambda sentence: sentence.clean_end)
    behind = bisect_left(sentences, end, key=lambda sentence: sentence.clean_start)
    begun: dict[str, int] = {}
    for number, sentence in enumerate(sentences):
        begun.setdefault(sentence.section_id, number)
    while first < behind:
        leant_on = begun[sentences[first].section_id]
        if leant_on == first and goes_on_behind_semicolon(text, sentences[first].clean_start):
            leant_on = max(0, first - 1)
        if leant_on == first:
            break
        first = leant_on
    return range(first, behind)
