"""Hard line breaks (硬换行) inside a sentence, and the page numbers that stand between them.

A line is joined to the next one if the break can only be within a sentence: it ends with a mark that
no line ends with (，、（“), the next begins with one that no line begins with (，。）”), or it is as
wide as the lines of the text were cut. That lines were cut is told by their form: running text of
about one width that ends anywhere, hardly a line wider, and a sentence's end where it leads to. Titles,
cells and leads end anywhere, too, but are no running text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.cleaning.lines import Line, has_heading_marker, has_sentence, lines_of
from pipeline.offsets import Edit

_ENDS = "。！？；：…!?;:"
_NEVER_LAST = "，、,（(“‘《【"
_NEVER_FIRST = "，。、；：！？）)”’》】％%"
_COMMAS = "，,、。"
_PAGE_NUMBER = re.compile(
    r"[-—–－―·~]{1,3}\s?\d{1,4}\s?[-—–－―·~]{1,3}$|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?$"
)
_LONGEST_PAGE_NUMBER = 20
# Of the running lines that end anywhere so many have the width of the cut, and so few others are wider.
_CUT_SHARE, _WIDER_SHARE = 0.6, 0.1
_FEWEST_CUT_LINES = 3
_NARROWEST, _WIDEST = 24, 160  # columns; a hanzi takes two
# Columns by which a cut line may be short: a line never begins with ， nor within a number, and who
# breaks lines by hand is off by a sixth.
_SLACK, _SLACK_BY_HAND = 6, 6
_ONE_HANZI = 2


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
    cut = _cut(lines, original)
    for i, (line, following) in enumerate(pairwise(lines)):
        if i in cut or _goes_on(line, following):
            latin = all(c.isascii() and c.isalpha() for c in (line.text[-1], following.text[0]))
            yield Edit(line.at + len(line.text), following.at, " " if latin else "")


def _may_go_on(line: Line, following: Line) -> bool:
    new_paragraph = following.at - following.start > line.at - line.start
    return not (new_paragraph or line.text[-1] in _ENDS or has_heading_marker(following.text))


def _goes_on(line: Line, following: Line) -> bool:
    return (line.text[-1] in _NEVER_LAST or following.text[0] in _NEVER_FIRST) and _may_go_on(line, following)


def _cut(lines: Sequence[Line], original: str) -> frozenset[int]:
    """The numbers of the lines that were cut at one width; none where a line is a paragraph."""
    open_ended = [i for i, (a, b) in enumerate(pairwise(lines)) if a.stop == b.start and _may_go_on(a, b)]
    running = [i for i in open_ended if _is_running(lines[i].text)]
    if len(running) < _FEWEST_CUT_LINES:
        return frozenset()
    columns = [_columns(line, original) for line in lines]
    width, count = _usual_width(columns[i] for i in running)
    if count < max(_FEWEST_CUT_LINES, _CUT_SHARE * len(running)):
        return frozenset()
    if sum(n > width for n in columns) > _WIDER_SHARE * len(lines):
        return frozenset()
    cut = [i for i in open_ended if i >= running[0] and _is_full(lines[i].text, columns[i], width)]
    # A paragraph's first line is set in, and no other.
    indent = Counter(_indent(lines[i + 1]) for i in cut).most_common(1)[0][0] if cut else 0
    cut = [i for i in cut if _indent(lines[i + 1]) <= indent]
    among = frozenset(cut)
    ends = [lines[i + 1].text[-1] in _ENDS for i in cut if i + 1 not in among]
    is_text = 2 * sum(ends) >= len(ends) and 2 * sum(_is_running(lines[i].text) for i in cut) >= len(cut)
    return among if is_text else frozenset()


def _usual_width(widths: Iterable[int]) -> tuple[int, int]:
    """The width that most lines have or are little short of, and how many these are; zeros if it is no width of a page."""
    counts = Counter(widths)
    return max(
        ((w, sum(counts[w - k] for k in range(_slack(w) + 1))) for w in counts if _NARROWEST <= w <= _WIDEST),
        key=lambda found: (found[1], found[0]),
        default=(0, 0),
    )


def _is_full(text: str, columns: int, width: int) -> bool:
    """Is a line of so many columns as wide as a cut one? Of a heading without a sentence the exact width is asked."""
    is_heading = has_heading_marker(text) and not has_sentence(text)
    return 0 <= width - columns <= (_ONE_HANZI if is_heading else _slack(width))


def _slack(width: int) -> int:
    return max(_SLACK, width // _SLACK_BY_HAND)


def _is_running(text: str) -> bool:
    return any(comma in text for comma in _COMMAS)


def _indent(line: Line) -> int:
    return line.at - line.start


def _columns(line: Line, original: str) -> int:
    """How wide a line stands in a Chinese font: what is not ASCII takes two columns, as it takes two bytes in GBK."""
    text = original[line.start : line.end].rstrip()
    return len(text.encode("gbk", "replace")) if not text.isascii() else len(text)
