"""Where a command prints. Nothing here imports Dagster."""

from rich.console import Console

console = Console(stderr=False, highlight=False)
