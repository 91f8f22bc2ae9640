"""Paragraphs that hold nothing but text, as nearly all do: found for the whole document in one pass, without a walk through each."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.names import MC, VAL, M, W, number
from pipeline.readers.docx.styles import Styles
from pipeline.readers.docx.symbols import SIGN
from pipeline.readers.guards import RefusedError

_P, _T, _TAB, _BR = f"{W}p", f"{W}t", f"{W}tab", f"{W}br"
_PSTYLE, _NUMPR, _OUTLINE = f"{W}pStyle", f"{W}numPr", f"{W}outlineLvl"
_RSTYLE, _BOX, _INSERTED = f"{W}rStyle", f"{W}txbxContent", f"{W}altChunk"
_PLAIN = (_P, _T, _TAB, _BR, _PSTYLE, _NUMPR, _OUTLINE)
# What makes a paragraph one that has to be walked.
_TELLING = (
    *(
        W + name
        for name in [
            "cr",
            "ptab",
            "noBreakHyphen",
            "del",
            "moveFrom",
            "ruby",
            "vanish",
            "instrText",
            "fldChar",
            "sym",
            "sdt",
            "footnoteReference",
            "endnoteReference",
            "drawing",
            "pict",
            "object",
            "pPrChange",
        ]
    ),
    *(_BOX, _RSTYLE, _INSERTED, f"{MC}AlternateContent", f"{M}t", f"{M}den"),
)


class PlainParagraph(NamedTuple):
    """A paragraph's text and what its properties say; `numbered` is its w:numPr, `outline` its own level, from 0."""

    style_id: str | None
    numbered: etree._Element | None
    outline: int | None
    text: str


def plain_paragraphs(body: etree._Element, styles: Styles) -> dict[etree._Element, PlainParagraph]:
    """The paragraphs of a document that are plain.

    Raises:
        RefusedError: the document inserts another file when it is opened.

    """
    found: dict[etree._Element, PlainParagraph] = {}
    paragraph: etree._Element | None = None  # None while in one that has to be walked
    has_box = False
    style_id, numbered, outline = styles.default, None, None
    pieces: list[str] = []
    for element in body.iter(*_PLAIN, *_TELLING):
        tag = element.tag
        if tag == _T:
            pieces.append(element.text or "")
        elif tag == _P:
            if paragraph is not None and not SIGN.search(text := _text(pieces)):
                found[paragraph] = PlainParagraph(style_id, numbered, outline, text)
            style_id, numbered, outline, pieces = styles.default, None, None, []
            # What follows a box in its paragraph would be taken for text of the box's last one.
            paragraph = element
            if has_box:
                has_box = next(element.iterancestors(_P), None) is not None
                paragraph = None if has_box else element
        elif tag == _PSTYLE:
            style_id = element.get(VAL)
        elif tag == _TAB:
            if not element.keys():  # in w:tabs it is a tab stop, and says of what kind
                pieces.append("\t")
        elif tag == _BR:
            pieces.append("\v")
        elif tag == _NUMPR:
            numbered = element
        elif tag == _OUTLINE:
            outline = number(element.get(VAL))
        elif tag == _INSERTED:
            raise RefusedError(
                "inserted_file",
                "The document holds another file that Word inserts when it opens it.",
                "Open the document in Word, save it anew, and put that file into the landing zone.",
            )
        elif tag != _RSTYLE or styles.get(element.get(VAL)).is_hidden:
            has_box |= tag == _BOX
            paragraph = None
    if paragraph is not None and not SIGN.search(text := _text(pieces)):
        found[paragraph] = PlainParagraph(style_id, numbered, outline, text)
    return found


def _text(pieces: list[str]) -> str:
    r"""A line end in the source of a text is a blank; a break, written \v so far, is one."""
    return "".join(pieces).replace("\n", " ").replace("\v", "\n")
