"""The lines of a text that are not blank."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

SHORTEST_PARAGRAPH = 45
SENTENCE_END = re.compile("[。！？!?；;]")


class Line(NamedTuple):
    """A line that is not blank: text[start:end] without surrounding white space."""

    start: int
    end: int
    text: str

    @property
    def is_paragraph(self) -> bool:
        """Whether the line is running text and no heading, cell or signature."""
        text = self.text
        return len(text) >= SHORTEST_PARAGRAPH or SENTENCE_END.search(text) is not None or announces(text)


@lru_cache(maxsize=1)  # outline and tables ask for the lines of the same text
def lines_of(text: str) -> tuple[Line, ...]:
    r"""The lines of `text` that are not blank.

    >>> [line.start for line in lines_of("一\n  二")]
    [0, 4]
    """
    lines, start = [], 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            first = start + len(line) - len(line.lstrip())
            lines.append(Line(first, first + len(stripped), stripped))
        start += len(line) + 1
    return tuple(lines)


def announces(line: str) -> bool:
    """Whether a line has a clause and ends with a colon. A pattern for both would try each comma to the line's end.

    >>> announces("总的看，成绩来之不易："), announces("主要成绩："), announces("成绩：，")
    (True, False, False)
    """
    return line.endswith(("：", ":")) and ("，" in line or "," in line)
