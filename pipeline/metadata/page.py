"""The parts of a page: its head (box, title, wrapper), its body, and the signature at its end."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.language.numerals import COUNTING, ONES
from pipeline.sections.lines import announces

HEADING = re.compile(
    rf"[ \t\u00a0\u3000]*(?:[{COUNTING}]{{1,2}}[、．.]|[（(][{COUNTING}]{{1,2}}[）)]|1[.、．](?![0-9])|第[{ONES[:3]}1-3][章节部篇])"
)
SENTENCE = re.compile("[。！？；]|[^0-9];")
ENDED = re.compile("[。；]$")
LONGEST_HEAD = 80
LONGEST_TAIL = 15
LONGEST_SIGNATURE = 24


class Page(NamedTuple):
    """The lines of a page, without blanks around.

    `head`: before the body; `opening`: the first paragraph; `tail`: the last lines; `signed`: the short lines of the
    first pages, where a covering notice (通知) is signed and dated.
    """

    head: list[str]
    opening: str
    tail: list[str]
    signed: list[str]
    text: str


def split_page(page_text: str, clean_text: str) -> Page:
    """Head from the whole page, opening and tail from the cleaned text."""
    clean_lines = _lines(clean_text)
    body_at = next((at for at, line in enumerate(clean_lines) if is_body(line)), None)
    if body_at is None:
        # A short page: its first sentence is all the running text there is.
        body_at = next((at for at, line in enumerate(clean_lines) if ENDED.search(line)), len(clean_lines))
    opening = next((line for line in clean_lines[body_at:] if not HEADING.match(line)), "")
    first = clean_lines[body_at][:30] if body_at < len(clean_lines) else None
    head: list[str] = []
    for line in _lines(page_text[:20000]):
        if len(head) == LONGEST_HEAD or (first and line.startswith(first)) or (not first and is_body(line)):
            break
        head.append(line)
    else:
        head = clean_lines[:body_at] if first else head
    signed = [line for line in clean_lines[body_at : body_at + LONGEST_HEAD] if len(line) <= LONGEST_SIGNATURE]
    return Page(head, opening, clean_lines[-LONGEST_TAIL:], signed, clean_text)


def is_body(line: str) -> bool:
    """Whether a line is running text or a numbered heading."""
    return HEADING.match(line) is not None or (
        len(line) >= 25 and (SENTENCE.search(line) is not None or announces(line))
    )


def _lines(text: str) -> list[str]:
    return [stripped for line in text.split("\n") if (stripped := line.strip().strip("\ufeff"))]
