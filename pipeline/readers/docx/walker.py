"""The walk through a document's elements: what a person sees in Word with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.readers.docx.names import MC, VAL, M, W, child, child_number, is_on, number
from pipeline.readers.docx.numbering import Label, Numbering
from pipeline.readers.docx.plain import PlainParagraph, plain_paragraphs
from pipeline.readers.docx.styles import Style, Styles
from pipeline.readers.docx.symbols import SIGN, signs_read, symbol
from pipeline.readers.grid import WIDEST, Grid, GridCell, clean_cell
from pipeline.readers.reading import Draft

_P, _TBL, _R, _T = f"{W}p", f"{W}tbl", f"{W}r", f"{W}t"
_TR, _TC, _TRPR, _TCPR, _DEL = f"{W}tr", f"{W}tc", f"{W}trPr", f"{W}tcPr", f"{W}del"
_PPR, _RPR, _PSTYLE, _VANISH, _RSTYLE = f"{W}pPr", f"{W}rPr", f"{W}pStyle", f"{W}vanish", f"{W}rStyle"
# What is not there once changes are accepted, and what is about the text and none of it.
_LEFT_OUT = frozenset(
    W + name
    for name in [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "rPr",
        "pPr",
        "rt",
        "rubyPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sdtPr",
        "sdtEndPr",
        "smartTagPr",
        "customXmlPr",
        "fldData",
        "annotationRef",
        "footnoteRef",
        "endnoteRef",
        "commentReference",
        "pPrChange",
        "rPrChange",
    ]
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{M}t": None,
}
_FLDCHAR, _SYM, _SDT, _BOX = f"{W}fldChar", f"{W}sym", f"{W}sdt", f"{W}txbxContent"
_FOOTNOTE, _ENDNOTE = f"{W}footnoteReference", f"{W}endnoteReference"
_ALTERNATE, _CHOICE, _FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"
_DENOMINATOR = f"{M}den"
_NUMPR, _OUTLINE = f"{W}numPr", f"{W}outlineLvl"
_DELETED = (_DEL, f"{W}moveFrom")
_OF_PLACE = _CELL_DELETED, _SPAN, _MERGE = f"{W}cellDel", f"{W}gridSpan", f"{W}vMerge"
_PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))


class Walker:
    """Walks the body of a document once and adds its parts to a draft."""

    def __init__(self, draft: Draft, styles: Styles, numbering: Numbering) -> None:
        self.draft = draft
        self.pictures = 0
        self._styles = styles
        self._numbering = numbering
        self._plain: dict[etree._Element, PlainParagraph] = {}
        self._paragraphs = 0
        self._held = ""  # the text of paragraphs whose end was deleted: they run into the next one
        self._boxes: list[etree._Element] = []
        self._noted: list[tuple[str, str]] = []
        self._fields: list[bool] = []  # open fields from the outer to the inner: has its result begun?

    def walk(self, body: etree._Element) -> None:
        """All of the document but its notes.

        Raises:
            RefusedError: the document inserts another file when it is opened.

        """
        self._plain = plain_paragraphs(body, self._styles)
        self._blocks(body)
        if self._held:
            self.draft.add("paragraph", self._held, f"paragraph {self._paragraphs}")

    @property
    def kinds_of_notes(self) -> set[str]:
        """Which notes the text has: "footnote", "endnote"."""
        return {kind for kind, _ in self._noted}

    def add_notes(self, notes: dict[str, dict[str, etree._Element]]) -> None:
        """The notes at the end, in the order of the text; `notes` has them by kind and id."""
        for order, (kind, id) in enumerate(self._noted, start=1):
            note = notes.get(kind, {}).get(id)
            if note is not None:
                text = " ".join(line for line, *_ in self._lines(note) if line.strip())
                self.draft.add("footnote", text.strip(), f"{kind} {order}")

    def _blocks(self, parent: etree._Element) -> None:
        for element in parent:
            tag = element.tag
            if tag == _P:
                self._paragraphs += 1
                self._paragraph(element)
            elif tag == _TBL:
                self._table(element)
            elif tag == _SDT:
                self._control(element)
            elif tag == _ALTERNATE:
                for chosen in _chosen(element):
                    self._blocks(chosen)
            elif tag not in _LEFT_OUT:
                self._blocks(element)

    def _control(self, element: etree._Element) -> None:
        """A content control (内容控件) stands for its content; one that only shows its prompt is empty."""
        content = child(element, f"{W}sdtContent")
        if content is not None and not is_on(child(element, f"{W}sdtPr"), "showingPlcHdr"):
            self._blocks(content)

    def _paragraph(self, element: etree._Element) -> None:
        text, label, style, deleted_end = self._read(element)
        if deleted_end:
            self._held += text
            return
        text, self._held = self._held + text, ""
        place = f"paragraph {self._paragraphs}"
        if text.strip():
            text = (label.text if label else "") + text
            if style.is_contents:
                self.draft.add("contents", text, place)
            elif style.heading_level is not None:
                self.draft.add("heading", text, place, level=style.heading_level)
            elif label:
                self.draft.add("list_item", text, place, level=label.level + 1)
            else:
                self.draft.add("paragraph", text, place)
        while self._boxes:
            box = self._boxes.pop(0)
            for line, *_ in self._lines(box):
                self.draft.add("text_box", line, f"text box at {place}")

    def _read(self, element: etree._Element) -> tuple[str, Label | None, Style, bool]:
        """A paragraph's text, its label, its style, and whether its end was deleted."""
        plain = self._plain.get(element)
        if plain is not None:
            style_id, numbered, outline, text = plain
            deleted_end = False
        else:
            style_id, numbered, outline, deleted_end = self._properties(element)
        style = self._styles.get(style_id)
        # A paragraph whose end was deleted has no number of its own any more.
        label = None if deleted_end else self._numbering.label(numbered, style_id, style)
        if outline is not None:
            style = style._replace(heading_level=outline + 1 if outline < 9 else None)
        if style.is_hidden:
            return "", label, style, deleted_end
        if plain is None:
            pieces: list[str] = []
            self._inline(element, pieces)
            self._fields.clear()  # a field's code does not run over paragraphs; its end may be missing
            text = "".join(pieces)
        return text, label, style, deleted_end

    def _properties(self, element: etree._Element) -> tuple[str | None, etree._Element | None, int | None, bool]:
        """A paragraph's style, its w:numPr, its own outline level, and whether its end was deleted."""
        style_id, numbered, outline, deleted_end = self._styles.default, None, None, False
        properties = child(element, _PPR)
        for said in () if properties is None else properties:
            tag = said.tag
            if tag == _PSTYLE:
                style_id = said.get(VAL)
            elif tag == _NUMPR:
                numbered = said
            elif tag == _OUTLINE:
                outline = number(said.get(VAL))
            elif tag == _RPR:  # of the paragraph's end
                for _ in said.iterchildren(*_DELETED):
                    deleted_end = True
        return style_id, numbered, outline, deleted_end

    def _inline(self, parent: etree._Element, pieces: list[str]) -> None:
        for element in parent:
            tag = element.tag
            if tag == _T:
                if not self._fields or all(self._fields):
                    pieces.append(_written(element))
            elif tag == _R:
                self._inline(element, pieces)
            elif tag == _RPR:
                if self._is_hidden(element):
                    return  # of the run, whose first child it is
            elif tag not in _LEFT_OUT:
                self._other(element, tag, pieces)

    def _other(self, element: etree._Element, tag: str, pieces: list[str]) -> None:
        """What is neither a run nor its text."""
        if tag in _SIGNS:
            if not self._fields or all(self._fields):
                pieces.append(_SIGNS[tag] or (element.text or "").replace("\n", " "))
        elif tag == _FLDCHAR:
            self._field(element.get(f"{W}fldCharType"))
        elif tag == _SYM:
            pieces.append(symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or ""))
        elif tag == _BOX:
            self._boxes.append(element)
        elif tag in (_FOOTNOTE, _ENDNOTE):
            self._noted.append(("footnote" if tag == _FOOTNOTE else "endnote", element.get(f"{W}id") or ""))
        elif tag == _ALTERNATE:
            for chosen in _chosen(element):
                self._inline(chosen, pieces)
        elif tag == _SDT and is_on(child(element, f"{W}sdtPr"), "showingPlcHdr"):
            return
        else:
            if tag == _DENOMINATOR:
                pieces.append("/")
            self.pictures += tag in _PICTURES
            self._inline(element, pieces)

    def _is_hidden(self, properties: etree._Element) -> bool:
        for found in properties.iterchildren(_VANISH, _RSTYLE):
            if found.tag == _VANISH:
                return is_on(properties, "vanish")
            if self._styles.get(found.get(VAL)).is_hidden and child(properties, _VANISH) is None:
                return True
        return False

    def _field(self, kind: str | None) -> None:
        """A field's code is dropped, its result kept."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _lines(self, parent: etree._Element) -> Iterator[tuple[str, Label | None]]:
        """The paragraphs of a cell, a box or a note, with their labels; tables in it row by row."""
        held = ""
        for element in parent:
            tag = element.tag
            if tag == _P:
                text, label, _, deleted_end = self._read(element)
                held += text
                if not deleted_end:
                    yield (label.text if label and held.strip() else "") + held, label
                    held = ""
            elif tag == _TBL:
                grid = self._grid(element)
                for r in range(grid.height):
                    cells = [cell.text for c in range(grid.width) if (cell := grid.at(r, c))]
                    yield " ".join(filter(None, cells)), None
            elif tag == _ALTERNATE:
                for chosen in _chosen(element):
                    yield from self._lines(chosen)
            elif tag not in _LEFT_OUT:
                yield from self._lines(element)
        if held:
            yield held, None

    def _table(self, element: etree._Element) -> None:
        if not _has_columns(element):  # a frame around text
            for row in _rows(element):
                for cell in _cells(row):
                    self._blocks(cell)
            return
        boxes, self._boxes = self._boxes, []
        self.draft.add_table(self._grid(element))
        for box in self._boxes:
            for line, *_ in self._lines(box):
                self.draft.add("text_box", line, f"text box in table {self.draft.tables}")
        self._boxes = boxes

    def _grid(self, element: etree._Element) -> Grid:
        grid = Grid()
        above: dict[int, tuple[int, GridCell]] = {}  # column -> where the cell began that goes on downward
        r = 0
        for row in _rows(element):
            properties = child(row, _TRPR)
            if properties is not None and child(properties, _DEL) is not None:
                continue
            before = child_number(properties, "gridBefore") if properties is not None else None
            c = min(max(0, before or 0), WIDEST)
            for cell in _cells(row):
                said = _cell_properties(cell)
                if _CELL_DELETED in said:
                    continue
                span = min(max(1, number(said[_SPAN].get(VAL)) or 1), WIDEST) if _SPAN in said else 1
                merge = said.get(_MERGE)
                if merge is not None and merge.get(VAL) != "restart" and c in above:
                    first, origin = above[c]
                    above[c] = first, origin._replace(row_span=r - first + 1)
                    grid.put(first, c, above[c][1])
                else:
                    text = clean_cell(" ".join(line for line, *_ in self._lines(cell)))
                    own = GridCell(text, 1, span)
                    grid.put(r, c, own)
                    above.pop(c, None)
                    if merge is not None:
                        above[c] = r, own
                c += span
            r += 1
        return grid


def _written(element: etree._Element) -> str:
    """A w:t as it is seen; a line end of the source is a blank."""
    text = (element.text or "").replace("\n", " ")
    if not SIGN.search(text):
        return text
    fonts = child(child(element.getparent(), _RPR), f"{W}rFonts")
    return signs_read(text, fonts.get(f"{W}ascii") if fonts is not None else None)


def _has_columns(table: etree._Element) -> bool:
    return any(sum(1 for _ in _cells(row)) > 1 for row in _rows(table))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, those within content controls and accepted insertions too."""
    for element in table:
        if element.tag == _TR:
            yield element
        elif element.tag not in _LEFT_OUT and element.tag != _TBL:
            yield from _rows(element)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for element in row:
        if element.tag == _TC:
            yield element
        elif element.tag not in _LEFT_OUT and element.tag != _TR:
            yield from _cells(element)


def _cell_properties(cell: etree._Element) -> dict[str, etree._Element]:
    """What a cell's properties say of its place, by name, in one pass: a table has thousands."""
    properties = child(cell, _TCPR)
    return {} if properties is None else {said.tag: said for said in properties.iterchildren(*_OF_PLACE)}


def _chosen(alternate: etree._Element) -> list[etree._Element]:
    """One of the forms in which the same thing is stored: the first choice, else the form for old programs."""
    choice = child(alternate, _CHOICE)
    chosen = choice if choice is not None else child(alternate, _FALLBACK)
    return [chosen] if chosen is not None else []
