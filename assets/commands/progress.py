"""What `make run` prints while it works: a line for each step as it ends, with its time and figures."""

from __future__ import annotations

import logging

import dagster as dg
from dagster._core.execution.plan.objects import StepFailureData
from rich.markup import escape

from assets.commands.console import console


class ProgressHandler(logging.Handler):
    """Shows the steps of a run as they start and end, and what a long step is at."""

    def __init__(self) -> None:
        super().__init__()
        self.status = console.status("")

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record when a person wants to see it."""
        meta = getattr(record, "dagster_meta", {})
        event = meta.get("dagster_event")
        if event is None:  # a line of an asset: shown while the step lasts, at a terminal only
            self.status.update(f"  {meta.get('step_key') or ''}: {meta.get('orig_message') or ''}")
        elif event.event_type == dg.DagsterEventType.STEP_START:
            self.status.update(f"  {event.step_key}")
            self.status.start()
        elif event.event_type == dg.DagsterEventType.STEP_SUCCESS:
            self.end("green", "✓", event.step_key, f"{event.step_success_data.duration_ms / 1000:6.1f} s")
        elif event.event_type == dg.DagsterEventType.STEP_FAILURE:
            self.end("red", "✗", event.step_key, escape(why(event.step_failure_data)))
        elif event.event_type == dg.DagsterEventType.STEP_SKIPPED:
            self.end("yellow", "-", event.step_key, "skipped, since a step before it failed")

    def end(self, colour: str, mark: str, step: str, text: str) -> None:
        """The line of a step that has ended."""
        self.status.stop()
        console.print(f"  [{colour}]{mark}[/] {step:<24} {text}", soft_wrap=True)


def why(failure: StepFailureData) -> str:
    """Why a step failed: the first line of what it says itself, else of the error that it met."""
    said = failure.user_failure_data.description if failure.user_failure_data else None
    cause = (failure.error.cause or failure.error) if failure.error else None
    return (said or (cause.message if cause else "")).strip().split("\n")[0] or "failed"


def _logger(_context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.Logger("zhengbao", level=logging.DEBUG)
    logger.addHandler(ProgressHandler())
    return logger


progress_logger = dg.LoggerDefinition(_logger, description="Progress for a person at a terminal.")
