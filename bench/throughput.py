"""Bytes of UTF-8 a second that one core reads, stage by stage, beside JioNLP's extractors on the same texts in the same run.

JioNLP finds times and amounts of money; it gives no indicator, status, place or part-of. The ratio says what the
project's own reading costs beside the nearest public tool.
"""

import time
from collections.abc import Callable
from typing import Any

from assets.knowledge import knowledge
from assets.landing import sources
from assets.locations import PROJECT
from pipeline.records import RawReport, Reject
from pipeline.stages import CleanReport, clean_report, extract_report, outline_report, read_report

REPEAT = 5


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Best of REPEAT, after one to warm up, and the result."""
    result = action()
    best = float("inf")
    for _ in range(REPEAT):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best, result


def raw_reports() -> list[RawReport]:
    """The sample reports that can be read and cleaned."""
    landing = PROJECT / "seeds" / "reports"
    read = [
        read_report(source, file.relative_to(landing).as_posix(), file.read_bytes())
        for source, files in sources(landing).items()
        for file in files
    ]
    return [
        report
        for report in read
        if isinstance(report, RawReport) and isinstance(clean_report(report, None, knowledge()), CleanReport)
    ]


def clean_all(reports: list[RawReport]) -> list[CleanReport]:
    """The clean stage."""
    cleaned = [clean_report(report, None, knowledge()) for report in reports]
    return [report for report in cleaned if not isinstance(report, Reject)]


def main() -> None:
    """Print a line a stage, and the ratio to JioNLP."""
    reports = raw_reports()
    size = sum(len(report.raw_text.encode()) for report in reports)
    print(f"{len(reports)} reports, {size / 1e6:.2f} MB of UTF-8, best of {REPEAT}")
    clean_seconds, cleaned = timed(lambda: clean_all(reports))
    outline_seconds, outlines = timed(lambda: [outline_report(report.text, knowledge()) for report in cleaned])
    extract_seconds, _ = timed(
        lambda: [
            extract_report(report.document, report.text, *outline, knowledge())
            for report, outline in zip(cleaned, outlines, strict=True)
        ]
    )
    total = clean_seconds + outline_seconds + extract_seconds
    stages = {"clean": clean_seconds, "segment": outline_seconds, "extract": extract_seconds, "all three": total}
    for name, seconds in stages.items():
        print(f"{name:<28}{size / seconds / 1e6:8.2f} MB/s{seconds / total:8.0%}")
    try:
        import jionlp
    except ImportError:
        print("JioNLP is not installed: make bench installs it.")
        return
    texts = [report.text.clean_text for report in cleaned[:6]]
    part = sum(len(text.encode()) for text in texts)
    start = time.perf_counter()
    for text in texts:
        jionlp.ner.extract_time(text)
        jionlp.ner.extract_money(text)
    seconds = time.perf_counter() - start
    print(f"{'JioNLP times and money':<28}{part / seconds / 1e6:8.2f} MB/s")
    print(f"{'ratio':<28}{(size / total) / (part / seconds):8.1f} x")


if __name__ == "__main__":
    main()
