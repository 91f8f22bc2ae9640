"""The heading tree (标题层次): which heading stands under which, and the sections they make."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pipeline.ids import row_id
from pipeline.offsets import OffsetMap
from pipeline.records import Section, Sentence
from pipeline.sections.brackets import Pairs
from pipeline.sections.leads import Lead, find_leads, without_attachment_lists
from pipeline.sections.lines import lines_of
from pipeline.sections.markers import BULLETS, POINT, Kind, Marker, OutlineKnowledge, find_markers
from pipeline.sections.sentences import sentence_spans

# A half-width point between Chinese characters is a full stop too.
FULL_STOP = re.compile("[。！？!?.](?:(?<!\\.)|(?<=[\u4e00-\u9fff”]\\.)(?=[\u4e00-\u9fff“]|$))")
LOOSE_END = "：:；;，,。.、 \t\u3000\u00a0"
LONGEST_TITLE_LINE = 40
LONGEST_INTRODUCTION = 150
# Ranks of headings without a number: the text before the first heading, a part with headings of its own, a heading within a section.
PREAMBLE, PART, LEAF = -2.0, -1.0, 0.0


class Outline(NamedTuple):
    """The sections and sentences of a document, in text order."""

    sections: list[Section]
    sentences: list[Sentence]


@dataclass(slots=True)
class Node:
    """A section in the making. `rank` orders the open headings from the outside in."""

    start: int
    heading: str
    marker: Marker | None = None
    rank: float = 0
    level: int = 0
    parent: Node | None = None
    note: str | None = None
    path: str = ""
    own_end: int = 0
    clean_end: int = 0
    line_end: int = 0
    last_ordinal: dict[Kind, int] = field(default_factory=dict)
    children_are_lines: bool = True


def outline(document_id: str, clean_text: str, offset_map: OffsetMap, knowledge: OutlineKnowledge) -> Outline:
    """The heading tree and the sentences of `clean_text`; together they cover all of it but white space.

    A document has at least one section: what stands before the first heading has level 0 and no marker.
    """
    pairs = Pairs(clean_text)
    lines = list(lines_of(clean_text))
    markers = without_attachment_lists(find_markers(clean_text, lines, pairs, knowledge), lines, knowledge)
    leads = find_leads(lines, markers, knowledge)
    nodes = _nodes(clean_text, pairs, markers, leads)
    _grow(clean_text, nodes, knowledge)
    return _rows(document_id, clean_text, offset_map, pairs, nodes)


def _nodes(text: str, pairs: Pairs, markers: list[Marker], leads: list[Lead]) -> list[Node]:
    """A node for the preamble and for each heading, in text order, with its heading text."""
    nodes = [
        Node(lead.start, text[lead.start : lead.end].lstrip(BULLETS).strip(), rank=PART if lead.is_attachment else LEAF)
        for lead in leads
    ]
    starts = sorted([*(marker.start for marker in markers), *(lead.start for lead in leads), len(text)])
    following = dict(pairwise(starts))
    for marker in markers:
        line_end = text.find("\n", marker.end)
        line_end = len(text) if line_end < 0 else line_end
        heading = _heading(text, pairs, marker.end, min(line_end, following[marker.start]), following[marker.start])
        nodes.append(Node(marker.start, heading, marker, line_end=line_end))
    nodes.sort(key=lambda node: node.start)
    if not nodes or text[: nodes[0].start].strip():
        first = len(text) - len(text.lstrip()) if text.strip() else 0
        nodes.insert(0, Node(first, "", rank=PREAMBLE))
    return nodes


def _heading(text: str, pairs: Pairs, start: int, end: int, limit: int) -> str:
    """The title that follows a marker: the line, or up to the first full stop that no quotation holds."""
    if not text[start:end].strip() and end < limit:
        # The marker stands alone on its line: the title is the next one.
        start = limit - len(text[end:limit].lstrip())
        line_end = text.find("\n", start, limit)
        end = limit if line_end < 0 else line_end
        if end - start > LONGEST_TITLE_LINE:
            return ""
    for stop in FULL_STOP.finditer(text, start, end):
        if not pairs.hold(stop.start()):
            end = stop.start()
            break
    return text[start:end].strip().rstrip(LOOSE_END)


def _ranks(markers: list[Marker]) -> tuple[dict[Kind, float], dict[Kind, int]]:
    """How the kinds of marker nest in this document, and the level of each.

    一、 is 1, （一） 2, 1. 3; chapters push them down; where the outermost kind of a report is （一） or 1., it is 1.
    一是 is 4 whatever stands above.
    """
    ordinals: dict[Kind, list[int]] = defaultdict(list)
    for marker in markers:
        ordinals[marker.kind].append(marker.ordinal)
    kinds = sorted((kind for kind in ordinals if kind.name != POINT), key=lambda kind: kind.rank)
    counted = [kind for kind in kinds if 1 in ordinals[kind]] or kinds
    chapters = [kind for kind in kinds if kind.level is None]
    ranks: dict[Kind, float] = {kind: kind.rank for kind in ordinals}
    levels = {kind: chapters.index(kind) + 1 for kind in chapters}
    top = next((kind.level for kind in counted if kind.level is not None), 1)
    shift = len(chapters) or 1 - top
    for kind in ordinals:
        if kind.level is not None:
            levels[kind] = kind.level if kind.name == POINT else max(1, kind.level + shift)
    return ranks, levels


def _grow(text: str, nodes: list[Node], knowledge: OutlineKnowledge) -> None:
    """Set level, parent, path and note of each node."""
    markers = [node.marker for node in nodes if node.marker]
    ranks, levels = _ranks(markers)
    outermost = min((rank for kind, rank in ranks.items() if kind.name != POINT), default=0)
    _find_parts(nodes, ranks, outermost)
    upcoming = _next_numbered(nodes, ranks)
    stack: list[Node] = []
    last_in_document: dict[Kind, int] = {}
    for at, node in enumerate(nodes):
        marker = node.marker
        if marker is None:
            if node.rank == LEAF:
                while stack and _is_point(stack[-1]):
                    stack.pop()
                if not any(opened.marker for opened in stack):
                    node.rank = PART
            if node.rank != LEAF:
                while stack and stack[-1].rank >= node.rank:
                    stack.pop()
            node.parent = stack[-1] if stack else None
            node.level = node.parent.level + 1 if node.rank == LEAF and node.parent else 0
        else:
            node.rank = ranks[marker.kind]
            while stack and stack[-1].rank >= node.rank:
                stack.pop()
            if _is_point(node) and _sums_up(text, node, stack, knowledge):
                while len(stack) > 1 and stack[-2].marker:
                    stack.pop()
            elif _is_point(node) and stack and _resumes_above(text, node, stack, upcoming[at]):
                stack.pop()
            node.parent = stack[-1] if stack else None
            node.level = levels[marker.kind]
            if node.parent:
                node.parent.children_are_lines &= at == 0 or _is_one_line(text, nodes[at - 1], node)
            node.note = _note(marker, node.parent, last_in_document)
            last_in_document[marker.kind] = marker.ordinal
        label = marker.printed if marker else node.heading[:LONGEST_TITLE_LINE]
        node.path = f"{node.parent.path}/{label}" if node.parent and node.parent.path else label
        if node.rank not in (LEAF, PREAMBLE):
            stack.append(node)


def _is_point(node: Node) -> bool:
    return node.marker is not None and node.marker.kind.name == POINT


def _find_parts(nodes: list[Node], ranks: dict[Kind, float], outermost: float) -> None:
    """Leads under which the report's outermost count begins anew are parts of their own."""
    begins = False
    for node in reversed(nodes):
        if node.marker:
            begins = (node.marker.ordinal == 1 and ranks[node.marker.kind] == outermost) or (begins and _is_point(node))
        elif node.rank == LEAF and begins:
            node.rank = PART
            begins = False


def _next_numbered(nodes: list[Node], ranks: dict[Kind, float]) -> list[float]:
    """For each node the rank of the next heading behind it that is no point, PART for none."""
    following: list[float] = []
    rank = PART
    for node in reversed(nodes):
        following.append(rank)
        if node.marker and not _is_point(node):
            rank = ranks[node.marker.kind]
        elif node.rank == PART:
            rank = PART
    return following[::-1]


def _resumes_above(text: str, point: Node, stack: list[Node], next_rank: float) -> bool:
    """Whether a list 一是 … 二是 … carries on the argument of the heading above the last of a closed series.

    （一）… （六）, each one paragraph, and then a paragraph of its own with 一是: the list belongs to 一、.
    """
    last = stack[-1]
    if len(stack) < 2 or last.marker is None or last.marker.ordinal < 2 or stack[-2].marker is None:
        return False
    return (
        point.start > last.line_end
        and next_rank < last.rank
        and stack[-2].children_are_lines
        and FULL_STOP.search(text, last.marker.end, last.line_end) is not None
    )


def _sums_up(text: str, point: Node, stack: list[Node], knowledge: OutlineKnowledge) -> bool:
    """Whether a list stands in a paragraph of its own that looks back on all of a part (在肯定成绩的同时，…：一是)."""
    if len(stack) < 2:
        return False
    paragraph = text.rfind("\n", max(0, point.start - LONGEST_INTRODUCTION), point.start)
    return paragraph >= stack[-1].start and knowledge.resumes.search(text, paragraph, point.start) is not None


def _is_one_line(text: str, before: Node, node: Node) -> bool:
    """Whether the heading before `node` is its parent, or a sibling with nothing behind its own line."""
    if before is node.parent:
        return True
    return before.parent is node.parent and not text[before.line_end : node.start].strip()


def _note(marker: Marker, parent: Node | None, last_in_document: dict[Kind, int]) -> str | None:
    """What is odd about a number among its siblings: gap, repeat, back, restart, continued, start; else None."""
    counts = parent.last_ordinal if parent else last_in_document
    last = counts.get(marker.kind)
    counts[marker.kind] = marker.ordinal
    if last is None:
        if marker.ordinal == 1:
            return None
        return "continued" if last_in_document.get(marker.kind) == marker.ordinal - 1 else "start"
    if marker.ordinal == last + 1:
        return None
    if marker.ordinal == 1:
        return None if marker.kind.name == POINT else "restart"
    if marker.ordinal > last:
        return "gap"
    return "repeat" if marker.ordinal == last else "back"


def _rows(document_id: str, text: str, offset_map: OffsetMap, pairs: Pairs, nodes: list[Node]) -> Outline:
    for node, start in zip(nodes, [*(node.start for node in nodes[1:]), len(text)], strict=True):
        node.own_end = node.start + len(text[node.start : start].rstrip())
        node.clean_end = node.own_end
    for node in reversed(nodes):
        if node.parent and node.parent.clean_end < node.clean_end:
            node.parent.clean_end = node.clean_end
    sections: list[Section] = []
    sentences: list[Sentence] = []
    for ordinal, node in enumerate(nodes, 1):
        section_id = row_id(document_id, "s", node.start)
        sections.append(
            Section(
                section_id,
                document_id,
                row_id(document_id, "s", node.parent.start) if node.parent else None,
                ordinal,
                node.level,
                node.marker.printed if node.marker else "",
                node.heading,
                node.path,
                node.note,
                node.start,
                node.clean_end,
                node.own_end,
                *offset_map.raw_span(node.start, node.clean_end),
                text[node.start : node.own_end],
            )
        )
        for start, end in sentence_spans(text, node.start, node.own_end, pairs):
            sentences.append(
                Sentence(
                    row_id(document_id, "t", start),
                    section_id,
                    document_id,
                    len(sentences) + 1,
                    start,
                    end,
                    text[start:end],
                )
            )
    return Outline(sections, sentences)
