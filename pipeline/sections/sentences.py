"""Sentences (句子): ended by 。！？； or the line, with quotations and brackets kept whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.sections.brackets import Pairs

# A half-width point ends a sentence between Chinese characters only.
POINT = r"(?<=[\u4e00-\u9fff”]\.)(?=[\u4e00-\u9fff“]|$)"
# A closing quotation mark or bracket behind the full stop still belongs to the sentence.
# One set of all marks comes first, so that the search is one scan.
END = re.compile(
    rf"([。！？；!?;\n.](?:(?<=[。！？；!?;])[。！？；!?;]*[”’」』）)》】]*|(?<=\n)|{POINT}))\s*", re.MULTILINE
)

# What goes on with the sentence behind a quotation that ends in a full stop: “快办。”的要求.
CONTINUES = frozenset("，、,的等和与为是")


def sentence_spans(text: str, start: int, end: int, pairs: Pairs) -> Iterator[tuple[int, int]]:
    """The sentences of text[start:end], without surrounding white space.

    `pairs` are the quotations and brackets of `text`; a full stop inside one ends the sentence only where the
    quotation ends with it, and the sentence does not go on behind it.

    >>> text = "提出“少跑。快办。”等要求。实现目标；"
    >>> [text[a:b] for a, b in sentence_spans(text, 0, len(text), Pairs(text))]
    ['提出“少跑。快办。”等要求。', '实现目标；']
    >>> text = "签约率达1.5倍.开展筛查."
    >>> [text[a:b] for a, b in sentence_spans(text, 0, len(text), Pairs(text))]
    ['签约率达1.5倍.', '开展筛查.']
    """
    at = start + len(text[start:end]) - len(text[start:end].lstrip())
    openings, closings = pairs.openings, pairs.closings
    opened, last = bisect_left(openings, at), len(openings)  # how many pairs open before the mark
    for hit in END.finditer(text, at, end):
        mark, stop = hit.span(1)
        if text[mark] == "\n":
            stop = at + len(text[at:mark].rstrip())
        else:
            while opened < last and openings[opened] <= mark:
                opened += 1
            if opened and mark <= closings[opened - 1]:
                behind = hit.end()
                if closings[opened - 1] >= behind or text[behind : behind + 1] in CONTINUES:
                    continue
        if stop > at:
            yield at, stop
        at = hit.end()
    stop = at + len(text[at:end].rstrip())
    if stop > at:
        yield at, stop
