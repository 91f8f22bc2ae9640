"""What only the first item of a list says for them all: its verb (改造公路9公里、桥梁3座) or what is measured (标准提高到城市90元、农村60元) (并列项的共同成分)."""

from __future__ import annotations

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.indicators.leaning import leans
from pipeline.facts.indicators.reading import REACH, VERBAL_ROLES, Reading, sibling_of, text_of
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import ENDS_NOUN
from pipeline.language.function_words import ALLATIVE, ATTRIBUTIVE
from pipeline.language.lists import LIST_MARK

ACTS = VERBAL_ROLES | {"delta", "pred", "prep", "cmp", "reach"}
THINGS = COUNTED | {"length", "area", "volume", "mass", "energy"}
SHORTEST_OBJECT = 2  # characters
LONGEST_ITEM = 6  # characters


def governs(reading: Reading, word: Word | None) -> bool:
    """Whether `word` at the head of a phrase is a verb whose object follows, and no part of a noun: 改造公路, but not 种植大户."""
    return word is not None and word.text in reading.wording.for_all_items


def own_act(reading: Reading, phrase: str, start: int, end: int) -> str:
    """治理 of 治理花河, 开工改造 of 开工改造花圃: the verbs within [start, end) with which `phrase` begins before its object; empty for none."""
    words = (word for word in reading.line.words_within(start, end) if phrase.startswith(word.text))
    word = next((word for word in words if governs(reading, word)), None)
    act = ""
    while word is not None and governs(reading, word) and phrase.startswith(act + word.text):
        if len(phrase) - len(act + word.text) < SHORTEST_OBJECT:
            break
        act += word.text
        word = reading.line.starts.get(word.end)
    return act


def act_for_item(reading: Reading, figure: Candidate, sibling: Candidate, phrase: str) -> str:
    """改造 of 改造公路9公里、桥梁3座 for `phrase`, the noun of the second; empty where it has a verb of its own or is no such thing."""
    classes = {figure.quantity.unit_class, sibling.quantity.unit_class}
    if not (classes <= THINGS or classes == {"money"}) or sibling.kind == "delta":
        return ""
    wording = reading.wording
    act = own_act(reading, sibling.indicator, *sibling.own)
    said = sibling.said.act
    act = act or (said if said in wording.for_all_items and sibling.indicator.startswith(said) else "")
    if not act or act in wording.consequence_verbs or phrase.startswith(act) or ATTRIBUTIVE in phrase:
        return ""
    start, end = figure.own[0], max(figure.noun_end if figure.leads_noun else 0, figure.quantity.lead)
    at = reading.text.find(phrase, start, end)
    if at < 0 or reading.line.first_word(ENDS_NOUN, start, at + len(phrase)) is not None:
        return ""
    last = reading.line.ends.get(at + len(phrase))
    first = reading.line.starts.get(at)
    is_act = any(word is not None and word.role in ACTS for word in (first, last))
    is_measured = phrase.endswith((*wording.rates, *wording.measures, *wording.account_entries, *wording.total_ends))
    return "" if is_act or is_measured or leans(phrase, wording) else act


def of_reached(reading: Reading, figure: Candidate, phrase: str) -> str:
    """城市补助标准 of 补助标准提高到城市90元、农村60元, for each of the items; 补助标准 of 补助标准提高到年人均90元; empty for any other figure.

    `phrase` is what the words before the figure name.
    """
    whole, item = _reached(reading, figure)
    if not whole:
        sibling = sibling_of(reading, figure)
        whole = _reached(reading, sibling)[0] if sibling is not None else ""
        is_item = (
            sibling is not None and sibling.quantity.unit == figure.quantity.unit and 0 < len(phrase) <= LONGEST_ITEM
        )
        if not whole or not is_item or phrase.endswith((*reading.wording.rates, *reading.wording.measures)):
            return ""
        item = phrase
    elif item.endswith(reading.wording.averages):
        return whole
    else:
        following = figure.following
        goes_on = following is not None and reading.text.startswith(LIST_MARK, figure.quantity.tail)
        if not (goes_on and following is not None and following.quantity.unit == figure.quantity.unit):
            return ""
    found = ((name, one) for name, one in reading.wording.sets_by_start.get(item, ()) if name in whole)
    name, one = next(found, ("", ""))
    return whole.replace(name, one, 1) if name else item + whole


def _reached(reading: Reading, figure: Candidate) -> tuple[str, str]:
    """补助标准 and 城市 of 补助标准提高到城市90元: what is measured, and for whom its value is told behind 到; empty for none."""
    line, (low, lead) = reading.line, figure.own
    start = line.trim_left(low, lead)
    reach = line.last_word(REACH, start + 1, lead)
    if reach is None or reach.text[-1] not in ALLATIVE or figure.leads_noun:
        return "", ""
    item = text_of(reading.text, line.trim_left(reach.end, lead), line.trim_right(reach.end, lead).end)
    whole = text_of(reading.text, start, line.trim_right(start, reach.start).end)
    is_item = SHORTEST_OBJECT <= len(item) <= LONGEST_ITEM and len(whole) > SHORTEST_OBJECT
    return (whole, item) if is_item else ("", "")
