"""`python -m assets.commands.web`: the Dagster UI behind the guard; takes the options of dagster-webserver, --read-only among them."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from assets.commands.guard import Guard

HOSTS_VARIABLE = "ZHENGBAO_UI_HOSTS"
"""Names, besides the loopback ones, under which the UI may be asked; separated by spaces."""


def main() -> None:
    """Serve until ended."""
    cli: Any = import_module("dagster_webserver.cli")
    create = cli.create_app_from_workspace_process_context

    def guarded(*arguments: Any, **options: Any) -> Guard:
        return Guard(create(*arguments, **options), os.environ.get(HOSTS_VARIABLE, "").split())

    cli.create_app_from_workspace_process_context = guarded
    cli.main()


if __name__ == "__main__":
    main()
