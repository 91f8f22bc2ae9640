"""`make serve`: the read-only SQL server on the live warehouse, on loopback unless told otherwise."""

from __future__ import annotations

import argparse
import sys

from assets.locations import locations
from warehouse.serving.settings import PORT, TOKEN_VARIABLE, Settings
from warehouse.serving.supervisor import ServerError, supervise


def main() -> int:
    """Serve until Ctrl-C; 1 where it cannot start."""
    parser = argparse.ArgumentParser(prog="serve", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--host", default="127.0.0.1", help="anything but loopback needs TLS and a firewall before it")
    parser.add_argument("--megabytes", type=int, default=1024, help="memory that all queries together may use")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long a query may run")
    given = parser.parse_args()
    here = locations()
    settings = Settings(
        here.warehouse, here.serving, given.port, given.host, given.megabytes, given.threads, given.seconds
    )
    print(
        f"Serving {here.warehouse / 'zhengbao.duckdb'}, read-only, at {settings.address}\n"
        f"Token      {TOKEN_VARIABLE} or {settings.token_file}\n"
        f"Access log {settings.access_log}\n"
        f"In DuckDB  LOAD quack; ATTACH '{settings.address}' AS zhengbao (TOKEN '…'); USE zhengbao; FROM document_summary;",
        flush=True,
    )
    settings.token()
    try:
        supervise(settings, lambda text: print(text, flush=True))
    except ServerError as error:
        print(f"Cannot serve: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
