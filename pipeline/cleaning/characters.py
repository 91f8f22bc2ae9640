"""Steps on single characters: line ends, invisible characters, full-width forms, radicals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.offsets import Edit
from pipeline.tables import Row

# \r\n becomes \n, every other line end too: a vertical tab is Word's soft return, a form feed a new page.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
LINE_ENDS = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_SPANS = (
    *(
        ("\x00", "\x08"),
        ("\x0e", "\x1b"),
        ("\x1f", "\x1f"),
        ("\x7f", "\x84"),
        ("\x86", "\x9f"),
    ),  # control characters but tab and line ends
    *(
        ("\u00ad", "\u00ad"),
        ("\u034f", "\u034f"),
        ("\u061c", "\u061c"),
        ("\u115f", "\u1160"),
        ("\u17b4", "\u17b5"),
        ("\u180b", "\u180e"),
    ),
    *(
        ("\u200b", "\u200f"),
        ("\u202a", "\u202e"),
        ("\u2060", "\u206f"),
        ("\u3164", "\u3164"),
        ("\ufe00", "\ufe0f"),
        ("\ufeff", "\ufeff"),
    ),
    *(
        ("\uffa0", "\uffa0"),
        ("\ufff9", "\ufffc"),
        ("\U000e0000", "\U000e0fff"),
    ),  # zero-width, direction, variation, soft hyphen
    *(
        ("\ue000", "\uf8ff"),
        ("\U000f0000", "\U000ffffd"),
        ("\U00100000", "\U0010fffd"),
    ),  # private use: Word's bullets, a portal's own font
)
_INVISIBLE = re.compile(f"(?P<space>[{_SPACES}])|[{''.join(f'{first}-{last}' for first, last in _SPANS)}]")
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％﹪]+|(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])．")
_NARROW = {
    c: unicodedata.normalize("NFKC", chr(c)) for r in ("０９", "ＡＺ", "ａｚ") for c in range(ord(r[0]), ord(r[1]) + 1)
}
_NARROW |= {ord("％"): "%", ord("﹪"): "%", ord("．"): "."}
INVISIBLES = frozenset(
    chr(c) for first, last in _SPANS for c in range(ord(first), ord(last) + 1) if c < 0xF0000
) | frozenset(_SPACES)
FULL_WIDTHS = frozenset(map(chr, _NARROW))


def line_ends(text: str) -> Iterable[Edit]:
    """Every line end becomes one line feed, so that a line of the page is a line of the text."""
    for match in _LINE_END.finditer(text):
        if match.end() - match.start() == 2:
            yield Edit(match.start(), match.start() + 1)
        else:
            yield Edit(*match.span(), "\n")


def invisibles(text: str) -> Iterable[Edit]:
    """Invisible characters go; the spaces of typesetting become plain ones. The ideographic space U+3000 stays as layout."""
    for match in _INVISIBLE.finditer(text):
        yield Edit(*match.span(), " " if match["space"] else "")


def full_width(text: str) -> Iterable[Edit]:
    """Full-width digits, Latin letters, ％ and the ． behind them become ASCII; ，（）：① stay, they are Chinese.

    >>> from pipeline.offsets import apply_edits
    >>> s = "（１）增长５．６％，①约翰．史密斯"
    >>> apply_edits(s, full_width(s))
    '（1）增长5.6%，①约翰．史密斯'
    """
    for match in _FULL_WIDTH.finditer(text):
        yield Edit(*match.span(), match[0].translate(_NARROW))


class Radicals:
    """Radicals that PDF extraction yields in place of the hanzi that look the same (⼯作 for 工作)."""

    def __init__(self, rows: Iterable[Row]) -> None:
        kangxi = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
        compatible = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0xF900, 0xFADA)}
        table = kangxi | compatible | {row["written"]: row["meant"] for row in rows}
        self._meant = {c: meant for c, meant in table.items() if c != meant}
        self._pattern = re.compile(f"[{''.join(self._meant)}]")
        self.triggers = frozenset(self._meant)

    def edits(self, text: str) -> Iterable[Edit]:
        """Each radical becomes its hanzi."""
        for match in self._pattern.finditer(text):
            yield Edit(*match.span(), self._meant[match[0]])
