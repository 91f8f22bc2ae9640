"""Why a report reads as it does (解释): its metadata with evidence, what each cleaning step did, and raw beside clean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pipeline.decoding import Refusal
from pipeline.offsets import OffsetMap
from pipeline.readers import Reading, read
from pipeline.records import CleaningStep, RawReport, Reject, Section
from pipeline.stages import CleanReport, Knowledge, clean_report, outline_report, read_report


class StepSummary(NamedTuple):
    """What a cleaning step did: how many edits, how many characters it took away, and its longest edits."""

    step: str
    edits: int
    removed_chars: int
    examples: list[CleaningStep]


class RawLine(NamedTuple):
    """A line of the original beside what is left of it.

    `edits` are the spans of `raw` that changed, without those within another; `steps` the names of
    the steps that changed them.
    """

    number: int
    raw: str
    clean: str
    edits: list[tuple[int, int]]
    steps: list[str]


class Explanation(NamedTuple):
    """All that can be said of one file."""

    raw: RawReport
    report: CleanReport
    steps: list[StepSummary]
    sections: list[Section]
    lines: list[RawLine]


def explain(
    source: str,
    path: str,
    data: bytes,
    manifest: Mapping[str, str] | None,
    knowledge: Knowledge,
    reader: Callable[[bytes], Reading | Refusal] = read,
) -> Explanation | Reject:
    """Take a file through reading, cleaning and outline; a file that is rejected gives the `Reject`."""
    raw = read_report(source, path, data, reader)
    if isinstance(raw, Reject):
        return raw
    report = clean_report(raw, manifest, knowledge)
    if isinstance(report, Reject):
        return report
    sections, _ = outline_report(report.text, knowledge)
    text = report.text
    offsets = OffsetMap(text.clean_offsets, text.raw_offsets)
    return Explanation(
        raw, report, summarise(report.steps), sections, beside(text.raw_text, text.clean_text, offsets, report.steps)
    )


def summarise(steps: Iterable[CleaningStep], examples: int = 3) -> list[StepSummary]:
    """One row a step, in the order in which they first did something."""
    by_step: dict[str, list[CleaningStep]] = {}
    for step in steps:
        by_step.setdefault(step.step, []).append(step)
    return [
        StepSummary(
            name,
            len(edits),
            sum(edit.raw_end - edit.raw_start - len(edit.inserted) for edit in edits),
            sorted(edits, key=lambda edit: (edit.raw_start - edit.raw_end, edit.raw_start))[:examples],
        )
        for name, edits in by_step.items()
    ]


def beside(raw_text: str, clean_text: str, offsets: OffsetMap, steps: Iterable[CleaningStep]) -> list[RawLine]:
    """The lines of the original, each with what the offset map says is left of it."""
    edits = _outermost(steps)
    ends = [edit.raw_end for edit in edits]
    lines = []
    start = 0
    for number, raw in enumerate(raw_text.split("\n"), start=1):
        end = start + len(raw)
        first, last = offsets.clean_span(start, end)
        touching = []
        for edit in edits[bisect_left(ends, start + 1) :]:
            if edit.raw_start >= end:
                break
            touching.append(edit)
        spans = [(max(edit.raw_start, start) - start, min(edit.raw_end, end) - start) for edit in touching]
        names = list(dict.fromkeys(edit.step for edit in touching))
        lines.append(RawLine(number, raw, clean_text[first:last].strip("\n"), spans, names))
        start = end + 1
    return lines


def _outermost(steps: Iterable[CleaningStep]) -> list[CleaningStep]:
    """The edits that no later one encloses, in raw order: they say why each character is as it is."""
    kept: list[CleaningStep] = []
    for _, step in sorted(enumerate(steps), key=lambda item: (item[1].raw_start, -item[1].raw_end, -item[0])):
        if not kept or step.raw_start >= kept[-1].raw_end:
            kept.append(step)
    return kept
