"""What a page says of itself in its head (网页元数据): the names of the State Council's norm for government sites."""

from __future__ import annotations

import re

from pipeline.readers.html.tree import Tree
from pipeline.readers.reading import Draft

# 政府网站发展指引 (国办发〔2017〕47号), appendix 2. Names are written in any case.
FIELDS = {
    "articletitle": "title",
    "pubdate": "published_on",
    "contentsource": "content_source",
    "sitename": "site_name",
    "columnname": "column_name",
    "keywords": "keywords",
    "author": "author",
    "url": "url",
}
ATTACHED = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|rtf|zip|rar|7z|txt)(?:$|[?#])", re.I)
_FRAMES = {"iframe": "src", "embed": "src", "object": "data", "a": "href"}


def state_meta(tree: Tree, draft: Draft) -> None:
    """The meta tags as evidence; the first that is not empty holds."""
    found: dict[str, tuple[str, str]] = {}
    for node in tree.parser.css("meta"):
        values = {name.lower(): value or "" for name, value in node.attributes.items()}
        name, content = values.get("name", "").strip(), " ".join(values.get("content", "").split())
        field = FIELDS.get(name.lower())
        if field and content and field not in found and (field != "url" or content.startswith("http")):
            found[field] = content, f'<meta name="{name}" content="{content}">'
    for field, (value, quote) in found.items():
        draft.state(field, value, quote)


def attachments(tree: Tree) -> list[tuple[str, str]]:
    """(what the link says, where it leads) of each file that the page links or frames, once."""
    found: dict[str, str] = {}
    for at in tree.attributes:
        if (tag := tree.tags[at]) in _FRAMES:
            address = tree.values(at).get(_FRAMES[tag], "").strip()
            if address and ATTACHED.search(address):
                found.setdefault(address, " ".join(tree.text_within(at).split()))
    return [(text, address) for address, text in found.items()]
