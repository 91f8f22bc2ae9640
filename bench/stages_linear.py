"""Time of metadata, outline and facts on hostile one-sided texts of 100, 200 and 400 kB, as ratios in one run.

A ratio near 2 is linear; one near 4 would be quadratic.
"""

import time

from assets.stages.knowledge import knowledge
from pipeline.metadata import read_metadata
from pipeline.records import Text
from pipeline.stages import CleanReport, clean_report, extract_report, outline_report, read_report

UNITS = (
    "一、\n",
    "（一）甲。",
    "1.\n",
    "（",
    "”",
    "9",
    "\n",
    "5个",
    "3万元、",
    "其中5家，",
    "由3个增加到5个",
    "2024年",
    "索引号:",
    "市卫生健康委",
    "全市新建医院3家，",
    "一、标题\n",
    "甲县\n30\n",
    "甲县\t30\t4\n",
    "甲县\t院长\n",
    "甲县 30 备注\n",
)


def seconds(unit: str, size: int) -> float:
    """CPU seconds of metadata, outline and extraction on `unit` repeated to `size` bytes."""
    text = unit * (size // len(unit.encode()))
    sample = clean_report(
        read_report("bench", "bench.txt", "某市2024年工作总结\n全市建成门诊12个。".encode()), None, knowledge()
    )  # type: ignore[arg-type]
    assert isinstance(sample, CleanReport)
    stored = Text("bench", text, text, [0], [0])
    start = time.process_time()
    read_metadata("bench", "bench.txt", text, text, None, knowledge().metadata, knowledge().places)
    extract_report(sample.document, stored, *outline_report(stored, knowledge()), knowledge())
    return time.process_time() - start


def main() -> None:
    """A line a text: seconds at 100 kB, and the ratios of the doublings."""
    for unit in UNITS:
        seconds(unit, 10_000)
        one, two, four = (seconds(unit, size) for size in (100_000, 200_000, 400_000))
        print(f"{unit!r:<24} {one:7.3f} s   x {two / one:4.1f}   x {four / two:4.1f}", flush=True)


if __name__ == "__main__":
    main()
