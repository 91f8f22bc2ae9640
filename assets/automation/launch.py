"""One run, in this process, over the sources that need it. What a run needs is loaded where there is one: three seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assets.automation.lock import only_runner
from assets.automation.outcome import Outcome
from assets.automation.plan import Plan, plan
from assets.commands.console import console


def bring_up_to_date() -> Outcome:
    """Run the sources whose files, manifest rows or code differ from the live warehouse, and publish once.

    Raises:
        LandingError: the landing zone cannot be used.

    """
    with only_runner("make run", console.print):
        todo = plan()
        if not todo.changed and not todo.publish:
            return Outcome([], len(todo.found), notes=todo.notes)
        with processes_beside(todo):
            from assets.automation.in_process import publish

            return publish(todo)


@contextmanager
def processes_beside(todo: Plan) -> Iterator[None]:
    """The processes that read and judge: they load the language and Great Expectations while this one loads Dagster and the assets."""
    from assets.quality import judge
    from assets.stages import workers

    judge.beside.start()
    if todo.changed and workers.most() > 1:
        workers.beside.start()
    try:
        yield
    finally:
        judge.beside.stop()
        workers.beside.stop()
