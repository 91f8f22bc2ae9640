"""A page as one list of its elements and texts in document order, so that no depth of nesting matters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT = "-text"
MOST_NODES = 2_000_000
_COMMENT = "-comment"
_BARE = frozenset((TEXT, "br"))

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
"""Elements that stand on lines of their own."""
# What is no text of the page.
_NEVER_SHOWN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "rt",
        "rp",
        "rtc",
        "select",
        "option",
        "datalist",
        "button",
        "input",
        "textarea",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "meta",
        "link",
        "-comment",
        "frame",
        "frameset",
        "noframes",
    ]
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$))", re.I)
_SENTENCE = re.compile("[，。；：、！？]")
_FEWEST_OF_A_SENTENCE = 8
_NONE: dict[str, str] = {}


class Tree:
    """Nodes by number, from 0, in document order: `tags`, `texts` (of text nodes), `parents`, `ends` (exclusive).

    Of an element that is not shown the tree holds the element and nothing within. `attributes` has the elements that have any.
    """

    def __init__(self, html: str) -> None:
        self.parser = LexborHTMLParser(html)
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.attributes: dict[int, dict[str, str]] = {}
        self.hidden: set[int] = set()
        self.links: list[int] = []
        self.comments: dict[int, str] = {}
        self.is_complete = True
        root = self.parser.root
        if root is not None:
            self._flatten(root)

    def _flatten(self, root: LexborNode) -> None:
        """Fill the lists. A page has thousands of nodes: what is done for every one stands here in one loop."""
        tags, texts, parents, ends = self.tags, self.texts, self.parents, self.ends
        attributes, hidden = self.attributes, self.hidden
        open_elements: list[tuple[LexborNode, int]] = []
        node: LexborNode | None = root
        parent, at = -1, 0
        known: str | None = None  # the node's name, where it was asked for already
        while node is not None:
            if at >= MOST_NODES:
                self.is_complete = False
                break
            tag = known or node.tag or ""
            child = known = None
            text = ""
            if tag == TEXT:
                text = node.text_content or ""
                # Blanks before a block and at the end of one are the source's, of which a page has thousands.
                if text.isspace():
                    following = node.next
                    known = following.tag if following is not None else None
                    if (known or tags[parent]) in BLOCKS and tags[parent] != "pre":
                        node = following
                        if node is None:
                            node, parent = self._close(open_elements, at)
                        continue
                    known = None
            tags.append(tag)
            parents.append(parent)
            ends.append(at + 1)
            texts.append(text)
            if tag == _COMMENT:
                self.comments[at] = node.comment_content or ""
                hidden.add(at)
            elif tag not in _BARE:
                stated = node.attributes
                if stated:
                    attributes[at] = values = {name: value or "" for name, value in stated.items()}
                    if tag == "a" and "href" in values:
                        self.links.append(at)
                    if "hidden" in values or ("style" in values and _HIDDEN.search(values["style"])):
                        hidden.add(at)
                if tag in _NEVER_SHOWN:
                    hidden.add(at)
                if at not in hidden:
                    child = node.child
            if child is not None:
                open_elements.append((node, at))
                parent = at
                node = child
            else:
                node = node.next if open_elements else None
                if node is None:
                    node, parent = self._close(open_elements, at + 1)
            at += 1
        for _, number in open_elements:
            ends[number] = len(tags)

    def _close(self, open_elements: list[tuple[LexborNode, int]], end: int) -> tuple[LexborNode | None, int]:
        """End the elements of which that was the last node: the next node, and its parent."""
        node: LexborNode | None = None
        while node is None and open_elements:
            closed, number = open_elements.pop()
            self.ends[number] = end
            node = closed.next if open_elements else None
        return node, open_elements[-1][1] if open_elements else -1

    def values(self, at: int) -> dict[str, str]:
        """The attributes of an element."""
        return self.attributes.get(at, _NONE)

    def is_shown(self, at: int) -> bool:
        """Whether a reader of the page sees the element."""
        return at not in self.hidden

    def children(self, at: int) -> Iterator[int]:
        """The nodes right below one."""
        child = at + 1
        while child < self.ends[at]:
            yield child
            child = self.ends[child]

    def text_within(self, at: int) -> str:
        """All text of an element, as it stands in the source."""
        return "".join(self.texts[at : self.ends[at]])

    def length(self, at: int) -> int:
        """How many characters `text_within` has."""
        return self._lengths[self.ends[at]] - self._lengths[at]

    def weight(self, at: int) -> int:
        """Characters of running text within a node: of texts that hold punctuation and are no links."""
        return self._weights[self.ends[at]] - self._weights[at]

    def find(self, start: int, end: int, *tags: str) -> Iterator[int]:
        """The elements of these names among the nodes from `start` to `end`."""
        return (at for at, tag in enumerate(self.tags[start:end], start) if tag in tags)

    @cached_property
    def in_link(self) -> set[int]:
        """The nodes that are, or stand in, a link."""
        inside: set[int] = set()
        end = 0
        for link in self.links:
            if link >= end:
                end = self.ends[link]
                inside.update(range(link, end))
        return inside

    @cached_property
    def _lengths(self) -> list[int]:
        """Characters of the texts before each node."""
        return list(accumulate(map(len, self.texts), initial=0))

    @cached_property
    def _weights(self) -> list[int]:
        """Characters of running text before each node."""
        in_link = self.in_link
        weighed = [
            len(text.strip())
            if len(text) >= _FEWEST_OF_A_SENTENCE and at not in in_link and _SENTENCE.search(text)
            else 0
            for at, text in enumerate(self.texts)
        ]
        return list(accumulate(weighed, initial=0))
