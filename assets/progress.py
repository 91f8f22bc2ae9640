"""What `make run` prints while it works: a line for each step as it ends, with its time and figures."""

from __future__ import annotations

import logging

import dagster as dg
from rich.console import Console

console = Console(stderr=False, highlight=False)


class ProgressHandler(logging.Handler):
    """Shows step events of Dagster's log, and nothing else of it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the record when a person wants to see it."""
        event = getattr(record, "dagster_meta", {}).get("dagster_event")
        if event is None:
            return
        if event.event_type == dg.DagsterEventType.STEP_START:
            console.print(f"  [dim]…[/] {event.step_key}", end="\r")
        elif event.event_type == dg.DagsterEventType.STEP_SUCCESS:
            seconds = event.step_success_data.duration_ms / 1000
            console.print(f"  [green]✓[/] {event.step_key:<24} {seconds:6.1f} s")
        elif event.event_type == dg.DagsterEventType.STEP_FAILURE:
            error = event.step_failure_data.error
            cause = (error.cause or error) if error else None
            console.print(f"  [red]✗[/] {event.step_key}: {cause.message.strip() if cause else 'failed'}", markup=True)
        elif event.event_type == dg.DagsterEventType.STEP_SKIPPED:
            console.print(f"  [yellow]-[/] {event.step_key:<24} skipped: a step before it failed")


def _logger(_context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.Logger("zhengbao", level=logging.DEBUG)
    logger.addHandler(ProgressHandler())
    return logger


progress_logger = dg.LoggerDefinition(_logger, description="Progress for a person at a terminal.")
