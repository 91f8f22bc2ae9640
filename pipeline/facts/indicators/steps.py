"""Changes from one value to another: 由A提高到B, 从A降为零 (变化的起点与终点)."""

from __future__ import annotations

import re

from pipeline.facts.figures import STARTING_PREPOSITIONS, Figure
from pipeline.facts.indicators.inheritance import inherited
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import PREP, Reading, own_start, subject_start
from pipeline.facts.indicators.topics import with_topic
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import GROWTH_NOUNS, PADDING, Trimmed

LONGEST_ORIGIN = 12
TO_ZERO = re.compile("(?:下降|降低|减少|压降|降|减|归|清)(?:到|至|为)?(?:零|0(?![\\d.]))|[归清]零")
# Units that the first value may leave to the second: 由120增加到150人.
LEFT_TO_SECOND = ("bare", "time", "money")


def read_step(reading: Reading, figure: Figure) -> bool:
    """Whether `figure` is a value of a change: both have the subject before 由 then, and the first is the baseline."""
    previous, following = figure.previous, figure.following
    if previous is not None and previous.rule == "from_to" and previous.status == "baseline":
        figure.indicator, figure.rule = previous.indicator, "from_to"
        return True
    if following is None or figure.leads_noun or not _steps_to(reading, figure, following):
        return _falls_to_zero(reading, figure)
    trimmed = _read_first(reading, figure)
    if trimmed.is_delta and trimmed.change in GROWTH_NOUNS:
        # 增速由14.2%回落至6.7%
        figure.kind = following.kind = "delta"
    return bool(figure.indicator)


def _read_first(reading: Reading, figure: Figure) -> Trimmed:
    """Set the indicator of the first value: the subject before 由, which a change may end (增速由…)."""
    start = subject_start(reading, figure)
    origin = _origin(reading, figure)
    trimmed = reading.line.trim_right(start, origin.start if origin and origin.start > start else figure.quantity.lead)
    subject = noun_phrase(reading, figure, start, trimmed.end)
    figure.indicator = with_topic(reading, figure, subject) if subject else inherited(reading, figure, is_linked=True)
    figure.status, figure.rule = "baseline", "from_to"
    return trimmed


def _falls_to_zero(reading: Reading, figure: Figure) -> bool:
    """贫困发生率从11.57%降为零."""
    if figure.leads_noun or _origin(reading, figure) is None or not TO_ZERO.match(reading.text, figure.quantity.tail):
        return False
    _read_first(reading, figure)
    return bool(figure.indicator)


def _origin(reading: Reading, figure: Figure) -> Word | None:
    """The 由 of 由改革前的45%提高到60%: words that only say when or where may stand before the first value."""
    lead = figure.quantity.lead
    word = reading.line.last_word(PREP, own_start(figure), lead)
    if word is None or word.text not in STARTING_PREPOSITIONS or lead - word.end > LONGEST_ORIGIN:
        return None
    said = reading.text[word.end : lead]
    if not said.endswith(("的", "年", "末", "初", "底", "月", "前", "时")) and said.strip(PADDING):
        return None
    return word


def _steps_to(reading: Reading, first: Figure, second: Figure) -> bool:
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
    before = line.trim_right(own_start(first), first.quantity.lead)
    if before.preposition in STARTING_PREPOSITIONS or _origin(reading, first) is not None:
        return between.is_reached or between.is_delta or said in ("到", "至")
    is_led_to = said.endswith(("到", "至", "为")) and len(said) > 2
    return between.is_reached and is_led_to and not said.startswith(("、", "，", "达"))
