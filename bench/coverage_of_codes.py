"""How many figures have the code of a canonical indicator: `python -m bench.coverage_of_codes WAREHOUSE.duckdb`.

Counted are all figures but baselines; those of target paragraphs (three figures or more, most of them targets, under a word of TARGETS); and
those of opening reviews (the first paragraph of a report with three figures or more, most of them achieved).
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import duckdb

TARGETS = ("预期目标", "主要目标", "奋斗目标", "发展目标", "目标是")
FEWEST = 3
Figure = tuple[int, str | None, str]
"""Start in the clean text, code, status."""


def paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of each line."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line), line
        start += len(line) + 1


def counted(texts: Mapping[str, str], facts: Mapping[str, Sequence[Figure]]) -> dict[str, list[int]]:
    """Kind of paragraph -> [figures, those with a code]; texts and figures by document."""
    found = {"all": [0, 0], "target paragraphs": [0, 0], "opening reviews": [0, 0]}

    def add(kind: str, own: Sequence[Figure]) -> None:
        found[kind][0] += len(own)
        found[kind][1] += sum(code is not None for _, code, _ in own)

    for document, text in texts.items():
        add("all", facts[document])
        opened = False
        for start, end, words in paragraphs(text):
            own = [fact for fact in facts[document] if start <= fact[0] < end]
            if len(own) < FEWEST:
                continue
            if any(word in words for word in TARGETS) and 2 * sum(fact[2] == "target" for fact in own) > len(own):
                add("target paragraphs", own)
            elif not opened and 2 * sum(fact[2] == "actual" for fact in own) > len(own):
                opened = True
                add("opening reviews", own)
    return found


def main() -> None:
    """Print the counts and shares as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse")
    with duckdb.connect(parser.parse_args().warehouse, read_only=True) as connection:
        texts = dict(connection.execute("SELECT document_id, clean_text FROM texts").fetchall())
        facts: dict[str, list[Figure]] = defaultdict(list)
        for document, start, code, status in connection.execute(
            "SELECT document_id, clean_start, indicator_code, status FROM facts WHERE status <> 'baseline'"
        ).fetchall():
            facts[document].append((start, code, status))
    found = counted(texts, facts)
    parts = [found["target paragraphs"], found["opening reviews"]]
    found["target paragraphs and opening reviews"] = [sum(column) for column in zip(*parts, strict=True)]
    print(
        json.dumps(
            {
                kind: {"figures": n, "with a code": k, "share": round(k / n, 3) if n else None}
                for kind, (n, k) in found.items()
            },
            ensure_ascii=False,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
