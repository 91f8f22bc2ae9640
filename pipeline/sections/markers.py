"""Markers of headings (序号): where a text numbers its headings, and what only looks like a number.

The table `outline_markers` lists the kinds of marker, `outline_exceptions` the words behind which a number is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from pipeline.language.numerals import COMPOSED, COUNTING, ONES, ordinal
from pipeline.language.times import year_at
from pipeline.sections.brackets import Pairs
from pipeline.sections.lines import Line
from pipeline.tables import Tables

NUMERALS = {
    "chinese": f"[{COUNTING}]{{1,3}}",
    "arabic": "[0-9]{1,2}",
    "any": f"(?:[{COUNTING}]{{1,3}}|[0-9]{{1,2}})",
    "decimal": r"[0-9]{1,2}\.[0-9]{1,2}(?!\.?[0-9])",
    "decimal_of_decimal": r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}(?!\.?[0-9])",
} | {name: f"[{row}]" for name, row in COMPOSED.items()}
CHARACTERS = {"chinese": COUNTING, "arabic": "0123456789"} | COMPOSED
BEFORE_ITEM = "。！？；;：:"
PARTED_BY_BLANKS = ("first", "second")
DECIMALS = ("decimal", "decimal_of_decimal")
INDENT = r"[ \t\u00a0\u2000-\u200b\u3000]*"
BULLETS = "•●◆■▲★※▪"
POINT = "point"
NOT_POINTS = ("否", "非")
BEGINS_TITLE = re.compile("[\u4e00-\u9fff“《]")


class Kind(NamedTuple):
    """A kind of marker. `rank` orders the kinds from the outside in; `level` is None for chapters, which count on their own."""

    name: str
    rank: int
    level: int | None


class Marker(NamedTuple):
    """A heading's number in the text: text[start:end] with the white space behind it."""

    kind: Kind
    ordinal: int
    printed: str
    start: int
    end: int
    is_inline: bool
    is_doubtful: bool


class Certainty(Enum):
    """Whether a number at the head of a line numbers a heading."""

    NO = 0
    DOUBTFUL = 1
    YES = 2


class OutlineKnowledge(NamedTuple):
    """The compiled tables `outline_markers` and `outline_exceptions`."""

    kinds: list[Kind]
    at_line_start: re.Pattern[str]
    before_inline: re.Pattern[str]
    inside_line: re.Pattern[str]
    enumerated: re.Pattern[str]
    classified: tuple[str, ...]
    signatures: tuple[str, ...]
    attachment: re.Pattern[str]
    not_chapters: tuple[str, ...]
    magnitudes: tuple[str, ...]
    resumes: re.Pattern[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> OutlineKnowledge:
        """Compile the patterns."""
        kinds, line_forms, inline_forms = [], [], []
        first_characters = ""
        for index, row in enumerate(tables["outline_markers"]):
            kinds.append(Kind(row["kind"], int(row["rank"]), int(row["level"]) if row["level"] else None))
            opening, closing = _any_of(row["opening"]), _any_of(row["closing"])
            form = f"(?P<k{index}>{opening}{{gap}}(?P<n{index}>{NUMERALS[row['numeral']]}){{gap}}{closing})"
            line_forms.append(form.replace("{gap}", "[ \\u3000]?"))
            # A page that was made one line parts its headings by blanks: 工作总结 一、工作情况 （一）抓改革。
            blanks = " \\u3000" if row["kind"] in PARTED_BY_BLANKS else ""
            before = {"after_sentence": f"(?<=[{BEFORE_ITEM}{blanks}])", "anywhere": ""}
            if row["inline"] in before:
                inline_forms.append(before[row["inline"]] + form.replace("{gap}", ""))
                first_characters += row["opening"] or CHARACTERS[row["numeral"]]
        words: dict[str, list[str]] = defaultdict(list)
        for row in tables["outline_exceptions"]:
            words[row["kind"]].append(row["text"])
        enumerated = "|".join(map(re.escape, words["enumerated"]))
        numeral = f"(?:{NUMERALS['chinese']}|{NUMERALS['arabic']})"
        return cls(
            kinds,
            re.compile(f"[{BULLETS}]?{INDENT}(?:{'|'.join(line_forms)}){INDENT}"),
            # One set of characters before, one behind: what a regular expression finds fastest.
            re.compile(f"[{BEFORE_ITEM}，,、 \\u3000](?=[{re.escape(first_characters)}])"),
            re.compile("|".join(inline_forms)),
            re.compile(f"({numeral})(?:[、和至到—-]{numeral})*(?:{enumerated})|({numeral})[、]{numeral}"),
            tuple(words["classified"]),
            tuple(words["signature"]),
            re.compile(
                f"{INDENT}(?:{'|'.join(map(re.escape, words['attachment']))})[ \\u3000]?[0-9{COUNTING}]{{0,3}}(?:{INDENT}$|[:：.、 \\u3000])"
            ),
            tuple(words["chapter_word"]),
            tuple(words["magnitude"]),
            re.compile("|".join(map(re.escape, words["resumes"]))),
        )


def _any_of(words: str) -> str:
    return f"(?:{'|'.join(map(re.escape, words.split('|')))})" if words else ""


def find_markers(text: str, lines: list[Line], pairs: Pairs, knowledge: OutlineKnowledge) -> list[Marker]:
    """All markers of `text` in order: those that begin a line, and those inside one."""
    line_markers = list(_confirmed(list(_line_markers(text, lines, knowledge))))
    taken = {marker.start for marker in line_markers}
    inline = [marker for marker in _inline_markers(text, pairs, knowledge) if marker.start not in taken]
    return sorted([*line_markers, *_runs(text, inline, line_markers)], key=lambda marker: marker.start)


def _line_markers(text: str, lines: list[Line], knowledge: OutlineKnowledge) -> Iterator[Marker]:
    for line in lines:
        hit = knowledge.at_line_start.match(text, line.start, line.end)
        if hit and (marker := _marker(text, hit, knowledge, is_inline=False)):
            yield marker


def _inline_markers(text: str, pairs: Pairs, knowledge: OutlineKnowledge) -> Iterator[Marker]:
    for boundary in knowledge.before_inline.finditer(text):
        hit = knowledge.inside_line.match(text, boundary.end())
        if hit is None:
            continue
        closing = pairs.closing_of(hit.start())
        if closing is not None and closing >= hit.end():
            continue
        if marker := _marker(text, hit, knowledge, is_inline=True):
            yield marker


def _ordinal(numeral: str) -> int:
    """The number of a numeral, the last one of a decimal (2.1.3); 0 for a string such as 一一 that is none."""
    return ordinal(numeral.rpartition(".")[2])


def _marker(text: str, hit: re.Match[str], knowledge: OutlineKnowledge, is_inline: bool) -> Marker | None:
    name = hit.lastgroup or ""
    index = int(name[1:])
    kind = knowledge.kinds[index]
    numeral = hit[f"n{index}"]
    ordinal = _ordinal(numeral)
    if not ordinal:
        return None
    marker_end = hit.end(f"k{index}")
    certainty = _certainty(text, marker_end, hit.end(), kind, ordinal, knowledge)
    if certainty is Certainty.NO:
        return None
    printed = hit[f"k{index}"].replace(" ", "").replace("\u3000", "")
    doubtful = certainty is Certainty.DOUBTFUL or printed == numeral
    return Marker(kind, ordinal, printed, hit.start(), hit.end(), is_inline, doubtful)


def _certainty(
    text: str, marker_end: int, title_start: int, kind: Kind, ordinal: int, knowledge: OutlineKnowledge
) -> Certainty:
    """Whether what follows the marker can be a heading: no decimal, date, enumeration or name of a class."""
    following = text[marker_end : marker_end + 1]
    if kind.level is None:
        is_word = text.startswith(knowledge.not_chapters, marker_end - 1)
        return Certainty.NO if is_word else Certainty.YES
    if kind.name in DECIMALS:
        is_title = BEGINS_TITLE.match(text, title_start) and not text.startswith(knowledge.magnitudes, title_start)
        return Certainty.DOUBTFUL if is_title else Certainty.NO
    if kind.name == "third" and following.isdecimal():
        if year_at(text, marker_end):
            return Certainty.YES
        return Certainty.DOUBTFUL if text[marker_end - 1] == "、" else Certainty.NO
    if kind.name == "third" and following and following in "%％.．":
        return Certainty.NO
    if kind.name in ("first", "third"):
        # 二、三级医院 lists two classes; a heading 二、 that begins with 三级医院 looks just like it.
        listed = knowledge.enumerated.match(text, title_start)
        if listed and _ordinal(listed[1] or listed[2]) == ordinal + 1:
            return Certainty.DOUBTFUL
    if kind.name in ("second", "fourth") and text.startswith(knowledge.classified, marker_end):
        return Certainty.NO
    if kind.name == POINT and (text.startswith(NOT_POINTS, marker_end) or (following and following in ONES)):
        return Certainty.NO
    return Certainty.YES


def _confirmed(markers: list[Marker]) -> Iterator[Marker]:
    """Without the doubtful markers that do not stand between their neighbours of the same kind in the count."""
    by_kind: dict[Kind, list[int]] = defaultdict(list)
    for position, marker in enumerate(markers):
        by_kind[marker.kind].append(position)
    dropped = set()
    decimals = {marker.printed.rstrip("、.．") for marker in markers if marker.kind.name in DECIMALS}
    for kind, positions in by_kind.items():
        if kind.name in DECIMALS:
            dropped |= {position for position in positions if not _is_counted(markers[position], decimals)}
            continue
        for at, position in enumerate(positions):
            marker = markers[position]
            if marker.is_doubtful:
                after = at + 1 < len(positions) and markers[positions[at + 1]].ordinal == marker.ordinal + 1
                before = marker.ordinal == 1 or (at > 0 and markers[positions[at - 1]].ordinal == marker.ordinal - 1)
                only_spaced = marker.printed[-1] not in "、.．﹒"
                if not (before and (after or (only_spaced and marker.ordinal > 1))):
                    dropped.add(position)
    return (marker for position, marker in enumerate(markers) if position not in dropped)


def _is_counted(marker: Marker, decimals: set[str]) -> bool:
    """Whether a decimal (2.1) has its neighbour in the count (2.2) among `decimals`.

    >>> kind = Kind("decimal", 7, 4)
    >>> [_is_counted(Marker(kind, 1, printed, 0, 3, False, True), {"2.1", "2.2"}) for printed in ("2.1", "5.1")]
    [True, False]
    """
    prefix = marker.printed.rstrip("、.．").rpartition(".")[0]
    return any(f"{prefix}.{marker.ordinal + step}" in decimals for step in (-1, 1))


def _runs(text: str, inline: list[Marker], line_markers: list[Marker]) -> Iterator[Marker]:
    """Inline markers that really number something: they count up from one in their line, or carry on the count of the lines.

    一是 needs no successor where it begins a sentence; every other kind does.
    """
    last: dict[Kind, int] = {}
    held: dict[Kind, Marker] = {}
    line_marker_at = 0
    line_end = -1
    for marker in inline:
        if marker.start > line_end:
            line_end = text.find("\n", marker.start)
            line_end = len(text) if line_end < 0 else line_end
            held.clear()
        while line_marker_at < len(line_markers) and line_markers[line_marker_at].start < marker.start:
            last[line_markers[line_marker_at].kind] = line_markers[line_marker_at].ordinal
            line_marker_at += 1
        kind = marker.kind
        begins_sentence = kind.name == POINT and text[marker.start - 1] not in "，,、"
        if kind in held and marker.ordinal == 2:
            yield held.pop(kind)
        elif marker.ordinal == 1 and not begins_sentence:
            held[kind] = marker
            continue
        elif not begins_sentence and marker.ordinal != last.get(kind, 0) + 1:
            continue
        last[kind] = marker.ordinal
        yield marker
