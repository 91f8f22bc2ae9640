#!/usr/bin/env bash
# A table row that an editor deleted with tracked changes (w:trPr/w:del), and what readers of DOCX make of it.
#
# One would expect: the row is gone, as in Word's final view; its runs carry no w:del of their own when only the row was deleted.
# What happens: python-docx 1.2.0 and docx2python 3.7.1 hand out the struck row like any other; mammoth 1.13.0 drops it.
# Who is hurt: whoever reads tables of targets: a target that was withdrawn before the vote stands beside the one that replaced it.
# What to do: skip rows with w:trPr/w:del and cells with w:tcPr/w:cellDel (pipeline/readers/docx/walker.py does).
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 docx2python==3.7.1 mammoth==1.13.0
"$here/venv/bin/python" - "$here/row.docx" <<'PYTHON'
import sys

import docx
import mammoth
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx2python import docx2python

path = sys.argv[1]
document = docx.Document()
table = document.add_table(rows=2, cols=2)
for row, cells in zip(table.rows, (("新增床位", "300张"), ("新增床位", "450张"))):
    for cell, text in zip(row.cells, cells):
        cell.text = text
deleted = OxmlElement("w:del")
for name, value in (("w:id", "1"), ("w:author", "a"), ("w:date", "2025-01-01T00:00:00Z")):
    deleted.set(qn(name), value)
table.rows[0]._tr.get_or_add_trPr().append(deleted)
document.save(path)
with open(path, "rb") as file:
    seen = {
        "python-docx 1.2.0": " ".join(cell.text for row in docx.Document(path).tables[0].rows for cell in row.cells),
        "docx2python 3.7.1": " ".join(docx2python(path).text.split()),
        "mammoth 1.13.0": " ".join(mammoth.extract_raw_text(file).value.split()),
    }
for name, text in seen.items():
    print(f"{name}: {text!r}")
assert "300张" in seen["python-docx 1.2.0"], "python-docx no longer keeps a deleted row"
assert "300张" in seen["docx2python 3.7.1"], "docx2python no longer keeps a deleted row"
assert seen["mammoth 1.13.0"] == "新增床位 450张", "mammoth no longer drops a deleted row"
PYTHON
