"""Where promises are judged: a process of its own, which loads Great Expectations while the run reads, and the rows only while it judges.

Nothing here imports Dagster.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from assets.processes import Beside
from assets.stages.frames import EXTENSION
from warehouse.contract import Stage
from warehouse.quality import CheckResult, check_files
from warehouse.quality.judging import load

T = TypeVar("T")


class JudgeDiedError(RuntimeError):
    """The process that judged ended before it had finished."""


def judge_stage(
    stage: Stage, stages: Path, tables: Mapping[str, str], sources: Sequence[str], scratch: Path
) -> list[CheckResult]:
    """Judge the stage files of some sources; `tables` are those of the stage by asset."""
    files = {
        table: [file for source in sorted(sources) if (file := stages / asset / f"{source}{EXTENSION}").exists()]
        for asset, table in tables.items()
    }
    return check_files(stage, files, scratch)


def judged(function: Callable[..., T], *arguments: Any) -> T:
    """The function's result, from the process that judges.

    Raises:
        JudgeDiedError: it ended; the next question has a new one.

    """
    return asked(function, *arguments)()


def asked(function: Callable[..., T], *arguments: Any) -> Callable[[], T]:
    """As `judged`, for later: ask the process that judges, and get what waits for its result."""
    with _told_if_it_dies():
        result = beside.submit(function, *arguments)

    def wait() -> T:
        with _told_if_it_dies():
            return cast(T, result.result())

    return wait


@contextmanager
def _told_if_it_dies() -> Iterator[None]:
    try:
        yield
    except BrokenExecutor as error:
        beside.leave()
        raise JudgeDiedError(
            "The process that checks what was read ended: it ran out of memory, met a fault in a library, or could not start. "
            "Give the machine more memory, or divide the largest source into several folders, and run again."
        ) from error


def _load() -> None:
    load()
    importlib.import_module("warehouse.quality.docs")


beside = Beside(_load, duty="judge")
