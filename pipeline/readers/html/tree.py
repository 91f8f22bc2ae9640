"""A page as one list of its elements and texts in document order, so that no depth of nesting matters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

TEXT = "-text"
MOST_NODES = 2_000_000
_COMMENT = "-comment"
_BARE = frozenset(("br", _COMMENT))

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


class Attributes(NamedTuple):
    """The attributes of an element that tell what to do with it."""

    id: str
    classes: tuple[str, ...]
    values: dict[str, str]


_NONE = Attributes("", (), {})


class Tree:
    """Nodes by number, from 0, in document order: `tags`, `texts` (of text nodes), `parents`, `ends` (exclusive).

    Of an element that is not shown the tree holds the element and nothing within.
    """

    def __init__(self, html: str) -> None:
        self.parser = LexborHTMLParser(html)
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.attributes: list[Attributes] = []
        self.hidden: list[bool] = []
        self.comments: dict[int, str] = {}
        self.is_complete = True
        root = self.parser.root
        if root is not None:
            self._flatten(root)

    def _flatten(self, root: LexborNode) -> None:
        """Fill the lists; what is looked up for every node is bound once, since a page has thousands."""
        tags, texts, parents, ends = self.tags, self.texts, self.parents, self.ends
        attributes, hidden = self.attributes, self.hidden
        open_elements: list[int] = []
        stack: list[LexborNode] = []
        node: LexborNode | None = root
        parent = -1
        at = 0
        while node is not None:
            if at >= MOST_NODES:
                self.is_complete = False
                break
            tag = node.tag or ""
            tags.append(tag)
            parents.append(parent)
            ends.append(at + 1)
            child = None
            if tag == TEXT:
                texts.append(node.text_content or "")
                attributes.append(_NONE)
                hidden.append(False)
            else:
                if tag == _COMMENT:
                    self.comments[at] = node.comment_content or ""
                own = _NONE if tag in _BARE else _attributes(node)
                is_hidden = _is_hidden(tag, own)
                texts.append("")
                attributes.append(own)
                hidden.append(is_hidden)
                child = None if is_hidden else node.child
            if child is not None:
                stack.append(node)
                open_elements.append(at)
                parent = at
                node = child
            else:
                node = node.next if stack else None
                while node is None and stack:
                    node = stack.pop().next
                    ends[open_elements.pop()] = at + 1
                    parent = open_elements[-1] if open_elements else -1
                    node = node if stack else None
            at += 1
        while open_elements:
            ends[open_elements.pop()] = len(tags)

    def is_shown(self, at: int) -> bool:
        """Whether a reader of the page sees the element."""
        return not self.hidden[at]

    def children(self, at: int) -> Iterator[int]:
        """The nodes right below one."""
        child = at + 1
        while child < self.ends[at]:
            yield child
            child = self.ends[child]

    def text_within(self, at: int) -> str:
        """All text of an element, as it stands in the source."""
        return "".join(self.texts[at : self.ends[at]])

    def find(self, start: int, end: int, *tags: str) -> Iterator[int]:
        """The elements of these names among the nodes from `start` to `end`."""
        return (at for at in range(start, end) if self.tags[at] in tags)

    @cached_property
    def link_of(self) -> list[bool]:
        """Whether a node is, or stands in, a link."""
        inside = [False] * len(self.tags)
        for at, parent in enumerate(self.parents):
            inside[at] = (parent >= 0 and inside[parent]) or (
                self.tags[at] == "a" and "href" in self.attributes[at].values
            )
        return inside

    @cached_property
    def weights(self) -> list[int]:
        """Characters of running text within each node: of texts that hold punctuation and are no links."""
        weights = [0] * len(self.tags)
        for at in range(len(self.tags) - 1, -1, -1):
            text = self.texts[at]
            if len(text) >= _FEWEST_OF_A_SENTENCE and _SENTENCE.search(text) and not self.link_of[at]:
                weights[at] += len(text.strip())
            if self.parents[at] >= 0:
                weights[self.parents[at]] += weights[at]
        return weights


def _attributes(node: LexborNode) -> Attributes:
    found = node.attributes
    if not found:
        return _NONE
    values = {name: value or "" for name, value in found.items()}
    return Attributes(values.get("id", ""), tuple(values.get("class", "").split()), values)


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    if tag in _NEVER_SHOWN:
        return True
    values = attributes.values
    return bool(values) and ("hidden" in values or ("style" in values and _HIDDEN.search(values["style"]) is not None))
