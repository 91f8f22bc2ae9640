#!/usr/bin/env bash
# A PDF whose Chinese font is not in the file, read by pdfium on a machine without such a font (a server, a slim container).
#
# One would expect: the text of a page does not depend on the fonts of the machine that reads it; the file holds every character's code.
# What happens: of two equal lines of 26 hanzi set in 16 points, 28 points apart, the second is missing from the text, without an error.
#   pdfium leaves out what it takes for the shadow of the same text; without the font a character has no height, and the bound seems to be a tenth of the
#   line's width: the longer the line, the farther apart may the two be. With the fonts of a desk the same file is whole.
# Who is hurt: whoever reads tables with long equal cells, or forms, on a server. Short cells (合格 below 合格) stay.
# What to do: install a Chinese font on the machine that reads (fonts-wqy-zenhei for one), or give pdfium a font of one sign for all (pipeline/readers/pdf/fonts.py).
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2
cat > "$here/read.py" <<'PYTHON'
import pypdfium2


class Fonts(pypdfium2.PdfSysfontBase):
    """The fonts of a machine that has none."""

    def EnumFonts(self, *_):
        pass

    def MapFont(self, *_):
        return None

    def GetFont(self, *_):
        return None


def page(line, apart):
    code = line.encode("utf-16-be").hex()
    drawn = f"BT /F 16 Tf 90 700 Td <{code}> Tj 0 -{apart} Td <{code}> Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]
    file, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(file))
        file += b"%d 0 obj%b endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + b"xref\n0 8\n0000000000 65535 f \n%btrailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(file))


def times(apart):
    text = pypdfium2.PdfDocument(page("按照本市有关规定执行具体办法由主管部门另行制定并公布", apart))[0].get_textpage().get_text_range()
    return text.count("另行制定")


Fonts().setup()
print(f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}, no fonts: two equal lines of 26 hanzi 28 points apart stand {times(28)} time(s), 400 points apart {times(400)} time(s)")
if (times(28), times(400)) != (1, 2):
    raise SystemExit("changed: no line is missing any more")
PYTHON
"$here/venv/bin/python" "$here/read.py"
