"""A test a guard, each with harmless input: the limit is lowered, not the file made large."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.decoding import Refusal
from pipeline.readers import guards, read, sniffing
from pipeline.readers.guards import Archive, RefusedError, parse_xml
from tests.formats import writers as w
from tests.formats.formats import FORMATS, as_xlsx

GOOD = {**FORMATS, "xlsx": as_xlsx}
TEXT = w.paragraph("全年完成21.07亿元。")


def refusal_of(data: bytes) -> Refusal:
    found = read(data)
    assert isinstance(found, Refusal), found
    assert found.detail
    assert found.remedy
    return found


@pytest.mark.parametrize(
    ("limit", "value", "says"),
    [
        ("MOST_MEMBERS", 2, "members"),
        ("LARGEST_MEMBER", 100, "unpacks to more than"),
        ("LARGEST_TOTAL", 200, "archive unpacks to more than"),
    ],
)
@pytest.mark.parametrize("name", ["docx", "ofd", "xlsx"])
def test_archives_are_counted_while_they_are_unpacked(monkeypatch, name, limit, value, says):
    monkeypatch.setattr(guards, limit, value)
    found = refusal_of(GOOD[name]())
    assert found.reason == "archive_too_large"
    assert says in found.detail


def test_the_size_that_an_archive_states_is_not_believed(monkeypatch):
    data = w.archive({"a.txt": b"x" * 5000}, compression=zipfile.ZIP_STORED)
    lying = data.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    monkeypatch.setattr(guards, "LARGEST_MEMBER", 60)
    for one in (data, lying):
        with pytest.raises(RefusedError):
            Archive(one).read("a.txt")


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
def test_a_document_type_is_refused_in_every_part(part):
    data = w.word(TEXT, more={part: b"<!DOCTYPE x><x/>"})
    if part == "_rels/.rels":  # not read where the main part has its usual name
        assert not isinstance(read(data), Refusal)
        return
    assert refusal_of(data).reason == "document_type"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_found_in_any_encoding(encoding):
    with pytest.raises(RefusedError) as refused:
        parse_xml("<!DOCTYPE x [<!ENTITY e 'v'>]><x>&e;</x>".encode(encoding), "x.xml")
    assert refused.value.refusal.reason == "document_type"


def test_document_types_are_refused_in_ofd_and_xlsx_too():
    assert isinstance(
        read(w.ofd([[[(28.0, 50.0, "完成21.07亿元。", 5.6)]]], more={"OFD.xml": b"<!DOCTYPE x><x/>"})), Refusal
    )
    book = as_xlsx()
    with zipfile.ZipFile(io.BytesIO(book)) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = sheet.replace(b"<worksheet", b"<!DOCTYPE x><worksheet", 1)
    assert refusal_of(w.archive(members)).reason == "document_type"


def test_xml_that_nests_too_deep_is_refused():
    data = w.word("<w:smartTag>" * 300 + TEXT + "</w:smartTag>" * 300)
    assert refusal_of(data).reason == "broken_file"


def test_a_file_over_the_size_is_refused(monkeypatch):
    monkeypatch.setattr("pipeline.readers.dispatch.LARGEST_FILE", 100)
    assert refusal_of(b"x" * 101).reason == "too_large"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("pipeline.readers.pdf.reader.MOST_PAGES", "pdf"),
        ("pipeline.readers.pdf.reader.MOST_CHARACTERS", "pdf"),
        ("pipeline.readers.ofd.MOST_PAGES", "ofd"),
        ("pipeline.readers.xlsx.MOST_CELLS", "xlsx"),
        ("pipeline.readers.html.tree.MOST_NODES", "html"),
    ],
)
def test_limits_of_single_formats(monkeypatch, place, name):
    monkeypatch.setattr(place, 1)
    if place.endswith("MOST_CHARACTERS"):
        monkeypatch.setattr("pipeline.readers.pdf.characters.MOST_CHARACTERS", 1)
    assert refusal_of(GOOD[name]()).reason == "too_large"


def test_an_exception_of_a_library_becomes_a_refusal(monkeypatch):
    import pipeline.readers.docx.reader as reader

    for error, reason in ((MemoryError(), "too_large"), (RecursionError(), "too_deep"), (KeyError("x"), "broken_file")):
        monkeypatch.setattr(reader, "relations", lambda *_, error=error: (_ for _ in ()).throw(error))
        assert refusal_of(w.word(TEXT)).reason == reason


def test_an_encrypted_member_is_refused():
    data = bytearray(w.word(TEXT))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(sign, at)) >= 0:
            data[at + offset] |= 1
            at += 4
    assert refusal_of(bytes(data)).reason == "encrypted"


@pytest.mark.parametrize("name", ["青岛总结.txt", "总结.txt"])
def test_names_in_gbk_are_read(name):
    raw = name.encode("gbk")
    data = w.archive({"x" * len(raw): b"text"}).replace(b"x" * len(raw), raw)
    assert Archive(data).names == [name]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("docx", sniffing.DOCX),
        ("xlsx", sniffing.XLSX),
        ("ofd", sniffing.OFD),
        ("pdf", sniffing.PDF),
        ("html", sniffing.HTML),
        ("txt", sniffing.PLAIN),
    ],
)
def test_a_format_is_told_by_content(name, kind):
    assert read(GOOD[name]()).media_type == kind


def test_a_text_that_speaks_of_pdf_is_a_text():
    assert read("本文以%PDF-1.7格式发布，完成21.07亿元。".encode()).reader == "text"


def test_a_pdf_with_lines_before_it_is_a_pdf():
    assert read(b"\r\n\r\n" + GOOD["pdf"]()).media_type == sniffing.PDF


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"a.txt": "x"}, "archive"),
        ({"ppt/presentation.xml": "<x/>"}, "binary"),
        ({"mimetype": "x", "content.xml": "<x/>"}, "binary"),
    ],
)
def test_other_archives_are_refused(members, reason):
    assert refusal_of(w.archive(members)).reason == reason
