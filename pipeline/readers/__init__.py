"""Readers (读取): bytes of a file -> its text with blocks, table cells and what it says of itself, or a refusal.

One reader a format, chosen by content and never by name. A file that a reader cannot take whole is refused with a reason and what
to do: a figure that is lost without a word is worse than a file that is put back.
"""

from pipeline.readers.dispatch import Member, archive_member, archive_members, is_plain_text, needs_office, read
from pipeline.readers.guards import unused
from pipeline.readers.reading import FURNITURE, Cell, Part, Reading, Stated

__all__ = [
    "FURNITURE",
    "Cell",
    "Member",
    "Part",
    "Reading",
    "Stated",
    "archive_member",
    "archive_members",
    "is_plain_text",
    "needs_office",
    "read",
    "unused",
]
