"""The characters of a PDF page as lines, by pdfium."""

from __future__ import annotations

import ctypes
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from pipeline.readers.layout import CELL_GAP, Gap, Line, Span

MOST_CHARACTERS = 500_000
"""Most characters of a page; a page of small print has 5,000."""

_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\u00ad": "-", "\u0000": "\ufffd"})
_HYPHEN = re.compile("[\ufffe\x02\u00ad\u0000]")
_OF_HEIGHT = 0.75
_WIDE = "\u2026\u3001-\u301f\u3400-\u9fff\uff00-\uff60"
_WIDE_BLANK = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_WIDE_PAIR = re.compile(rf"[{_WIDE}] ?(?=[{_WIDE}])")
_SPACED_SHARE = 0.6
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x00]")
_LATIN_1 = re.compile("[\u00a1-\u00ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_LINE = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(" +")
_IS_WIDE = re.compile("[\u2e80-\u9fff\uff00-\uff60]")
_INVISIBLE_MODE = 3


class PageText(NamedTuple):
    """A page's lines, and how many of its characters are visible signs, and signs without a meaning."""

    lines: list[Line]
    signs: int
    unreadable: int


def read_characters(textpage: Any, height: float) -> PageText | None:
    """The page's lines in the order of the file; None where there are more characters than MOST_CHARACTERS."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count > MOST_CHARACTERS:
        return None
    text = _text(textpage, count)
    found = (_line(textpage, text, *line.span(), height) for line in _LINE.finditer(text))
    lines = [line for line in found if line is not None]
    signs = sum(map(len, text.replace("\x00", "\ufffd").split()))
    unreadable = len(_UNREADABLE.findall(text))
    latin = len(_LATIN_1.findall(text))
    if latin and latin > len(_HAN.findall(text)):  # GBK codes that were taken for Latin letters
        unreadable += latin
    return PageText(lines, signs, unreadable)


def _text(textpage: Any, count: int) -> str:
    """One character for each that pdfium counts."""
    if not count:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    units = bytes(buffer)[: 2 * max(0, written - 1)]
    text = units.decode("utf-16-le", "replace")
    if len(text) == count and len(units) == 2 * count:
        return text
    # Characters beyond the first plane, or ones that pdfium leaves out of its text.
    return "".join(_character(pdfium.FPDFText_GetUnicode(textpage, at)) for at in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _line(textpage: Any, text: str, start: int, end: int, height: float) -> Line | None:
    """A line with its wide gaps; blanks that pdfium made up of narrow ones are dropped."""
    line = text[start:end]
    start, end = end - len(line.lstrip()), start + len(line.rstrip())
    if start >= end:
        return None
    first = _box(textpage, start)
    last = _box(textpage, end - 1) if end - 1 > start else first
    # A hanzi is as wide as its font is large; of a line without one the height tells, which is more.
    wide = _IS_WIDE.search(text, start, end)
    if wide is None:
        em = max(_OF_HEIGHT * (first.top - first.bottom), 1.0)
    else:
        widest = first if wide.start() == start else _box(textpage, wide.start())
        em = max(widest.right - widest.left, 1.0)
    spans: list[Span] = []
    pieces: list[str] = []
    gaps: list[Gap] = []
    left = first.left
    at = start
    for blanks in _BLANKS.finditer(text, start, end):
        pieces.append(text[at : blanks.start()])
        begin, at = blanks.span()
        before, behind = _box(textpage, begin - 1), _box(textpage, at)
        if behind.left - before.right > CELL_GAP * em:
            spans.append(_span(pieces, left, before.right, gaps))
            pieces, left, gaps = [], behind.left, []
            continue
        if not all(pdfium.FPDFText_IsGenerated(textpage, blank) for blank in range(begin, at)):
            pieces.append(blanks[0])
        elif text[begin - 1].isascii() and text[at].isascii():
            pieces.append(" ")  # of two words; beside a hanzi it is a narrow gap
        gaps.append(Gap(sum(map(len, pieces)), before.right, behind.left))
    pieces.append(text[at:end])
    spans.append(_span(pieces, left, last.right, gaps))
    top, bottom = max(first.top, last.top), min(first.bottom, last.bottom)
    return Line(tuple(spans), height - top, height - bottom, em)


def _span(pieces: list[str], left: float, right: float, gaps: list[Gap]) -> Span:
    """A run; where most of its hanzi were set apart by blanks, as old typesetters do, without these."""
    text = "".join(pieces)
    if _HYPHEN.search(text):
        text = text.translate(_HYPHENS)
    pairs = len(_WIDE_PAIR.findall(text)) if " " in text else 0
    if pairs and len(_WIDE_BLANK.findall(text)) > _SPACED_SHARE * pairs:
        return Span(_WIDE_BLANK.sub("", text), left, right)
    return Span(text, left, right, tuple(gaps))


def _box(textpage: Any, at: int) -> Any:
    """The character's whole cell (left, right, bottom, top), as wide as its advance: the ink of ， ends far before its cell.

    In points from the page's lower left; all 0 where pdfium knows none.
    """
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, at, rectangle)
    return rectangle


def is_invisible(textpage: Any, count: int) -> bool:
    """Whether the page's text is not drawn, as a scanner's recognised text is not."""
    for at in range(0, count, max(1, count // 5)):
        item = pdfium.FPDFText_GetTextObject(textpage, at)
        if item and pdfium.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE_MODE:
            return False
    return count > 0
