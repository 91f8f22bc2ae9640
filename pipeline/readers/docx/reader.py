"""DOCX bytes -> reading."""

from __future__ import annotations

import posixpath

from lxml import etree

from pipeline.readers.docx.looks import without_looks
from pipeline.readers.docx.names import STRICT, STRICT_SIGN, W, child
from pipeline.readers.docx.numbering import Numbering
from pipeline.readers.docx.styles import Styles
from pipeline.readers.docx.walker import Walker
from pipeline.readers.guards import Archive, RefusedError, parse_xml
from pipeline.readers.office import main_part, relations, state_core_properties
from pipeline.readers.reading import Draft, Reading
from pipeline.readers.sniffing import DOCX

VERSION = f"1 (lxml {etree.__version__})"


def read_docx(archive: Archive) -> Reading:
    """The document as Word shows it.

    Raises:
        RefusedError: it is broken, over a limit, or holds pictures in the place of text.

    """
    main = main_part(archive, "word/document.xml")
    source = archive.read(main)
    is_strict = STRICT_SIGN in source
    targets = relations(archive, main)
    folder = posixpath.dirname(main)

    def part(kind: str) -> bytes:
        name = targets.get(kind, f"{folder}/{kind}.xml")
        data = archive.read(name) if name in archive else b""
        return _transitional(data) if is_strict else data

    def root(kind: str) -> etree._Element | None:
        data = part(kind)
        return parse_xml(data, f"{kind}.xml") if data else None

    body = child(parse_xml(without_looks(_transitional(source) if is_strict else source), main), f"{W}body")
    if body is None:
        raise RefusedError("broken_file", "The Word document has no body.")
    draft = Draft()
    walker = Walker(draft, Styles(part("styles")), Numbering(root("numbering")))
    walker.walk(body)
    walker.add_notes({kind: _by_id(root(f"{kind}s"), kind) for kind in walker.kinds_of_notes})
    if not draft.has_text():
        raise no_text(walker.pictures)
    state_core_properties(draft, archive)
    return draft.reading(DOCX, "docx", VERSION)


def no_text(pictures: int) -> RefusedError:
    """The refusal of a document without text."""
    if pictures:
        return RefusedError(
            "scanned",
            f"The document holds {pictures} pictures and no text: its pages were scanned.",
            "Recognise the text (OCR), check its figures, and put it there as plain text (UTF-8).",
        )
    return RefusedError("empty", "The document holds no text.", "Put the report's text into it.")


def _by_id(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    return {note.get(f"{W}id") or "": note for note in root.iterchildren(f"{W}{kind}")} if root is not None else {}


def _transitional(data: bytes) -> bytes:
    """A part in ISO's strict form as the usual one."""
    for strict, usual in STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    return data
