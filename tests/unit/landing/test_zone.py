"""The landing zone as it is: entries for what can be read, troubles with a remedy for what cannot, and nothing raises."""

import io
import os
import threading
import time
import unicodedata
import warnings
import zipfile
from pathlib import PurePath

import pytest

from assets.landing import (
    ChangedError,
    LandingError,
    is_source_name,
    read_bytes,
    read_manifest,
    read_zone,
    source_of,
    zone,
)
from pipeline.readers import archive_member


def write(folder, name, data=b"x"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def zone_of(landing):
    return read_zone(landing, settle=0)


def troubles(landing):
    return {item.path: item.reason for own in zone_of(landing).troubles.values() for item in own}


def entries(landing):
    return {source: [entry.path for entry in own] for source, own in zone_of(landing).entries.items()}


def test_sources_and_unfiled(tmp_path):
    for name in ("top.txt", "b/2.txt", "b/1.txt", "a/deep/er/x.txt", ".hidden/y.txt", "a/.z", "bad name!/k.txt"):
        write(tmp_path, name)
    write(tmp_path, "manifest.csv", b"path\n")
    (tmp_path / "empty").mkdir()
    assert entries(tmp_path) == {
        "a": ["a/deep/er/x.txt"],
        "b": ["b/1.txt", "b/2.txt"],
        "unfiled": ["bad name!/k.txt", "top.txt"],
    }


def test_of_some_sources_the_same_is_read_as_of_all(tmp_path, monkeypatch):
    for name in ("top.txt", "b/2.txt", "a/1.txt", "a/deep/2.txt", "c/1.txt"):
        write(tmp_path, name)
    (tmp_path / "a" / "nowhere").symlink_to("gone")
    write(tmp_path, "manifest.csv", "path,标题\na/1.txt,总结\nb/2.txt,计划\n".encode())
    of_all = zone_of(tmp_path)
    read = []
    contents = zone._contents
    monkeypatch.setattr(zone, "_contents", lambda file, keep: read.append(file.name) or contents(file, keep=keep))
    some = read_zone(tmp_path, settle=0, sources=["a", "unfiled"])
    assert some.sources == ["a", "unfiled"]
    assert [some.items(source) for source in some.sources] == [of_all.items(source) for source in some.sources]
    assert [item.reason for item in some.troubles["a"]] == ["broken_link"]
    assert sorted(read) == ["1.txt", "2.txt", "top.txt"]


@pytest.mark.parametrize("name", ["../x", "a/b", ".git", "", "a\n", "<b>", "a" * 101, "..", "a b", "长" * 61], ids=repr)
def test_dangerous_names_are_no_sources(name):
    assert not is_source_name(name)


def test_a_source_name_leaves_room_for_the_names_of_its_stage_files():
    assert is_source_name("长" * 60)
    assert len(f".{'长' * 60}.parquet.{'0' * 36}".encode()) <= 255


def test_missing_landing_zone(tmp_path):
    with pytest.raises(LandingError, match="LANDING="):
        zone_of(tmp_path / "none")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_manifest_in_the_encodings_that_spreadsheets_save(tmp_path, encoding):
    write(tmp_path, "manifest.csv", "path,title,issuer_place\na/1.txt,工作总结,青岛市\n".encode(encoding))
    row = read_manifest(tmp_path).rows["a/1.txt"]
    assert (row["title"], row["issuer_place"], row["url"]) == ("工作总结", "青岛市", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_manifest_as_excel_saves_unicode_text(tmp_path, delimiter):
    write(tmp_path, "manifest.csv", f"title{delimiter}path\r\n工作总结{delimiter}a/1.txt\r\n".encode("utf-16"))
    assert read_manifest(tmp_path).rows["a/1.txt"]["title"] == "工作总结"


def test_a_manifest_that_is_none_holds_nothing_up(tmp_path):
    write(tmp_path, "a/1.txt")
    place = tmp_path / "manifest.csv"
    for make, why in (
        (lambda: place.write_bytes(b"file,title\na/1.txt,x\n"), "'path'"),
        (lambda: place.write_bytes(b""), "'path'"),
        (lambda: os.truncate(write(tmp_path, "manifest.csv"), (64 << 20) + 1), "64 MB"),
        (lambda: place.symlink_to(tmp_path / "nowhere"), "no file"),
        (lambda: os.mkfifo(place), "no file"),
        (place.mkdir, "no file"),
    ):
        place.unlink(missing_ok=True)
        make()
        zone = zone_of(tmp_path)
        assert list(zone.sources) == ["a"]
        (note,) = zone.notes
        assert (note.path, note.reason) == ("manifest.csv", "manifest_unreadable")
        assert why in note.detail


def test_of_two_rows_for_a_file_the_last_holds_and_it_is_told(tmp_path):
    write(tmp_path, "a/1.txt")
    write(tmp_path, "manifest.csv", b"path,title\na/1.txt,one\na/1.txt,two\na/1.txt,two\n")
    manifest = read_manifest(tmp_path)
    assert manifest.rows["a/1.txt"]["title"] == "two"
    assert [(note.path, note.reason) for note in manifest.notes] == [("a/1.txt", "manifest_row_stands_twice")]


def test_files_in_a_folder_named_as_the_manifest_are_not_lost(tmp_path):
    write(tmp_path, "a/manifest.csv/1.txt")
    assert entries(tmp_path) == {"a": ["a/manifest.csv/1.txt"]}


def test_two_names_that_are_shown_alike_are_two(tmp_path):
    name = os.fsencode(tmp_path) + b"/a/" + "总结.txt".encode("gbk")
    write(tmp_path, "a/" + "总结.txt".encode("gbk").decode("utf-8", "backslashreplace"))
    Path_write(name)
    items = zone_of(tmp_path).items("a")
    assert len({item.path for item in items}) == len(items) == 2


def archive(*members):
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w") as zipped:
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, text in members:
            zipped.writestr(name, text)
    return stream.getvalue()


def test_members_of_an_archive_with_one_name_are_all_there(tmp_path):
    write(
        tmp_path, "a/1.zip", archive(("总结.txt", "one"), ("总结.txt", "two"), ("../总结.txt", "three"), (".x", "no"))
    )
    found = zone_of(tmp_path).entries["a"]
    assert len({entry.path for entry in found}) == 3
    read = {archive_member(read_bytes(entry), entry.member) for entry in found}
    assert read == {b"one", b"two", b"three"}


def test_manifest_rows_that_fit_no_file_are_named_with_what_was_meant(tmp_path):
    write(tmp_path, "淄博/2024.txt")
    write(
        tmp_path,
        "manifest.csv",
        "path,title\n淄博\\2024.txt,a\n./淄博/2024.txt,b\n不存在/的.txt,c\n淄博/2023.txt,d\n".encode(),
    )
    notes = {note.path: note for note in zone_of(tmp_path).notes}
    assert set(notes) == {"淄博\\2024.txt", "./淄博/2024.txt", "不存在/的.txt", "淄博/2023.txt"}
    assert all(note.reason == "manifest_row_fits_no_file" for note in notes.values())
    for path in ("淄博\\2024.txt", "./淄博/2024.txt", "淄博/2023.txt"):
        assert "Did you mean 淄博/2024.txt?" in notes[path].detail
    assert "Did you mean" not in notes["不存在/的.txt"].detail


def test_an_unclosed_quote_takes_only_its_own_row(tmp_path):
    for name in ("a/1.txt", "a/2.txt", "a/3.txt"):
        write(tmp_path, name)
    write(tmp_path, "manifest.csv", b'path,title\na/1.txt,one\n"a/2.txt,two\na/3.txt,three\n')
    manifest = read_manifest(tmp_path)
    assert {path: row["title"] for path, row in manifest.rows.items()} == {"a/1.txt": "one", "a/3.txt": "three"}
    (note,) = manifest.notes
    assert "Row 3" in note.detail


def test_a_field_of_any_length(tmp_path):
    write(tmp_path, "manifest.csv", f"path,title\na/1.txt,{'长' * 200_000}\na/2.txt,two\n".encode())
    manifest = read_manifest(tmp_path)
    assert set(manifest.rows) == {"a/2.txt"}
    assert manifest.notes[0].reason == "manifest_row_unreadable"


def test_a_manifest_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    write(tmp_path, "manifest.csv", b"path\n")
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(13, "denied")))
    (note,) = read_manifest(tmp_path).notes
    assert note.reason == "manifest_unreadable"


def test_fingerprint_tells_every_change(tmp_path):
    file = write(tmp_path, "a/1.txt", b"one")
    seen = {zone_of(tmp_path).fingerprint("a")}
    assert seen == {zone_of(tmp_path).fingerprint("a")}
    write(tmp_path, "manifest.csv", b"path,title\na/1.txt,t\n")
    seen.add(zone_of(tmp_path).fingerprint("a"))
    file.write_bytes(b"two")
    seen.add(zone_of(tmp_path).fingerprint("a"))
    file.rename(tmp_path / "a" / "2.txt")
    seen.add(zone_of(tmp_path).fingerprint("a"))
    (tmp_path / "a" / "2.txt").unlink()
    seen.add(zone_of(tmp_path).fingerprint("a"))
    assert len(seen) == 5


def test_the_digest_of_a_document_is_its_own(tmp_path):
    write(tmp_path, "a/1.txt", b"one")
    before = zone_of(tmp_path).documents("a")
    write(tmp_path, "a/2.txt", b"two")
    after = zone_of(tmp_path).documents("a")
    assert before.items() <= after.items()
    assert len(after) == 2


def test_a_name_in_gbk_is_told_with_what_it_reads_as(tmp_path):
    write(tmp_path, "淄博/good.txt")
    name = os.fsencode(tmp_path / "淄博") + b"/" + "青岛总结.txt".encode("gbk")
    Path_write(name)
    (trouble,) = zone_of(tmp_path).troubles["淄博"]
    assert trouble.reason == "name_is_no_text"
    assert "青岛总结.txt" in trouble.detail
    trouble.path.encode()
    assert entries(tmp_path) == {"淄博": ["淄博/good.txt"]}


def Path_write(name):  # noqa: N802
    with open(name, "wb") as stream:  # noqa: PTH123 - a name of bytes
        stream.write(b"x")


def test_names_of_macos_are_the_same_source(tmp_path):
    for form in ("NFC", "NFD"):
        write(tmp_path, unicodedata.normalize(form, "jǐnán_wjw") + f"/{form}.txt")
    assert list(entries(tmp_path)) == [unicodedata.normalize("NFC", "jǐnán_wjw")]
    assert source_of(PurePath(unicodedata.normalize("NFD", "jǐnán_wjw"), "x")) == unicodedata.normalize(
        "NFC", "jǐnán_wjw"
    )


def test_links_neither_loop_nor_lead_out_nor_get_lost(tmp_path):
    landing = tmp_path / "landing"
    write(landing, "a/1.txt")
    write(tmp_path, "outside/2.txt")
    (landing / "a" / "loop").symlink_to(landing)
    (landing / "a" / "self").symlink_to("self")
    (landing / "a" / "broken.txt").symlink_to(landing / "nowhere")
    (landing / "a" / "within.txt").symlink_to(landing / "a" / "1.txt")
    (landing / "a" / "out.txt").symlink_to(tmp_path / "outside" / "2.txt")
    (landing / "folder").symlink_to(tmp_path / "outside")
    assert entries(landing) == {"a": ["a/1.txt", "a/within.txt"]}
    assert troubles(landing) == {
        "a/loop": "linked_folder",
        "a/self": "broken_link",
        "a/broken.txt": "broken_link",
        "a/out.txt": "link_out_of_zone",
        "folder": "link_out_of_zone",
    }


def test_pipes_hold_nobody(tmp_path):
    write(tmp_path, "a/1.txt")
    os.mkfifo(tmp_path / "a" / "pipe.txt")
    assert troubles(tmp_path) == {"a/pipe.txt": "no_file"}


def test_what_file_managers_leave_is_no_report(tmp_path):
    for name in ("a/1.txt", "a/desktop.ini", "a/Thumbs.db", "a/.DS_Store", "a/~$总结.docx", "__MACOSX/a/x.txt"):
        write(tmp_path, name)
    assert entries(tmp_path) == {"a": ["a/1.txt"]}


def test_a_manifest_at_another_place_or_of_another_case_is_told(tmp_path):
    write(tmp_path, "a/1.txt")
    write(tmp_path, "a/manifest.csv", b"path\n")
    write(tmp_path, "Manifest.CSV", b"path\n")
    assert entries(tmp_path) == {"a": ["a/1.txt"]}
    assert {(note.path, note.reason) for note in zone_of(tmp_path).notes} == {
        ("a/manifest.csv", "manifest_not_read"),
        ("Manifest.CSV", "manifest_not_read"),
    }


def test_a_file_named_with_one_blank_is_a_report(tmp_path):
    write(tmp_path, " ")
    assert entries(tmp_path) == {"unfiled": [" "]}


def test_a_large_file_is_told_without_being_read(tmp_path):
    write(tmp_path, "a/1.txt")
    os.truncate(write(tmp_path, "a/large.txt"), (64 << 20) + 1)
    assert troubles(tmp_path) == {"a/large.txt": "file_too_large"}


def test_what_cannot_be_opened_is_told(tmp_path, monkeypatch):
    write(tmp_path, "a/1.txt")
    write(tmp_path, "b/2.txt")
    opened, listed = os.open, os.listdir

    def refuse(path, *more):
        if str(path).endswith("1.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *more)

    def hide(path):
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "listdir", hide)
    assert troubles(tmp_path) == {"a/1.txt": "unreadable_file", "b": "unreadable_folder"}


def test_deep_nesting_ends(tmp_path):
    write(tmp_path, "/".join("d" * 70) + "/x.txt")
    assert list(troubles(tmp_path).values()) == ["folder_too_deep"]


def test_a_file_that_is_being_written_is_waited_for_or_told(tmp_path):
    write(tmp_path, "a/done.txt")
    file = write(tmp_path, "a/1.txt")
    stop = threading.Event()

    def keep_writing():
        with file.open("ab") as stream:
            while not stop.wait(0.02):
                stream.write(b"more")
                stream.flush()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        zone = read_zone(tmp_path, settle=0.2)
    finally:
        stop.set()
        writer.join()
    assert zone.being_written
    assert [item.path for item in zone.troubles["a"]] == ["a/1.txt"]
    assert [entry.path for entry in zone.entries["a"]] == ["a/done.txt"]
    started = time.monotonic()
    assert not read_zone(tmp_path, settle=0.2).being_written
    assert time.monotonic() - started < 5


def test_a_file_that_changes_behind_the_reading_is_not_taken_for_what_it_was(tmp_path):
    file = write(tmp_path, "a/1.txt", b"one")
    (entry,) = zone_of(tmp_path).entries["a"]
    assert read_bytes(entry) == b"one"
    file.write_bytes(b"two")
    with pytest.raises(ChangedError, match="1"):
        read_bytes(entry)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(ChangedError):
        read_bytes(entry)


def test_while_files_come_to_rest_something_else_is_done_once_and_only_then(tmp_path):
    file = write(tmp_path, "a/1.txt")
    done = []
    read_zone(tmp_path, settle=0.2, meanwhile=lambda: done.append("loaded"))
    assert done == ["loaded"]
    os.utime(file, (1, 1))
    read_zone(tmp_path, settle=0.2, meanwhile=lambda: done.append("loaded"))
    assert done == ["loaded"], "nothing has to come to rest"
