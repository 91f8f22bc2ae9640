"""Reading files in a process apart: limits of memory and time, and LibreOffice for the formats that only it reads."""

from assets.reading.files import Entry, entries, read_file

__all__ = ["Entry", "entries", "read_file"]
