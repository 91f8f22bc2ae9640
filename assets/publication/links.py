"""Addresses of the pages that a deployment writes, as a browser on another machine can open them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from assets.locations import Locations, locations

PAGES_URL_VARIABLE = "ZHENGBAO_PAGES_URL"
PAGES_PORT = 3001


def served(here: Locations) -> dict[str, Path]:
    """First part of an address -> the folder that stands behind it."""
    return {"site": here.site, "data_docs": here.data_docs, "pages": here.pages}


def page_link(path: Path) -> str:
    """The http address of a page: below ZHENGBAO_PAGES_URL, else on the server that `make dev` starts."""
    base = os.environ.get(PAGES_URL_VARIABLE) or f"http://127.0.0.1:{PAGES_PORT}"
    for name, folder in served(locations()).items():
        if path.is_relative_to(folder):
            return f"{base.rstrip('/')}/{name}/{quote(path.relative_to(folder).as_posix())}"
    raise ValueError(f"{path} is in none of the folders that are served: {', '.join(served(locations()))}")
