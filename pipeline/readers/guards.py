"""Limits that keep a hostile file from harm, and the archive and XML readers that hold to them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Container
from itertools import count

from lxml import etree

from pipeline.decoding import Refusal

MOST_MEMBERS = 5_000
LARGEST_MEMBER = 64 << 20
LARGEST_TOTAL = 256 << 20
LARGEST_FILE = 64 << 20
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_UNPACK = "Unpack and repack it with an office program, or save the report as plain text (UTF-8)."
_SAVE_ANEW = "Open the file in its own program and save it anew, or save the report as plain text (UTF-8)."


# Its own limits stand: 256 levels, 10 MB of one text, no growth by entities.
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)


class RefusedError(Exception):
    """A file is over a limit or is not what it says; carries the refusal. It does not leave pipeline.readers."""

    def __init__(self, reason: str, detail: str, remedy: str = _SAVE_ANEW) -> None:
        super().__init__(reason, detail)
        self.refusal = Refusal(reason, detail, remedy)


class Archive:
    """A ZIP file whose members are counted while they are unpacked: what its directory says of their sizes is not believed."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            ValueError,
            EOFError,
            OSError,
            NotImplementedError,
            IndexError,
            OverflowError,
        ) as error:
            raise RefusedError("broken_file", f"The file begins as a ZIP archive and is none: {error}.") from error
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise RefusedError(
                "archive_too_large", f"The archive has {len(members):,} members, more than {MOST_MEMBERS:,}.", _UNPACK
            )
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            if member.is_dir():
                continue
            name = name_of(member)
            if name in self._members:  # an archive that was added to: the newest has the name, and none is lost
                self._members[unused(name, self._members)] = self._members[name]
            self._members[name] = member
        self._unpacked = 0

    @property
    def names(self) -> list[str]:
        """The files' names, in the order of the archive."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """A member's bytes.

        Raises:
            RefusedError: it is encrypted, broken, not there, or with it the archive is over a limit.

        """
        if name not in self._members:
            raise RefusedError("broken_file", f"The file lacks its part {name}.")
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise RefusedError(
                "encrypted", f"{name} is encrypted.", "Remove the password and put the file there again."
            )
        allowed = min(LARGEST_MEMBER, LARGEST_TOTAL - self._unpacked)
        try:
            with self._zip.open(member) as stream:
                data = stream.read(allowed + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise RefusedError("broken_file", f"{name} cannot be unpacked: {error}.") from error
        except Exception as error:  # the other decompressors have exceptions of their own
            raise RefusedError("broken_file", f"{name} cannot be unpacked: {type(error).__name__}.") from error
        self._unpacked += len(data)
        if len(data) > allowed:
            what, most = (name, LARGEST_MEMBER) if allowed == LARGEST_MEMBER else ("The archive", LARGEST_TOTAL)
            raise RefusedError("archive_too_large", f"{what} unpacks to more than {most >> 20} MB.", _UNPACK)
        return data

    def check_stated_size(self) -> None:
        """Refuse an archive whose members together are larger than LARGEST_TOTAL: no more of a member is unpacked than it states."""
        if sum(member.file_size for member in self._members.values()) > LARGEST_TOTAL:
            raise RefusedError(
                "archive_too_large", f"The archive unpacks to more than {LARGEST_TOTAL >> 20} MB.", _UNPACK
            )

    def xml(self, name: str) -> etree._Element:
        """A member as XML.

        Raises:
            RefusedError: as in `read`, or it is no XML, nests too deep, or declares a document type.

        """
        return parse_xml(self.read(name), name)


def unused(name: str, taken: Container[str]) -> str:
    """The name, or with a number the first that is not taken.

    >>> unused("总结.txt", {"总结.txt", "总结.txt (2)"})
    '总结.txt (3)'
    """
    numbered = (f"{name} ({k})" for k in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def name_of(member: zipfile.ZipInfo) -> str:
    """A member's name as its maker wrote it: what is not marked as UTF-8 is UTF-8 all the same, or GBK (Chinese Windows)."""
    if member.flag_bits & _UTF8_NAME or member.filename.isascii():
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def check_document_type(data: bytes, name: str) -> None:
    """Raise RefusedError where an XML part declares a document type."""
    # What is written in UTF-16 has a NUL among its first characters.
    signs = _DOCTYPES if b"\x00" in data[:4] else _DOCTYPES[:1]
    if any(sign in data for sign in signs):
        raise RefusedError("document_type", f"{name} declares a document type (DTD), which no office program writes.")


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML part that fetches nothing, expands nothing and does not nest without end.

    Raises:
        RefusedError: it is no XML, nests deeper than DEEPEST, or has a DOCTYPE, which no office format needs.

    """
    check_document_type(data, name)
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("broken_file", f"{name} is no XML: {error}.") from error
    if root is None:
        raise RefusedError("broken_file", f"{name} is empty.")
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding in which the sign above was not seen
        raise RefusedError("document_type", f"{name} declares a document type (DTD), which no office program writes.")
    return root
