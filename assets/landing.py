"""What lies in the landing zone: sources, their files, the manifest, and fingerprints that tell a change."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

UNFILED = "unfiled"
"""The source of files at the top of the landing zone."""

MANIFEST = "manifest.csv"
MANIFEST_COLUMNS = ("path", "title", "issuer", "issuer_place", "doc_type", "period_label", "published_on", "url")

# Partition keys become file names and appear in URLs of the UI; other characters have been an injection path
# (CVE-2026-41490). CJK, letters, digits, - _ . without a leading dot.
SOURCE_NAME = re.compile(r"[\w\u3400-\u9fff-][\w\u3400-\u9fff.-]{0,99}")


class LandingError(Exception):
    """The landing zone itself cannot be used; the message says what to do."""


def is_source_name(name: str) -> bool:
    """True where a folder name may be a source (来源) and so a partition key.

    >>> is_source_name("qingdao-health"), is_source_name("青岛市卫健委"), is_source_name("../etc"), is_source_name(".git")
    (True, True, False, False)
    """
    return SOURCE_NAME.fullmatch(name) is not None


def sources(landing: Path) -> dict[str, list[Path]]:
    """Source -> its files, both sorted. Hidden files and the manifest are no reports; folders nest freely below a source.

    Files at the top, and files of a folder whose name cannot be a source, belong to `unfiled`.

    Raises:
        LandingError: there is no such folder.

    """
    if not landing.is_dir():
        raise LandingError(
            f"The landing zone {landing} is not a folder. Create it, or name another with LANDING=<dir>."
        )
    found: dict[str, list[Path]] = {}
    for entry in sorted(landing.iterdir()):
        if entry.name.startswith(".") or entry.name == MANIFEST:
            continue
        if not entry.is_dir():  # a broken link too: the raw stage rejects it and says so
            found.setdefault(UNFILED, []).append(entry)
        elif not entry.is_symlink() and (files := list(_files_below(entry))):
            found.setdefault(entry.name if is_source_name(entry.name) else UNFILED, []).extend(files)
    return {source: sorted(files) for source, files in sorted(found.items())}


def _files_below(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            yield entry
        elif not entry.is_symlink():  # a linked folder may lead back to itself
            yield from _files_below(entry)


def read_manifest(landing: Path) -> dict[str, dict[str, str]]:
    """Path within the landing zone -> what the manifest (清单) says of that file; empty without a manifest.

    Raises:
        LandingError: the manifest has no column `path`.

    """
    path = landing / MANIFEST
    if not path.is_file():
        return {}
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")  # what Excel saves on a Chinese Windows
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "path" not in (reader.fieldnames or []):
        raise LandingError(f"{path} has no column 'path'. Its header is: {','.join(MANIFEST_COLUMNS)}")
    return {
        row["path"].strip(): {column: (row.get(column) or "").strip() for column in MANIFEST_COLUMNS[1:]}
        for row in reader
        if row["path"]
    }


def fingerprint(landing: Path, files: list[Path], manifest: dict[str, dict[str, str]], code: str) -> str:
    """SHA-256 over the code version, the manifest's rows for these files, and their names and bytes."""
    digest = sha256(code.encode())
    for file in files:
        name = file.relative_to(landing).as_posix()
        digest.update(f"\n{name}\n{sorted(manifest.get(name, {}).items())}\n".encode())
        try:
            with file.open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        except OSError as error:  # the raw stage rejects it and says so
            digest.update(str(error.errno).encode())
    return digest.hexdigest()


def total_size(files: list[Path]) -> int:
    """Bytes of the files that are there."""
    return sum(file.stat().st_size for file in files if file.exists())
