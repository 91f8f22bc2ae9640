"""Stable identifiers: a document's from source and path, a section's from its document and position, a statement's from
its document and its own words (pipeline.identity).
"""

from __future__ import annotations

from hashlib import sha256


def document_id(source: str, path: str) -> str:
    """16 hexadecimal digits of the SHA-256 of source and path within the landing zone."""
    return sha256(f"{source}\n{path}".encode()).hexdigest()[:16]


def row_id(document: str, kind: str, position: int) -> str:
    """`<document_id>-<kind><position>`, kind one letter.

    >>> row_id("07f6318b88aacb62", "f", 120)
    '07f6318b88aacb62-f120'
    """
    return f"{document}-{kind}{position}"


def position_of(row: str) -> int:
    """The position in an id of `row_id`.

    >>> position_of("07f6318b88aacb62-f120")
    120
    """
    return int(row.rpartition("-")[2][1:])
