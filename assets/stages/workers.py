"""Work on documents one by one, in this process or, where there is much of it, in a few others.

A document whose process dies (out of memory, a fault in a library) is rejected; the others go on. Nothing here imports Dagster: a
worker is a new process, and loads the language knowledge only.
"""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from functools import partial
from typing import Any, NamedTuple

from assets.processes import Beside
from assets.stages.knowledge import knowledge
from pipeline.duplicates import signature
from pipeline.ids import document_id
from pipeline.records import Document, RawReport, Reject, Section, Sentence, Text, TextSignature
from pipeline.stages import CleanReport, Extraction, attempt, clean_report, extract_report, outline_report

WORKERS_VARIABLE = "ZHENGBAO_WORKERS"
"""How many processes; 1 for none beside this one."""
MUCH = 1_500_000
"""From so many characters on starting processes is worth its second."""


def most() -> int:
    """How many processes may work beside this one; 1 for none."""
    return int(os.environ.get(WORKERS_VARIABLE) or min(4, os.cpu_count() or 1))


def _load() -> None:
    knowledge()
    threading.Thread(target=_load_more, daemon=True).start()  # the first document does not wait for it


def _load_more() -> None:
    """What a text's signature needs, and what a run begins ahead."""
    for module in ("datasketch", "assets.publication.candidates", "warehouse.exporting"):
        importlib.import_module(module)


beside = Beside(_load, most)


class Job(NamedTuple):
    """The work on one document: a function of this module with its arguments, and how long its text is."""

    source: str
    path: str
    characters: int
    arguments: tuple[Any, ...]


def cleaned(report: RawReport, row: dict[str, str] | None) -> tuple[CleanReport, TextSignature] | Reject:
    """A report cleaned, with the signature of its text."""

    def work() -> tuple[CleanReport, TextSignature] | Reject:
        found = clean_report(report, row, knowledge())
        if isinstance(found, Reject):
            return found
        return found, TextSignature(report.document_id, signature(found.text.clean_text))

    return attempt("clean", report.source, report.path, work)


def outlined(document: Document, text: Text) -> tuple[list[Section], list[Sentence]] | Reject:
    """The sections and sentences of a cleaned report."""
    return attempt("sections", document.source, document.path, partial(outline_report, text, knowledge()))


def extracted(
    document: Document, text: Text, sections: list[Section], sentences: list[Sentence]
) -> Extraction | Reject:
    """What a report states."""
    work = partial(extract_report, document, text, sections, sentences, knowledge())
    return attempt("facts", document.source, document.path, work)


def each(stage: str, function: Callable[..., Any], jobs: Sequence[Job]) -> Iterator[Any]:
    """The function's result for every job, in order, as soon as it is there."""
    is_much = most() > 1 and len(jobs) > 1 and sum(job.characters for job in jobs) >= MUCH
    if is_much:
        given = 0
        try:
            # The longest first, so that no process works on one at the end while the others have nothing to do.
            longest_first = sorted(range(len(jobs)), key=lambda k: -jobs[k].characters)
            results = {k: beside.submit(function, *jobs[k].arguments) for k in longest_first}
            for k in range(len(jobs)):
                result = results.pop(k).result()
                given += 1
                yield result
        except BrokenExecutor:
            beside.leave()
            yield from (_alone(stage, function, job) for job in jobs[given:])
    elif beside.is_started:
        yield from (_alone(stage, function, job) for job in jobs)
    else:
        yield from (function(*job.arguments) for job in jobs)


def _alone(stage: str, function: Callable[..., Any], job: Job) -> Any:
    """The work in a process of its own, whose death is the document's alone."""
    try:
        return beside.ask(function, *job.arguments)
    except BrokenExecutor:
        beside.leave()
        detail = "The process that worked on it ended: it ran out of memory, or met a fault in a library."
        remedy = "Split the file into its reports, or give the machine more memory; it is taken again when it changes."
        return Reject(stage, job.source, job.path, document_id(job.source, job.path), "process_died", detail, remedy)
