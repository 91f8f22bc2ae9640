"""Where the work of a fact goes, as a count that no load of the machine changes: byte-code instructions and calls a fact, by function.

    python -m bench.instructions [--texts 4] [--show 40]

Reads texts as `bench.beside` does, once to fill the caches and once counted. What runs in C (searches, automata) is not counted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from types import CodeType, FrameType
from typing import Any

from assets.locations import PROJECT
from assets.stages.knowledge import knowledge
from bench.beside import texts
from pipeline.facts import read_facts
from pipeline.records import RawReport, Reject
from pipeline.stages import clean_report, offset_map, outline_report, read_report


class Counts:
    """Instructions and calls by function, while it is the tracer."""

    def __init__(self) -> None:
        self.instructions: Counter[CodeType] = Counter()
        self.calls: Counter[CodeType] = Counter()

    def __call__(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        """Trace a call, and every instruction of it."""
        self.calls[frame.f_code] += 1
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._within

    def _within(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "opcode":
            self.instructions[frame.f_code] += 1
        return self._within


def facts_of(raw: RawReport) -> int:
    """How many facts the report has, read from its text on."""
    known = knowledge()
    report = clean_report(raw, None, known)
    if isinstance(report, Reject):
        return 0
    sections, sentences = outline_report(report.text, known)
    offsets = offset_map(report.text)
    given = (report.document, report.text.clean_text, offsets, sections, sentences, known.facts)
    return len(read_facts(*given).facts)


def main() -> None:
    """Count, and print the functions that take most."""
    parser = argparse.ArgumentParser(prog="bench.instructions", description=__doc__)
    parser.add_argument("--texts", type=int, default=4)
    parser.add_argument("--show", type=int, default=40, help="how many functions are shown")
    options = parser.parse_args()
    given = list(texts(options.texts).items())[: options.texts]
    read = [read_report(path.split("/")[0], path, text.encode()) for path, text in given]
    raws = [raw for raw in read if isinstance(raw, RawReport)]
    for raw in raws:
        facts_of(raw)
    counts = Counts()
    sys.settrace(counts)
    facts = sum(facts_of(raw) for raw in raws)
    sys.settrace(None)
    if not facts:
        sys.exit("These texts have no facts; name more with --texts.")
    made, called = sum(counts.instructions.values()), sum(counts.calls.values())
    print(f"{facts} facts of {len(raws)} texts: {made / facts:.0f} instructions and {called / facts:.0f} calls a fact")
    for code, number in counts.instructions.most_common(options.show):
        place = code.co_filename.removeprefix(f"{PROJECT}/")
        calls = counts.calls[code] / facts
        print(f"{number / made:6.1%} {number / facts:8.1f} {calls:7.2f}  {code.co_qualname} ({place})")


if __name__ == "__main__":
    main()
