"""Typeface, size and colour (字符格式): most of a Word file's bytes, and nothing of its text; taken out before the file is parsed."""

from __future__ import annotations

from pipeline.readers.docx.names import MAIN

_BEGINS, _ENDS = b"<w:rPr>", b"</w:rPr>"
_DECLARED = f'xmlns:w="{MAIN}"'.encode()
# Properties of a run that are about its text: hidden text, a style that may hide it, a paragraph end that is deleted or moved.
_ABOUT_TEXT = (b"vanish", b"rStyle", b"<w:del", b"<w:moveFrom")
# With these begin the signs of symbol fonts (U+F000 to U+F0FF), which only the run's font explains.
_SIGNS = (b"\xef\x80", b"\xef\x81", b"\xef\x82", b"\xef\x83")


def without_looks(part: bytes) -> bytes:
    """A part of a document without the properties of runs that are about their looks alone.

    >>> without_looks(f'<w:p xmlns:w="{MAIN}"><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>21.07</w:t></w:r></w:p>'.encode())[-33:]
    b'<w:r><w:t>21.07</w:t></w:r></w:p>'
    """
    # In a comment or CDATA the marks would be text.
    if _DECLARED not in part or b"<!" in part:
        return part
    words = [word for word in _ABOUT_TEXT if word in part]
    signs = [sign for sign in _SIGNS if sign in part]
    first, *rest = part.split(_BEGINS)
    kept = [first]
    for piece in rest:
        properties, end, after = piece.partition(_ENDS)  # no end where the properties before a change stand within
        about_text = not end
        for word in words:
            about_text = about_text or word in properties
        for sign in signs:
            about_text = about_text or sign in after
        kept.append(_BEGINS + piece if about_text else after)
    return b"".join(kept)
