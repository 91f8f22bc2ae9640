"""The box of a portal page (信息公开栏): keys and values in all its layouts.

One key a line or several, keys with blanks between their characters (索 引 号), without a colon, with the value on the
next line, with bullets, or in a table drawn with pipes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from pipeline.language.dates import CLOCK, STAMP
from pipeline.tables import Tables

BLANK = r"[ \t\u00a0\u3000]"
BETWEEN = rf"{BLANK}{{0,8}}"
SEPARATORS = "|｜•·●◆ \t\u00a0\u3000[【(（"
# A line of the head that begins with its date: 2024-02-02 08:30 | 来源：…
DATED_LINE = re.compile(rf"{STAMP}(?:{BLANK}*{CLOCK})?(?:{BLANK}|[|｜]|$)")
DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,14}[〔\[（(【]\s*(?:19|20)[0-9]{2}\s*[〕\]）)】]\s*第?\s*[0-9]{1,4}\s*号"
)
INDEX_NUMBER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff/\\_.()（）〔〕-]{4,60}")


class Entry(NamedTuple):
    """A value of the box: for which field, how good the key is for it (1 best), and the printed words."""

    field: str
    rank: int
    value: str
    quote: str


class BoxKeys(NamedTuple):
    """The compiled table `metadata_keys`."""

    pattern: re.Pattern[str]
    fields: dict[str, tuple[str, int]]

    @classmethod
    def from_tables(cls, tables: Tables) -> BoxKeys:
        """Longest keys first, blanks allowed between their characters."""
        fields = {row["key"]: (row["field"], int(row["rank"] or 9)) for row in tables["metadata_keys"]}
        forms = "|".join(BETWEEN.join(key) for key in sorted(fields, key=len, reverse=True))
        return cls(
            re.compile(rf"({forms})({BETWEEN}(?:[】\])）]{BETWEEN}[:：]?|[:：])|(?=[|｜\s0-9(（]|$))"),
            fields,
        )

    def read(self, head: list[str]) -> list[Entry]:
        """The entries of the head of a page, the best keys first, in page order."""
        entries = [*self._lines(head), *self._columns(head)]
        return sorted(entries, key=lambda entry: entry.rank)

    def is_box_line(self, line: str) -> bool:
        """Whether a line begins with a key and its colon, or holds several keys."""
        hits = list(self._hits(line))
        return len(hits) > 1 or any(hit[2].strip() and hit.start() <= 2 for hit in hits) or self._is_key(line)

    def _is_key(self, line: str) -> bool:
        hit = self.pattern.match(line.strip(SEPARATORS))
        return hit is not None and hit.end() == len(line.strip(SEPARATORS))

    def _hits(self, line: str) -> Iterator[re.Match[str]]:
        """Keys in a line, none the tail of a longer word; one without a colon must stand apart."""
        for hit in self.pattern.finditer(line):
            before = line[hit.start() - 1] if hit.start() else " "
            if before in SEPARATORS or (hit[2].strip() and not "\u4e00" <= before <= "\u9fff"):
                yield hit

    def _lines(self, head: list[str]) -> Iterator[Entry]:
        for at, line in enumerate(head):
            hits = list(self._hits(line))
            for hit, following in zip(hits, [*hits[1:], None], strict=False):
                value = line[hit.end() : following.start() if following else None].strip(SEPARATORS + "】])）")
                if not value and following is None and at + 1 < len(head) and not self.is_box_line(head[at + 1]):
                    value = head[at + 1].strip(SEPARATORS)
                elif not hit[2].strip() and len(hits) == 1 and not line.strip(SEPARATORS).startswith(hit[1]):
                    continue
                if value:
                    yield self._entry(hit[1], value, line)

    def _columns(self, head: list[str]) -> Iterator[Entry]:
        """A table with its keys in one row and the values in the next."""
        for keys, values in pairwise(head):
            names, cells = _cells(keys), _cells(values)
            if len(names) > 1 and len(names) == len(cells) and all(self._is_key(name) for name in names):
                for name, cell in zip(names, cells, strict=True):
                    hit = self.pattern.match(name)
                    if hit and cell:
                        yield self._entry(hit[1], cell, values)

    def _entry(self, printed_key: str, value: str, line: str) -> Entry:
        field, rank = self.fields[re.sub(BLANK, "", printed_key)]
        return Entry(field, rank, value, line)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split("[|｜\t]", line.strip("|｜ \t"))]


def find_document_number(text: str) -> str | None:
    """The first 文号 in `text`, without blanks: 鲁卫发〔2024〕3号."""
    hit = DOCUMENT_NUMBER.search(text)
    return re.sub(r"\s", "", hit[0]) if hit else None
