"""The landing zone: sources, manifest, fingerprints."""

import pytest

from assets.landing import LandingError, fingerprint, is_source_name, read_manifest, sources
from assets.stages.raw import read_file


def write(folder, name, data=b"x"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_sources_and_unfiled(tmp_path):
    for name in (
        "top.txt",
        "b/2.txt",
        "b/1.txt",
        "a/deep/er/x.txt",
        ".hidden/y.txt",
        "a/.z",
        "manifest.csv",
        "bad name!/k.txt",
    ):
        write(tmp_path, name)
    (tmp_path / "empty").mkdir()
    found = {
        source: [file.relative_to(tmp_path).as_posix() for file in files] for source, files in sources(tmp_path).items()
    }
    assert found == {"a": ["a/deep/er/x.txt"], "b": ["b/1.txt", "b/2.txt"], "unfiled": ["bad name!/k.txt", "top.txt"]}


@pytest.mark.parametrize("name", ["../x", "a/b", ".git", "", "a\n", "<b>", "a" * 101, "..", "a b"])
def test_dangerous_names_are_no_sources(name):
    assert not is_source_name(name)


def test_missing_landing_zone(tmp_path):
    with pytest.raises(LandingError, match="LANDING="):
        sources(tmp_path / "none")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_manifest_in_the_encodings_that_spreadsheets_save(tmp_path, encoding):
    write(tmp_path, "manifest.csv", "path,title,issuer_place\na/1.txt,工作总结,青岛市\n".encode(encoding))
    row = read_manifest(tmp_path)["a/1.txt"]
    assert (row["title"], row["issuer_place"], row["url"]) == ("工作总结", "青岛市", "")


def test_manifest_without_path_column(tmp_path):
    write(tmp_path, "manifest.csv", b"file,title\n")
    with pytest.raises(LandingError, match="'path'"):
        read_manifest(tmp_path)


def test_fingerprint_tells_every_change(tmp_path):
    file = write(tmp_path, "a/1.txt", b"one")
    base = fingerprint(tmp_path, [file], {}, "v1")
    assert base == fingerprint(tmp_path, [file], {}, "v1")
    others = {
        fingerprint(tmp_path, [file], {}, "v2"),
        fingerprint(tmp_path, [file], {"a/1.txt": {"title": "t"}}, "v1"),
        fingerprint(tmp_path, [], {}, "v1"),
    }
    file.write_bytes(b"two")
    others.add(fingerprint(tmp_path, [file], {}, "v1"))
    assert len(others | {base}) == 5


def test_links_neither_loop_nor_get_lost(tmp_path):
    write(tmp_path, "a/1.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert [file.name for file in sources(tmp_path)["a"]] == ["1.txt", "broken.txt"]
    assert read_file("a", tmp_path, tmp_path / "a" / "broken.txt").reason == "unreadable_file"
