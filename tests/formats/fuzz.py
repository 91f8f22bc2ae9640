"""`python -m tests.formats.fuzz [FILES] [SEED]`: files of every format, damaged, through the reading child.

Bytes flipped, ends cut, stretches repeated or blanked, and members of archives damaged, swapped and renamed. Every one has to come back
as a reading or a refusal, with no exception and within the child's time; a child that dies is a refusal too, and is counted.
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator

from assets.reading import read_content
from assets.reading.child import SECONDS
from pipeline.decoding import Refusal
from pipeline.readers import Reading
from tests.conftest import ROOT
from tests.formats import writers as w
from tests.formats.formats import FORMATS, as_xlsx

SAMPLES = ROOT.parent / "shared" / "samples"
LARGEST = 200_000


def originals() -> dict[str, bytes]:
    """The report in every format, and the shared samples where they are at hand."""
    found = {name: write() for name, write in {**FORMATS, "xlsx": as_xlsx}.items()}
    for path in sorted(SAMPLES.rglob("*")) if SAMPLES.is_dir() else ():
        if (
            path.is_file()
            and path.suffix in (".html", ".docx", ".pdf", ".ofd", ".xlsx")
            and path.stat().st_size < LARGEST
        ):
            found[path.name] = path.read_bytes()
    return found


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one kind of damage."""
    changed = bytearray(data)
    kind = chance.randrange(5)
    at, size = chance.randrange(len(data)), chance.randrange(1, 400)
    if kind == 0:
        for _ in range(chance.choice((1, 3, 20, 200))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del changed[at:]
    elif kind == 2:
        del changed[at : at + size]
    elif kind == 3:
        changed[at:at] = changed[at : at + size]
    else:
        changed[at : at + size] = bytes(len(changed[at : at + size]))
    return bytes(changed)


def rearranged(data: bytes, chance: random.Random) -> bytes:
    """An archive with one of its members damaged, swapped with another, left out, or under another name."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    one, other = chance.choice(list(members)), chance.choice(list(members))
    kind = chance.randrange(5)
    if kind in (0, 1) and members[one]:
        members[one] = damaged(members[one], chance)
    elif kind == 2:
        members[one], members[other] = members[other], members[one]
    elif kind == 3:
        del members[one]
    else:
        members[f"{one}x"] = members.pop(one)
    return w.archive(members)


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged files, the same for the same seed."""
    chance = random.Random(seed)
    sources = list(originals().items())
    for _ in range(count):
        name, data = chance.choice(sources)
        if data.startswith(b"PK") and chance.random() < 0.6:
            yield name, rearranged(data, chance)
        else:
            yield name, damaged(data, chance)


def run(count: int, seed: int) -> tuple[Counter[str], float]:
    """What became of the files, by reason, and the longest time in seconds."""
    outcomes: Counter[str] = Counter()
    longest = 0.0
    for name, data in files(count, seed):
        start = time.monotonic()
        found = read_content(data)
        longest = max(longest, time.monotonic() - start)
        if not isinstance(found, Reading | Refusal) or longest > SECONDS + 5:
            raise AssertionError(f"{name}, seed {seed}: {found!r} after {longest:.1f} s")
        outcomes[found.reason if isinstance(found, Refusal) else "read"] += 1
    return outcomes, longest


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    began = time.monotonic()
    counts, slowest = run(wanted, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(
        f"{counts.total()} files in {time.monotonic() - began:.0f} s, the slowest {slowest:.1f} s: {dict(counts.most_common())}"
    )
