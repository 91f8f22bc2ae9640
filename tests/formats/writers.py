"""Writers of small files, one a format: no more of each than a reader needs. The same input gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_CORE_RELATION = (
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def archive(members: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as zipped:
        for name, content in members.items():
            zipped.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, compression)
    return buffer.getvalue()


def word(
    body: str,
    *,
    numbering: str = "",
    styles: str = "",
    footnotes: str = "",
    core: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A DOCX with this WordprocessingML between its w:body tags."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        + (_CORE_RELATION if core else "")
        + "</Relationships>",
        "word/document.xml": f"{_XML}<w:document {WORD_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    related = {"numbering": numbering, "styles": styles, "footnotes": footnotes}
    for kind, content in related.items():
        if content:
            members[f"word/{kind}.xml"] = f"{_XML}<w:{kind} {WORD_NAMESPACES}>{content}</w:{kind}>"
    links = "".join(
        f'<Relationship Id="p{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/>'
        for at, kind in enumerate(kind for kind, content in related.items() if content)
    )
    members["word/_rels/document.xml.rels"] = (
        f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )
    if core:
        members["docProps/core.xml"] = (
            f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        )
    return archive({**members, **(more or {})})


def paragraph(text: str, properties: str = "") -> str:
    """A w:p with one run."""
    before = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{before}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    """A paragraph with an automatic number."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(rows: Iterable[Sequence[str]]) -> str:
    """A w:tbl without merged cells."""
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def level(at: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    """A w:lvl."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def a_list(levels: str, *, number: int = 1) -> str:
    """A w:abstractNum of these levels. The w:num that uses it is `use_of`."""
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def use_of(number: int, list_id: int, overrides: str = "") -> str:
    """A w:num: the list by which paragraphs are numbered."""
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{number}"/>{overrides}</w:num>'


class PdfPage:
    """A page of A4 under way: text is set at points from the top left."""

    WIDTH, HEIGHT = 595, 842

    def __init__(self) -> None:
        self.operations: list[str] = []

    def text(self, x: float, y: float, text: str, size: float = 16, *, invisible: bool = False) -> None:
        """A run of text whose base line is at y from the top."""
        mode = "3 Tr " if invisible else ""
        self.operations.append(
            f"BT {mode}/F1 {size:g} Tf 1 0 0 1 {x:g} {self.HEIGHT - y:g} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
        )

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """A grey picture, its top left corner at x, y."""
        self.operations.append(f"q {width:g} 0 0 {height:g} {x:g} {self.HEIGHT - y - height:g} cm /I1 Do Q")


def width_of(text: str, size: float) -> float:
    """How wide a run is: a hanzi takes one em, an ASCII sign half of one."""
    return sum(size / 2 if character.isascii() else size for character in text)


def pdf(pages: Sequence[PdfPage], info: Mapping[str, str] | None = None) -> bytes:
    """A PDF set in a Song typeface that stands in no file: every reader has the characters of UniGB-UCS2-H."""
    objects: list[bytes] = []

    def add(content: bytes | str) -> int:
        objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(objects)

    def stream(content: bytes, keys: str = "") -> bytes:
        return f"<<{keys}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"

    add("<</Type/Catalog/Pages 2 0 R>>")
    first = 7
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    add(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
    add("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>")
    add(
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        "/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>"
    )
    add(
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        "/CapHeight 700/StemV 80>>"
    )
    add(stream(b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"))
    for at, page in enumerate(pages):
        add(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.WIDTH} {page.HEIGHT}]/Contents {first + 2 * at + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R>>/XObject<</I1 6 0 R>>>>>>"
        )
        add(stream("\n".join(page.operations).encode()))
    information = ""
    if info:
        entries = "".join(f"/{key}<feff{value.encode('utf-16-be').hex()}>" for key, value in info.items())
        information = f"/Info {add(f'<<{entries}>>')} 0 R"
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for at, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{at} 0 obj\n".encode() + content + b"\nendobj\n")
    at = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{information}>>\nstartxref\n{at}\n%%EOF\n".encode())
    return out.getvalue()


OFD = "http://www.ofdspec.org/2016"
Run = tuple[float, float, str, float]
"""x and y of the base line in millimetres from the top left, the text, and its size in millimetres."""


def ofd(
    documents: Sequence[Sequence[Sequence[Run]]],
    *,
    title: str = "",
    template: Sequence[Run] = (),
    more: Mapping[str, str | bytes] | None = None,
    extra: str = "",
) -> bytes:
    """An OFD container: documents, each of pages, each of runs. `extra` is put behind the runs of the first page."""
    members: dict[str, str | bytes] = {}
    bodies = ""
    for d, pages in enumerate(documents):
        info = f"<ofd:Title>{escape(title)}</ofd:Title>" if title and not d else ""
        bodies += f"<ofd:DocBody><ofd:DocInfo><ofd:DocID>{d}</ofd:DocID>{info}</ofd:DocInfo><ofd:DocRoot>Doc_{d}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        listed = "".join(f'<ofd:Page ID="{100 + p}" BaseLoc="Pages/Page_{p}/Content.xml"/>' for p in range(len(pages)))
        behind = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        members[f"Doc_{d}/Document.xml"] = (
            f'{_XML}<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>'
            f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{behind}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        )
        for p, runs in enumerate(pages):
            used = '<ofd:Template TemplateID="50"/>' if template else ""
            members[f"Doc_{d}/Pages/Page_{p}/Content.xml"] = _ofd_page(
                runs, used, extra if (d, p) == (0, 0) else "", first=1000 * (p + 1)
            )
        if template:
            members[f"Doc_{d}/Tpls/Tpl_0/Content.xml"] = _ofd_page(template, "", "", first=200)
    members["OFD.xml"] = f'{_XML}<ofd:OFD xmlns:ofd="{OFD}" Version="1.0" DocType="OFD">{bodies}</ofd:OFD>'
    return archive({**members, **(more or {})})


def ofd_run(run: Run, number: int, attributes: str = "") -> str:
    """An ofd:TextObject."""
    x, y, text, size = run
    steps = " ".join(f"{size / 2 if c.isascii() else size:g}" for c in text[:-1])
    return (
        f'<ofd:TextObject ID="{number}" Font="3" Size="{size:g}" Boundary="{x:g} {y - size:g} {width_of(text, size):g} {size * 1.2:g}"{attributes}>'
        f'<ofd:TextCode X="0" Y="{size:g}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def _ofd_page(runs: Sequence[Run], template: str, extra: str, *, first: int) -> str:
    objects = "".join(ofd_run(run, first + at) for at, run in enumerate(runs))
    return f'{_XML}<ofd:Page xmlns:ofd="{OFD}">{template}<ofd:Content><ofd:Layer ID="{first - 1}">{objects}{extra}</ofd:Layer></ofd:Content></ofd:Page>'


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[tuple[str, str] | str | float | None]]],
    *,
    formats: Sequence[str] = (),
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    raw_rows: str = "",
) -> bytes:
    """A workbook: a cell is a text, a number, (number, format), or None. `raw_rows` is put behind the first sheet's rows."""
    styles = ["General", *formats]
    names = list(sheets)
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for at in range(1, len(names) + 1)
        )
        + "</Types>",
        "_rels/.rels": f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="s{at}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""}/>'
        for at, name in enumerate(names, start=1)
    )
    members["xl/workbook.xml"] = (
        f'{_XML}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{listed}</sheets></workbook>'
    )
    members["xl/_rels/workbook.xml.rels"] = (
        f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="s{at}" Type="{relations}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(names) + 1)
        )
        + f'<Relationship Id="st" Type="{relations}/styles" Target="styles.xml"/></Relationships>'
    )
    custom = "".join(
        f'<numFmt numFmtId="{163 + at}" formatCode="{escape(code)}"/>'
        for at, code in enumerate(formats, 1)
        if not code.isdigit()
    )
    ids = [0, *(int(code) if code.isdigit() else 163 + at for at, code in enumerate(formats, 1))]
    members["xl/styles.xml"] = (
        f'{_XML}<styleSheet xmlns="{main}"><numFmts count="{len(formats)}">{custom}</numFmts><fonts count="1"><font><sz val="11"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(ids)}">{"".join(f"<xf numFmtId={chr(34)}{id}{chr(34)} applyNumberFormat={chr(34)}1{chr(34)}/>" for id in ids)}</cellXfs></styleSheet>'
    )
    for at, name in enumerate(names, start=1):
        rows = ""
        for r, row in enumerate(sheets[name], start=1):
            cells = "".join(_cell(f"{chr(64 + c)}{r}", value, styles) for c, value in enumerate(row, start=1))
            rows += f'<row r="{r}">{cells}</row>' if cells else ""
        merges = "".join(f'<mergeCell ref="{place}"/>' for place in merged) if at == 1 else ""
        merges = f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merges else ""
        rows += raw_rows if at == 1 else ""
        members[f"xl/worksheets/sheet{at}.xml"] = (
            f'{_XML}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{merges}</worksheet>'
        )
    return archive(members)


def _cell(place: str, value: tuple[str, str] | str | float | None, styles: Sequence[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        number, code = value
        return f'<c r="{place}" s="{styles.index(code)}"><v>{number}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
