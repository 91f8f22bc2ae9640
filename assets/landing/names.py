"""Names in the landing zone: which folder is a source, which file is no report, and how a name is shown that is no text."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import PurePath

UNFILED = "unfiled"
"""The source of files at the top of the landing zone."""

# Partition keys become file names and appear in URLs of the UI; other characters have been an injection path
# (CVE-2026-41490). CJK, letters, digits, - _ . without a leading dot.
SOURCE_NAME = re.compile(r"[\w\u3400-\u9fff-][\w\u3400-\u9fff.-]{0,99}")
_MOST_BYTES = 180
"""A file name has at most 255 bytes, and stage files are named after their source, with an ending and the run."""

# What file managers and office programs leave beside the files of a person.
_NO_REPORTS = re.compile(r"\..*|~\$.*|desktop\.ini|thumbs\.db|ehthumbs\.db|icon\r|__macosx", re.IGNORECASE)


def is_source_name(name: str) -> bool:
    """True where a folder name may be a source (来源) and so a partition key.

    >>> is_source_name("qingdao-health"), is_source_name("青岛市卫健委"), is_source_name("../etc"), is_source_name(".git")
    (True, True, False, False)
    """
    return SOURCE_NAME.fullmatch(name) is not None and len(name.encode("utf-8", "replace")) <= _MOST_BYTES


def source_of(relative: PurePath) -> str:
    """The source of a file, by its path within the landing zone; a name is the same in NFC and NFD (macOS).

    >>> source_of(PurePath("jǐnán/2024.txt")) == source_of(PurePath("ji\u030cna\u0301n/2024.txt"))
    True
    """
    folder = unicodedata.normalize("NFC", relative.parts[0]) if len(relative.parts) > 1 else UNFILED
    return folder if is_source_name(folder) else UNFILED


def is_report_name(name: str) -> bool:
    """False for hidden files and those that file managers leave.

    >>> is_report_name("2024.txt"), is_report_name("Desktop.ini"), is_report_name("~$总结.docx"), is_report_name(" ")
    (True, False, False, True)
    """
    return _NO_REPORTS.fullmatch(name) is None


def shown(name: str) -> tuple[str, str | None]:
    r"""A path as text, and what it reads as in GBK where its bytes are no UTF-8 (a ZIP file made by Windows).

    >>> shown("青岛/" + os.fsdecode("工作.txt".encode("gbk")))
    ('青岛/\\xb9\\xa4\\xd7\\xf7.txt', '青岛/工作.txt')
    >>> shown("青岛.txt")
    ('青岛.txt', None)
    """
    data = os.fsencode(name)
    try:
        return data.decode(), None
    except UnicodeDecodeError:
        guessed = [_guess(part) for part in data.split(b"/")]
        return data.decode("utf-8", "backslashreplace"), "/".join(guessed) if all(guessed) else ""


def _guess(part: bytes) -> str:
    """A name of a path: most are UTF-8 though one is not."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return part.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
