"""Why a sentence reads as it does (解释事实): its spans, and for every fact the rule, the words and the table row behind each field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline.facts import read_facts
from pipeline.facts.phrases import Line
from pipeline.language.periods import parse_label
from pipeline.offsets import identity
from pipeline.records import Document, Fact, FactEvidence, Text
from pipeline.sections import outline
from pipeline.stages import Knowledge, extract_report, outline_report


class Mark(NamedTuple):
    """A span of the text that the reader knows: a quantity, a time, a place or a word with its role in a table."""

    start: int
    end: int
    kind: str
    says: str


class FactStory(NamedTuple):
    """A fact and what decided its fields, in the order of the plan."""

    fact: Fact
    evidence: list[FactEvidence]


class TextStory(NamedTuple):
    """A text, the spans that are known in it, and its facts."""

    text: str
    marks: list[Mark]
    facts: list[FactStory]


def tell_text(
    text: str,
    knowledge: Knowledge,
    place: str | None = None,
    doc_type: str = "summary",
    period_label: str = "2024",
    heading: str = "",
) -> TextStory:
    """Read `text` as a passage of a report of that place, kind and period, under `heading` where there is one."""
    head = f"一、{heading}\n" if heading else ""
    issuer = knowledge.places.resolve(place) if place else None
    period = parse_label(period_label)
    fields: dict[str, Any] = dict.fromkeys(Document._fields)
    fields |= {
        "document_id": "text",
        "issuer_place": issuer.name if issuer else place,
        "place_code": (issuer.adcode or None) if issuer else None,
        "doc_type": doc_type,
        "period_label": period_label,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
    }
    document = Document(**fields)
    whole = head + text
    sections, sentences = outline("text", whole, identity(), knowledge.outline)[:2]
    reading = read_facts(document, whole, identity(), sections, sentences, knowledge.facts)
    return TextStory(whole, _marks(whole, document, knowledge), _stories(reading.facts, reading.evidence))


def tell_facts(document: Document, text: Text, knowledge: Knowledge) -> list[FactStory]:
    """The facts of a cleaned report with what decided them."""
    extraction = extract_report(document, text, *outline_report(text, knowledge), knowledge)
    return _stories(extraction.facts, extraction.fact_evidence)


def chosen(stories: list[FactStory], asked: str) -> list[FactStory]:
    """The stories that `asked` names: a fact_id, the number of the fact in the text, or words of its quote or indicator."""
    if asked.isdecimal() and 0 < int(asked) <= len(stories):
        return [stories[int(asked) - 1]]
    return [
        story
        for story in stories
        if story.fact.fact_id == asked or asked in story.fact.quote or asked in story.fact.indicator
    ]


def _stories(facts: Iterable[Fact], evidence: Iterable[FactEvidence]) -> list[FactStory]:
    rows: dict[str, list[FactEvidence]] = {}
    for row in evidence:
        rows.setdefault(row.fact_id, []).append(row)
    return [FactStory(fact, rows.get(fact.fact_id, [])) for fact in facts]


def _marks(text: str, document: Document, knowledge: Knowledge) -> list[Mark]:
    facts = knowledge.facts
    line = Line(text, facts.lexicon, facts.wording, facts.places, document.place_code, None)
    found = [
        Mark(
            quantity.lead,
            quantity.tail,
            "quantity",
            f"{quantity.comparator} {quantity.value:f}"
            + (f"–{quantity.value_max:f}" if quantity.value_max is not None else "")
            + f" {quantity.unit} ({quantity.unit_class})",
        )
        for quantity in facts.quantities.find(text)
    ]
    found += [Mark(time.start, time.end, "time", time.role) for time in line.times]
    found += [Mark(place.start, place.end, "place", place.adcode or place.name) for place in line.places]
    found += [Mark(word.start, word.end, "word", word.role) for word in line.words]
    return sorted(found)
