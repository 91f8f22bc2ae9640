"""Reading files in a process apart: limits of memory and time, and LibreOffice for the formats that only it reads."""

from assets.reading.files import read_content, what_reads

__all__ = ["read_content", "what_reads"]
