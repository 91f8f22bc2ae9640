"""Steps on single characters: line ends, invisible characters, full-width forms, radicals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.offsets import Edit
from pipeline.tables import Row

# Each kind is a set of characters as a regular expression writes it between brackets.
# \r\n becomes \n, every other line end too: a vertical tab is Word's soft return, a form feed a new page.
LINE_ENDS = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_SPACE = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_INVISIBLES = (
    f"{_SPACE}"
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters but tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"  # zero-width, direction, variation, soft hyphen
    "\ue000-\uf8ff"  # private use: Word's bullets, a portal's own font
)
_INVISIBLES_BEYOND = "\U000e0000-\U000e0fff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
INVISIBLE_SIGNS = _INVISIBLES + "\U000e0000-\U0010ffff"  # in one range, which is scanned for faster
FULL_WIDTHS = "０-９Ａ-Ｚａ-ｚ％﹪．"
_LINE_END, _SPACES, _INVISIBLE, _FULL_WIDTH = (
    re.compile(pattern)
    for pattern in (
        f"[{LINE_ENDS}]",
        f"[{_SPACE}]",
        f"[{_INVISIBLES}{_INVISIBLES_BEYOND}]",
        # 19·5%: old prints have a dot in the middle of the line; 5·12 is a day.
        f"[{FULL_WIDTHS}·](?:(?<!·)|(?<=[0-9０-９]·)(?=[0-9０-９]{{1,3}}\\s?[%％‰万亿]))",
    )
)
_NARROW = {
    chr(c): chr(c - 0xFEE0) for first, last in ("０９", "ＡＺ", "ａｚ") for c in range(ord(first), ord(last) + 1)
}
_NARROW |= {"％": "%", "﹪": "%", "．": ".", "·": "."}


def line_ends(text: str) -> Iterable[Edit]:
    """Every line end becomes one line feed, so that a line of the page is a line of the text."""
    for match in _LINE_END.finditer(text):
        before_line_feed = match[0] == "\r" and text.startswith("\n", match.end())
        yield Edit(*match.span(), "" if before_line_feed else "\n")


def invisibles(text: str) -> Iterable[Edit]:
    """Invisible characters go; the spaces of typesetting become plain ones. The ideographic space U+3000 stays as layout."""
    for match in _INVISIBLE.finditer(text):
        yield Edit(*match.span(), " " if _SPACES.match(match[0]) else "")


def full_width(text: str) -> Iterable[Edit]:
    """Full-width digits, Latin letters, ％, the ． behind them and the · of a decimal become ASCII; ，（）：① stay, they are Chinese.

    >>> from pipeline.offsets import apply_edits
    >>> s = "（１）增长５．６％，①约翰．史密斯"
    >>> apply_edits(s, full_width(s))
    '（1）增长5.6%，①约翰．史密斯'
    """
    start = end = 0  # of a run of full-width characters
    for match in _FULL_WIDTH.finditer(text):
        at = match.start()
        if (
            match[0] == "．"
            and not (at and text[at - 1].isascii() and text[at - 1].isalnum())
            and text[at - 1 : at] not in _NARROW
        ):
            continue
        if at != end:
            yield from _narrowed(text, start, end)
            start = at
        end = match.end()
    yield from _narrowed(text, start, end)


def _narrowed(text: str, start: int, end: int) -> Iterable[Edit]:
    if start < end:
        yield Edit(start, end, "".join(_NARROW[c] for c in text[start:end]))


class Radicals:
    """Radicals that PDF extraction yields in place of the hanzi that look the same (⼯作 for 工作)."""

    def __init__(self, rows: Iterable[Row]) -> None:
        kangxi = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
        compatible = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0xF900, 0xFADA)}
        table = kangxi | compatible | {row["written"]: row["meant"] for row in rows}
        self._meant = {c: meant for c, meant in table.items() if c != meant}
        self.signs = "".join(self._meant)
        self._pattern = re.compile(f"[{self.signs}]")

    def edits(self, text: str) -> Iterable[Edit]:
        """Each radical becomes its hanzi."""
        for match in self._pattern.finditer(text):
            yield Edit(*match.span(), self._meant[match[0]])
