"""The bytes of a file of the landing zone -> its reading."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from assets.reading.child import read_apart
from assets.reading.office import soffice, to_docx
from pipeline.decoding import Refusal
from pipeline.readers import Reading, is_plain_text, needs_office, read

LIBRARIES = ("selectolax", "lxml", "pypdfium2", "ofdkit", "openpyxl")


@cache
def what_reads() -> str:
    """What the readings of the same bytes depend on beside the project's own code: libraries, and whether LibreOffice is there."""
    return " ".join([*(f"{name} {version(name)}" for name in LIBRARIES), f"LibreOffice {soffice() is not None}"])


def read_content(data: bytes) -> Reading | Refusal:
    """A file's reading. Plain text is decoded here; every other format is read by a child process with limits."""
    if is_plain_text(data):
        return read(data)
    kind = needs_office(data)
    if kind is None:
        return read_apart(data)
    converted = to_docx(data)
    if isinstance(converted, Refusal):
        return converted
    reading = read_apart(converted)
    if isinstance(reading, Refusal):
        return reading
    return reading._replace(media_type=kind, reader="doc", reader_version=f"{reading.reader_version}, LibreOffice")
