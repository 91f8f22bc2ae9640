"""Where on a page the report stands (正文容器)."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.readers.html.tree import TEXT, Tree

# Ids and classes, in small letters, by which the usual portal systems name the element of the article: TRS, 大汉 (ZJEG),
# the State Council's own (UCAP), 博达 (vsb), 拓尔思 and 开普 templates, Xinhua.
_IDS = {
    "zoom",
    "ucap-content",
    "ucapcontent",
    "vsb_content",
    "vsb_content_2",
    "vsb_content_4",
    "vsb_content_100",
    "p-detail",
    "maintext",
    "zoomcon",
    "fontzoom",
    "js_content",
    "articlecontent",
    "article_content",
    "textbox",
}
_CLASSES = {
    "trs_editor",
    "trs_ueditor",
    "trs_editor_view",
    "trs_paper_preview",
    "ucap-content",
    "pages_content",
    "article-content",
    "article_content",
    "articlecontent",
    "v_news_content",
    "bt-content",
    "custom_unionstyle",
    "art_con",
    "zwgk_con",
    "rich_media_content",
    "content_text",
    "detail-content",
    "news_content",
    "xxgk_content",
}
_BEGIN = "ZJEG_RSS.content.begin"
# A named element holds at least so much of the page's running text, or its name misleads.
_LEAST_SHARE = 0.5
# The report is where a walk down from the page's body ends that follows the greater part of the text.
_GREATER_PART = 0.75
_LARGEST_HEADLINE = 400  # nodes of an element that may be a headline or a box
_SHORTEST_TITLE, _LONGEST_TITLE = 6, 120
_BLANK = re.compile(r"\s+")
_SITE = re.compile(r"\s*[_|]\s*[^_|]*$|\s+-{1,2}\s+[^-]*$|-{2}[^-]*$")
_BOX = re.compile(r"\s*索\s*引\s*号")
_HEADINGS = ("h1", "h2", "h3")


class Region(NamedTuple):
    """The nodes of a page that hold the report: its head (title, subtitle, box) and its body; `is_named` by a portal system."""

    head: range
    body: range
    is_named: bool


def find_region(tree: Tree, title: str | None) -> Region:
    """Head and body of the report on the page."""
    body = next(tree.find(0, len(tree.tags), "body"), 0)
    if not tree.tags:
        return Region(range(0), range(0), False)
    named = _named(tree)
    container = named if named is not None else _densest(tree, body)
    return Region(_head(tree, body, container, title), range(container, tree.ends[container]), named is not None)


def _named(tree: Tree) -> int | None:
    """The element with the most text of those that a portal system calls the article."""
    found = [at for at, values in tree.attributes.items() if tree.is_shown(at) and _is_article(values)]
    found += [tree.parents[at] for at, words in tree.comments.items() if words.strip().startswith(_BEGIN)]
    total = tree.weight(0)
    best = max(found, key=lambda at: (tree.weight(at), -at), default=None)
    if best is None or (total and tree.weight(best) < _LEAST_SHARE * total):
        return None
    return best if tree.weight(best) or tree.text_within(best).strip() else None


def _is_article(values: dict[str, str]) -> bool:
    return ("id" in values and values["id"].lower() in _IDS) or (
        "class" in values and not _CLASSES.isdisjoint(values["class"].lower().split())
    )


def _densest(tree: Tree, body: int) -> int:
    at = body
    while weight := tree.weight(at):
        inner = next((child for child in tree.children(at) if tree.weight(child) >= _GREATER_PART * weight), None)
        if inner is None or tree.tags[inner] in ("-text", "p", "tr", "td", "tbody", "table"):
            break
        at = inner
    return at


def _head(tree: Tree, body: int, container: int, title: str | None) -> range:
    """From the report's title, or the box of its numbers, to its body; empty where the body holds both."""
    window = _plain(_window_title(tree))

    def is_title(text: str) -> bool:
        plain = _plain(text)
        return plain == _plain(title or "") or (len(plain) >= _SHORTEST_TITLE and window.startswith(plain))

    if any(is_title(tree.text_within(at)) for at in tree.find(container, tree.ends[container], *_HEADINGS)):
        return range(0)
    found: dict[str, int] = {}
    for at in range(body + 1, container):
        size = tree.length(at)
        if not 0 < size <= 4 * _LONGEST_TITLE or tree.tags[at] == TEXT or tree.ends[at] - at > _LARGEST_HEADLINE:
            continue
        if tree.ends[at] > container or at in tree.in_link or (text := tree.text_within(at)).isspace():
            continue
        kind = "title" if is_title(text) else "box" if _BOX.match(text) else "h1" if tree.tags[at] == "h1" else None
        if kind:
            found.setdefault(kind, at)
    if "title" in found:
        found.pop("h1", None)
    return range(min(found.values()), container) if found else range(0)


def page_title(tree: Tree) -> str | None:
    """What stands in the window's title, without the site's name."""
    return _SITE.sub("", _window_title(tree)) or None


def _window_title(tree: Tree) -> str:
    node = tree.parser.css_first("title")
    return " ".join(node.text().split()) if node is not None else ""


def _plain(text: str) -> str:
    return _BLANK.sub("", text)
