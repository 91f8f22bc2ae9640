"""Nodes of a page -> lines and tables, as a browser shows them."""

from __future__ import annotations

import re

from pipeline.readers.grid import LONGEST, WIDEST, Grid, GridCell, clean_cell
from pipeline.readers.html.tree import BLOCKS, TEXT, Tree
from pipeline.readers.reading import Draft

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SOURCE_BLANKS = " \t\r\f"
_LAYOUT = re.compile(r"  |[\t\r\n\f]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# Between two of these a line end of the source is nothing: Chinese has no blanks between words.
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\u3000-\u303f“”‘’…—]")
_INDENT = " \t\u3000\u00a0\u2002\u2003\u200b\ufeff"
_RELATED = re.compile(
    r"^(?:related|relate|xgyd|xgxw|xglj|recommend|share|bdsharebuttonbox|bshare|jiathis|breadcrumb|crumbs?|position|"
    r"dqwz|qrcode|ewm|pagination|toolbar|printer)(?:$|[-_])",
    re.I,
)
_FEWEST_LINKS = 3
# A cell with more text than this, or several paragraphs of some length, is a column of the page and not of a table.
_LONGEST_CELL = 400


class PageWalker:
    """Adds what stands in some nodes of a page to a draft."""

    def __init__(self, tree: Tree, draft: Draft) -> None:
        self._tree = tree
        self._draft = draft
        self._paragraphs = 0
        self._line: list[str] = []
        self._kind: tuple[str, int | None] = ("paragraph", None)

    def walk(self, nodes: range) -> None:
        """The nodes in document order; a line ends where a block of the page does."""
        tree = self._tree
        ends: list[tuple[int, tuple[str, int | None]]] = []  # where open blocks end, and what was before them
        at = nodes.start
        while at < nodes.stop:
            while ends and at >= ends[-1][0]:
                self._flush()
                self._kind = ends.pop()[1]
            tag = tree.tags[at]
            if tag == TEXT:
                self._text(at)
            elif tag == "br" or tag == "hr":
                self._flush()
            elif not tree.is_shown(at) or self._is_aside(at):
                at = tree.ends[at]
                continue
            elif tag == "table" and (grid := self._table(at)) is not None:
                self._flush()
                self._draft.add_table(grid)
                at = tree.ends[at]
                continue
            elif tag in BLOCKS:
                self._flush()
                ends.append((min(tree.ends[at], nodes.stop), self._kind))
                if tag in _HEADINGS:
                    self._kind = "heading", _HEADINGS[tag]
                elif tag == "li":
                    self._kind = "list_item", None
            at += 1
        self._flush()
        while ends:
            self._kind = ends.pop()[1]

    def _text(self, at: int) -> None:
        text = self._tree.texts[at]
        if "\n" in text and self._within_pre(at):
            first, *rest = text.split("\n")
            self._line.append(first)
            for line in rest:
                self._flush()
                self._line.append(line)
        else:
            self._line.append(text)

    def _within_pre(self, at: int) -> bool:
        parent = self._tree.parents[at]
        return parent >= 0 and self._tree.tags[parent] in ("pre", "textarea")

    def _flush(self) -> None:
        if not self._line:
            return
        text = line_of("".join(self._line))
        self._line.clear()
        if text:
            self._paragraphs += 1
            kind, level = self._kind
            self._draft.add(kind, text, f"paragraph {self._paragraphs}", level=level)

    def _is_aside(self, at: int) -> bool:
        """Links to other pages, and tools: what a portal puts beside a report."""
        tree = self._tree
        tag, values = tree.tags[at], tree.values(at)
        if tag in ("nav", "aside"):
            return True
        if "id" in values or "class" in values:
            names = (values.get("id", ""), *values.get("class", "").split())
            if any(map(_RELATED.match, names)):
                return not tree.weight(at)
        if tag in ("ul", "ol"):
            items = [child for child in tree.children(at) if tree.tags[child] == "li"]
            return len(items) >= _FEWEST_LINKS and all(map(self._is_link, items))
        return False

    def _is_link(self, item: int) -> bool:
        """Whether a list's item is a link to another page, perhaps with its date."""
        tree = self._tree
        links = [at for at in tree.find(item, tree.ends[item], "a") if "href" in tree.values(at)]
        if not links:
            return False
        inside = sum(len(tree.text_within(at).strip()) for at in links)
        return 2 * inside > len(tree.text_within(item).strip()) and not tree.weight(item)

    def _table(self, at: int) -> Grid | None:
        """The table as a grid, or None where it only lays out the page."""
        tree = self._tree
        end = tree.ends[at]
        if next(tree.find(at + 1, end, "table"), None) is not None:
            return None
        rows = []
        for row in tree.find(at + 1, end, "tr"):
            cells = []
            for cell in tree.children(row):
                if tree.tags[cell] in ("td", "th") and tree.is_shown(cell):
                    values = tree.values(cell)
                    text, is_column = self._cell(cell)
                    if is_column:
                        return None
                    cells.append(GridCell(text, _span(values.get("rowspan")), _span(values.get("colspan"))))
            rows.append(cells)
        if max((len(row) for row in rows), default=0) < 2 or len(rows) > LONGEST:
            return None
        if any(sum(cell.col_span for cell in row) > WIDEST for row in rows):
            return None
        return Grid.of_rows(rows)

    def _cell(self, cell: int) -> tuple[str, bool]:
        """A cell's text on one line, and whether it holds running text rather than an entry."""
        inner = Draft()
        PageWalker(self._tree, inner).walk(range(cell + 1, self._tree.ends[cell]))
        text = inner.text()
        return clean_cell(text), len(text) > _LONGEST_CELL and len(inner.parts) > 1


def line_of(text: str) -> str:
    r"""Text of a page's source as it is shown.

    >>> line_of("\u3000\u3000地区生产总值增长6%，\n  城镇新增就业\n4500人。")
    '地区生产总值增长6%，城镇新增就业4500人。'
    """
    if "\n" in text:
        text = _joined(text.split("\n"))
    if _LAYOUT.search(text):
        text = _BLANKS.sub(" ", text)
    return text.replace("\u00a0", " ").strip(_INDENT)


def _joined(lines: list[str]) -> str:
    """Lines of the source as one: beside a hanzi nothing is between them, else a blank."""
    text = ""
    for line in lines:
        line = line.strip(_SOURCE_BLANKS)
        if line:
            apart = text and not (_HAN.match(text[-1]) or _HAN.match(line[0]))
            text += f" {line}" if apart else line
    return text


def _span(value: str | None) -> int:
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() and int(value[:6]) else 1
