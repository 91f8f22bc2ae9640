"""Names on the pages: of files, of columns and of statuses, in both languages."""

from __future__ import annotations

import hashlib
import re
from functools import cache

from markupsafe import Markup

from warehouse.exporting.relations import head as chinese

STATUSES = {"actual": ("实绩", "actual"), "target": ("目标", "target"), "baseline": ("基数", "baseline")}


@cache
def bilingual(zh: str, en: str) -> Markup:
    """A label in both languages; the reader's choice hides one."""
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


@cache
def head(column: str) -> Markup:
    """A column's name in both languages."""
    return bilingual(chinese(column), column.replace("_", " "))


@cache
def status(value: str | None) -> Markup:
    """Actual, target or baseline, in both languages."""
    return bilingual(*STATUSES.get(value or "", (value or "", value or "")))


@cache
def slug(name: str) -> str:
    """A file name for a code or a place.

    >>> slug("370200"), slug("青岛市")
    ('370200', 'xe07d48ec78')
    """
    return name if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name) else "x" + hashlib.sha256(name.encode()).hexdigest()[:10]
