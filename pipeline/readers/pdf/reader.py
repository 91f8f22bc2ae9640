"""PDF bytes -> reading."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.readers.guards import RefusedError
from pipeline.readers.layout import PageLines, add_pages
from pipeline.readers.pdf.characters import MOST_CHARACTERS, is_invisible, read_characters
from pipeline.readers.pdf.fonts import use_stand_in
from pipeline.readers.reading import Draft, Reading
from pipeline.readers.sniffing import PDF

VERSION = f"2 (pypdfium2 {pypdfium2.version.PYPDFIUM_INFO})"
MOST_PAGES = 2_000
_COVERING = 0.5
"""A picture over so much of a page that has no text is a scanned page."""
_UNREADABLE_SHARE = 0.01
_MAY_COPY = 1 << 4
_MOST_NAMED = 12
_OCR = "Recognise the text (OCR), check its figures, and put it there as plain text (UTF-8)."
_SAVE_OPEN = "Save the file without a password and without restrictions, and put it there again."
_FIELDS = {
    "Title": "file_title",
    "Author": "author",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "created_on",
}


def read_pdf(data: bytes) -> Reading:
    """The text layer of a PDF.

    Raises:
        RefusedError: there is none on some page, its fonts have no Unicode, it is encrypted, broken, or over a limit.

    """
    use_stand_in()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise RefusedError("encrypted", "The PDF asks for a password.", _SAVE_OPEN) from error
        raise RefusedError("broken_file", f"The PDF cannot be opened: {error}.") from error
    try:
        return _read(document)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("broken_file", f"The PDF cannot be read: {error}.") from error
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Reading:
    if not pdfium.FPDF_GetDocPermissions(document) & _MAY_COPY:
        raise RefusedError("encrypted", "The owner of the PDF forbids that its text is copied.", _SAVE_OPEN)
    if len(document) > MOST_PAGES:
        raise RefusedError(
            "too_large", f"The PDF has {len(document):,} pages, more than {MOST_PAGES:,}.", "Split the file."
        )
    draft = Draft()
    pages: list[PageLines] = []
    scanned: list[int] = []
    recognised: list[int] = []
    unreadable: list[int] = []
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        textpage = page.get_textpage()
        found = read_characters(textpage, height)
        if found is None:
            raise RefusedError(
                "too_large", f"Page {number} has more than {MOST_CHARACTERS:,} characters.", "Split the file."
            )
        if not found.signs and _covering_picture(page, width, height):
            scanned.append(number)
        elif is_invisible(textpage, textpage.count_chars()) and _covering_picture(page, width, height):
            recognised.append(number)
        if found.unreadable > _UNREADABLE_SHARE * max(1, found.signs):
            unreadable.append(number)
        pages.append(PageLines(number, width, height, found.lines))
        textpage.close()
        page.close()
    if scanned:
        raise RefusedError("scanned", f"{_named(scanned, len(pages))} scanned and without a text layer.", _OCR)
    if recognised:
        raise RefusedError(
            "scanned",
            f"{_named(recognised, len(pages))} scanned; the text beneath is a machine's reading of the picture.",
            _OCR,
        )
    if unreadable:
        raise RefusedError(
            "no_unicode",
            f"{_named(unreadable, len(pages))} set in fonts that do not say which characters they hold.",
            _OCR,
        )
    add_pages(draft, pages)
    if not draft.has_text():
        raise RefusedError(
            "empty", f"The {len(pages)} pages of the PDF hold no text.", "Put the report's text into it."
        )
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key in _FIELDS:
            draft.state(_FIELDS[key], value, f"PDF {key}: {value}")
    return draft.reading(PDF, "pdf", VERSION)


def _covering_picture(page: Any, width: float, height: float) -> bool:
    """Whether a picture covers much of the page."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) >= _COVERING * width * height:
            return True
    return False


def _named(numbers: list[int], of: int) -> str:
    """The pages for a sentence: Page 3 is, Pages 1, 2 of 12 are."""
    if len(numbers) == of:
        return "The page is" if of == 1 else f"All {of} pages are"
    shown = ", ".join(map(str, numbers[:_MOST_NAMED])) + (" …" if len(numbers) > _MOST_NAMED else "")
    return f"Page {shown} of {of} is" if len(numbers) == 1 else f"Pages {shown} of {of} are"
