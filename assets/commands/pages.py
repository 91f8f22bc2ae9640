"""The pages of a deployment over http: evidence site, data docs, column lineage. `make dev` starts it; files only, read-only."""

from __future__ import annotations

import argparse
import os
import threading
import time

from assets.locations import locations
from assets.publication.links import PAGES_PORT, served


def main() -> None:
    """Serve until the process that started it ends."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import RedirectResponse
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PAGES_PORT)
    given = parser.parse_args()
    mounts = [
        Mount(f"/{name}", StaticFiles(directory=folder, html=True, check_dir=False))
        for name, folder in served(locations()).items()
    ]
    application = Starlette(
        routes=[Route("/", lambda _request: RedirectResponse("/site/")), *mounts],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", given.host])],
    )
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    uvicorn.run(application, host=given.host, port=given.port, log_level="warning")


def end_with(parent: int) -> None:
    """End this process when the one that started it has ended."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
