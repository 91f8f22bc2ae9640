"""Lines on printed pages -> paragraphs, tables and page furniture: what PDF and OFD have in common (版面还原)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from pipeline.readers.grid import Grid, GridCell, clean_cell
from pipeline.readers.reading import Draft

# In ems, the width of a hanzi of the line.
_INDENT = 1.2
"""A first line is set in by two; a line that begins with “ by half of one."""
_SHORT_OF_EDGE = 2.2
"""A full line may end so far before the edge: the next word or number did not fit."""
_CENTRED = 1.0
_TITLE_SIZE = 1.25
"""A title's hanzi are so many times as large as the text's."""
_SAME_SIZE = 0.2
_SAME_ROW = 0.5
CELL_GAP = 1.5
"""So wide a gap parts the cells of a table; one between a hanzi and a number is Word's own, a quarter of an em."""
# A phonetic gloss (ruby) is set in half the size above its hanzi.
_GLOSS_SIZE = 0.65
_GLOSS = re.compile(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹɡ \t]+$")
# So many lines of running text reach its right edge.
_SHARED_EDGE = 0.2
_FULL_LINE = 15
_FEWEST_LINES = 5
# A line at the top or bottom of a page that comes again on so many pages is the page's.
_REPEATED = 0.6
_EDGE_LINES = 2
_EDGE_SHARE = 0.14
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–－―·~\s]{0,4}\d{1,4}[-—–－―·~\s]{0,4}$|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?$|\d{1,4}\s?/\s?\d{1,4}$"
)
_ENDS = "。！？；：…!?;:"
_WORD = re.compile(r"[0-9A-Za-z]")


class Gap(NamedTuple):
    """A narrow gap in a run: before text[at], from `left` to `right` across the page."""

    at: int
    left: float
    right: float


class Span(NamedTuple):
    """A run of text without a wide gap, where it begins and ends across the page, in points, and its narrow gaps."""

    text: str
    left: float
    right: float
    gaps: tuple[Gap, ...] = ()

    def joined(self, other: Span, blank: str = "") -> Span:
        """One run of two."""
        at = len(self.text) + len(blank)
        moved = (Gap(gap.at + at, gap.left, gap.right) for gap in other.gaps)
        return Span(
            self.text + blank + other.text,
            self.left,
            max(self.right, other.right),
            (*self.gaps, Gap(at, self.right, other.left), *moved),
        )

    def parted(self, columns: Sequence[tuple[float, float]], em: float) -> list[Span]:
        """The run as cells: a narrow gap in which a column begins parts two."""
        cells, start, left = [], 0, self.left
        for gap in self.gaps:
            if any(
                gap.left <= begin + em / 4 and begin - em / 2 <= gap.right for begin, _ in columns if begin > left + em
            ):
                cells.append(Span(self.text[start : gap.at].strip(), left, gap.left))
                start, left = gap.at, gap.right
        return [*cells, Span(self.text[start:].strip(), left, self.right)]


class Line(NamedTuple):
    """A printed line: its runs from left to right, and its top, bottom and size of hanzi in points from the page's top."""

    spans: tuple[Span, ...]
    top: float
    bottom: float
    em: float

    @property
    def text(self) -> str:
        """The line; a wide gap is a tab."""
        spans = self.spans
        return spans[0].text if len(spans) == 1 else "\t".join([span.text for span in spans])

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.spans[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.spans[-1].right

    @property
    def box(self) -> str:
        """As in `reading.Part`."""
        return _box(self.left, self.top, self.right, self.bottom)


class PageLines(NamedTuple):
    """The lines of a page in reading order; width and height in points."""

    number: int
    width: float
    height: float
    lines: list[Line]


class _Edges(NamedTuple):
    left: float
    right: float


def add_pages(draft: Draft, pages: Sequence[PageLines]) -> None:
    """Add the pages' paragraphs, tables and furniture to the draft.

    What is the page's and stands within a paragraph that goes on overleaf comes after that paragraph.
    """
    body_em = _usual_em([line for page in pages for line in page.lines])
    glosses = [[line for line in page.lines if _is_gloss(line, body_em)] for page in pages]
    pages = [
        page._replace(lines=_rows([line for line in page.lines if line not in above]))
        for page, above in zip(pages, glosses, strict=True)
    ]
    furniture = _furniture(pages)
    texts = [
        [line for at, line in enumerate(page.lines) if at not in kinds]
        for page, kinds in zip(pages, furniture, strict=True)
    ]
    whole = _edges([line for lines in texts for line in lines], body_em)
    writer = _Writer(draft)
    for page, lines, kinds, above in zip(pages, texts, furniture, glosses, strict=True):
        edges = _edges(lines, body_em, whole)
        writer.begin_page(page.number)
        for at, kind in sorted(kinds.items()):
            writer.set_aside(kind, page.lines[at])
        for line in above:
            writer.set_aside("gloss", line)
        for block in _tables(lines):
            if len(block) > 1:
                writer.table(block)
            else:
                writer.line(block[0], edges, body_em, page.width)
    writer.end()


class _Writer:
    """Joins lines to paragraphs over pages."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._page = 1
        self._text = ""
        self._from = (1, 0.0, 0.0, 0.0, 0.0)  # page and box of the paragraph's first page
        self._previous: tuple[Line, _Edges, bool] | None = None
        self._aside: list[tuple[str, Line, int]] = []
        self._count = 0

    def begin_page(self, number: int) -> None:
        self._page = number
        self._count = 0

    def set_aside(self, kind: str, line: Line) -> None:
        self._aside.append((kind, line, self._page))
        if not self._text:
            self._write_aside()

    def line(self, line: Line, edges: _Edges, body_em: float, width: float) -> None:
        is_title = (
            line.em >= _TITLE_SIZE * body_em and abs((line.left + line.right) / 2 - width / 2) <= _CENTRED * line.em
        )
        if self._text and not (len(line.spans) == 1 and self._goes_on(line, edges, is_title)):
            self._flush()
        if self._text:
            self._text = _joined(self._text, line.text)
            page, left, top, right, bottom = self._from
            if page == self._page:
                self._from = page, min(left, line.left), top, max(right, line.right), max(bottom, line.bottom)
        else:
            self._text = line.text.strip()
            self._from = self._page, line.left, line.top, line.right, line.bottom
        self._previous = line, edges, is_title

    def table(self, lines: list[Line]) -> None:
        self._flush()
        columns = _columns(lines)
        grid = Grid()
        for r, line in enumerate(lines):
            for cell in [cell for span in line.spans for cell in span.parted(columns, line.em)]:
                c = _nearest(columns, cell)
                while grid.at(r, c) is not None:
                    c += 1
                grid.put(r, c, GridCell(clean_cell(cell.text)))
        self._draft.add_table(grid, page=self._page, boxes=[line.box for line in lines])

    def end(self) -> None:
        self._flush()

    def _goes_on(self, line: Line, edges: _Edges, is_title: bool) -> bool:
        """Whether the line belongs to the paragraph under way."""
        assert self._previous is not None
        previous, old, was_title = self._previous
        em = max(line.em, 1.0)
        if is_title or was_title:
            return is_title and was_title and abs(line.em - previous.em) <= _SAME_SIZE * em
        if abs(line.em - previous.em) > _SAME_SIZE * em:
            return False
        if len(previous.spans) > 1 or previous.right < old.right - _SHORT_OF_EDGE * em:
            return False
        if line.left - edges.left <= _INDENT * em:
            return True
        # Set in as a whole, a list's second line for one: as the line before, which ends within a sentence.
        return abs((line.left - edges.left) - (previous.left - old.left)) < em / 2 and self._text[-1] not in _ENDS

    def _flush(self) -> None:
        if self._text:
            self._count += 1
            page, *box = self._from
            self._draft.add("paragraph", self._text, f"page {page} paragraph {self._count}", page=page, box=_box(*box))
            self._text = ""
        self._previous = None
        self._write_aside()

    def _write_aside(self) -> None:
        for kind, line, page in self._aside:
            self._draft.add(kind, line.text, f"page {page}", page=page, box=line.box)
        self._aside.clear()


def _joined(text: str, following: str) -> str:
    """Two lines of a paragraph: between Latin words or numbers a line end is a blank, after a hyphen it is nothing."""
    following = following.strip()
    latin = bool(text) and bool(following) and text[-1].isascii() and following[0].isascii()
    words = latin and text[-1].isalpha() and following[0].isalpha()
    return f"{text} {following}" if words else text + following


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines that stand side by side are one, from left to right; tables are printed cell by cell."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last is not None and _side_by_side(last, line):
            spans = _spans(sorted((*last.spans, *line.spans), key=lambda span: span.left), max(last.em, line.em))
            rows[-1] = Line(spans, min(last.top, line.top), max(last.bottom, line.bottom), max(last.em, line.em))
        else:
            rows.append(line)
    return rows


def _spans(spans: Sequence[Span], em: float) -> tuple[Span, ...]:
    """Runs with no more than a word's gap between them are one."""
    joined = [spans[0]]
    for span in spans[1:]:
        if span.left - joined[-1].right <= CELL_GAP * em:
            joined[-1] = joined[-1].joined(span)
        else:
            joined.append(span)
    return tuple(joined)


def _is_gloss(line: Line, body_em: float) -> bool:
    return line.em <= _GLOSS_SIZE * body_em and _GLOSS.match(line.text) is not None


def _side_by_side(one: Line, other: Line) -> bool:
    if one.bottom <= other.top or other.bottom <= one.top:
        return False
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    return overlap > _SAME_ROW * max(height, 1.0) and (other.left >= one.right or one.left >= other.right)


def _furniture(pages: Sequence[PageLines]) -> list[dict[int, str]]:
    """For each page the lines that are not the report's: number -> header, footer or page_number."""
    edges: list[dict[int, str]] = []
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        by_height = sorted(range(len(page.lines)), key=lambda at, page=page: page.lines[at].top)  # type: ignore[misc]
        top = dict.fromkeys(by_height[:_EDGE_LINES], "header")
        bottom = {at: "footer" for at in by_height[-_EDGE_LINES:] if at not in top}
        near = {
            at: kind
            for at, kind in {**top, **bottom}.items()
            if (page.lines[at].top if kind == "header" else page.height - page.lines[at].bottom)
            <= _EDGE_SHARE * page.height
        }
        edges.append(near)
        counts.update({(kind, _folded(page.lines[at])) for at, kind in near.items()})
    least = max(2, _REPEATED * len(pages))
    found = []
    for page, near in zip(pages, edges, strict=True):
        kinds: dict[int, str] = {}
        for at, kind in near.items():
            if _PAGE_NUMBER.match(page.lines[at].text.strip()) and len(page.lines[at].spans) == 1:
                kinds[at] = "page_number"
            elif counts[kind, _folded(page.lines[at])] >= least:
                kinds[at] = kind
        found.append(kinds)
    return found


def _folded(line: Line) -> str:
    return _DIGITS.sub("#", line.text.strip())


def _edges(lines: Sequence[Line], em: float, whole: _Edges | None = None) -> _Edges:
    """The left and right edge of running text: the outermost that a fair share of the lines has.

    A page with few lines has the edges of the `whole` document; a document of short lines has no right edge that
    a line could reach.
    """
    running = [line for line in lines if len(line.spans) == 1 and abs(line.em - em) <= _SAME_SIZE * em] or list(lines)
    if not running:
        return whole or _Edges(0.0, 0.0)
    lefts = Counter(round(line.left) for line in running)
    wide = [line for line in running if line.right - line.left >= _FULL_LINE * em]
    rights = Counter(round(line.right) for line in wide or running)
    least = max(2, _SHARED_EDGE * len(running))
    shared = [value for value in rights if wide and _near(rights, value, round(em)) >= least]
    if not shared or (whole is not None and len(running) < _FEWEST_LINES):
        return whole or _Edges(min(lefts), max(rights) if wide else inf)
    left = min((value for value in lefts if _near(lefts, value, 2) >= 2), default=min(lefts))
    return _Edges(left, max(shared))


def _near(counts: Counter[int], value: int, within: int) -> int:
    return sum([counts.get(near, 0) for near in range(value - within, value + within + 1)])


def _usual_em(lines: Sequence[Line]) -> float:
    """The size in which most of the text is set."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.em, 1)] += -(-len(line.text) // 8)
    return counts.most_common(1)[0][0] if counts else 10.0


def _tables(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines one by one, those of a table together: rows with wide gaps, one below the other."""
    rows: list[Line] = []
    for line in lines:
        is_row = len(line.spans) > 1
        if rows and not (is_row and _is_next_row(rows[-1], line)):
            yield rows
            rows = []
        if is_row:
            rows.append(line)
        else:
            yield [line]
    if rows:
        yield rows


def _is_next_row(row: Line, line: Line) -> bool:
    return line.top - row.bottom <= 3 * max(row.em, line.em)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Where the columns of a table lie: those of its fullest rows."""
    most = max(len(line.spans) for line in lines)
    fullest = [line for line in lines if len(line.spans) == most]
    return [
        (min(line.spans[c].left for line in fullest), max(line.spans[c].right for line in fullest)) for c in range(most)
    ]


def _nearest(columns: Sequence[tuple[float, float]], span: Span) -> int:
    """The column that a cell shares most of its width with, else the nearest."""

    def distance(c: int) -> tuple[float, float]:
        left, right = columns[c]
        overlap = min(right, span.right) - max(left, span.left)
        return -max(0.0, overlap), abs((left + right) / 2 - (span.left + span.right) / 2)

    return min(range(len(columns)), key=distance)


def _box(left: float, top: float, right: float, bottom: float) -> str:
    return " ".join(f"{value:.0f}" for value in (left, top, right, bottom))
