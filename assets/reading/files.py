"""The bytes of a file of the landing zone -> its entries, and an entry -> its reading."""

from __future__ import annotations

from typing import NamedTuple

from assets.reading.child import read_apart
from assets.reading.office import to_docx
from pipeline.decoding import Refusal
from pipeline.readers import Reading, archive_members, is_plain_text, needs_office, read


class Entry(NamedTuple):
    """A report as it lies in the landing zone: a file, or a member of an archive, whose path goes on behind the archive's."""

    path: str
    content: bytes | Refusal


def entries(path: str, data: bytes) -> list[Entry]:
    """The file itself, or where it is a ZIP archive of files, each of these: an archive is a folder.

    >>> [entry.path for entry in entries("某市/2024.txt", "总结".encode())]
    ['某市/2024.txt']
    """
    members = archive_members(data)
    if members is None:
        return [Entry(path, data)]
    return [Entry(f"{path}/{name}" if name else path, content) for name, content in members]


def read_file(data: bytes) -> Reading | Refusal:
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
