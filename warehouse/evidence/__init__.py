"""The evidence site (证据网站): static pages beside the warehouse on which every figure stands in its sentence.

`build_site` reads a published warehouse file and writes pages of documents, indicators and places, an index with search,
contradictions and missed targets. Pages load nothing from elsewhere and work from a folder as from a server.

    reading.py    rows of the warehouse for many pages at once, and what has changed
    cards.py      what a highlight says when it is opened, as JSON that DuckDB writes
    marking.py    text and spans -> highlighted text, raw beside clean
    rows.py       rows of the large tables
    search.py     an index that a browser can search without a server
    rendering.py  templates; every text of a report is escaped
    site.py       which pages are made of something else than before
    building.py   what each page is made of
"""

from warehouse.evidence.building import build_site
from warehouse.evidence.site import Site

__all__ = ["Site", "build_site"]
