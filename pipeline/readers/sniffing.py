"""Which format a file has, by its bytes and never by its name (格式识别)."""

from __future__ import annotations

from pipeline.decoding import PAGE
from pipeline.readers.guards import Archive

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
OLE = "application/x-ole-storage"
RTF = "application/rtf"
PDF = "application/pdf"
OFD = "application/ofd"
ODT = "application/vnd.oasis.opendocument.text"
ZIP = "application/zip"
HTML = "text/html"
PLAIN = "text/plain"

_OLE_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06")
# Readers of PDF look for the sign this far into the file: mail gateways put lines before it.
_PDF_WITHIN = 1024
_PAGE_WITHIN = 2048
# Names of streams as an OLE file writes them; the first that is there tells.
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("PowerPoint Document", PPT),
)


def container(data: bytes) -> str | None:
    """The media type of a file that is no text, as far as its first bytes tell; a ZIP may be more: see `zip_type`.

    >>> container(b"%PDF-1.7"), container("工作报告".encode())
    ('application/pdf', None)
    """
    if data.startswith(_ZIP_SIGNS):
        return ZIP
    if data.startswith(_OLE_SIGN):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), OLE)
    if data.startswith(b"{\\rtf"):
        return RTF
    return PDF if b"%PDF-" in data[:_PDF_WITHIN] and not _reads_as_text(data) else None


def is_page(data: bytes) -> bool:
    """Whether the first bytes are those of an HTML page; one in UTF-16 is told by its text."""
    return PAGE.match(data[:_PAGE_WITHIN].removeprefix(b"\xef\xbb\xbf").decode("latin-1")) is not None


def zip_type(archive: Archive) -> str:
    """What a ZIP archive is: an office file, or a folder of files."""
    if "word/document.xml" in archive:
        return DOCX
    if "xl/workbook.xml" in archive:
        return XLSX
    if "ppt/presentation.xml" in archive:
        return PPTX
    names = {name.lstrip("/").lower() for name in archive.names}
    if "ofd.xml" in names:
        return OFD
    if "[content_types].xml" in names and "_rels/.rels" in names:
        return _main_part(archive)
    if "mimetype" in names and "content.xml" in names:
        return ODT
    return ZIP


def _main_part(archive: Archive) -> str:
    """An office file may name its main part as it likes; its content types tell."""
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive else b""
    for mark, kind in ((b"wordprocessingml", DOCX), (b"spreadsheetml", XLSX), (b"presentationml", PPTX)):
        if mark in types:
            return kind
    return ZIP


def _reads_as_text(data: bytes) -> bool:
    """A text may speak of %PDF-; a PDF begins with it or has bytes that no text has near it."""
    return not data.lstrip().startswith(b"%PDF-") and b"\x00" not in data and b" obj" not in data
