"""Spam (垃圾信息): whole lines of it around a report, and runs of it injected into a sentence.

Known words are data (spam.csv, each with a weight). Spam of unseen words is told by its form: behind
the report, a line of many separators and no sentence, whose words the report does not use or which
is in the other script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.cleaning.lines import Line, has_sentence, is_report_text, lines_of
from pipeline.cleaning.script import Script
from pipeline.offsets import Edit
from pipeline.tables import Row

# A word of weight 3 is enough; words of less are from 4 upwards.
_SURE, _ENOUGH = 3, 4
# A line goes whole if so much of it is spam words, of one with sentences more; otherwise only the runs go.
_LINE_SHARE = 0.25
_SENTENCE_SHARE, _SENTENCE_WEIGHT = 0.5, 9
# How far before a spam word a word such as 打击 says that the report speaks of the matter itself.
_VETO_REACH = 24
_SEPARATOR = re.compile(r"[|｜_·]|\s+")
_FEW_SEPARATORS = 5
_SHORTEST_ITEM, _LONGEST_ITEM = 6, 20
_KNOWN_SHARE = 0.25
_ENOUGH_OF_OTHER_SCRIPT = 12
_LINK = r"(?:https?://|www\.)[A-Za-z0-9./?=&_%\-]{1,200}|[A-Za-z0-9\-]{1,60}\.(?:com|net|org|cn|cc|vip|top|xyz|app|info|bet|tv)(?![A-Za-z])"
_LINK_AFTER = re.compile(rf"\s?(?:{_LINK})")
_LINK_BEFORE = re.compile(rf"(?:{_LINK})\s?$")
# What may stand between two words of one run: no hanzi, and no punctuation of a sentence.
_GLUE = re.compile(r"[A-Za-z0-9 \t.:/@#?=&+~|｜_\-·*【】\[\]()（）<>!！]{0,40}$")
_HANZI_RUN = re.compile("[一-鿿]{2,}")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]", "「": "」", "<": ">"}
_PAUSES = "，,；;、"


class _Run(NamedTuple):
    """Spam words that belong together: line[start:end], what they weigh, and how many characters they are."""

    start: int
    end: int
    weights: list[int]
    covered: int

    @property
    def is_spam(self) -> bool:
        """One word that no report uses, two that tell spam, or one among several others."""
        return max(self.weights) >= _SURE or sum(self.weights) >= _ENOUGH


class Spam:
    """The step that removes spam."""

    def __init__(self, rows: Iterable[Row], script: Script) -> None:
        self._script = script
        weights: dict[str, int] = {}
        telling = []
        vetoes = []
        for row in rows:
            word, weight = row["written"].lower(), int(row["weight"])
            if weight == 0:
                vetoes.append(word)
                continue
            weights[word] = weight
            if weight > 1:
                telling.append(word)
        self._weights = list(weights.values())
        self._words = AhoCorasick(list(weights), matchkind=MatchKind.LeftmostLongest)
        self._telling = re.compile("|".join(sorted(map(re.escape, telling), reverse=True)))
        # Where a word may begin: a first character before a second one, which a scan finds faster than the words.
        firsts, seconds = ("".join({re.escape(word[k]) for word in telling}) for k in (0, 1))
        self._beginning = re.compile(f"[{firsts}](?=[{seconds}])")
        self._veto = re.compile("|".join(map(re.escape, vetoes)))

    def edits(self, text: str, original: str) -> Iterable[Edit]:
        """Spam lines go whole, of other lines the runs. `original` is `text` in the script it was written in."""
        found: dict[int, list[Edit]] = {}
        lines = lines_of(text)
        folded = text.lower()
        if len(folded) != len(text):  # a few letters have no single lower-case one
            folded = text
        if any(self._telling.match(folded, found_at.start()) for found_at in self._beginning.finditer(folded)):
            for i, line in enumerate(lines):
                if line.text:
                    found[i] = self._known(line, folded[line.at : line.at + len(line.text)])
        for i in self._unseen(lines, original, found):
            found[i] = [lines[i].removed()]
        for i in sorted(found):
            yield from found[i]

    # -- words that are known

    def _known(self, line: Line, folded: str) -> list[Edit]:
        runs = self._runs(folded)
        if not runs:
            return []
        weight = sum(sum(run.weights) for run in runs)
        covered = sum(run.covered for run in runs)
        enough, share = (_SENTENCE_WEIGHT, _SENTENCE_SHARE) if has_sentence(folded) else (0, _LINE_SHARE)
        is_spam = weight >= max(enough, _ENOUGH) or (not enough and any(run.is_spam for run in runs))
        if is_spam and covered >= share * len(folded) and not self._veto.search(folded):
            return [line.removed()]
        edits = []
        for run in runs:
            if run.is_spam and not self._veto.search(folded, max(0, run.start - _VETO_REACH), run.start):
                start, end = _with_frame(folded, run.start, run.end)
                edits.append(Edit(line.at + start, line.at + end))
        return edits

    def _runs(self, folded: str) -> list[_Run]:
        """The words of a line, joined where nothing but glue stands between them; runs without a telling word left out."""
        runs: list[_Run] = []
        for word, start, end in self._words.find_matches_as_indexes(folded):
            weight, length = self._weights[word], end - start
            if runs and _GLUE.match(folded, runs[-1].end, start):
                last = runs[-1]
                last.weights.append(weight)
                runs[-1] = last._replace(end=end, covered=last.covered + length)
            else:
                runs.append(_Run(start, end, [weight], length))
        return [run for run in runs if max(run.weights) > 1]

    # -- words that are not

    def _unseen(self, lines: Sequence[Line], original: str, found: dict[int, list[Edit]]) -> Iterable[int]:
        """Lines before and behind the report that have the form of a word list and are foreign to it."""
        numbers = range(len(lines))
        first = next((i for i in numbers if _is_of_report(lines[i].text)), len(lines))
        last = next((i for i in reversed(numbers) if _is_of_report(lines[i].text)), len(lines))
        edges = [
            i
            for i in (*range(first), *range(last + 1, len(lines)))
            if _is_word_list(lines[i].text) and not found.get(i)
        ]
        if not edges or first == len(lines):
            return
        used = set(_word_pairs("\n".join(lines[i].text for i in range(first, last + 1) if i not in edges)))
        of_report = self._script.of(original[lines[first].start : lines[last].end])
        for i in edges:
            pairs = _word_pairs(lines[i].text)
            known = sum(pair in used for pair in pairs)
            traditional, simplified = self._script.counts(original[lines[i].at : lines[i].end])
            other_script = (
                traditional if of_report == "hans" else simplified if of_report == "hant" else 0
            ) >= _ENOUGH_OF_OTHER_SCRIPT
            if pairs and (known < _KNOWN_SHARE * len(pairs) or other_script):
                yield i


def _is_of_report(text: str) -> bool:
    return is_report_text(text) and not _is_word_list(text)


def _word_pairs(text: str) -> list[str]:
    return [first + second for run in _HANZI_RUN.findall(text) for first, second in pairwise(run)]


def _is_word_list(text: str) -> bool:
    """Many separators and no sentence, and items too long for the cells of a table, too short for headings."""
    if len(text) < _SHORTEST_ITEM * _FEW_SEPARATORS or has_sentence(text):
        return False
    items = len(_SEPARATOR.findall(text)) + 1
    return items > _FEW_SEPARATORS and _SHORTEST_ITEM * items <= len(text) <= _LONGEST_ITEM * items


def _with_frame(line: str, start: int, end: int) -> tuple[int, int]:
    """The run with what was injected around it: a link, its brackets, and one of two pauses."""
    after = _LINK_AFTER.match(line, end)
    end = after.end() if after else end
    before = _LINK_BEFORE.search(line, max(0, start - 200), start)
    start = before.start() if before else start
    if start > 0 and end < len(line) and _BRACKETS.get(line[start - 1]) == line[end]:
        start, end = start - 1, end + 1
    if end < len(line) and line[end] in _PAUSES and (start == 0 or line[start - 1] in _PAUSES + "。"):
        end += 1
    return start, end
