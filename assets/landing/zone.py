"""Read the landing zone: every file as an entry, or as a trouble that says why it cannot be read.

Nothing that lies in the zone ends the reading of it: names that are no text, links, pipes and devices, what may not be opened,
what is still being written. The run, the schedule and the sensor see the zone through this alone.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from assets.landing.manifest import MANIFEST, LandingError, Manifest, Note, read_manifest
from assets.landing.names import UNFILED, is_report_name, shown, source_of
from pipeline.decoding import Refusal
from pipeline.ids import document_id
from pipeline.readers import archive_members, unused

SIZE_VARIABLE = "ZHENGBAO_MAX_FILE_MB"
DEFAULT_SIZE_MB = 64
SETTLE_VARIABLE = "ZHENGBAO_SETTLE_SECONDS"
DEFAULT_SETTLE = 2.0
_PATIENCE = 3
"""A file that still changes after so many settle times is told as being written."""
_DEEPEST = 64
_BLOCK = 1 << 20


class ChangedError(Exception):
    """A file changed while it was read, or since the zone was read."""


class Entry(NamedTuple):
    """A file of the landing zone whose bytes can be read with `read_bytes`."""

    source: str
    path: str
    """Within the landing zone, with /."""
    file: Path
    size: int
    sha256: str
    digest: str
    """Of all that a report is made from: path, bytes and manifest row."""
    member: str | None = None
    """Of an archive, which is a folder: the name of this file in it; `file`, `size` and `sha256` are those of the archive."""


class Trouble(NamedTuple):
    """A file, or folder, that cannot be read, and what to do."""

    source: str
    path: str
    reason: str
    detail: str
    remedy: str
    digest: str


class Zone(NamedTuple):
    """What lies in the landing zone at one moment."""

    landing: Path
    entries: dict[str, list[Entry]]
    """By source; both sorted, by path within a source."""
    troubles: dict[str, list[Trouble]]
    manifest: Manifest
    notes: list[Note]

    @property
    def sources(self) -> list[str]:
        """Every source with a file, readable or not."""
        return sorted({*self.entries, *self.troubles})

    def documents(self, source: str) -> dict[str, str]:
        """Document -> digest of what it is made from, in the order of the paths; what is in trouble too."""
        return {document_id(source, item.path): item.digest for item in self.items(source)}

    def items(self, source: str) -> list[Entry | Trouble]:
        """The files of a source in the order of their paths, those in trouble among them."""
        found: list[Entry | Trouble] = [*self.entries.get(source, ()), *self.troubles.get(source, ())]
        return sorted(found, key=lambda item: item.path)

    def fingerprint(self, source: str) -> str:
        """SHA-256 over all documents of a source."""
        return sha256(repr(list(self.documents(source).items())).encode()).hexdigest()

    @property
    def being_written(self) -> bool:
        """Whether a file was still being written."""
        return any(trouble.reason == "being_written" for own in self.troubles.values() for trouble in own)


class _Found(NamedTuple):
    file: Path
    relative: PurePath
    problem: tuple[str, str, str] | None
    """Reason, detail, remedy."""


def read_zone(
    landing: Path,
    settle: float | None = None,
    meanwhile: Callable[[], None] | None = None,
    sources: Collection[str] | None = None,
) -> Zone:
    """Walk the landing zone, read its manifest, and take the hash of every file; of `sources` only, where they are named.

    Waits for files that were written within the last `settle` seconds (ZHENGBAO_SETTLE_SECONDS) until they rest; `meanwhile` is done
    where it has to wait.

    Raises:
        LandingError: there is no such folder, or it cannot be listed.

    """
    try:
        if not landing.is_dir():
            raise LandingError(
                f"The landing zone {landing} is not a folder. Create it, or name another with LANDING=<dir>."
            )
        top = os.listdir(landing)  # noqa: PTH208 - to know at once whether it may be listed
    except OSError as error:
        raise LandingError(f"The landing zone {landing} cannot be read: {error.strerror}.") from None
    del top
    manifest = read_manifest(landing)
    notes = list(manifest.notes)
    found = [
        item
        for item in _walk(landing, landing.resolve(), PurePath(), notes)
        if sources is None or _source(item.relative) in sources
    ]
    moving = _moving([item for item in found if item.problem is None], _seconds(settle), meanwhile)
    entries: dict[str, list[Entry]] = {}
    troubles: dict[str, list[Trouble]] = {}
    taken: set[str] = set()
    for item in found:
        for read in _unpacked(_entry(item, manifest.rows, moving), manifest.rows):
            if read.path in taken:  # a name of other bytes is shown as this one is
                read = read._replace(path=unused(read.path, taken))
            taken.add(read.path)
            if isinstance(read, Entry):
                entries.setdefault(read.source, []).append(read)
            else:
                troubles.setdefault(read.source, []).append(read)
    zone = Zone(landing, _sorted(entries), _sorted(troubles), manifest, notes)
    paths = [item.path for source in zone.sources for item in zone.items(source)]
    return zone._replace(notes=[*notes, *manifest.unused(paths)])


def read_bytes(entry: Entry) -> bytes:
    """The bytes of a file, those that the zone was read with.

    Raises:
        ChangedError: they are others by now, or no longer there.

    """
    try:
        data, _ = _contents(entry.file, keep=True)
    except (OSError, ValueError) as error:
        raise ChangedError(f"{entry.path} was there when the landing zone was read, and is not now: {error}") from None
    if sha256(data).hexdigest() != entry.sha256:
        raise ChangedError(f"{entry.path} changed since the landing zone was read")
    return data


def _unpacked(item: Entry | Trouble, rows: Mapping[str, Mapping[str, str]]) -> list[Entry | Trouble]:
    """The files of an archive in its place; any other file as it is."""
    if isinstance(item, Trouble) or not _may_be_archive(item.file):
        return [item]
    try:
        members = archive_members(read_bytes(item))
    except ChangedError as error:
        members = Refusal("being_written", str(error), "Nothing needs to be done: it is taken when it rests.")
    if members is None:
        return [item]
    if isinstance(members, Refusal):
        digest = document_digest(item.path, f"trouble {members.reason} {item.sha256}", rows.get(item.path))
        return [Trouble(item.source, item.path, *members, digest)]
    found: list[Entry | Trouble] = []
    for member in members:
        path = f"{item.path}/{member.path}"
        digest = document_digest(path, item.sha256, rows.get(path))
        found.append(item._replace(path=path, digest=digest, member=member.name))
    return found


def _may_be_archive(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as stream:
        return stat.S_ISREG(os.fstat(descriptor).st_mode) and stream.read(2) == b"PK"


def document_digest(path: str, content: str, row: Mapping[str, str] | None) -> str:
    """One digest of all that a report is made from."""
    return sha256(repr((path, content, sorted((row or {}).items()))).encode()).hexdigest()[:32]


T = TypeVar("T", Entry, Trouble)


def _sorted(found: dict[str, list[T]]) -> dict[str, list[T]]:
    return {source: sorted(own, key=lambda item: item.path) for source, own in sorted(found.items())}


def _walk(folder: Path, landing: Path, relative: PurePath, notes: list[Note]) -> Iterator[_Found]:
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names, whatever their bytes
    except OSError as error:
        remedy = "Make the folder readable for the user that runs the pipeline; its files are taken at the next run."
        yield _Found(folder, relative, ("unreadable_folder", error.strerror or str(error), remedy))
        return
    for name in names:
        here, below = folder / name, relative / name
        if name.lower() == MANIFEST and not here.is_dir():
            if below != PurePath(MANIFEST):
                said = f"{shown(below.as_posix())[0]} is not read: only {MANIFEST} at the top of the landing zone is."
                notes.append(
                    Note(
                        shown(below.as_posix())[0],
                        "manifest_not_read",
                        said,
                        f"Move its rows to {MANIFEST} at the top.",
                    )
                )
            continue
        if not is_report_name(name):
            continue
        try:
            status = here.lstat()
            if stat.S_ISLNK(status.st_mode):
                yield from _link(here, below, landing)
            elif stat.S_ISDIR(status.st_mode):
                if len(below.parts) >= _DEEPEST:
                    yield _Found(here, below, ("folder_too_deep", f"{_DEEPEST} folders deep", "Move its files up."))
                else:
                    yield from _walk(here, landing, below, notes)
            elif stat.S_ISREG(status.st_mode):
                yield _Found(here, below, _problem_of_file(below, status.st_size))
            else:
                yield _Found(
                    here, below, ("no_file", "It is a pipe, socket or device.", "Put a file there, or remove it.")
                )
        except OSError as error:
            yield _Found(here, below, _unreadable(error))


def _link(here: Path, below: PurePath, landing: Path) -> Iterator[_Found]:
    try:
        target = here.resolve(strict=True)
        status = target.stat()
    except (OSError, RuntimeError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else "it leads in a circle"
        yield _Found(here, below, ("broken_link", f"The link leads nowhere: {said}.", "Put the file itself there."))
        return
    if not target.is_relative_to(landing):
        said = "The link leads out of the landing zone."
        yield _Found(here, below, ("link_out_of_zone", said, "Copy the file or folder itself into the landing zone."))
    elif stat.S_ISREG(status.st_mode):
        yield _Found(here, below, _problem_of_file(below, status.st_size))
    else:
        said = "A link to a folder of the landing zone is not followed; its files are read where they lie."
        yield _Found(
            here, below, ("linked_folder", said, "Nothing needs to be done; remove the link to end this notice.")
        )


def _problem_of_file(below: PurePath, size: int) -> tuple[str, str, str] | None:
    _, meant = shown(below.as_posix())
    if meant is not None:
        said = "The name is no UTF-8 text" + (f"; in GBK it reads {meant}." if meant else ".")
        remedy = (
            "Rename the file, or unpack its archive anew with names in UTF-8 (unzip -O gbk, or convmv -f gbk -t utf8)."
        )
        return "name_is_no_text", said, remedy
    limit = max_bytes()
    if size > limit:
        said = f"The file has {size:,} bytes; at most {limit:,} are read ({SIZE_VARIABLE})."
        return "file_too_large", said, "Split it into its reports, or raise the limit where memory allows."
    return None


def _unreadable(error: OSError) -> tuple[str, str, str]:
    remedy = "Make the file readable for the user that runs the pipeline; it is taken at the next run."
    return "unreadable_file", error.strerror or str(error), remedy


def _moving(files: list[_Found], settle: float, meanwhile: Callable[[], None] | None) -> set[Path]:
    """Files that are still being written: their size or time changes from look to look."""
    waiting = {item.file: _look(item.file) for item in files}
    for _ in range(_PATIENCE):
        now = time.time()
        waiting = {file: seen for file, seen in waiting.items() if seen and 0 <= now - seen[1] / 1e9 < settle}
        if not waiting:
            return set()
        if meanwhile is not None:
            meanwhile()
            meanwhile = None
        youngest = max(seen[1] for seen in waiting.values() if seen) / 1e9
        time.sleep(min(settle, max(0.05, youngest + settle - time.time())))
        waiting = {file: _look(file) for file in waiting}
    now = time.time()
    return {file for file, seen in waiting.items() if seen and 0 <= now - seen[1] / 1e9 < settle}


def _look(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _source(relative: PurePath) -> str:
    return source_of(PurePath(shown(relative.as_posix())[0])) if relative.parts else UNFILED


def _entry(item: _Found, rows: Mapping[str, Mapping[str, str]], moving: set[Path]) -> Entry | Trouble:
    path, _ = shown(item.relative.as_posix())
    source = _source(item.relative)
    problem = item.problem
    if problem is None and item.file in moving:
        problem = (
            "being_written",
            "The file is still being written.",
            "Nothing needs to be done: it is taken when it rests.",
        )
    if problem is None:
        try:
            content, size = _contents(item.file, keep=False)
            digest = document_digest(path, content.decode(), rows.get(path))
            return Entry(source, path, item.file, size, content.decode(), digest)
        except OSError as error:
            problem = _unreadable(error)
        except ValueError as error:
            problem = ("being_written", str(error), "Nothing needs to be done: it is taken when it rests.")
    return Trouble(source, path, *problem, document_digest(path, f"trouble {problem[0]} {problem[1]}", rows.get(path)))


def _contents(file: Path, *, keep: bool) -> tuple[bytes, int]:
    """The bytes of a file, or their SHA-256 in hexadecimal, and their number.

    Raises:
        OSError: it cannot be read.
        ValueError: it changed while it was read.

    """
    # Without O_NONBLOCK a pipe that took the file's place would hold the run for ever.
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(descriptor, "rb") as stream:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "It is no file.")
        limit, digest, parts, size = max_bytes(), sha256(), [], 0
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > limit:
                raise ValueError("The file grew beyond the limit while it was read.")
            digest.update(block)
            if keep:
                parts.append(block)
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
        raise ValueError("The file changed while it was read.")
    return b"".join(parts) if keep else digest.hexdigest().encode(), size


def max_bytes() -> int:
    """The largest file that is read."""
    return int(float(os.environ.get(SIZE_VARIABLE) or DEFAULT_SIZE_MB) * (1 << 20))


def _seconds(settle: float | None) -> float:
    return float(os.environ.get(SETTLE_VARIABLE) or DEFAULT_SETTLE) if settle is None else settle
