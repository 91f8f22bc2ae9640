"""Which reader a file goes to."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.decoding import Decoded, Refusal, decode
from pipeline.readers import sniffing
from pipeline.readers.guards import LARGEST_FILE, Archive, RefusedError, unused
from pipeline.readers.reading import Reading

_SAVE_AS = (
    "Save the report as DOCX, PDF with a text layer, or plain text (UTF-8), and put that file into the landing zone."
)
_HEAD = 4096
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_OFFICE = {sniffing.DOC: "DOC or WPS"}
_UNREAD = {
    sniffing.XLS: "an old Excel workbook (XLS)",
    sniffing.PPT: "an old presentation (PPT)",
    sniffing.PPTX: "a presentation (PPTX)",
    sniffing.ODT: "an OpenDocument text",
    sniffing.OLE: "an OLE file of a program that is not known",
    sniffing.RTF: "an RTF file, whose automatic numbers do not survive conversion",
}


def needs_office(data: bytes) -> str | None:
    """The media type of a file that an office program has to convert to DOCX first (DOC, and WPS which is the same)."""
    kind = sniffing.container(data)
    return kind if kind in _OFFICE else None


def is_plain_text(data: bytes) -> bool:
    """Whether a file has no format that needs a reader: neither a sign of another format nor an HTML tag near its beginning."""
    return sniffing.container(data) is None and b"<" not in data[:_HEAD].replace(b"\x00", b"")


class Member(NamedTuple):
    """A file in an archive: its path below the archive, and its name there."""

    path: str
    name: str


def archive_members(data: bytes) -> list[Member] | Refusal | None:
    """The files of a ZIP archive, which is a folder then; None for a file that is no such archive.

    A member's name is as its maker wrote it, without ways out of the archive. What no person put there (resource forks of macOS, hidden
    files) is left out.
    """
    if sniffing.container(data) != sniffing.ZIP:
        return None
    try:
        archive = Archive(data)
        if sniffing.zip_type(archive) != sniffing.ZIP:
            return None
        archive.check_stated_size()
    except RefusedError as refused:
        return refused.refusal
    found: dict[str, Member] = {}
    for name in archive.names:
        if (path := inside(name)) is not None:
            path = unused(path, found)
            found[path] = Member(path, name)
    return list(found.values()) or Refusal("empty", "The archive holds no files.", "Put the report's files into it.")


def archive_member(data: bytes, name: str) -> bytes | Refusal:
    """The bytes of a member, or why there are none."""
    try:
        return Archive(data).read(name)
    except RefusedError as refused:
        return refused.refusal


def inside(name: str) -> str | None:
    r"""A member's name as a path below its archive; None for what no person put there.

    >>> inside("2024\\总结.docx"), inside("../../总结.txt"), inside("__MACOSX/._总结.docx"), inside("/总结.txt")
    ('2024/总结.docx', '总结.txt', None, '总结.txt')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts or "__MACOSX" in parts or any(part.startswith(".") for part in parts):
        return None
    return "/".join(_CONTROL.sub("_", part) for part in parts)


def read(data: bytes) -> Reading | Refusal:
    r"""The text of a file of any format that is read here, or why it has none.

    >>> read("2024年工作总结：完成21.07亿元。".encode()).reader
    'text'
    >>> read(b"PK\x03\x04 and no archive").reason
    'broken_file'
    """
    try:
        return _read(data)
    except RefusedError as refused:
        return refused.refusal
    except MemoryError:
        return Refusal("too_large", "The file takes more memory to read than a reader is given.", _SAVE_AS)
    except RecursionError:
        return Refusal("too_deep", "The parts of the file nest deeper than any report's.", _SAVE_AS)
    except Exception as error:  # libraries raise all kinds on broken files
        detail = f"The file is broken: {type(error).__name__}: {error}"[:300]
        return Refusal("broken_file", detail, "Open it in its own program and save it anew, or save its text.")


def read_text(decoded: Decoded) -> Reading:
    """Plain text is its own reading."""
    return Reading(decoded.text, decoded.media_type, "text", "1", decoded.encoding, decoded.basis)


def _read(data: bytes) -> Reading | Refusal:
    if len(data) > LARGEST_FILE:
        return Refusal("too_large", f"The file has more than {LARGEST_FILE >> 20} MB.", "Split the file.")
    kind = sniffing.container(data)
    if kind is None:
        kind = sniffing.HTML
        if not sniffing.is_page(data):
            decoded = decode(data)
            if isinstance(decoded, Refusal):
                return decoded
            if decoded.media_type != sniffing.HTML:
                return read_text(decoded)
    archive = None
    if kind == sniffing.ZIP:
        archive = Archive(data)
        kind = sniffing.zip_type(archive)
    # A reader's libraries are loaded with its first file.
    if kind == sniffing.HTML:
        from pipeline.readers.html.reader import read_html

        return read_html(data)
    if kind == sniffing.PDF:
        from pipeline.readers.pdf.reader import read_pdf

        return read_pdf(data)
    if archive is not None and kind == sniffing.DOCX:
        from pipeline.readers.docx.reader import read_docx

        return read_docx(archive)
    if archive is not None and kind == sniffing.OFD:
        from pipeline.readers.ofd import read_ofd

        return read_ofd(data, archive)
    if archive is not None and kind == sniffing.XLSX:
        from pipeline.readers.xlsx import read_xlsx

        return read_xlsx(data, archive)
    return _unread(kind)


def _unread(kind: str) -> Refusal:
    if kind == sniffing.ENCRYPTED_OFFICE:
        return Refusal(
            "encrypted", "The office file asks for a password.", "Save it without one and put it there again."
        )
    if kind in _OFFICE:
        return Refusal(
            "needs_libreoffice",
            f"The file is a {_OFFICE[kind]} document, which LibreOffice has to convert and which is not installed.",
            "Install it (apt-get install libreoffice-writer) and run again, or save the report as DOCX.",
        )
    if kind == sniffing.ZIP:
        return Refusal("archive", "The file is a ZIP archive, within another or by itself.", "Unpack it.")
    return Refusal("binary", f"The file is {_UNREAD[kind]}.", _SAVE_AS)
