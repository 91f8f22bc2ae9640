"""One sentence while its indicators are read, and the small questions that many rules ask of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.facts.candidates import NOTHING_SAID, Candidate, Said
from pipeline.facts.claims import Claim, Rule, Span
from pipeline.facts.phrases import PADDING, VERB_ROLES, Line
from pipeline.facts.wording import Wording
from pipeline.language.function_words import IN_A_MANNER, OBJECT_MARKERS, OF_WHICH, PERFECTIVE
from pipeline.language.lists import LIST_BETWEEN, LIST_MARK
from pipeline.language.time_contexts import DURATION

STRIPPED = PADDING + PERFECTIVE
VERBAL_ROLES = VERB_ROLES | {"nominal"}
REACH, MAKE, PREP, SOFT = (frozenset([role]) for role in ("reach", "make", "prep", "soft"))
MARKERS = frozenset(["prep"])
# 果断地把, 稳妥地将: how something is done to its object.
MANNER = re.compile(f"[^，]{{2,12}}{IN_A_MANNER}(?:{'|'.join(OBJECT_MARKERS)})(?=..)")
# 用两年时间
WITHIN = re.compile(f".?{DURATION.pattern}.{{0,3}}")


class Phrase(NamedTuple):
    """A noun phrase: `text` made of the words [start, end), and the verb or act that stands with it."""

    text: str
    words: Span
    said: Said = NOTHING_SAID


class Named(NamedTuple):
    """What a rule says a figure counts: the indicator, the words and the rule that give it, and what it claims besides.

    `form` is the form of the sentence, the `rule` of the fact.
    """

    text: str
    words: Span
    rule: Rule
    form: str
    said: Said = NOTHING_SAID
    more: tuple[Claim, ...] = ()

    def saying(self, said: Said) -> Named:
        """The same, with other words for what later figures lean on."""
        return self._replace(said=said)

    def also(self, *claims: Claim) -> Named:
        """The same, with further claims."""
        return self._replace(more=self.more + claims)

    def claims(self, figure: Candidate) -> list[Claim]:
        """All that it claims of `figure`."""
        number, (start, end) = figure.number, self.words
        made = [
            *self.more,
            self.rule.of(number, self.text, (start, end)),
            Claim(number, "rule", self.form, self.rule.name, start, end),
        ]
        if self.said is not NOTHING_SAID:
            made.append(Claim(number, "said", self.said, self.rule.name, start, end))
        return made


@dataclass(eq=False, slots=True, frozen=True)
class Reading:
    """A text whose figures are read from left to right.

    `before` are the figures of the text before, on which this one may lean; `above` is the name of a project in the line above; `continues` tells that the sentence goes on behind a semicolon, so that its subjects may lean on that one. `listed_before` are those of `before` whose list this sentence goes on with; `done` are those of `figures` that have an indicator so far.
    """

    line: Line
    wording: Wording
    heading: str
    above: str
    before: Sequence[Candidate]
    listed_before: Sequence[Candidate]
    continues: bool
    figures: Sequence[Candidate]
    done: Sequence[Candidate]
    text: str

    @classmethod
    def of(
        cls,
        line: Line,
        wording: Wording,
        heading: str,
        above: str,
        before: Sequence[Candidate],
        figures: Sequence[Candidate],
        done: Sequence[Candidate],
        *,
        continues: bool,
    ) -> Reading:
        """The reading of `line`; `done` grows as the plan takes up what is claimed."""
        goes_on = continues or line.text.lstrip(PADDING).startswith(OF_WHICH)
        return cls(
            line, wording, heading, above, before, before if goes_on else (), continues, figures, done, line.text
        )

    @property
    def earlier(self) -> Candidate | None:
        """The last figure of the text before."""
        return self.before[-1] if self.before else None


def subject_start(reading: Reading, figure: Candidate) -> int:
    """Where the words before `figure` begin behind time, place, adverbs and how long it took."""
    line, end = reading.line, figure.quantity.lead
    start = line.trim_left(max(figure.own[0], _told_apart(reading, figure)), end)
    if reading.text.find(IN_A_MANNER, start, end) >= 0 and (done := MANNER.match(reading.text, start, end)):
        # 果断地把床位减了20张
        start = done.end()
    marker = line.first_word(MARKERS, start, end)
    if marker is not None and marker.text in OBJECT_MARKERS and WITHIN.fullmatch(reading.text, start, marker.start):
        # 用两年时间将标准提高到90元
        return line.trim_left(marker.end, end)
    before = line.ends.get(start)
    span = reading.wording.span.match(reading.text, start, end)
    if span is None or (before is not None and before.role == "adv"):
        # 连续4年提高养老金
        return start
    behind = line.trim_left(span.end(), end)
    return behind if end - behind > 1 else start


def _told_apart(reading: Reading, figure: Candidate) -> int:
    """Where 力争 of 打造花卉先导区、力争产值突破500亿元 stands: what is strived for next to what is done; 0 for nowhere."""
    low, end = figure.own
    word = reading.line.last_word(SOFT, low, end)
    is_next = word is not None and reading.text[word.start - 1 : word.start] == LIST_MARK and word.start - 1 > low
    return word.start if word is not None and is_next and word.text in reading.wording.striving else 0


def sibling_of(reading: Reading, figure: Candidate) -> Candidate | None:
    """The item before `figure` in the same list, whose verb holds for it too."""
    previous = figure.previous
    if previous is None or not previous.indicator:
        return None
    behind = max(previous.noun_end, previous.quantity.tail)
    return previous if reading.text[behind : figure.quantity.lead].startswith(LIST_BETWEEN) else None


def is_next(reading: Reading, first: Candidate, second: Candidate) -> bool:
    """Whether `second` follows `first` in a bare list: 62.0%、58.3%."""
    # 低于全省2.6人、全国2.9人的平均水平
    between = reading.wording.places.next_item
    return between.fullmatch(reading.text, first.quantity.tail, second.quantity.lead) is not None


def place_in_list(reading: Reading, figure: Candidate) -> tuple[int, int]:
    """How many figures stand before this one in its bare list (62.0%、58.3%), and how many the list has."""
    first, last, place, size = figure, figure, 0, 1
    while first.previous is not None and is_next(reading, first.previous, first):
        first, place, size = first.previous, place + 1, size + 1
    while last.following is not None and is_next(reading, last, last.following):
        last, size = last.following, size + 1
    return place, size


def host_of(figure: Candidate, done: Sequence[Candidate]) -> Candidate | None:
    """The figure before the bracket that `figure` stands in."""
    if figure.bracket is None:
        return None
    for earlier in reversed(done):
        if earlier.bracket != figure.bracket and earlier.quantity.end <= figure.bracket[0]:
            # 二期（占地108亩、…): the bracket belongs to the noun before it, not to a figure of an earlier clause.
            return earlier if earlier.high >= figure.bracket[0] else None
    return None


def new_verb_of(reading: Reading, indicator: str) -> str:
    """The verb of creation (新增) with which `indicator` begins; empty for none."""
    if "new" not in reading.line.roles:
        return ""
    return next(
        (word.text for word in reading.line.words if word.role == "new" and indicator.startswith(word.text)), ""
    )


def text_of(text: str, start: int, end: int) -> str:
    """text[start:end] without padding.

    >>> text_of("，完成了投资5亿元", 0, 4)
    '完成'
    """
    return text[start:end].strip(STRIPPED)


def joined(topic: str, subject: str) -> str:
    """`topic` and `subject` without saying twice what one ends and the other begins with.

    >>> joined("农村妇女检查", "检查标准")
    '农村妇女检查标准'
    """
    if subject in topic:
        return topic
    for size in range(min(len(topic), len(subject)), 0, -1):
        if topic.endswith(subject[:size]):
            return topic + subject[size:]
    return topic + subject
