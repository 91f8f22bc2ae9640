"""Traditional to Simplified script (繁转简), line by line, and which script a text is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from operator import ne

from opencc import OpenCC

from pipeline.offsets import Edit
from pipeline.tables import Row

_RUN = re.compile(rb"\x01+")
_HANZI = [chr(c) for c in range(0x3400, 0xA000)]


def _written_in(codec: str) -> set[str]:
    return {c for c in _HANZI if c.encode(codec, "ignore")}


class Script:
    """OpenCC's t2s, mended by the table script_phrases.

    A row with `where` = "always" holds in every line, one with "traditional" only in lines of
    Traditional script; the longest match wins, and what it covers is left to the table alone. In a
    line of Simplified script a Traditional character is converted unless the Simplified standard
    (GB 2312 or a row with "name") has it too: 於, 乾 and 昇 live on in names there.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
        simplified = dict(zip(_HANZI, to_simplified.convert("\n".join(_HANZI)).split("\n"), strict=True))
        traditional = dict(zip(_HANZI, to_traditional.convert("\n".join(_HANZI)).split("\n"), strict=True))
        gb2312, big5 = _written_in("gb2312"), _written_in("big5")
        self._convert = to_simplified.convert
        self._simplified = {c: s for c, s in simplified.items() if c != s}
        names = {row["written"] for row in rows if row["where"] == "name"}
        self._tolerated = (gb2312 & self._simplified.keys()) | names
        only_traditional = "".join(c for c in self._simplified if c not in gb2312)
        only_simplified = "".join(c for c in _HANZI if c in gb2312 and c not in big5 and traditional[c] != c)
        self._only_traditional = re.compile(f"[{only_traditional}]")
        self._only_simplified = re.compile(f"[{only_simplified}]")
        self._always = _Phrases(row for row in rows if row["where"] == "always")
        self._everywhere_traditional = _Phrases(row for row in rows if row["where"] in ("always", "traditional"))
        triggers = {old for row in rows for old, new in zip(row["written"], row["meant"], strict=True) if old != new}
        triggers |= self._simplified.keys()
        self.signs = "".join(sorted(triggers))
        self._trigger = re.compile(f"[{self.signs}]")

    def counts(self, text: str) -> tuple[int, int]:
        """How many characters of `text` are only Traditional, and how many only Simplified."""
        return len(self._only_traditional.findall(text)), len(self._only_simplified.findall(text))

    def of(self, text: str) -> str:
        """Say "hans", "hant" or "mixed": a twentieth of the other script may be quotation or oversight."""
        if not self._only_traditional.search(text):
            return "hans"
        traditional, simplified = self.counts(text)
        share = traditional / max(1, traditional + simplified)
        return "hans" if share <= 0.05 else "hant" if share >= 0.95 else "mixed"

    def edits(self, text: str) -> Iterable[Edit]:
        """The characters that differ after conversion, one edit for each run of them."""
        at = 0
        while trigger := self._trigger.search(text, at):
            start = text.rfind("\n", 0, trigger.start()) + 1
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            line = text[start:end]
            yield from _differences(line, self._simplify(line), start)
            at = end

    def _simplify(self, line: str) -> str:
        """`line` in Simplified script, of the same length."""
        traditional, simplified = self.counts(line)
        is_traditional = traditional > simplified
        phrases = self._everywhere_traditional if is_traditional else self._always
        converted = self._convert(line)
        if len(converted) != len(line):
            converted = "".join(self._simplified.get(c, c) for c in line)
        if not is_traditional and converted != line:
            converted = "".join(c if c in self._tolerated else d for c, d in zip(line, converted, strict=True))
        return phrases.replace(line, converted)


class _Phrases:
    """Replacements of equal length, the longest match first."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._meant = {row["written"]: row["meant"] for row in rows}
        for written, meant in self._meant.items():
            if len(written) != len(meant):
                raise ValueError(
                    f"script_phrases.csv: {written} and {meant} differ in length; give both the same length."
                )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._meant, key=len, reverse=True)) or "(?!)")

    def replace(self, line: str, converted: str) -> str:
        """`converted`, with the table's word for what stands in `line`."""
        pieces: list[str] = []
        at = 0
        for match in self._pattern.finditer(line):
            pieces += (converted[at : match.start()], self._meant[match[0]])
            at = match.end()
        return "".join([*pieces, converted[at:]])


def _differences(before: str, after: str, offset: int) -> Iterable[Edit]:
    differs = bytes(map(ne, before, after))
    for run in _RUN.finditer(differs):
        start, end = run.span()
        yield Edit(offset + start, offset + end, after[start:end])
