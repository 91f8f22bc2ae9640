"""The verb that only the first item of a list says, and that governs them all: 改造公路9公里、桥梁3座 (并列项的动词)."""

from __future__ import annotations

from pipeline.facts.candidates import COUNTED, Candidate
from pipeline.facts.indicators.leaning import leans
from pipeline.facts.indicators.reading import VERBAL_ROLES, Reading, own_start
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import ENDS_NOUN
from pipeline.language.function_words import ATTRIBUTIVE

ACTS = VERBAL_ROLES | {"delta", "pred", "prep", "cmp", "reach"}
THINGS = COUNTED | {"length", "area", "volume", "mass", "energy"}
SHORTEST_OBJECT = 2  # characters


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
    act = own_act(reading, sibling.indicator, own_start(sibling), sibling.quantity.lead)
    said = sibling.said.act
    act = act or (said if said in wording.for_all_items and sibling.indicator.startswith(said) else "")
    if not act or act in wording.consequence_verbs or phrase.startswith(act) or ATTRIBUTIVE in phrase:
        return ""
    start, end = own_start(figure), max(figure.noun_end if figure.leads_noun else 0, figure.quantity.lead)
    at = reading.text.find(phrase, start, end)
    if at < 0 or reading.line.first_word(ENDS_NOUN, start, at + len(phrase)) is not None:
        return ""
    last = reading.line.ends.get(at + len(phrase))
    first = reading.line.starts.get(at)
    is_act = any(word is not None and word.role in ACTS for word in (first, last))
    is_measured = phrase.endswith((*wording.rates, *wording.measures, *wording.account_entries, *wording.total_ends))
    return "" if is_act or is_measured or leans(phrase, wording) else act
