#!/usr/bin/env bash
# A ≥ that Word keeps as a sign of the Symbol font (w:sym, Insert > Symbol) and what readers of DOCX make of it.
#
# One would expect: 比重≥95%, as Word shows and prints it.
# What happens: python-docx 1.2.0 leaves the sign out without a word (比重95%: a lower bound has become a value);
#   docx2python 3.7.1 writes HTML with the font's own code 00B3, which in Unicode is a superscript three;
#   mammoth 1.13.0 has a table of the Symbol font and gives ≥.
# Who is hurt: whoever compares targets with outcomes; "not less than 95 %" and "95 %" are different targets.
# What to do: map w:sym by its font (pipeline/readers/docx/symbols.py does); do not take a text from python-docx for figures.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2python==3.7.1 mammoth==1.13.0
"$here/venv/bin/python" - "$here/sign.docx" <<'PYTHON'
import sys
import zipfile

import docx
import mammoth
from docx2python import docx2python

path = sys.argv[1]
document = docx.Document()  # a valid file by python-docx itself; only the paragraph's runs are ours
paragraph = document.add_paragraph("PLACE")
document.save(path + ".made")
with zipfile.ZipFile(path + ".made") as made, zipfile.ZipFile(path, "w") as out:
    for name in made.namelist():
        data = made.read(name)
        if name == "word/document.xml":
            sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
            data = data.replace(
                b"<w:r><w:t>PLACE</w:t></w:r>",
                f"<w:r><w:t>比重</w:t></w:r>{sign}<w:r><w:t>95%</w:t></w:r>".encode(),
            )
        out.writestr(name, data)
with open(path, "rb") as file:
    seen = {
        "python-docx 1.2.0": docx.Document(path).paragraphs[0].text,
        "docx2python 3.7.1": docx2python(path).text.strip(),
        "mammoth 1.13.0": mammoth.extract_raw_text(file).value.strip(),
    }
for name, text in seen.items():
    print(f"{name}: {text!r}")
assert seen["python-docx 1.2.0"] == "比重95%", "python-docx no longer loses the sign"
assert "&#x00B3;" in seen["docx2python 3.7.1"], "docx2python no longer writes the font's code"
assert seen["mammoth 1.13.0"] == "比重≥95%", "mammoth no longer maps the Symbol font"
PYTHON
