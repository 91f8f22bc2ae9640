"""HTML bytes -> reading."""

from __future__ import annotations

import re
from importlib.metadata import version

from pipeline.decoding import Refusal
from pipeline.readers.guards import RefusedError
from pipeline.readers.html.charset import decode_page
from pipeline.readers.html.containers import find_region, page_title
from pipeline.readers.html.meta import attachments, state_meta
from pipeline.readers.html.tree import Tree
from pipeline.readers.html.walker import PageWalker
from pipeline.readers.reading import Draft, Reading
from pipeline.readers.sniffing import HTML

VERSION = f"1 (selectolax {version('selectolax')})"
_HAN = re.compile("[\u3400-\u9fff]")
# A page with fewer hanzi than this beside a link to a file is that file's cover.
_FEWEST_HAN = 100


def read_html(data: bytes) -> Reading:
    """The report on a page.

    Raises:
        RefusedError: the page frames another, only carries an attachment, is drawn by scripts, or cannot be decoded.

    """
    decoded = decode_page(data)
    if isinstance(decoded, Refusal):
        raise RefusedError(*decoded)
    tree = Tree(decoded.text)
    if not tree.is_complete:
        raise RefusedError("too_large", "The page has more than two million elements.")
    draft = Draft()
    state_meta(tree, draft)
    attached = attachments(tree)
    for text, address in attached:
        draft.state("attachment", text or address, address)
    title = next((stated.value for stated in draft.stated if stated.field == "title"), None)
    region = find_region(tree, title)
    walker = PageWalker(tree, draft)
    walker.walk(region.head)
    walker.walk(region.body)
    _refuse_covers(tree, draft, attached)
    return draft.reading(HTML, "html", VERSION, decoded.encoding, decoded.basis)


def _refuse_covers(tree: Tree, draft: Draft, attached: list[tuple[str, str]]) -> None:
    """A page without a report of its own says where the report is."""
    if "frameset" in tree.tags:
        raise RefusedError("frameset", "The page only frames other pages.", "Save the page in the frame.")
    if attached and len(_HAN.findall(draft.text())) < _FEWEST_HAN:
        files = "; ".join(f"{text} {address}".strip() for text, address in attached[:5])
        raise RefusedError(
            "attachment_only",
            f"The page only carries its report as an attachment: {files}",
            "Save the attached file and put it into the landing zone.",
        )
    if not draft.has_text():
        if "script" in tree.tags:
            raise RefusedError(
                "script_only",
                f"The page ({page_title(tree) or 'without a title'}) holds no text: scripts draw it in the browser.",
                "Open it in a browser and save the page as it is shown there, or its text.",
            )
        raise RefusedError("empty", "The page holds no text.", "Put the report's text into it.")
