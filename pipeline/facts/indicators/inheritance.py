"""The subject that a figure without one takes from another figure or clause (承前省略)."""

from __future__ import annotations

from itertools import chain

from pipeline.facts.figures import SPENT_ON, Figure, behind_time, right_end
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import (
    LIST_BETWEEN,
    MAKE,
    REACH,
    Reading,
    host_of,
    new_verb_of,
    own_start,
    text_of,
)
from pipeline.facts.indicators.topics import clause_before, counted_each
from pipeline.facts.phrases import ENDS_NOUN
from pipeline.language.quantities import SIGNS


def inherited(reading: Reading, figure: Figure, *, is_linked: bool) -> str:
    """The subject that a figure without one takes from another figure or clause.

    `is_linked`: a linking verb, change or comparator leads to the figure, so that no noun of its own can stand behind it.
    """
    borrowed = "" if is_linked else _noun_of_next(reading, figure)
    if borrowed:
        return figure.verb + borrowed
    predicate = "" if is_linked else predicate_alone(reading, figure)
    host = host_of(figure, reading.done)
    open_before = (other for other in reversed(reading.done) if other.bracket in (None, figure.bracket))
    previous = host or next(open_before, reading.done[-1] if reading.done else None)
    if host is None:
        item = _before_bracket(reading, figure)
        if item:
            return item
    figure.rule = "bracket_part" if host else "inherited_subject"
    if host is not None and reading.text[figure.quantity.start] in SIGNS:
        # 门诊192万人次（＋4.3%）
        figure.kind = "delta"
        return host.indicator
    if host is None and figure.low > 1:
        is_between = previous is None or reading.line.clause(figure.low - 2)[0] > previous.quantity.tail
        clause = clause_before(reading, figure) if is_between else ""
        if clause:
            return figure.verb + clause
    if previous is None and (is_linked or predicate or figure.verb):
        unit = figure.quantity.unit
        previous = next((other for other in reversed(reading.before) if other.quantity.unit == unit), reading.earlier)
    if previous is None:
        return figure.verb or predicate
    if predicate and figure.quantity.unit_class == "people" and host is None:
        return predicate
    if figure.verb and previous.quantity.unit != figure.quantity.unit:
        each = counted_each(reading, figure)
        return each + figure.verb if each else figure.verb + thing_counted(reading, figure)
    return _of_figure(reading, figure, previous, predicate, is_linked=is_linked)


def _of_figure(reading: Reading, figure: Figure, previous: Figure, predicate: str, *, is_linked: bool) -> str:
    """The indicator of `previous` with the verb or predicate of `figure`; sets `kind`."""
    made = reading.line.last_word(MAKE, own_start(figure), figure.quantity.lead)
    noun = _counted_by(reading, previous) if predicate or figure.verb else previous.indicator
    if made is not None and previous.topic and reading.wording.references.aim_in(noun, previous.quantity.unit):
        noun = previous.topic
    if (made is not None and not is_linked) or figure.verb:
        noun = noun.removeprefix(new_verb_of(reading, noun) or previous.verb) or noun
    between = reading.line.trim_left(previous.quantity.tail, figure.quantity.lead)
    if between >= figure.quantity.lead and (
        previous.quantity.unit == figure.quantity.unit or previous.quantity.tail == figure.quantity.lead
    ):
        # 减少2156户8633人; 增长12%，力争13%
        figure.kind = previous.kind
    if figure.verb:
        noun = _without_verbs(reading, noun.removeprefix(previous.verb))
        event = _event(reading, figure)
        if event:
            # 新生儿疾病筛查2725例，召回58例: a further step of what was done.
            figure.is_leaning = True
            return event + figure.verb
    if predicate:
        figure.thing = noun
        return f"{predicate}的{noun}"
    return figure.verb + noun


def _before_bracket(reading: Reading, figure: Figure) -> str:
    """依次为肺结核（612例）、乙肝（371例）: the item before the bracket."""
    if figure.bracket is None:
        return ""
    line, end = reading.line, figure.bracket[0]
    low = line.clause(end)[0]
    low = max(low, line.list_mark(low, end) + 1, *(close + 1 for _, close in line.brackets if close < end))
    linked = line.last_word(REACH, low, end)
    low = line.trim_left(max(low, linked.end if linked else low), end)
    return noun_phrase(reading, figure, low, end) if low < end else ""


def _without_verbs(reading: Reading, noun: str) -> str:
    """和改造提升高标准农田 without the verbs that another figure has."""
    for _ in range(3):
        mark = next((mark for mark in LIST_BETWEEN if noun.startswith(mark)), "")
        noun = noun.removeprefix(mark)
        roles = ("new", "act", "nominal") if mark else ("new", "act")
        verbs = (word.text for word in reading.line.words if word.role in roles)
        verb = next((verb for verb in verbs if noun.startswith(verb) and len(noun) - len(verb) >= 2), "")
        if not verb:
            break
        noun = noun.removeprefix(verb)
    return noun


def _event(reading: Reading, figure: Figure) -> str:
    """The last independent indicator in the figure's unit, where it names something done (筛查, 接种) rather than a thing."""
    alike = (
        other
        for other in reversed(reading.done)
        if other.bracket is None and not other.is_leaning and other.quantity.unit == figure.quantity.unit
    )
    indicator = next(alike, figure).indicator
    if new_verb_of(reading, indicator):
        return ""
    is_act = any(word.role == "nominal" and indicator.endswith(word.text) for word in reading.line.words)
    return indicator if is_act else ""


def thing_counted(reading: Reading, figure: Figure) -> str:
    """The thing that the nearest figure in the same unit counts, without the verb that governs it; empty for none."""
    known = chain(reversed(reading.done), reversed(reading.before) if reading.continues else ())
    alike = (other for other in known if other.bracket is None and other.quantity.unit == figure.quantity.unit)
    other = next(alike, None)
    if other is None:
        return ""
    if other.leads_noun and other in reading.done:
        return reading.text[other.noun_start : other.noun_end]
    return _without_verbs(reading, other.indicator.removeprefix(other.act).removeprefix(other.verb))


def _counted_by(reading: Reading, figure: Figure) -> str:
    """The bare noun of `figure`, without what was said of it."""
    if figure.leads_noun and figure in reading.done:
        return reading.text[figure.noun_start : figure.noun_end]
    return figure.thing or figure.indicator


def _noun_of_next(reading: Reading, figure: Figure) -> str:
    """开工6个、竣工9个重点项目: the first takes the noun of the second."""
    following = figure.following
    if following is None or not following.leads_noun or figure.previous is not None:
        return ""
    touches = figure.quantity.tail == following.quantity.lead and figure.quantity.unit_class == "people"
    if not (touches or reading.text.startswith(LIST_BETWEEN, figure.quantity.tail)):
        return ""
    return reading.text[following.noun_start : following.noun_end]


def predicate_alone(reading: Reading, figure: Figure) -> str:
    """What stands behind a figure without a noun: 12个已竣工, 2所9月底前完工."""
    start = behind_time(reading.line, figure.noun_start, right_end(reading.line, figure))
    word = reading.line.starts.get(start)
    if word is None or not (word.role in ENDS_NOUN or word.role == "nominal"):
        return ""
    end = right_end(reading.line, figure)
    if figure.following is not None and end == figure.following.quantity.lead:
        end = max(start, figure.following.left, word.end if word.text in SPENT_ON else 0)
    return text_of(reading.text, start, end)
