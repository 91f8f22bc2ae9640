"""`python -m assets.commands.number_words DICT`: write the table of words with number characters anew from jieba's word list.

Source: jieba 0.42.1 (MIT licence), the file jieba/dict.txt of its source distribution: a word, how often it was seen and its part of speech a line.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from assets.stages.reference_tables import LANGUAGE_FOLDER, read_tables
from pipeline.language.exclusions import Exclusions
from pipeline.language.number_words import words_with_numbers
from pipeline.language.quantities import QuantityReader

TABLE = LANGUAGE_FOLDER / "number_words" / "jieba.csv"


def main() -> int:
    """Write the table; 0 when done."""
    parser = argparse.ArgumentParser(prog="number_words", description=__doc__)
    parser.add_argument("dictionary", type=Path, help="jieba/dict.txt")
    arguments = parser.parse_args()
    tables = dict(read_tables())
    tables["number_words"] = [row for row in tables["number_words"] if row["kind"] != TABLE.stem]
    reader, exclusions = QuantityReader.from_tables(tables), Exclusions.from_tables(tables)
    words = words_with_numbers(entries(arguments.dictionary), [row["unit"] for row in tables["units"]])
    write(word for word in words if needed(word, reader, exclusions))
    return 0


def needed(word: str, reader: QuantityReader, exclusions: Exclusions) -> bool:
    """Whether the other rules would take a part of the word for a figure; a word that ends with a unit (上百人) may be one."""
    spans = exclusions.spans(word)
    return any(
        quantity.unit
        and quantity.tail < len(word)
        and not spans.holds(quantity.start)
        and not exclusions.is_name(word, quantity)
        for quantity in reader.find(word)
    )


def entries(dictionary: Path) -> Iterable[tuple[str, str]]:
    """(word, part of speech) of every line."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.split(" ")
        yield word, tag


def write(words: Iterable[str]) -> None:
    """The table, sorted, as its contract says."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["word", "example", "note"])
        table.writerows([word, "", ""] for word in sorted(set(words)))


if __name__ == "__main__":
    sys.exit(main())
