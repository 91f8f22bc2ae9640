"""A file -> its text: our readers beside the usual libraries, on the same files in the same run, a process for each.

CPU time of the best reading of ROUNDS processes that take turns, REPEAT readings each, the first one apart (it loads fonts and tables);
imports are not counted. The files are a report of 15,000 characters and the shared samples where they stand beside the project. `kept` is the share of the digits of our text
that the other one has too, in order: a fast text that loses figures is no text.
"""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import process_time

from assets.locations import PROJECT
from pipeline.decoding import Refusal
from pipeline.readers import read
from tests.formats.long import FORMATS

SAMPLES = PROJECT / ".." / "shared" / "samples"
ROUNDS = 3
REPEAT = 5
PEERS = {"html": ["trafilatura"], "docx": ["python-docx"], "pdf": ["pdfplumber"]}
MODULES = {"trafilatura": "trafilatura", "python-docx": "docx", "pdfplumber": "pdfplumber"}
ASKED = {"trafilatura": 5, "python-docx": 5, "pdfplumber": 20}
"""How many times as fast ours is to be."""


def ours(data: bytes) -> str:
    """Our reader."""
    found = read(data)
    return "" if isinstance(found, Refusal) else found.text


def trafilatura(data: bytes) -> str:
    """trafilatura's article text."""
    import trafilatura

    return trafilatura.extract(data) or ""


def python_docx(data: bytes) -> str:
    """python-docx: paragraphs and the cells of tables."""
    import io

    import docx

    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += ["\t".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join(lines)


def pdfplumber(data: bytes) -> str:
    """pdfplumber's page texts."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


READERS: dict[str, Callable[[bytes], str]] = {
    "ours": ours,
    "trafilatura": trafilatura,
    "python-docx": python_docx,
    "pdfplumber": pdfplumber,
}


def one(reader: str, files: list[str]) -> list[tuple[float, float, str]]:
    """In this process: for each file the first and the best time, and the text."""
    results = []
    READERS[reader](Path(files[0]).read_bytes())  # loads the library
    for name in files:
        data = Path(name).read_bytes()
        times = []
        for _ in range(1 + REPEAT):
            start = process_time()
            text = READERS[reader](data)
            times.append(process_time() - start)
        results.append((times[0], min(times[1:]), text))
    return results


def files_of(kind: str, folder: Path) -> list[str]:
    """A report made for this, and the samples of the format that can be read."""
    made = folder / f"report.{kind}"
    made.write_bytes(FORMATS[kind]())
    found = sorted(SAMPLES.rglob(f"*.{kind}")) if SAMPLES.is_dir() else []
    return [str(path) for path in (made, *found) if not isinstance(read(path.read_bytes()), Refusal)]


def kept(of: str, text: str) -> float:
    """Share of the digits of `of` that `text` has in the same order."""
    digits = [re.sub(r"\D", "", one) for one in (of, text)]
    matches = difflib.SequenceMatcher(None, *digits, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches) / max(1, len(digits[0]))


def apart(reader: str, files: list[str]) -> list[tuple[float, float, str]]:
    """`one` in a process of its own."""
    command = [sys.executable, "-m", "bench.readers", reader, *files]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    return [tuple(row) for row in json.loads(done.stdout)]


def in_turn(readers: list[str], files: list[str]) -> list[list[tuple[float, float, str]]]:
    """The best of every reader's rounds: for each reader what `one` gives."""
    best: list[list[tuple[float, float, str]]] = [[] for _ in readers]
    for _ in range(ROUNDS):
        for at, reader in enumerate(readers):
            rows = apart(reader, files)
            best[at] = [min(a, b, key=lambda row: row[1]) for a, b in zip(best[at] or rows, rows, strict=True)]
    return best


def main() -> None:
    """Print a line a file and the ratio of each format."""
    with tempfile.TemporaryDirectory() as name:
        for kind, peers in PEERS.items():
            files = files_of(kind, Path(name))
            for peer in peers:
                if find_spec(MODULES[peer]) is None:
                    print(f"{kind}: {peer} is not installed")
                    continue
                own, others = in_turn(["ours", peer], files)
                print(f"{'file':<40} {'ours ms':>9} {peer + ' ms':>15} {'ratio':>7} {'digits':>7} {'kept':>6}")
                for file, (_, mine, text), (_, theirs, other) in zip(files, own, others, strict=True):
                    digits = len(re.sub(r"\D", "", text))
                    print(
                        f"{Path(file).name:<40} {1000 * mine:>9.2f} {1000 * theirs:>15.2f} {theirs / mine:>6.1f}x "
                        f"{digits:>7} {kept(text, other):>6.1%}"
                    )
                ratio = sum(row[1] for row in others) / sum(row[1] for row in own)
                print(
                    f"{kind}: {ratio:.1f} times as fast as {peer} over all files; asked for: {ASKED[peer]}\n",
                    flush=True,
                )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(one(sys.argv[1], sys.argv[2:]), ensure_ascii=False))
    else:
        main()
