"""Work on documents, in this process or, where there is much of it, in a few others.

A document whose process dies (out of memory, a fault in a library) is rejected; the others go on. Nothing here imports Dagster: a
worker is a new process, and loads the language knowledge only.
"""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from typing import Any, NamedTuple

import polars as pl

from assets.processes import Beside
from assets.stages.batches import divided
from assets.stages.documents import Tables, only_rejected
from assets.stages.knowledge import knowledge
from pipeline.records import Reject
from warehouse.contract import Stage
from warehouse.quarantine import about

WORKERS_VARIABLE = "ZHENGBAO_WORKERS"
"""How many processes; 1 for none beside this one."""
MUCH = 1_500_000
"""From so many characters of cleaning on starting further processes is worth its seconds."""
AT_ONCE = 2_000_000
"""Characters of texts whose rows are judged together: each look at them costs some tenths of a second, however few they are."""
COST = {"clean": 1.0, "sections": 0.25, "facts": 4.0}
"""What a character costs, beside cleaning it."""


def most() -> int:
    """How many processes may work beside this one; 1 for none."""
    return int(os.environ.get(WORKERS_VARIABLE) or min(4, os.cpu_count() or 1))


def _load() -> None:
    knowledge()
    threading.Thread(target=_load_more, daemon=True).start()  # the first document does not wait for it


def _load_more() -> None:
    """What a text's signature needs, and what a small run begins ahead."""
    for module in ("datasketch", "assets.publication.candidates", "warehouse.exporting"):
        importlib.import_module(module)


beside = Beside(_load, most, "read")


Work = Callable[..., Tables]
"""A function of assets.stages.documents."""


class Part(NamedTuple):
    """Some documents that a process works on together: the rows of earlier stages about them, and what else the work takes."""

    read: Tables
    arguments: tuple[Any, ...]
    documents: list[tuple[str, str, str]]
    """Identifier, source and path of each."""
    characters: int

    def alone(self) -> list[Part]:
        """Each document by itself."""
        return [
            Part(about(self.read, [document[0]]), self.arguments, [document], self.characters)
            for document in self.documents
        ]


def parts_of(read: Tables, arguments: Callable[[Tables], tuple[Any, ...]] = lambda _: ()) -> list[Part]:
    """The documents of a batch in parts; at least one, which may have none. The first table has a row a document."""
    documents = next(iter(read.values()))
    length = pl.col("raw_text").str.len_chars() if "raw_text" in documents.columns else pl.col("clean_chars")
    rows = documents.select("document_id", "source", "path", length.alias("length")).rows()
    of = {row[0]: row for row in rows}
    parts = []
    for names in divided({row[0]: row[3] for row in rows}, most()) or [[]]:
        own = about(read, names)
        parts.append(Part(own, arguments(own), [of[name][:3] for name in names], sum(of[name][3] for name in names)))
    return parts


def gathered(parts: Iterable[tuple[Part, Tables]], most: int = AT_ONCE) -> Iterator[tuple[Tables, Tables]]:
    """What is made of the parts beside what was read for it, of neighbours that come to `most` characters as one."""
    held: list[tuple[Part, Tables]] = []
    characters = 0
    for part, tables in parts:
        held.append((part, tables))
        characters += part.characters
        if characters >= most:
            yield _gathered(held)
            held, characters = [], 0
    if held:
        yield _gathered(held)


def _gathered(parts: Sequence[tuple[Part, Tables]]) -> tuple[Tables, Tables]:
    return as_one([tables for _, tables in parts]), as_one([part.read for part, _ in parts])


def as_one(tables: Sequence[Tables]) -> Tables:
    """The rows of the same tables, one after the other."""
    return {name: pl.concat([own[name] for own in tables]) for name in tables[0]}


def begun(stage: Stage, work: Work, parts: Sequence[Part]) -> Iterator[tuple[Part, Tables]]:
    """Each part with what the work makes of it, in order, as soon as it is there; where processes do it, they have begun with all of them."""
    characters = sum(part.characters for part in parts)
    if len(parts) > 1 and most() > 1 and (len(beside.numbers) > 1 or characters * COST[stage] >= MUCH):
        return _by_processes(stage, work, parts, [beside.submit(work, part.read, *part.arguments) for part in parts])
    if beside.is_started and characters:
        return ((part, _alone(stage, work, part)) for part in parts)
    return ((part, work(part.read, *part.arguments)) for part in parts)


def _by_processes(
    stage: Stage, work: Work, parts: Sequence[Part], results: list[Future[Tables]]
) -> Iterator[tuple[Part, Tables]]:
    given = 0
    try:
        while results:
            tables = results.pop(0).result()
            given += 1
            yield parts[given - 1], tables
    except BrokenExecutor:
        beside.leave()
        yield from ((part, _alone(stage, work, part)) for part in parts[given:])


def _alone(stage: Stage, work: Work, part: Part) -> Tables:
    """The work in a process that has nothing else to do, whose death is that of one document alone."""
    try:
        return beside.ask(work, part.read, *part.arguments)  # type: ignore[no-any-return]
    except BrokenExecutor:
        beside.leave()
    if len(part.documents) > 1:
        found = [_alone(stage, work, document) for document in part.alone()]
        return as_one(found)
    detail = "The process that worked on it ended: it ran out of memory, or met a fault in a library."
    remedy = "Split the file into its reports, or give the machine more memory; it is taken again when it changes."
    document, source, path = part.documents[0]
    return only_rejected(stage, Reject(stage, source, path, document, "process_died", detail, remedy), part.read)
