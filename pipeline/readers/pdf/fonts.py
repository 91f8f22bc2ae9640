"""A stand-in for Chinese fonts that a PDF names and does not hold (未嵌入的字体): its text is read alike on every machine.

Of such a font the file states the codes and widths; pdfium takes the height of its characters from a font of the machine. That is most of the time of a
small file, moves the boxes by what that font's ink is wider, and where there is none, lines are lost (findings/pdf_equal_lines_without_the_font.sh).
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2.internal import set_callbacks

_EM, _TOP, _BOTTOM, _WIDTH = 1000, 860, -120, 100
"""The only sign: a bar as high as a hanzi, and narrower than any character, whose width the file tells."""
_SEEN = ((0x21, 0x9F), (0xA1, 0x2FFF), (0x3001, 0x10FFFF))
"""What has a sign: all but the blanks."""
_CHARSETS = frozenset((128, 129, 130, 134, 136))
"""Japanese, Korean (two), simplified and traditional Chinese, as Windows numbers them. For other fonts pdfium has its own."""
_FONT = 1


def font() -> bytes:
    """A TrueType font whose characters all look alike.

    Tables and their fields are those of the OpenType specification. `cmap` is of format 13, which gives many characters one sign; sign 0 is the blank.

    >>> len(font())
    368
    """
    bar = struct.pack(">hhhhhHH4B", 1, 0, _BOTTOM, _WIDTH, _TOP, 3, 0, 1, 1, 1, 1)
    bar += struct.pack(">8h", 0, 0, _WIDTH, 0, _BOTTOM, _TOP - _BOTTOM, 0, _BOTTOM - _TOP) + b"\0\0"
    groups = b"".join(struct.pack(">3I", first, last, 1) for first, last in _SEEN)
    return _assembled(
        {
            b"cmap": struct.pack(">4HI2H3I", 0, 1, 3, 10, 12, 13, 0, 16 + len(groups), 0, len(_SEEN)) + groups,
            b"glyf": bar,
            b"head": struct.pack(
                ">4I2H2q4h2H3h",
                *(1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _BOTTOM, _WIDTH, _TOP, 0, 8, 2, 1, 0),
            ),
            b"hhea": struct.pack(">I3hH11hH", 1 << 16, _TOP, _BOTTOM, 0, _EM, 0, 0, _WIDTH, 1, *(0,) * 7, 2),
            b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
            b"loca": struct.pack(">3I", 0, 0, len(bar)),
            b"maxp": struct.pack(">I14H", 1 << 16, 2, 4, 1, 0, 0, 1, *(0,) * 8),
        }
    )


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """A font file of tables, which stand in the order of their names; no reader asks for checksums."""
    power = len(tables).bit_length() - 1
    directory = struct.pack(">I4H", 1 << 16, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    at, body = len(directory) + 16 * len(tables), b""
    for name, table in tables.items():
        directory += struct.pack(">4s3I", name, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


@cache
def use_stand_in() -> Any:
    """From now on pdfium, of which a process has one, takes the stand-in for Chinese fonts and no font of the machine.

    Returns what pdfium calls; it has to be kept as long as pdfium is used.
    """
    file = font()

    def found(_: Any, weight: int, italic: int, charset: int, *__: Any) -> int | None:  # noqa: ARG001 - the order is pdfium's
        return _FONT if charset in _CHARSETS else None

    def written(_: Any, __: Any, table: int, buffer: Any, size: int) -> int:
        if table:  # of a font collection
            return 0
        if size >= len(file):
            ctypes.memmove(buffer, file, len(file))
        return len(file)

    fonts = pdfium.FPDF_SYSFONTINFO(version=1)
    set_callbacks(fonts, MapFont=found, GetFontData=written)
    pdfium.FPDF_SetSystemFontInfo(fonts)
    return fonts
