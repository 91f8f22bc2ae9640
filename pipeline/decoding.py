"""Bytes -> text: which encoding a file of the landing zone has, and which files are no text at all.

Nothing that is dropped into the landing zone raises: the answer is `Decoded` or `Refusal`.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from pipeline.legibility import LEGIBLE, is_legible, legibility


class Decoded(NamedTuple):
    """A text as it stands in the file (CRLF kept, BOM dropped), and how that was found.

    `basis` is "bom", "valid" (strict UTF-8) or "detected" (by legibility). A text that had been
    misread before it was saved has an encoding of the form "utf-8 misread as gb18030".
    """

    text: str
    encoding: str
    basis: str
    media_type: str


class Refusal(NamedTuple):
    """Why a file cannot become a report: a short reason for counting, a detail, and what to do (退回)."""

    reason: str
    detail: str
    remedy: str


# Longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP container such as DOCX, XLSX or OFD"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or WPS file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# (read as, really): the misreadings that are met, each undone by one lossless round trip.
_MISREADINGS = (
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("cp1252", "gb18030"),
    ("gb18030", "big5hkscs"),
    ("big5hkscs", "gb18030"),
    ("cp1252", "big5hkscs"),
)
# What is left when bytes were replaced before they were misread, and what uninitialised memory reads as.
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|锘锘锘")
_LOST_SHARE = 0.005
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.02
_VISIBLE = re.compile(r"[^\s\x00\ufeff]")
_SAMPLE = 1 << 16
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype html|html|head|body|div|table|p|meta)\b", re.I
)
"""How an HTML page begins."""

_SAVE_AS_TEXT = "Save the report as plain text (UTF-8) and put that file into the landing zone."
_FETCH_AGAIN = "Fetch the page again with its own encoding, or save it as UTF-8, and replace the file."


def decode(data: bytes) -> Decoded | Refusal:
    """The text of a file, or why it has none.

    >>> decode("2024年工作总结".encode("gb18030"))
    Decoded(text='2024年工作总结', encoding='gb18030', basis='detected', media_type='text/plain')
    >>> decode(b"%PDF-1.7").reason
    'binary'
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        return Refusal(
            "empty", f"The file has {len(data)} bytes and none of them is text.", "Put the report's text into it."
        )
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return Refusal("binary", f"The file is {kind}, not text.", _SAVE_AS_TEXT)
    decoded = _by_mark(data) or _as_utf8(data) or _by_legibility(data) or _by_detector(data)
    if decoded is None:
        return _no_text(data)
    checked = _checked(decoded)
    # Mending a misreading may leave nothing but blanks.
    return checked if isinstance(checked, Refusal) or checked.text.strip() else _no_text(data)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return _decoded(text, encoding, "bom") if _is_text(text) else None
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8; a file that was cut within its last character or holds a few bad bytes still counts, as detected."""
    try:
        text, basis = data.decode("utf-8"), "valid"
    except UnicodeDecodeError as error:
        whole = data[: error.start] if error.reason == "unexpected end of data" else data
        text, basis = whole.decode("utf-8", "replace"), "detected"
        if _lost_share(text) > _LOST_SHARE:
            return None
    return _decoded(text, "utf-8", basis) if _is_text(text) else None


def _by_legibility(data: bytes) -> Decoded | None:
    """The encoding that makes the best Chinese of the bytes, if one makes Chinese of them."""
    best, best_share = None, LEGIBLE
    for encoding in _CANDIDATES:
        text = data.decode(encoding, "replace")
        share = legibility(text)
        if share > best_share and _lost_share(text) <= _LOST_SHARE and _is_text(text):
            best, best_share = _decoded(text, encoding, "detected"), share
    return best


def _by_detector(data: bytes) -> Decoded | None:
    match = from_bytes(data[:_SAMPLE]).best()
    if match is None:
        return None
    text = data.decode(match.encoding, "replace")
    return _decoded(text, match.encoding, "detected") if _is_text(text) else None


def _decoded(text: str, encoding: str, basis: str) -> Decoded:
    return Decoded(text, encoding, basis, "text/html" if PAGE.match(text) else "text/plain")


def _is_text(text: str) -> bool:
    return len(_CONTROLS.findall(text)) <= _CONTROL_SHARE * len(text)


def _lost_share(text: str) -> float:
    return sum(map(len, _LOST.findall(text))) / max(1, len(text))


def _no_text(data: bytes) -> Refusal:
    if b"\x00" in data or len(_CONTROLS.findall(data[:_SAMPLE].decode("latin-1"))) > _CONTROL_SHARE * min(
        len(data), _SAMPLE
    ):
        return Refusal("binary", "The file holds bytes that no text has.", _SAVE_AS_TEXT)
    return Refusal(
        "undecodable", "No encoding makes text of the file: UTF-8, UTF-16, GB18030 and Big5 were tried.", _FETCH_AGAIN
    )


def _checked(decoded: Decoded) -> Decoded | Refusal:
    """`decoded`, mended if it had been misread, refused if that cannot be undone."""
    if not _VISIBLE.search(decoded.text):
        return Refusal(
            "empty", "The file holds nothing but a byte order mark and white space.", "Put the report's text into it."
        )
    lost = _lost_share(decoded.text)
    if lost > _LOST_SHARE:
        return Refusal(
            "mojibake",
            f"{lost:.1%} of the text are characters lost in an earlier conversion (�, 锟斤拷).",
            _FETCH_AGAIN,
        )
    if is_legible(decoded.text):
        return decoded
    for read_as, encoding in _MISREADINGS:
        mended = _reread(decoded.text, read_as, encoding)
        if mended is not None and is_legible(mended):
            return _decoded(mended, f"{encoding} misread as {read_as}", "detected")
    return Refusal(
        "mojibake",
        f"Only {legibility(decoded.text):.0%} of the characters are ones that Chinese is written with: the text was misread.",
        _FETCH_AGAIN,
    )


def _reread(text: str, read_as: str, encoding: str) -> str | None:
    if read_as == "cp1252":
        # As browsers do: the bytes that cp1252 leaves undefined stand for themselves.
        text, read_as = text.translate(_CP1252_TO_LATIN1), "latin-1"
    try:
        return text.encode(read_as).decode(encoding)
    except UnicodeError:
        return None


_CP1252_TO_LATIN1 = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if bytes([byte]).decode("cp1252", "ignore")
}
