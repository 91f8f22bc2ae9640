"""Typeface, spacing and borders (字符与段落格式): most of a Word file's bytes, and nothing of its text; taken out before the file is parsed."""

from __future__ import annotations

import re

from pipeline.readers.docx.names import MAIN

_DECLARED = f'xmlns:w="{MAIN}"'.encode()
# Properties of a run are empty elements. Of these some are about its text: hidden text, a style that may hide it, a paragraph
# end that is deleted or moved. Run properties with one of them, or with elements that hold others, stay.
_OF_RUNS = rb"rPr>(?:<(?:w:(?!vanish|rStyle|del|moveFrom)|w1\d:)[^>]*/>)*+</w:rPr>"
# Of a paragraph, row or cell: how it is set, marks of places in it, and frames of nothing but lines and stops.
_OF_BLOCKS = (
    rb"(?:spacing|ind|jc|keepNext|keepLines|widowControl|wordWrap|overflowPunct|topLinePunct|kinsoku|snapToGrid|autoSpaceD[EN]"
    rb"|adjustRightInd|textAlignment|shd|proofErr|bookmarkStart|bookmarkEnd|tcW|vAlign|noWrap|trHeight|cantSplit|tblHeader|gridCol)(?: [^>]*+(?<=/)|/)>"
)
_FRAMES = rb"(?:tabs|pBdr|tcBorders|tcMar)>(?:<w:[^>]*+(?<=/)>)*+</w:(?:tabs|pBdr|tcBorders|tcMar)>"
_OF_CELLS = rb"t[cr]Pr>(?:<w:(?:%b|%b))*+</w:t[cr]Pr>" % (_OF_BLOCKS, _FRAMES)
_LOOKS = re.compile(rb"<w:(?:%b|%b|%b|%b)" % (_OF_RUNS, _OF_BLOCKS, _FRAMES, _OF_CELLS))
# With these begin the signs of symbol fonts (U+F000 to U+F0FF), which only the run's font explains.
_SIGNS = re.compile(rb"\xef[\x80-\x83]")
# Runs of nothing but text, which differed in their looks or in the editing session they come from, are one.
_RUN, _NEXT = rb'<w:r(?: w:rsid\w*="\w*")*><w:t(?: xml:space="preserve")?>', b"</w:t></w:r>"
_RUNS = re.compile(rb"%b[^<]*+(?:%b%b[^<]*+)++" % (_RUN, _NEXT, _RUN))
_SEAM = re.compile(_NEXT + _RUN)


def without_looks(part: bytes) -> bytes:
    """A part of a document without what is about its looks alone, and without ends of runs between texts.

    >>> looks = '<w:rPr><w:sz w:val="32"/></w:rPr>'
    >>> without_looks(f'<w:p xmlns:w="{MAIN}"><w:r>{looks}<w:t>21</w:t></w:r><w:r><w:t>.07</w:t></w:r></w:p>'.encode())[-33:]
    b'<w:r><w:t>21.07</w:t></w:r></w:p>'
    """
    # In a comment or CDATA the marks would be text. The sign alone is rare, and looked for much faster.
    if _DECLARED not in part or (b"!" in part and b"<!" in part):
        return part
    without = _LOOKS.sub(b"", part)
    return part if _SIGNS.search(without) else _RUNS.sub(lambda runs: _SEAM.sub(b"", runs[0]), without)
