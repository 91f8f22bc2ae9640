"""The manifest (清单): what a person says of the files of the landing zone."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

MANIFEST = "manifest.csv"
MANIFEST_COLUMNS = ("path", "title", "issuer", "issuer_place", "doc_type", "period_label", "published_on", "url")
_LONGEST_FIELD = 10_000
_LARGEST = 64 << 20


class LandingError(Exception):
    """The landing zone itself cannot be used; the message says what to do."""


class Note(NamedTuple):
    """Something about the landing zone, not about one of its files, that a person should know."""

    path: str
    reason: str
    detail: str
    remedy: str


class Manifest(NamedTuple):
    """The rows by path within the landing zone, and what is wrong with the others."""

    rows: dict[str, dict[str, str]]
    notes: list[Note]

    def unused(self, paths: list[str]) -> Iterator[Note]:
        """Rows that are about no file of the landing zone."""
        known = set(paths)
        for path in self.rows:
            if path in known:
                continue
            meant = path.replace("\\", "/").removeprefix("./").lstrip("/")
            near = [meant] if meant in known else get_close_matches(meant, paths[:2000], n=1, cutoff=0.8)
            hint = f" Did you mean {near[0]}?" if near else ""
            yield Note(
                path,
                "manifest_row_fits_no_file",
                f"{MANIFEST} has a row for {path!r}, and there is no such file.{hint}",
                "Write the path as it stands below the landing zone, with /, or remove the row.",
            )


def read_manifest(landing: Path) -> Manifest:
    """The manifest of a landing zone; without rows where there is none, or none that can be used, which a note tells."""
    path = landing / MANIFEST
    try:
        if not os.path.lexists(path):
            return Manifest({}, [])
        if not path.is_file():
            return _unusable("it is no file, or a link that leads nowhere", "Put the file itself there.")
        if path.stat().st_size > _LARGEST:
            return _unusable(f"it has more than {_LARGEST >> 20} MB", "Keep only the rows of this landing zone.")
        text = _decoded(path.read_bytes())
    except OSError as error:
        remedy = "Make it readable for the user that runs the pipeline; its rows are taken at the next run."
        return _unusable(error.strerror or str(error), remedy)
    header, rows, notes = _parsed(text, _delimiter(text))
    if "path" not in header:
        return _unusable("it has no column 'path'", f"Its first line is: {','.join(MANIFEST_COLUMNS)}")
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        if name := cells.get("path", "").strip():
            values = {column: cells.get(column, "").strip() for column in MANIFEST_COLUMNS[1:]}
            if found.get(name, values) != values:
                said = f"{MANIFEST} has several rows for {name!r} that differ; the last was used."
                notes.append(Note(name, "manifest_row_stands_twice", said, "Keep one of the rows."))
            found[name] = values
    return Manifest(found, list(dict.fromkeys(notes)))


def _unusable(why: str, remedy: str) -> Manifest:
    return Manifest({}, [Note(MANIFEST, "manifest_unreadable", f"No row of {MANIFEST} was used: {why}.", remedy)])


def _decoded(data: bytes) -> str:
    """The text in one of the encodings that spreadsheets save: UTF-8, UTF-16 (Excel's "Unicode text"), or GBK (a Chinese Windows)."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    return text.replace("\x00", "")


def _delimiter(text: str) -> str:
    r"""What parts the cells: the first line tells, in which `path` stands by itself.

    >>> _delimiter("path;title"), _delimiter("title\tpath"), _delimiter("path"), _delimiter("file;title")
    (';', '\t', ',', ',')
    """
    header = text.partition("\n")[0]
    return next((sign for sign in ",\t;" if "path" in [cell.strip(' \r"') for cell in header.split(sign)]), ",")


def _parsed(text: str, delimiter: str) -> tuple[list[str], list[list[str]], list[Note]]:
    """Header, rows and what could not be read. An unclosed quote would swallow all rows behind it: then each line is a row."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter))
        lines = list(range(1, len(rows) + 1))
    except csv.Error:
        rows = []
    bad = [] if rows else [(number, line) for number, line in enumerate(text.splitlines(), 1)]
    notes = []
    if bad:
        lines = []
        for number, line in bad:
            try:
                row = next(csv.reader([line], strict=True, delimiter=delimiter), [])
            except csv.Error as error:
                notes.append(_unread(number, str(error)))
                continue
            rows.append(row)
            lines.append(number)
    header = [cell.strip() for cell in rows[0]] if rows else []
    kept = []
    for number, row in zip(lines[1:], rows[1:], strict=True) if rows else ():
        if any(len(cell) > _LONGEST_FIELD for cell in row):
            notes.append(_unread(number, f"a field is longer than {_LONGEST_FIELD} characters"))
        else:
            kept.append(row)
    return header, kept, notes


def _unread(number: int, why: str) -> Note:
    return Note(
        MANIFEST,
        "manifest_row_unreadable",
        f"Row {number} of {MANIFEST} cannot be read: {why}.",
        "Close its quotation marks; the row is taken at the next run.",
    )
