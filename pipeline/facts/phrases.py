"""Phrases of a sentence: where a clause begins and ends, and what is left of it without its function words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts.lexicon import Lexicon, Word
from pipeline.language.areas import LOCAL, ON_THE_WAY, SUMMED_UP
from pipeline.language.exclusions import section_numbers
from pipeline.language.function_words import (
    ATTRIBUTIVE,
    COMPARES,
    COPULA,
    EXCEPT,
    EXCEPTED,
    LOCATIVE,
    OBJECT_MARKERS,
    PERFECTIVE,
    REACHES,
)
from pipeline.language.lists import ADDITIVE, COORDINATORS, LIST_MARK
from pipeline.language.numerals import NUMERAL_CHARACTERS
from pipeline.language.patterns import HAN
from pipeline.language.times import Time, find_times
from pipeline.places import Place, PlaceIndex, PlaceMatch

if TYPE_CHECKING:
    from pipeline.facts.wording import Wording

CLAUSE_MARKS = "，,；;：:。！？!?\n"
CLAUSE_END = (*CLAUSE_MARKS, LIST_MARK, "")
OPEN_BRACKETS = "（("
BRACKET = re.compile("[（()）]")
PADDING = " \t\r　，,；;：:、。．.—-－–~*·"
# A comma that groups thousands (3，137，300) is no break.
BREAK = re.compile(r"[；;：:。！？!?\n，,①-⑳](?!\d{3}(?:(?<=\d，...)(?!\d)|(?<=,...)))")
HEADLINE = re.compile(f"(?<={HAN}{{5}})[ \u3000]+(?={HAN}{{4}})")
# 高3个百分点, 降了近两成: a number follows a single character that tells a change; elsewhere it is part of a word (高品位).
CHANGES_BY = re.compile(rf"{PERFECTIVE}?{HAN}{{0,2}}?[\d{NUMERAL_CHARACTERS}]")
QUOTED = re.compile(r"《[^》\n]{1,80}》|“[^”\n]{1,40}”")
LEFT_ROLES = frozenset(["adv", "time", "scope", "disc", "pred", "soft"])
RIGHT_ROLES = frozenset(["average", "adv", "time", "disc", "reach", "cmp", "pred", "prep"])
SCOPES = frozenset(["scope"])
VERB_ROLES = frozenset(["new", "make", "act"])
ENDS_NOUN = frozenset(["new", "make", "act", "pred", "adv", "time", "prep", "cmp", "reach", "gap", "delta", "disc"])


class Trimmed(NamedTuple):
    """A phrase without function words at its right end, and what these said of the figure behind it."""

    end: int
    is_delta: bool
    is_reached: bool
    preposition: str
    change: str


class Line:
    """One sentence with its words, clause limits and brackets; all positions are within `text`."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        wording: Wording,
        places: PlaceIndex,
        within: str | None,
        times: Sequence[Time] | None = None,
    ) -> None:
        self.text = text
        self.wording = wording
        self.words = [word for word in lexicon.words(text) if not (len(word.text) == 1 and _is_half_word(text, word))]
        self.roles = {word.role for word in self.words}
        self._word_starts = [word.start for word in self.words]
        self.starts: dict[int, Word] = dict(zip(self._word_starts, self.words, strict=True))
        self.ends: dict[int, Word] = {word.end: word for word in self.words}
        self.places: list[PlaceMatch] = places.find(text, within)
        self._index, self._within = places, within
        self.place_starts = {place.start: place for place in self.places}
        self.times = find_times(text) if times is None else times
        dated = [time for time in self.times if time.role != "event"] if self.times else ()
        self.time_starts: dict[int, Time] = {time.start: time for time in dated}
        self._time_ends = {time.end: time for time in dated}
        hidden = [match.span() for match in QUOTED.finditer(text)] if "《" in text or "“" in text else []
        self._quotes = hidden
        self.breaks = [
            match.start()
            for match in BREAK.finditer(text)
            if not hidden or not any(start < match.start() < end for start, end in hidden)
        ]
        numbers = section_numbers(text)
        if numbers:
            self.breaks = sorted({*self.breaks, *(at for start, end in numbers for at in range(start, end))})
        if (" " in text or "\u3000" in text) and HEADLINE.search(text):
            self.breaks = sorted([*self.breaks, *_headline_breaks(text, self.breaks)])
        self.brackets = _brackets(text)
        # Figures of one clause ask for the same words.
        self._left_trimmed: dict[tuple[int, int], int] = {}
        self._right_trimmed: dict[tuple[int, int, bool], Trimmed] = {}

    def home_place(self, name: str) -> Place | None:
        """The unit of the issuer's own territory that `name`, full or short, means."""
        place = self._index.resolve(name, self._within) if self._within else None
        digits = 2 if self._within and self._within.endswith("0000") else 4
        is_home = place is not None and self._within is not None and place.adcode[:digits] == self._within[:digits]
        return place if is_home else None

    def bracket_of(self, position: int) -> tuple[int, int] | None:
        """The innermost bracket (positions of its two marks) that holds `position`."""
        if not self.brackets:
            return None
        inside = [span for span in self.brackets if span[0] < position < span[1]]
        return max(inside, default=None)

    def quote_of(self, position: int) -> tuple[int, int] | None:
        """The quotation or title, with its marks, that holds `position`."""
        return next((span for span in self._quotes if span[0] < position < span[1]), None)

    def clause(self, position: int) -> tuple[int, int]:
        """The clause around `position`; inside brackets, within them."""
        if not self.brackets:
            breaks = self.breaks
            k = bisect_left(breaks, position)
            return breaks[k - 1] + 1 if k else 0, breaks[k] if k < len(breaks) else len(self.text)
        bracket = self.bracket_of(position)
        low, high = (bracket[0] + 1, bracket[1]) if bracket else (0, len(self.text))
        breaks = self.breaks
        k = bisect_left(breaks, position)
        for mark in reversed(breaks[:k]):
            if mark < low or bracket or not self.bracket_of(mark):
                low = max(low, mark + 1)
                break
        for mark in breaks[k:]:
            if mark >= high or bracket or not self.bracket_of(mark):
                high = min(high, mark)
                break
        return low, high

    def trim_left(self, start: int, end: int) -> int:
        """`start` moved behind time words, adverbs, discourse markers and the place the clause speaks of."""
        known = self._left_trimmed.get((start, end))
        if known is None:
            known = self._left_trimmed[start, end] = self._trim_left(start, end)
        return known

    def _trim_left(self, start: int, end: int) -> int:
        text, starts, time_starts, place_starts = self.text, self.starts, self.time_starts, self.place_starts
        while start < end:
            first = text[start]
            is_but = first == EXCEPT and EXCEPTED.match(text, start) is not None
            if first in PADDING or is_but or (first == ATTRIBUTIVE and start + 1 < end):
                start += 1
                continue
            word = starts.get(start)
            time = time_starts.get(start) if time_starts else None
            if time and time.end <= end and not (word and word.end > time.end):
                start = time.end
                continue
            place = place_starts.get(start) if place_starts else None
            if (
                place
                and place.end < end
                and not (word and word.end > place.end)
                and not _in_name(text, place)
                and not self._joins_places(place)
            ):
                summed = SUMMED_UP.match(text, place.end, end)
                start = summed.end() if summed else place.end
                continue
            if (
                word is not None
                and word.role == "scope"
                and word.text[0] not in self.wording.places.own_area
                and word.end < end
                and text.startswith(self.wording.measures, word.end)
            ):
                # 城区面积: a measure alone does not say of what.
                break
            is_place = place is not None and place.end == end
            if word is None or word.end > end or is_place or self._is_attribute(word, end):
                break
            if (
                word.role in LEFT_ROLES
                or word.text in OBJECT_MARKERS
                or (word.role == "conj" and word.end < end)
                or (word.role == "cmp" and len(word.text) > 1)
            ):
                start = word.end
                continue
            # 在全省率先, 在城阳区: a preposition goes with the place or time it leads.
            following = starts.get(word.end)
            led = place_starts.get(word.end)
            time = time_starts.get(word.end)
            if word.role == "prep" and following and following.role in ("scope", "time") and following.end <= end:
                start = following.end
            elif word.role == "prep" and led and led.end < end:
                start = led.end
            elif word.role == "prep" and time and time.end <= end:
                start = time.end
            else:
                break
        return start

    def _is_attribute(self, word: Word, end: int) -> bool:
        """Whether the word tells which thing and not how something is done: 高效农机, but not 高效办理."""
        if word.text not in self.wording.attributes or word.end >= end or self.text[word.end] in PADDING:
            return False
        following = self.starts.get(word.end)
        return following is None or following.role == "noun"

    def _joins_places(self, place: PlaceMatch) -> bool:
        """甲市至乙市公路: whether the place is the end of a way."""
        return self.text[place.end : place.end + 1] in ON_THE_WAY and place.end + 1 in self.place_starts

    def trim_right(self, start: int, end: int, *, keep_particle: bool = False) -> Trimmed:
        """`end` moved before linking verbs, adverbs and change words, which are reported."""
        key = (start, end, keep_particle)
        known = self._right_trimmed.get(key)
        if known is None:
            known = self._right_trimmed[key] = self._trim_right(start, end, keep_particle=keep_particle)
        return known

    def _trim_right(self, start: int, end: int, *, keep_particle: bool) -> Trimmed:
        text, is_delta, is_reached, preposition, change = self.text, False, False, "", ""
        right = end
        ends, time_ends = self.ends, self._time_ends
        while end > start:
            last = text[end - 1]
            if (
                last in PADDING
                or (last == ATTRIBUTIVE and not keep_particle)
                or (last == PERFECTIVE and end not in ends)
            ):
                end -= 1
                continue
            word = ends.get(end)
            time = time_ends.get(end) if time_ends else None
            if time and time.core >= start and not (word and word.start < time.core):
                end = time.core
                continue
            if word is None or word.start < start:
                break
            if word.text == COMPARES and end == right:
                # 桥隧比81%: a ratio, since what is compared would stand between.
                break
            if word.role == "reach" or (word.text == COPULA and not keep_particle and not is_delta):
                is_reached = True
            elif word.role == "delta" and preposition in COORDINATORS and end - word.start < right - start:
                # 河道拓展和3700米护堤建设: a work beside another.
                break
            elif word.role == "delta" and not (is_delta or (is_reached and word.text not in self.wording.growth_nouns)):
                is_delta, change = True, word.text
            elif word.role in ("prep", "conj"):
                if preposition or is_delta:
                    break
                preposition = word.text
            elif word.role == "scope" and end < right and (led := self._led_by(word, start)):
                # 花卉产值在全市率先
                end = led
                continue
            elif word.role not in RIGHT_ROLES and not (
                word.role == "soft" and not self._may_end(word.text, linked=is_delta or is_reached)
            ):
                break
            end = word.start
        return Trimmed(end, is_delta, is_reached, preposition, change)

    def _led_by(self, scope: Word, start: int) -> int:
        """Where 在 stands that leads `scope` behind other words from `start` on; 0 for nowhere."""
        leads = self.ends.get(scope.start)
        return leads.start if leads is not None and leads.text == LOCATIVE and leads.start > start else 0

    def _may_end(self, soft: str, *, linked: bool) -> bool:
        """Whether a noun may end in the soft word: 改革试点3项, 贷款计划5亿元, but not 产值计划增长5%."""
        return soft in self.wording.end_nouns or (soft in self.wording.end_nouns_unlinked and not linked)

    def list_mark(self, start: int, end: int) -> int:
        """The position of the last 、 within [start, end) that no bracket within it holds, -1 for none."""
        at = self.text.rfind(LIST_MARK, start, end)
        while at >= 0 and any(start <= opening < at < closing for opening, closing in self.brackets):
            at = self.text.rfind(LIST_MARK, start, at)
        return at

    def has_scope(self, start: int, end: int) -> bool:
        """Whether a part of the territory (城区) or a place is named within [start, end)."""
        scope = self.last_word(SCOPES, start, end)
        return (scope is not None and scope.text[0] not in self.wording.places.own_area) or any(
            start <= place.start and place.end <= end for place in self.places
        )

    def inside_word(self, position: int) -> bool:
        """Whether the character at `position` belongs to a longer word than a conjunction."""
        word = self.starts.get(position)
        return word is None or word.role != "conj"

    def verb_of_list(self, start: int, trimmed: Trimmed) -> Word | None:
        """做好 of 做好花县和5个花镇创建工作: the verb at `start` whose object goes on, behind 和, with what is counted; None for none."""
        verb = self.starts.get(start)
        is_list = verb is not None and trimmed.preposition in ADDITIVE and verb.end + 1 < trimmed.end
        return verb if verb is not None and is_list and verb.role in VERB_ROLES else None

    def words_within(self, start: int, end: int) -> list[Word]:
        """The words that begin within [start, end)."""
        starts = self._word_starts
        return self.words[bisect_left(starts, start) : bisect_left(starts, end)]

    def last_word(self, roles: frozenset[str], start: int, end: int) -> Word | None:
        """The last word of one of `roles` within [start, end)."""
        if start >= end or self.roles.isdisjoint(roles):
            return None
        words, starts = self.words, self._word_starts
        for k in range(bisect_left(starts, end) - 1, bisect_left(starts, start) - 1, -1):
            if words[k].role in roles and words[k].end <= end:
                return words[k]
        return None

    def first_word(self, roles: frozenset[str], start: int, end: int) -> Word | None:
        """The first word of one of `roles` within [start, end)."""
        if start >= end or self.roles.isdisjoint(roles):
            return None
        words, starts = self.words, self._word_starts
        for k in range(bisect_left(starts, start), bisect_left(starts, end)):
            if words[k].role in roles and words[k].end <= end:
                return words[k]
        return None

    def first_unquoted(self, roles: frozenset[str], start: int, end: int) -> Word | None:
        """As `first_word`, of the words that are no part of a name in quotes within [start, end): 开展“乐购花城”活动."""
        word = self.first_word(roles, start, end)
        while word is not None and (quote := self.quote_of(word.start)) is not None and start <= quote[0]:
            word = self.first_word(roles, quote[1], end)
        return word

    def last_unquoted(self, roles: frozenset[str], start: int, end: int) -> Word | None:
        """As `last_word`, of the words that are no part of a name in quotes within [start, end): 落实“抓细抓实”30项措施."""
        word = self.last_word(roles, start, end)
        while word is not None and (quote := self.quote_of(word.start)) is not None and quote[1] <= end:
            word = self.last_word(roles, start, quote[0])
        return word


def _is_half_word(text: str, word: Word) -> bool:
    """Whether a single character that tells a change or links a value ends or begins another word: 高品位, 一键触达、."""
    if word.role == "delta":
        return CHANGES_BY.match(text, word.end) is None
    return word.text == REACHES and text[word.end : word.end + 1] in CLAUSE_END


def _in_name(text: str, place: PlaceMatch) -> bool:
    """Whether a place's short name begins another name: 博野镇."""
    return LOCAL.match(text, place.end) is not None


def _headline_breaks(text: str, breaks: list[int]) -> list[int]:
    """Blanks that part a slogan from what is told: 守护健康每一天 全市家庭医生签约突破200万人."""
    found = []
    for blank in HEADLINE.finditer(text):
        low = max((mark for mark in breaks if mark < blank.start()), default=-1) + 1
        if not any(map(str.isdigit, text[low : blank.start()])):
            found.append(blank.start())
    return found


def _brackets(text: str) -> list[tuple[int, int]]:
    """The positions of matching brackets; unbalanced ones are left out."""
    spans: list[tuple[int, int]] = []
    if "（" not in text and "(" not in text:
        return spans
    open_at: list[int] = []
    for mark in BRACKET.finditer(text):
        if mark[0] in OPEN_BRACKETS:
            open_at.append(mark.start())
        elif open_at:
            spans.append((open_at.pop(), mark.start()))
    return sorted(spans)


def closed_before(text: str, start: int, position: int) -> bool:
    """Whether `start` stands in a bracket that ends before `position`: what is said there holds there."""
    close = min(
        (at for at in (text.find("）", start, position), text.find(")", start, position)) if at >= 0), default=-1
    )
    if close < 0:
        return False
    opening = max(text.rfind("（", 0, close), text.rfind("(", 0, close))
    return opening < start
