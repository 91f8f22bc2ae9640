"""Portal chrome (网页框架): what a site puts around a report.

A page is taken as head, report and tail: the report runs from the first to the last line that has
the form of report text. In head and tail a line goes if it is one of chrome; within the report only
a line of nothing but buttons goes. The words are data (chrome.csv, read by chrome_words), the place
is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from pipeline.cleaning.chrome_words import BULLETS, ChromeWords, Pair
from pipeline.cleaning.lines import Line, has_heading_marker, has_sentence, is_report_text, lines_of
from pipeline.offsets import Edit

_LONGEST_VALUE = 40
_LONGEST_BUTTON_LINE = 40
_MENU_ITEM = 6
_MENU_RUN = 3
_SHORTEST_TITLE = 6
# Of a page's report text, what may stand in sentences behind the line that opens its tail (abstracts of other articles).
_TAIL_SHARE = 0.15


class Chrome:
    """The step that removes portal chrome."""

    def __init__(self, words: ChromeWords) -> None:
        self._words = words

    def edits(self, text: str) -> Iterable[Edit]:
        """Chrome lines go whole; of a line that also holds a title or the report's last sentence, only the chrome."""
        lines = lines_of(text)
        first, last = self._extent(lines)
        edits = self._head(lines[:first])
        edits |= self._within(lines, first, last)
        edits |= self._tail(lines, last + 1 if first <= last else 0)
        for number in sorted(edits):
            yield from (edit for edit in edits[number] if edit.end > edit.start)

    def _extent(self, lines: Sequence[Line]) -> tuple[int, int]:
        """The numbers of the first and the last line of the report; (n, n - 1) where nothing has its form."""
        body = [i for i, line in enumerate(lines) if line.text and is_report_text(line.text)]
        while body and self._is_framing(lines[body[-1]].text):
            body.pop()
        start = next((k for k, i in enumerate(body) if not self._is_framing(lines[i].text)), len(body))
        body = body[start:]
        if not body:
            return len(lines), len(lines) - 1
        # The tail may begin where little report text is left, and none with a heading of its own.
        allowed = _TAIL_SHARE * sum(len(lines[i].text) for i in body)
        last, behind = body[-1], 0
        for k in range(len(body) - 1, 0, -1):
            text = lines[body[k]].text
            behind += len(text) * has_sentence(text)
            if behind > allowed or (has_heading_marker(text) and has_sentence(text)):
                break
            if any(self._words.opens_tail(lines[i].text) for i in range(body[k - 1] + 1, body[k] + 1) if lines[i].text):
                last = body[k - 1]
        return body[0], last

    def _is_framing(self, text: str) -> bool:
        """Has the form of report text and yet is of the box, a credit line, a breadcrumb or a disclaimer."""
        words = self._words
        return (
            bool(words.chrome_pairs(text))
            or words.is_disclaimer(text)
            or words.is_crumb(text)
            or words.is_page_prompt(text)
        )

    # Each of the three parts answers with the edits by line number.

    def _head(self, lines: Sequence[Line]) -> dict[int, list[Edit]]:
        edits: dict[int, list[Edit]] = {}
        titles: dict[int, Edit] = {}
        pairs = {
            i: found for i, line in enumerate(lines) if line.text and (found := self._words.chrome_pairs(line.text))
        }
        values = self._values_below(lines, pairs)
        for i, line in enumerate(lines):
            if not line.text or self._is_attachment(line.text):
                continue
            beside = edits and self._words.is_option(line.text)
            if i in pairs:
                edits[i], titles[i] = self._box_line(line, pairs[i])
            elif beside or self._is_chrome(line.text) or self._is_top_line(line.text):
                edits[i] = [line.removed()]
            elif i in values:
                edits[i] = [line.removed()]
                if values[i] in self._words.title_keys:
                    titles[i] = Edit(line.at, line.at + len(line.text))
        for i in [*self._unknown_pairs(lines, edits, pairs), *_menu(lines, edits)]:
            edits[i] = [lines[i].removed()]
        self._keep_titles(lines, edits, titles)
        for i in self._site_names(lines, edits):
            edits[i] = [lines[i].removed()]
        return edits | _repeated_titles(lines, edits)

    def _values_below(self, lines: Sequence[Line], pairs: Mapping[int, Sequence[Pair]]) -> dict[int, str]:
        """The lines that are values of the key above them, with that key: in a box set in one column, a cell a line.

        In any other box a key without a value is empty, and what stands below it is the title.
        """
        filled = [i for i, line in enumerate(lines) if line.text]
        alone = {i for i in filled if self._is_key_alone(lines[i].text, pairs.get(i))}
        values: dict[int, str] = {}
        column = False
        for k, i in enumerate(filled[:-1]):
            below = filled[k + 1]
            if i in alone:
                begins = (k == 0 or filled[k - 1] not in pairs) and k + 2 < len(filled) and filled[k + 2] in alone
                column |= begins
                if column and below not in pairs and len(lines[below].text) <= _LONGEST_VALUE and i in pairs:
                    values[below] = pairs[i][-1].key
            elif i not in values:
                column = False
        if filled and filled[-1] in values and len(values) + len(pairs) == len(filled):
            # The last cell is empty if else the report had no title.
            is_titled = any(key in self._words.title_keys for key in values.values())
            if not is_titled:
                del values[filled[-1]]
        return values

    def _is_key_alone(self, text: str, pairs: Sequence[Pair] | None) -> bool:
        if pairs:
            return len(pairs) == 1 and not text[pairs[0].value :].strip(BULLETS) and self._words.has_value(pairs[0].key)
        unknown = self._words.unknown_pair(text)
        return unknown is not None and not unknown["value"].strip()

    def _is_attachment(self, text: str) -> bool:
        """附件 alone: if it is the report's, its own title stands below it."""
        return text.rstrip(":：") in self._words.attachment_keys

    def _box_line(self, line: Line, pairs: Sequence[Pair]) -> tuple[list[Edit], Edit]:
        """The edits of a line of pairs, and the span of a title's value on it (empty if it has none)."""
        before = line.text[: pairs[0].start]
        title = next((p for p in pairs if p.key in self._words.title_keys), None)
        value = line.text[title.value : title.end].strip(BULLETS) if title else ""
        start = line.at + (line.text.index(value, title.value) if title and value else 0)
        span = Edit(start, start + len(value))
        if self._words.is_site_name(before):
            return [line.removed()], span
        return [Edit(line.at + len(before.rstrip(BULLETS)), line.end)], Edit(line.at, line.at)

    def _is_top_line(self, text: str) -> bool:
        """What goes above a report and may be its own below: a plain date, a row of sites."""
        return self._words.is_plain_date(text) or self._words.is_menu_row(text)

    def _site_names(self, lines: Sequence[Line], edits: Mapping[int, list[Edit]]) -> list[int]:
        """Lines that say whose site it is: an office alone above the breadcrumb, menu or box, and the title still to come.

        An office right above the rest of a title is the first half of the title.
        """
        filled = [i for i, line in enumerate(lines) if line.text]
        found: list[int] = []
        for i, following in pairwise(filled):
            if i in edits and edits[i] == [lines[i].removed()]:
                continue
            is_above = following in edits and not self._words.is_plain_date(lines[following].text)
            if not is_above or not self._words.is_office_name(lines[i].text):
                break
            found.append(i)
        is_title_left = any(i not in edits and i not in found for i in filled)
        return found if is_title_left else []

    def _unknown_pairs(
        self, lines: Sequence[Line], edits: Mapping[int, list[Edit]], pairs: Mapping[int, Sequence[Pair]]
    ) -> list[int]:
        """Keys that the table does not know, with their values on the line or the next one, between lines of the box."""
        filled = [i for i, line in enumerate(lines) if line.text]
        found: set[int] = set()
        for order in (range(len(filled) - 1, -1, -1), range(len(filled))):
            for k in order:
                match = self._words.unknown_pair(lines[filled[k]].text)
                if filled[k] in edits or match is None:
                    continue
                above = filled[k - 1] if k else None
                values = 0 if match["value"].strip() or above in pairs else 1
                if k + values >= len(filled) or len(lines[filled[k + values]].text) > _LONGEST_VALUE:
                    continue
                below = filled[k + values + 1] if k + values + 1 < len(filled) else None
                between = (above is None or above in edits or above in found) and (below in edits or below in found)
                if between or (
                    match["bracket"] and (self._is_box(above, pairs, found) or self._is_box(below, pairs, found))
                ):
                    found |= {filled[k], filled[k + values]}
        return sorted(found)

    def _is_box(self, i: int | None, pairs: Mapping[int, Sequence[Pair]], found: set[int]) -> bool:
        return i is not None and (i in found or (i in pairs and self._words.is_box_key(pairs[i][0].key)))

    @staticmethod
    def _keep_titles(lines: Sequence[Line], edits: dict[int, list[Edit]], titles: Mapping[int, Edit]) -> None:
        """A title that stands only in the box stays, without its key: the report has no other, in one line or in several."""
        kept = [_letters(line.text) for i, line in enumerate(lines) if line.text and i not in edits] if titles else []
        below, others = "".join(kept), set[str]()
        for i, title in titles.items():
            letters = _letters(lines[i].text[title.start - lines[i].at : title.end - lines[i].at])
            if letters and letters not in below and letters not in others:
                edits[i] = [Edit(lines[i].start, title.start), Edit(title.end, lines[i].end)]
                others.add(letters)

    def _within(self, lines: Sequence[Line], first: int, last: int) -> dict[int, list[Edit]]:
        edits = {}
        for i in range(first, last):
            text = lines[i].text
            short = text and len(text) <= _LONGEST_BUTTON_LINE and not is_report_text(text)
            if short and (self._words.is_prompt(text) or self._words.is_button_line(text)):
                edits[i] = [lines[i].removed()]
        if first <= last < len(lines):
            edits[last] = self._credit_behind(lines[last])
        return edits

    def _tail(self, lines: Sequence[Line], start: int) -> dict[int, list[Edit]]:
        edits: dict[int, list[Edit]] = {}
        attachment: int | None = None  # the line above, if it is nothing but 附件
        below_controls = False
        for i in range(start, len(lines)):
            text = lines[i].text
            if text and (self._words.opens_tail(text) or self._words.is_footer(text)):
                return edits | {j: [lines[j].removed()] for j in range(i, len(lines))}
            if text:
                below_controls |= self._words.is_button_line(text)
                goes = (
                    self._is_chrome(text)
                    or self._words.chrome_pairs(text)
                    or (below_controls and self._words.is_office_row(text))
                )
                edits[i] = [lines[i].removed()] if goes else self._credit_behind(lines[i])
                if attachment is not None and not goes:
                    edits[attachment] = []  # what is attached follows
                attachment = i if self._is_attachment(text) else None
        return edits

    def _is_chrome(self, text: str) -> bool:
        words = self._words
        return (
            words.is_prompt(text)
            or words.is_page_prompt(text)
            or words.controls(text) > 0
            or words.is_crumb(text)
            or words.is_bare_mark(text)
        )

    def _credit_behind(self, line: Line) -> list[Edit]:
        start = self._words.credit_behind(line.text)
        return [] if start is None else [Edit(line.at + start, line.end)]


def _menu(lines: Sequence[Line], edits: Mapping[int, list[Edit]]) -> list[int]:
    """Lines of a navigation menu: beside chrome, at least three short ones in a row that are no title."""
    found: list[int] = []
    run: list[int] = []
    beside = False
    for i, line in enumerate([*lines, Line(0, 0, 0, 0, "-" * (_MENU_ITEM + 1))]):
        if i in edits:
            beside = True
        elif line.text and len(line.text) <= _MENU_ITEM:
            run.append(i)
        elif line.text:
            if beside and len(run) >= _MENU_RUN:
                found += run
            run, beside = [], False
    return found


def _repeated_titles(lines: Sequence[Line], edits: Mapping[int, list[Edit]]) -> dict[int, list[Edit]]:
    """Of a title that the head repeats, also with the site's name behind it, the last stays."""
    repeated: dict[int, list[Edit]] = {}
    below: set[str] = set()
    for i in range(len(lines) - 1, -1, -1):
        text = lines[i].text
        if i in edits or len(text) < _SHORTEST_TITLE:
            continue
        letters = _letters(text)
        if len(letters) < _SHORTEST_TITLE:
            continue
        without_site = _letters(re.split("[-_|—–]", text, maxsplit=1)[0])
        if letters in below or without_site in below:
            repeated[i] = [lines[i].removed()]
        else:
            below.add(letters)
    return repeated


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
