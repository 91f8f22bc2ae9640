"""Every file of the shared samples against what a person read in it. Skipped where the samples are not at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from assets.reading import read_content
from assets.reading.office import soffice
from pipeline.decoding import Refusal
from pipeline.readers import read
from tests.conftest import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
CASES = json.loads((ROOT / "tests/cases/readers/samples.json").read_text(encoding="utf-8"))
SHORT = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DIGIT = re.compile(r"\d")

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the project")


def reading_of(case):
    """The file's reading; cases of DOC with LibreOffice are skipped where it is not installed."""
    data = (SAMPLES / case["file"]).read_bytes()
    if "with_office" not in case:
        return read(data)
    if soffice() is None:
        pytest.skip("LibreOffice is not installed")
    return _by_office(data)


@cache
def _by_office(data):
    return read_content(data)


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_a_file_is_read_as_a_person_reads_it(case):
    reading = reading_of(case)
    if "refused" in case:
        assert isinstance(reading, Refusal)
        assert reading.reason == case["refused"]
        assert case["says"] in reading.detail
        return
    assert not isinstance(reading, Refusal), reading
    assert reading.media_type == SHORT.get(case["media_type"], case["media_type"])
    assert reading.encoding == case.get("encoding", "unicode")
    lines = reading.text.split("\n")
    places = [lines.index(line) for line in case.get("lines", ())]
    assert places == sorted(places)
    for words in case.get("contains", ()):
        assert words in reading.text
        assert _digits(words) in _digits(reading.text)
    assert [words for words in case.get("absent", ()) if words in reading.text] == []
    assert {words: reading.text.count(words) for words in case.get("count", ())} == case.get("count", {})
    stated = {row.field: row.value for row in reversed(reading.stated)}
    assert {field: stated.get(field) for field in case.get("stated", ())} == case.get("stated", {})
    cells = {(cell.text, cell.row_head, cell.column_head) for cell in reading.cells}
    assert [cell for cell in map(tuple, case.get("cells", ())) if cell not in cells] == []
    kinds = Counter(part.kind for part in reading.parts)
    assert {kind: kinds[kind] for kind in case.get("kinds", ())} == case.get("kinds", {})
    if "last_page" in case:
        assert max(part.page for part in reading.parts) == case["last_page"]


@pytest.mark.parametrize("case", [case for case in CASES if "refused" not in case], ids=lambda case: case["file"])
def test_parts_and_cells_are_where_they_say(case):
    reading = reading_of(case)
    assert not isinstance(reading, Refusal)
    assert all(reading.text[cell.start : cell.end] == cell.text for cell in reading.cells)
    assert all(0 <= part.start < part.end <= len(reading.text) for part in reading.parts)
    assert all(a.end < b.start + 1 for a, b in zip(reading.parts, reading.parts[1:], strict=False))
    rest = "".join(reading.text[a.end : b.start] for a, b in zip(reading.parts, reading.parts[1:], strict=False))
    assert not rest.strip()  # no character of the text is outside a part


def test_every_format_has_twelve_checks():
    counts: Counter[str] = Counter()
    for case in CASES:
        checks = [*case.get("lines", ()), *case.get("contains", ()), *case.get("absent", ()), *case.get("cells", ())]
        checks += [*case.get("stated", ()), *case.get("count", ()), *case.get("kinds", ()), *("refused" in case) * [1]]
        counts[Path(case["file"]).suffix] += len(checks)
    assert {suffix: count for suffix, count in counts.items() if count < 12} == {}


def test_every_sample_is_read_or_refused_for_a_reason():
    named = {case["file"] for case in CASES}
    found = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()}
    assert found - named == {"libreoffice/docx_built_report.txt"}


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))
