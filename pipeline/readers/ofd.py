"""OFD (GB/T 33190-2016, 版式文档) -> reading: runs of text with their places on the page, by ofdkit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.metadata import version

import ofdkit

from pipeline.readers.guards import Archive, RefusedError
from pipeline.readers.layout import CELL_GAP, Line, PageLines, Span, add_pages
from pipeline.readers.reading import Draft, Reading
from pipeline.readers.sniffing import OFD

VERSION = f"1 (ofdkit {version('ofdkit')})"
MOST_PAGES = 2_000
_POINTS = 72 / 25.4
"""Points in a millimetre."""
_SAME_PLACE = 0.3
"""Millimetres between two equal runs that are one, printed twice to look bold."""
_SAME_LINE = 0.5
_MARGIN = 2.0
_ASCENT, _DESCENT = 0.88, 0.12
_WORD_GAP = 0.2
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd]")
_UNREADABLE_SHARE = 0.01
_OCR = "Recognise the text (OCR), check its figures, and put it there as plain text (UTF-8)."
_FIELDS = {"title": "file_title", "author": "author", "subject": "subject", "creation_date": "created_on"}


def read_ofd(data: bytes, archive: Archive) -> Reading:
    """All documents in the container, one after the other.

    Raises:
        RefusedError: a page or template cannot be read or holds no text, its fonts have no Unicode, or it is over a limit.

    """
    parts = {name: archive.read(name) for name in archive.names if name.lower().endswith(".xml")}  # counts them
    try:
        with ofdkit.open(data) as document:
            if len(document.pages) > MOST_PAGES:
                raise RefusedError("too_large", f"The file has more than {MOST_PAGES:,} pages.", "Split the file.")
            marked = [name for name, part in parts.items() if b"Visible" in part]
            unseen = frozenset(id for name in marked for id in _hidden_objects(archive, name))
            pages = [_page(page, unseen) for page in document.pages]
            warnings = list(dict.fromkeys(document.warnings))
            locations = [page.location for page in document.pages]
            info = document.info
    except ofdkit.OFDLimitError as error:
        raise RefusedError("too_large", f"The OFD file is over a limit: {error}.") from error
    except ofdkit.OFDError as error:
        raise RefusedError("broken_file", f"The OFD file cannot be read: {error}.") from error
    if warnings:
        raise RefusedError("incomplete", f"Parts of the OFD file cannot be read: {'; '.join(warnings)[:300]}.")
    _refuse_pictures(pages, [parts.get(name or "", b"") for name in locations])
    draft = Draft()
    add_pages(draft, pages)
    if not draft.has_text():
        raise RefusedError(
            "empty", f"The {len(pages)} pages of the OFD file hold no text.", "Put the report's text into it."
        )
    for name, field in _FIELDS.items():
        value = getattr(info, name)
        if value:
            draft.state(field, value, f"OFD {name}: {value}")
    return draft.reading(OFD, "ofd", VERSION)


def _page(page: ofdkit.Page, unseen: frozenset[str]) -> PageLines:
    x0, y0, width, height = page.box
    runs = [
        run
        for run in page.runs
        if run.text.strip()
        and run.object_id not in unseen
        and x0 - _MARGIN <= run.x <= x0 + width + _MARGIN
        and y0 - _MARGIN <= run.y <= y0 + height + _MARGIN
    ]
    lines = [_line(line, x0, y0) for line in _lines(_once(runs))]
    return PageLines(page.index + 1, width * _POINTS, height * _POINTS, lines)


def _once(runs: Iterable[ofdkit.TextRun]) -> list[ofdkit.TextRun]:
    """The runs without those that are printed again in the same place."""
    kept: list[ofdkit.TextRun] = []
    places: dict[str, list[ofdkit.TextRun]] = {}
    for run in runs:
        others = places.setdefault(run.text, [])
        if not any(abs(run.x - o.x) < _SAME_PLACE and abs(run.y - o.y) < _SAME_PLACE for o in others):
            others.append(run)
            kept.append(run)
    return kept


def _lines(runs: Iterable[ofdkit.TextRun]) -> list[list[ofdkit.TextRun]]:
    """Runs on one base line, from the top of the page; within a line from left to right, whatever their order in the file."""
    lines: list[list[ofdkit.TextRun]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x)):
        if lines and run.y - lines[-1][0].y <= _SAME_LINE * min(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.x) for line in lines]


def _line(runs: Sequence[ofdkit.TextRun], x0: float, y0: float) -> Line:
    em = max(run.size for run in runs) or 1.0
    spans: list[Span] = []
    for run in runs:
        left, right = (run.x - x0) * _POINTS, (run.x + run.width - x0) * _POINTS
        gap = left - spans[-1].right if spans else 0.0
        if not spans or gap > CELL_GAP * em * _POINTS:
            spans.append(Span(run.text.strip(), left, right))
        else:
            words = gap > _WORD_GAP * em * _POINTS and spans[-1].text[-1:].isascii() and run.text[:1].isascii()
            spans[-1] = spans[-1].joined(Span(run.text.rstrip(), left, right), " " if words else "")
    base = runs[0].y - y0
    return Line(tuple(spans), (base - _ASCENT * em) * _POINTS, (base + _DESCENT * em) * _POINTS, em * _POINTS)


def _hidden_objects(archive: Archive, name: str) -> set[str]:
    """The text objects of a part that are marked as not shown, which ofdkit hands out with the rest."""
    found: set[str] = set()
    for element in archive.xml(name).iter("{*}*"):
        if element.get("Visible") == "false":
            found.update(inner.get("ID") or "" for inner in element.iter("{*}TextObject"))
    return found - {""}


def _refuse_pictures(pages: Sequence[PageLines], parts: Sequence[bytes]) -> None:
    scanned = [
        page.number for page, part in zip(pages, parts, strict=True) if not page.lines and b"ImageObject" in part
    ]
    if scanned:
        named = ", ".join(map(str, scanned[:12]))
        raise RefusedError("scanned", f"Of {len(pages)} pages these hold a picture and no text: {named}.", _OCR)
    unreadable = []
    for page in pages:
        text = "".join(line.text for line in page.lines)
        if len(_UNREADABLE.findall(text)) > _UNREADABLE_SHARE * max(1, len(text)):
            unreadable.append(page.number)
    if unreadable:
        named = ", ".join(map(str, unreadable[:12]))
        raise RefusedError(
            "no_unicode", f"Pages set in fonts that do not say which characters they hold: {named}.", _OCR
        )
