"""The evidence site (证据网站): static pages beside the warehouse on which every figure stands in its sentence.

`build_site` reads a published warehouse file and writes pages of documents, indicators and places, an index with search,
contradictions and missed targets. Pages load nothing from elsewhere and work from a folder as from a server.

    reading.py    rows of the warehouse, and what has changed
    marking.py    text and spans -> highlighted text, raw beside clean
    search.py     an index that a browser can search without a server
    rendering.py  templates; every text of a report is escaped
    building.py   which pages to write
"""

from warehouse.evidence.building import Site, build_site

__all__ = ["Site", "build_site"]
