"""The reading room: a child with limits, archives as folders, LibreOffice. Inputs are harmless; it is the child that misbehaves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time

import pytest

from assets.landing import read_zone
from assets.reading import office
from assets.reading import read_content as read_file
from assets.reading.child import ReaderProcess
from assets.stages import raw
from pipeline.decoding import Refusal
from pipeline.readers import read
from tests.formats import fuzz
from tests.formats import writers as w
from tests.formats.formats import FORMATS, as_docx, as_xlsx
from tests.formats.report import plain_text

TEXT = "某市2024年工作总结，全年完成投资21.07亿元。"
RECEIVE = "import socket,sys,time,json,os;c=socket.socket(fileno=int(sys.argv[1]));n=int.from_bytes(c.recv(8),'big')\nwhile n>0:n-=len(c.recv(65536))\n"


def child_that(does: str, seconds: float = 5.0) -> ReaderProcess:
    """A child that takes one file and then does as told."""
    return ReaderProcess(seconds, (sys.executable, "-c", RECEIVE + does))


@pytest.mark.parametrize("name", [*FORMATS, "xlsx"])
def test_the_child_reads_as_the_reader_does(name):
    data = {**FORMATS, "xlsx": as_xlsx}[name]()
    expected = read(data)
    found = read_file(data)
    assert (found.text, found.parts, found.cells, found.stated) == (
        expected.text,
        tuple(expected.parts),
        tuple(expected.cells),
        tuple(expected.stated),
    )


def test_one_child_reads_many_files_and_is_replaced_after_so_many(monkeypatch):
    monkeypatch.setattr("assets.reading.child.MOST_FILES", 2)
    reader = ReaderProcess()
    pids = []
    for _ in range(3):
        assert not isinstance(reader.read(FORMATS["html"]()), Refusal)
        pids.append(reader._child.pid)
    reader.close()
    assert pids[0] == pids[1] != pids[2]


def test_a_child_that_takes_too_long_is_ended_and_the_next_file_is_read():
    reader = child_that("time.sleep(60)", seconds=0.5)
    began = time.monotonic()
    found = reader.read(b"x")
    assert isinstance(found, Refusal)
    assert found.reason == "reader_timeout"
    assert time.monotonic() - began < 20
    assert reader._child is None
    reader._command = (sys.executable, "-m", "assets.reading.worker")
    reader.seconds = 60.0
    assert not isinstance(reader.read(FORMATS["html"]()), Refusal)
    reader.close()


def test_a_child_that_dribbles_its_answer_is_ended_all_the_same():
    reader = child_that("c.sendall((10**6).to_bytes(8,'big'))\nwhile 1:c.sendall(b'x');time.sleep(.1)", seconds=1.0)
    found = reader.read(b"x")
    assert isinstance(found, Refusal)
    assert found.reason == "reader_timeout"


@pytest.mark.parametrize(
    "does",
    [
        "os.abort()",
        "sys.exit(3)",
        "a=b'no json';c.sendall(len(a).to_bytes(8,'big')+a)",
        "a=json.dumps(['reading',[1]]).encode();c.sendall(len(a).to_bytes(8,'big')+a)",
        "c.sendall((1<<40).to_bytes(8,'big'))",
    ],
)
def test_a_child_that_dies_or_answers_nonsense_makes_a_refusal(does):
    found = child_that(does).read(b"x")
    assert isinstance(found, Refusal)
    assert (found.reason, bool(found.remedy)) == ("reader_died", True)


def test_memory_of_a_child_is_limited():
    program = "from assets.reading.limited import limit\nlimit(300, 60)\ntry:\n b=bytearray(400<<20)\nexcept MemoryError: print('refused')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ("refused" if sys.platform == "linux" else done.stdout.strip())


def test_computing_time_of_a_command_is_limited():
    command = [sys.executable, "-m", "assets.reading.limited", "1000", "1", sys.executable, "-c", "while 1: pass"]
    assert subprocess.run(command, check=False).returncode < 0


def zone_of(tmp_path, data: bytes):
    (tmp_path / "某市").mkdir()
    (tmp_path / "某市" / "a.zip").write_bytes(data)
    return read_zone(tmp_path, settle=0)


def test_an_archive_is_a_folder(tmp_path):
    members = {
        "2024/": b"",
        "2024/总结.docx": as_docx(),
        "b.txt": TEXT.encode(),
        "__MACOSX/._b.txt": b"x",
        ".DS_Store": b"x",
    }
    items = zone_of(tmp_path, w.archive(members)).items("某市")
    assert [item.path for item in items] == ["某市/a.zip/2024/总结.docx", "某市/a.zip/b.txt"]
    word, text = map(raw.read_file, items)
    assert (word.reader, text.raw_text) == ("docx", TEXT)
    assert len({item.digest for item in items}) == 2


def test_office_files_are_no_archives_though_they_are_zipped(tmp_path):
    (item,) = zone_of(tmp_path, as_docx()).items("某市")
    assert (item.path, item.member) == ("某市/a.zip", None)


def test_members_that_lead_out_of_the_archive_stay_below_it(tmp_path):
    data = w.archive({"../../总结.txt": TEXT.encode(), "/etc/总结.txt": TEXT.encode(), "a\\b.txt": TEXT.encode()})
    assert [item.path for item in zone_of(tmp_path, data).items("某市")] == [
        "某市/a.zip/a/b.txt",
        "某市/a.zip/etc/总结.txt",
        "某市/a.zip/总结.txt",
    ]


@pytest.mark.parametrize(("limit", "whole"), [("LARGEST_TOTAL", True), ("LARGEST_MEMBER", False)])
def test_an_archive_over_a_limit_is_refused(monkeypatch, tmp_path, limit, whole):
    monkeypatch.setattr(f"pipeline.readers.guards.{limit}", 20)
    items = zone_of(tmp_path, w.archive({"a.txt": TEXT.encode(), "b.txt": b"x"})).items("某市")
    assert raw.read_file(items[0]).reason == "archive_too_large"
    assert len(items) == (1 if whole else 2)


def test_an_archive_within_an_archive_is_refused(tmp_path):
    data = w.archive({"inner.zip": w.archive({"a.txt": TEXT.encode()})})
    (item,) = zone_of(tmp_path, data).items("某市")
    assert raw.read_file(item).reason == "archive"


@pytest.mark.parametrize(("data", "reason"), [(b"PK\x03\x04 broken", "broken_file"), (w.archive({"x/": b""}), "empty")])
def test_a_broken_or_empty_archive_is_one_reject(tmp_path, data, reason):
    (item,) = zone_of(tmp_path, data).items("某市")
    found = raw.read_file(item)
    assert (found.path, found.reason) == ("某市/a.zip", reason)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100 + "WordDocument".encode("utf-16-le")


def test_without_libreoffice_a_doc_says_what_to_install(monkeypatch):
    monkeypatch.setattr(office, "soffice", lambda: None)
    found = read_file(OLE)
    assert (found.reason, "libreoffice-writer" in found.remedy) == ("needs_libreoffice", True)


def fake_soffice(tmp_path, does: str):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_success_without_an_output_file_is_a_refusal(monkeypatch, tmp_path):
    monkeypatch.setattr(office, "soffice", lambda: fake_soffice(tmp_path, "exit 0"))
    assert office.to_docx(OLE).reason == "broken_file"


def test_an_office_that_hangs_is_ended_with_all_that_it_started(monkeypatch, tmp_path):
    mark = tmp_path / "late"
    monkeypatch.setattr(office, "soffice", lambda: fake_soffice(tmp_path, f"(sleep 4; touch {mark}) & wait"))
    assert office.to_docx(OLE, seconds=1.0).reason == "reader_timeout"
    time.sleep(4.5)
    assert not mark.exists()


@pytest.mark.slow
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed")
def test_the_report_as_doc_has_the_text_of_the_report(tmp_path):
    (tmp_path / "r.docx").write_bytes(as_docx())
    profile = (tmp_path / "profile").as_uri()
    command = [
        office.soffice(),
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "r.docx")], check=True, capture_output=True, timeout=120)
    found = read_file((tmp_path / "r.doc").read_bytes())
    assert found.text == plain_text()
    assert (found.media_type, found.reader) == ("application/msword", "doc")
    shutil.copy(tmp_path / "r.doc", tmp_path / "r.wps")
    assert read_file((tmp_path / "r.wps").read_bytes()).text == plain_text()


def test_what_the_child_answers_is_never_executed():
    answer = json.dumps(["reading", ["t", "m", "r", "v", "e", "b", [], [], [["__reduce__", "x", "y"]]]])
    found = child_that(f"a={answer!r}.encode();c.sendall(len(a).to_bytes(8,'big')+a)").read(b"x")
    assert found.stated[0] == ("__reduce__", "x", "y")


def test_damaged_files_are_read_or_refused_and_nothing_escapes():
    outcomes, longest = fuzz.run(150, seed=7)
    assert outcomes.total() == 150
    assert len(outcomes) >= 3
    assert longest < 60
    assert fuzz.run(20, seed=3)[0] == fuzz.run(20, seed=3)[0]
