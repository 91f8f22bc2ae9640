"""Random facts of a published warehouse, each traced to its original and looked up on its page of the evidence site.

    python -m bench.traces WAREHOUSE.duckdb SITE [FACTS] [SEED]

Counted are the facts whose trace's passage holds the printed figure, and those whose highlight on the page covers the quote, no more and
no less, with one anchor. Exit status 1 where one does not.
"""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from functools import cache
from html import unescape
from pathlib import Path

import duckdb

from warehouse.evidence import build_site
from warehouse.evidence.tracing import trace

TRADITIONAL = str.maketrans("萬億兩", "万亿两")
DIGITS = re.compile(r"\d|[〇零一二两三四五六七八九十百千万亿]")
MARK = re.compile(r'<mark [^>]*data-of="([^"]*)"[^>]*>([^<]*)</mark>')


@cache
def page_of(file: Path) -> tuple[str, dict[str, str]]:
    """A page, and for each id the words that are highlighted for it."""
    page = file.read_text(encoding="utf-8")
    words: dict[str, str] = {}
    for names, piece in MARK.findall(page):
        for name in names.split():
            words[name] = words.get(name, "") + unescape(piece)
    return page, words


def digits(text: str) -> list[str]:
    """The characters that a figure is written with, in one form."""
    return DIGITS.findall(unicodedata.normalize("NFKC", text).translate(TRADITIONAL))


def main() -> int:
    """Print what was found."""
    database, site = Path(sys.argv[1]), Path(sys.argv[2])
    wanted, seed = (int(argument) for argument in (sys.argv[3:5] + ["1000", "1"][len(sys.argv) - 3 :]))
    build_site(database, site)
    with duckdb.connect(str(database), read_only=True) as connection:
        facts = connection.execute("SELECT fact_id, quote FROM facts ORDER BY fact_id").fetchall()
    chosen = random.Random(seed).sample(facts, min(wanted, len(facts)))
    lost: list[str] = []
    for fact, quote in chosen:
        found = trace(database, fact)
        if found.clean.words != quote or digits(found.original.words) != digits(quote):
            lost.append(f"{fact}: the passage has {found.original.words!r} for {quote!r}")
        page, words = page_of(site / found.page.partition("#")[0])
        if words.get(fact) != quote or page.count(f'id="q-{fact}"') != 1:
            lost.append(f"{fact}: highlighted is {words.get(fact)!r} for {quote!r}")
    print(f"{len(chosen)} of {len(facts)} facts, {len(lost)} troubles")
    print("\n".join(lost[:20]))
    return bool(lost)


if __name__ == "__main__":
    sys.exit(main())
