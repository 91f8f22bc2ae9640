"""Landing zones of any size, made of real reports where they stand beside the project, else of the samples (合成语料).

Each copy has other figures, so that no two are alike; years keep their digits, since the reading leans on them. The same
arguments give the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from assets.locations import PROJECT

REAL = PROJECT / ".." / "shared" / "corpus"
SAMPLES = PROJECT / "seeds" / "reports"
DIGITS = re.compile(r"\d+")
LONGEST_FIGURE = 9
"""Longer runs of digits are codes; they stay."""
SMALLEST_REPORT = 1000
"""Bytes; what is smaller is a sample of a broken file."""
TOO_GREAT = "亿亿"
"""Counts beyond 10^18, at which build 53110ef publishes nothing."""


def base_texts() -> list[str]:
    """The texts that copies are made of, in the order of their paths."""
    folder = REAL if REAL.is_dir() else SAMPLES
    texts = []
    for path in sorted(folder.rglob("*.txt")):
        data = path.read_bytes()
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        if len(data) >= SMALLEST_REPORT:
            texts.append(text)
    return texts


def for_both_builds() -> list[str]:
    """The texts that build 53110ef can publish too."""
    return [text for text in base_texts() if TOO_GREAT not in text]


def other_figures(text: str, seed: int) -> str:
    """`text` with the last digit of each figure drawn anew; years and long codes stay.

    >>> other_figures("2024年新建36所", 1)
    '2024年新建32所'
    """
    generator = random.Random(seed)

    def change(match: re.Match[str]) -> str:
        figure = match[0]
        is_year = len(figure) == 4 and figure.startswith(("19", "20"))
        return figure if is_year or len(figure) > LONGEST_FIGURE else figure[:-1] + str(generator.randrange(10))

    return DIGITS.sub(change, text)


def make_landing(folder: Path, size: int, source_count: int, texts: Sequence[str] | None = None) -> int:
    """Write reports of about `size` bytes in all into `source_count` sources of `folder`; returns the bytes written.

    They are whole, unless some sources would be left without one: then they are cut to the size of a source.
    """
    texts = texts or base_texts()
    share = size // source_count
    longest = share if share < sum(len(text.encode()) for text in texts) / len(texts) else None
    written = number = 0
    while written < size or number < source_count:
        data = other_figures(texts[number % len(texts)], number).encode()[:longest].decode(errors="ignore").encode()
        file = folder / f"source{number % source_count:04}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        written += len(data)
        number += 1
    return written
