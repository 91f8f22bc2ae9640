"""The manifest (清单): what a person says of the files of the landing zone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

MANIFEST = "manifest.csv"
MANIFEST_COLUMNS = ("path", "title", "issuer", "issuer_place", "doc_type", "period_label", "published_on", "url")
_LONGEST_FIELD = 10_000


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
    """The manifest of a landing zone; without rows where there is none.

    Raises:
        LandingError: the manifest has no column `path`.

    """
    path = landing / MANIFEST
    try:
        if not path.is_file():
            return Manifest({}, [])
        data = path.read_bytes()
    except OSError as error:
        said = f"{MANIFEST} cannot be read: {error.strerror or error}. No row of it was used."
        remedy = "Make it readable for the user that runs the pipeline; its rows are taken at the next run."
        return Manifest({}, [Note(MANIFEST, "manifest_unreadable", said, remedy)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")  # what Excel saves on a Chinese Windows
    header, rows, notes = _parsed(text.replace("\x00", ""))
    if "path" not in header:
        raise LandingError(f"{path} has no column 'path'. Its header is: {','.join(MANIFEST_COLUMNS)}")
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        cells = dict(zip(header, row, strict=False))
        if name := cells.get("path", "").strip():
            found[name] = {column: cells.get(column, "").strip() for column in MANIFEST_COLUMNS[1:]}
    return Manifest(found, notes)


def _parsed(text: str) -> tuple[list[str], list[list[str]], list[Note]]:
    """Header, rows and what could not be read. An unclosed quote would swallow all rows behind it: then each line is a row."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        lines = list(range(1, len(rows) + 1))
    except csv.Error:
        rows = []
    bad = [] if rows else [(number, line) for number, line in enumerate(text.splitlines(), 1)]
    notes = []
    if bad:
        lines = []
        for number, line in bad:
            try:
                row = next(csv.reader([line], strict=True), [])
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
