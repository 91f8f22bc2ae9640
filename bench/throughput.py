"""Bytes of UTF-8 a second that one core reads, stage by stage, beside JioNLP's extractors on the same texts in the same run.

Two collections: the sample reports, and the labelled ones where they stand beside the project. They differ in how many
figures a page has, and figures are what extraction costs. All times are CPU time, since other work may share the machine.

JioNLP finds times and amounts of money; it gives no indicator, status, place or part-of. The ratio says what the
project's own reading costs beside the nearest public tool.
"""

import io
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from time import process_time
from typing import TypeVar

from assets.landing import read_bytes, read_zone
from assets.locations import PROJECT
from assets.stages.knowledge import knowledge
from pipeline.commitments import extract_commitments
from pipeline.facts import extract_facts
from pipeline.mentions import extract_mentions
from pipeline.rankings import extract_rankings
from pipeline.records import RawReport, Reject
from pipeline.stages import CleanReport, clean_report, extract_report, offset_map, outline_report, read_report

SAMPLES = PROJECT / "seeds" / "reports"
LABELLED = PROJECT / ".." / "shared" / "seeds"
REPEAT = 5
TEXTS_FOR_JIONLP = 5

T = TypeVar("T")


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds, best of REPEAT after one to warm up, and the result."""
    result = action()
    best = float("inf")
    for _ in range(REPEAT):
        start = process_time()
        action()
        best = min(best, process_time() - start)
    return best, result


def reports_of(landing: Path) -> list[RawReport]:
    """The reports of a landing zone that can be read and cleaned."""
    read = [
        read_report(source, entry.path, read_bytes(entry))
        for source, entries in read_zone(landing).entries.items()
        for entry in entries
    ]
    return [
        report
        for report in read
        if isinstance(report, RawReport) and isinstance(clean_report(report, None, knowledge()), CleanReport)
    ]


def clean_all(reports: Sequence[RawReport]) -> list[CleanReport]:
    """The clean stage."""
    cleaned = [clean_report(report, None, knowledge()) for report in reports]
    return [report for report in cleaned if not isinstance(report, Reject)]


def measure(reports: Sequence[RawReport]) -> tuple[float, list[CleanReport]]:
    """Print a line a stage and an extractor; bytes a second of all stages, and the cleaned reports."""
    known = knowledge()
    size = sum(len(report.raw_text.encode()) for report in reports)
    clean_seconds, cleaned = timed(lambda: clean_all(reports))
    outline_seconds, outlines = timed(lambda: [outline_report(report.text, known) for report in cleaned])
    pairs = list(zip(cleaned, outlines, strict=True))
    extract_seconds, _ = timed(
        lambda: [extract_report(report.document, report.text, *outline, known) for report, outline in pairs]
    )
    contexts = [
        (report.document, report.text.clean_text, offset_map(report.text), *outline) for report, outline in pairs
    ]
    facts_seconds, facts = timed(lambda: [extract_facts(*context, known.facts) for context in contexts])
    with_facts = list(zip(contexts, facts, strict=True))
    total = clean_seconds + outline_seconds + extract_seconds
    count = sum(map(len, facts))
    print(
        f"{len(reports)} reports, {size / 1e6:.2f} MB, {count} facts ({count / size * 1e6:.0f} a MB), best of {REPEAT}"
    )
    for name, seconds in (
        ("clean", clean_seconds),
        ("segment", outline_seconds),
        ("extract", extract_seconds),
        ("  facts", facts_seconds),
        ("  commitments", timed(lambda: [extract_commitments(*c, f, known.commitments) for c, f in with_facts])[0]),
        ("  mentions", timed(lambda: [extract_mentions(*context, known.mentions) for context in contexts])[0]),
        ("  rankings", timed(lambda: [extract_rankings(*c, f, known.rankings) for c, f in with_facts])[0]),
        ("all three", total),
    ):
        print(f"{name:<28}{size / seconds / 1e6:8.2f} MB/s{seconds / total:8.0%}")
    return size / total, cleaned


def jionlp_rate(texts: Sequence[str]) -> float | None:
    """Bytes a second of JioNLP's times and amounts of money; None where it is not installed."""
    # It prints what it cannot read.
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            import jionlp
        except ImportError:
            return None
        jionlp.ner.extract_time("2024年1月")  # loads its tables
        jionlp.ner.extract_money("3元")
        start = process_time()
        for text in texts:
            jionlp.ner.extract_time(text)
            jionlp.ner.extract_money(text)
        seconds = process_time() - start
    return sum(len(text.encode()) for text in texts) / seconds


def main() -> None:
    """Measure the collections, and JioNLP on texts of the last."""
    collections = {"Sample reports": SAMPLES} | ({"Labelled reports": LABELLED} if LABELLED.is_dir() else {})
    for name, landing in collections.items():
        print(f"\n{name}")
        rate, cleaned = measure(reports_of(landing))
    theirs = jionlp_rate([report.text.clean_text for report in cleaned[:TEXTS_FOR_JIONLP]])
    if theirs is None:
        print("JioNLP is not installed: make bench installs it.")
        return
    print(f"{'JioNLP times and money':<28}{theirs / 1e6:8.2f} MB/s")
    print(f"{'ratio':<28}{rate / theirs:8.1f} x")


if __name__ == "__main__":
    main()
