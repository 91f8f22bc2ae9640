"""What a reader found beside the text, as one string: so it goes from stage to stage with the report it belongs to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.readers.reading import FURNITURE, Cell, Part, Reading, Stated


class Layout(NamedTuple):
    """The parts and table cells of a text, and what its file says of itself."""

    parts: Sequence[Part]
    cells: Sequence[Cell]
    stated: Sequence[Stated]

    def furniture(self) -> list[tuple[int, int]]:
        """Where the text is the printed page's and not the report's: (start, end) of whole lines."""
        return [(part.start, part.end) for part in self.parts if part.kind in FURNITURE]


NONE = Layout((), (), ())


def pack(reading: Reading) -> str:
    """The layout of a reading; empty for a plain text, which has none."""
    layout = (reading.parts, reading.cells, reading.stated)
    return json.dumps(layout, ensure_ascii=False, separators=(",", ":")) if any(layout) else ""


def unpack(packed: str) -> Layout:
    """The layout that was packed.

    >>> reading = Reading("甲", "text/html", "html", "1", "utf-8", "valid", [Part("paragraph", None, None, "p", None, 0, 1)])
    >>> unpack(pack(reading)).parts == list(reading.parts)
    True
    """
    if not packed:
        return NONE
    parts, cells, stated = json.loads(packed)
    return Layout([Part(*part) for part in parts], [Cell(*cell) for cell in cells], [Stated(*row) for row in stated])
