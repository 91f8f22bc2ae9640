"""One run, in this process, over the sources that need it. What a run needs is loaded where there is one: three seconds."""

from __future__ import annotations

import importlib
from contextlib import ExitStack
from functools import partial

from assets.automation.lock import only_runner
from assets.automation.outcome import Outcome
from assets.automation.plan import plan
from assets.commands.console import console
from assets.loading import kept_for_good


def bring_up_to_date() -> Outcome:
    """Run the sources whose files, manifest rows or code differ from the live warehouse, and publish once.

    Raises:
        LandingError: the landing zone cannot be used.

    """
    with only_runner("make run", console.print), ExitStack() as ends:
        todo = plan(meanwhile=partial(load, ends))  # a file that was just written is one to read
        if not todo.changed and not todo.publish:
            return Outcome([], len(todo.found), notes=todo.notes)
        load(ends, reading=bool(todo.changed), measuring=True)
        from assets.automation.in_process import publish

        return publish(todo)


def load(ends: ExitStack, *, reading: bool = True, measuring: bool = False) -> None:
    """What a run needs, Dagster and the assets, while processes beside, which end with `ends`, load Great Expectations and the language.

    Where there is a run, one of them measures the extractor too.
    """
    from assets.publication import writers
    from assets.quality import judge, measures
    from assets.stages import workers

    beside = [judge.beside, workers.beside] if reading and workers.most() > 1 else [judge.beside]
    for processes in beside:
        ends.callback(processes.stop)
        processes.start()
    ends.callback(writers.own.stop)
    if measuring:
        measures.begin()
    with kept_for_good():
        importlib.import_module("assets.definitions")
