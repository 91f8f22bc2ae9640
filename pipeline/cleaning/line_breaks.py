"""Hard line breaks (硬换行) inside a sentence, and the page numbers that stand between them.

A line is joined to the next one if the break can only be within a sentence: it ends with a mark that
no line ends with (，、（“), the next begins with one that no line begins with (，。）”), or it is as
wide as the lines of the text were cut. That lines were cut is told by their form: running text of one
width that ends anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.cleaning.lines import Line, has_heading_marker, lines_of
from pipeline.offsets import Edit

_ENDS = "。！？；：…!?;:"
_NEVER_LAST = "，、,（(“‘《【"
_NEVER_FIRST = "，。、；：！？）)”’》】％%"
_COMMAS = "，,、。"
_PAGE_NUMBER = re.compile(
    r"[-—–－―·~]{1,3}\s?\d{1,4}\s?[-—–－―·~]{1,3}$|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?$"
)
_LONGEST_PAGE_NUMBER = 20
# Of the lines that end anywhere so many have the width of the cut, and so few others are wider.
_CUT_SHARE, _WIDER_SHARE = 0.6, 0.1
_FEWEST_CUT_LINES = 3
_NARROWEST = 24  # columns; a hanzi takes two
_SLACK = 6  # columns by which a cut line may be short: a line never begins with ， nor within a number


def page_numbers(text: str) -> Iterable[Edit]:
    """A printed page's number on a line of its own, with the blank lines around it: — 3 —, 第3页 共20页."""
    lines = lines_of(text)
    at = 0  # the first line not yet given up
    for i, line in enumerate(lines):
        if 0 < len(line.text) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.match(line.text):
            first, last = i, i
            while first > at and not lines[first - 1].text:
                first -= 1
            while last + 1 < len(lines) and not lines[last + 1].text:
                last += 1
            at = last + 1
            yield Edit(lines[first].start, lines[last].stop)


def line_breaks(text: str, original: str) -> Iterable[Edit]:
    """Line ends within a sentence go, with the white space around them; between two Latin words a space is left.

    `original` is `text` in its raw characters: full-width digits were twice as wide when lines were cut.
    """
    lines = [line for line in lines_of(text) if line.text]
    width = _cut_width(lines, original)
    for line, following in pairwise(lines):
        is_cut = width is not None and 0 <= width - _columns(line, original) <= _SLACK
        if _goes_on(line, following, is_cut=is_cut):
            latin = all(c.isascii() and c.isalpha() for c in (line.text[-1], following.text[0]))
            yield Edit(line.at + len(line.text), following.at, " " if latin else "")


def _goes_on(line: Line, following: Line, *, is_cut: bool) -> bool:
    new_paragraph = following.at - following.start > line.at - line.start
    if has_heading_marker(following.text) or new_paragraph or line.text[-1] in _ENDS:
        return False
    if line.text[-1] in _NEVER_LAST or following.text[0] in _NEVER_FIRST:
        return True
    return is_cut and line.stop == following.start


def _cut_width(lines: Sequence[Line], original: str) -> int | None:
    """The width at which lines were cut, in columns; None where a line is a paragraph."""
    open_ended = Counter(_columns(line, original) for line in lines if line.text[-1] not in _ENDS)
    count, width = max(((sum(open_ended[w - k] for k in range(_SLACK + 1)), w) for w in open_ended), default=(0, 0))
    if width < _NARROWEST or count < max(_FEWEST_CUT_LINES, _CUT_SHARE * open_ended.total()):
        return None
    columns = [_columns(line, original) for line in lines]
    cut = [line for line, n in zip(lines, columns, strict=True) if 0 <= width - n <= _SLACK]
    running = sum(any(comma in line.text for comma in _COMMAS) for line in cut)
    wider = sum(n > width for n in columns)
    return width if 2 * running >= len(cut) and wider <= _WIDER_SHARE * len(lines) else None


def _columns(line: Line, original: str) -> int:
    """How wide a line stands in a Chinese font: what is not ASCII takes two columns, as it takes two bytes in GBK."""
    text = original[line.start : line.end].rstrip()
    return len(text.encode("gbk", "replace")) if not text.isascii() else len(text)
