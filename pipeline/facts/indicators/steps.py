"""Changes from one value to another: 由A提高到B, 从A降为零 (变化的起点与终点)."""

from __future__ import annotations

import re

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Rule
from pipeline.facts.indicators.inheritance import inherited
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import PREP, Named, Reading, subject_start
from pipeline.facts.indicators.topics import with_topic
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import PADDING, Trimmed
from pipeline.language.function_words import ABLATIVE, ALLATIVE, COPULA
from pipeline.language.lists import COMMA, LIST_MARK
from pipeline.language.numerals import NAUGHT
from pipeline.language.time_contexts import TIME_ENDS

LONGEST_ORIGIN = 12
# 增加到210张, 降为零: what leads to the second value.
GOALS = (*ALLATIVE, COPULA)
# 从11.57%降为零
ZERO = re.compile(f"[{''.join(GOALS)}]?(?:{NAUGHT}|0(?![\\d.]))")
# Units that the first value may leave to the second: 由120增加到150人.
LEFT_TO_SECOND = ("bare", "time", "money")


STEP = Rule(
    "from_to",
    "indicator",
    "Both values of a change have the subject before 由 or 从.",
    "床位由180张增加到210张。",
    "床位",
)
ORIGIN_IS_BASELINE = Rule(
    "origin_is_baseline",
    "status",
    "The value that a change begins with is a baseline.",
    "养老床位从180张增加到210张。",
    "baseline",
)
RATE_OF_GROWTH = Rule(
    "growth_from_to",
    "kind",
    "Both values of a change in growth are changes.",
    "工业增加值增速由14.2%回落至6.7%。",
    "delta",
)
FROM_TO = "from_to"


def read_step(reading: Reading, figure: Candidate) -> Named | None:
    """What a value of a change counts: both have the subject before 由, and the first is the baseline; None for any other figure."""
    previous, following = figure.previous, figure.following
    if previous is not None and previous.form == FROM_TO and previous.status == "baseline":
        return Named(previous.indicator, previous.words_of("indicator", figure.base), STEP, FROM_TO, previous.said)
    if following is None or figure.leads_noun or not _steps_to(reading, figure, following):
        return _falls_to_zero(reading, figure)
    named, trimmed = _first(reading, figure)
    if trimmed.is_delta and trimmed.change in reading.wording.growth_nouns:
        # 增速由14.2%回落至6.7%
        words = (trimmed.end, trimmed.end + len(trimmed.change))
        named = named.also(*(RATE_OF_GROWTH.of(number, "delta", words) for number in (figure.number, following.number)))
    turns = _change_before(reading, figure), _change_before(reading, following)
    if turns[0] is not None and turns[1] is not None:
        # 由上年下降2%转为增长8%
        told = zip((figure.number, following.number), turns, strict=True)
        named = named.also(
            *(RATE_OF_GROWTH.of(number, "delta", (turn.start, turn.end)) for number, turn in told if turn is not None)
        )
    return named


def _first(reading: Reading, figure: Candidate) -> tuple[Named, Trimmed]:
    """The indicator of the first value: the subject before 由, which a change may end (增速由…)."""
    start = subject_start(reading, figure)
    origin = _origin(reading, figure)
    trimmed = reading.line.trim_right(start, origin.start if origin and origin.start >= start else figure.quantity.lead)
    phrase = noun_phrase(reading, start, trimmed.end, is_money=figure.quantity.unit_class == "money")
    phrase = phrase._replace(text=reading.wording.without_tail(phrase.text))
    named = (
        with_topic(reading, figure, Named(phrase.text, phrase.words, STEP, FROM_TO, phrase.said))
        if phrase.text
        else inherited(reading, figure, FROM_TO, phrase.said.verb, is_linked=True)._replace(form=FROM_TO)
    )
    words = (origin.start, figure.quantity.end) if origin else figure.printed
    return named.also(ORIGIN_IS_BASELINE.of(figure.number, "baseline", words)), trimmed


def _falls_to_zero(reading: Reading, figure: Candidate) -> Named | None:
    """贫困发生率从11.57%降为零."""
    if figure.leads_noun or _origin(reading, figure) is None:
        return None
    falls = reading.wording.falls.match(reading.text, figure.quantity.tail)
    if falls is None or not ZERO.match(reading.text, falls.end()):
        return None
    return _first(reading, figure)[0]


def _origin(reading: Reading, figure: Candidate) -> Word | None:
    """The 由 of 由改革前的45%提高到60%: words that only say when or where may stand before the first value."""
    lead = figure.quantity.lead
    word = reading.line.last_word(PREP, figure.own[0], lead)
    if word is None or word.text not in ABLATIVE or lead - word.end > LONGEST_ORIGIN:
        return None
    fell = _change_before(reading, figure)
    said = reading.text[word.end : fell.start if fell is not None else lead]
    if not said.endswith(TIME_ENDS) and said.strip(PADDING):
        return None
    return word


def _change_before(reading: Reading, figure: Candidate) -> Word | None:
    """The 下降 of 由上年下降2%转为增长8%; None where the value is no change."""
    word = reading.line.ends.get(figure.quantity.lead)
    return word if word is not None and word.role == "delta" and word.start >= figure.own[0] else None


def _steps_to(reading: Reading, first: Candidate, second: Candidate) -> bool:
    """Whether only words of change stand between the two, and 由 or its like before the first."""
    line, tail, lead = reading.line, first.quantity.tail, second.quantity.lead
    own, other = first.quantity.unit_class, second.quantity.unit_class
    is_left_to_second = own in LEFT_TO_SECOND and other in (own, "people", "count", "money")
    if second.quantity.unit != first.quantity.unit and not is_left_to_second:
        return False
    said = reading.text[tail:lead]
    between = line.trim_right(tail, lead)
    begins = line.trim_left(tail, between.end) if between.end > tail else between.end
    if reading.text[begins : between.end].strip(PADDING):
        return False
    before = line.trim_right(*first.own)
    if before.preposition in ABLATIVE or _origin(reading, first) is not None:
        return between.is_reached or between.is_delta or said in ALLATIVE
    is_led_to = said.endswith(GOALS) and len(said) > 2
    return between.is_reached and is_led_to and not said.startswith((LIST_MARK, COMMA, *reading.wording.reaches))
