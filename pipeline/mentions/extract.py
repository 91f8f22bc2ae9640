"""All mentions of a report in text order; a name within a longer name is not a mention of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.ids import row_id
from pipeline.locating import SentenceLocator
from pipeline.mentions.organisations import find_organisations
from pipeline.mentions.policies import find_policies
from pipeline.mentions.words import MentionKnowledge
from pipeline.offsets import OffsetMap
from pipeline.records import Document, Mention, Section, Sentence


class Found(NamedTuple):
    """text[start:end] names something of this kind."""

    start: int
    end: int
    kind: str
    code: str | None = None
    issuer: str | None = None
    number: str | None = None


def extract_mentions(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],  # noqa: ARG001 (the interface of all extractors)
    sentences: Sequence[Sentence],
    knowledge: MentionKnowledge,
) -> list[Mention]:
    """Policies, programmes, organisations and places; a place's canonical code is its adcode (GB/T 2260)."""
    places = list(knowledge.places.scan(clean_text, document.place_code))
    # 山东 of 山东大学 is no place of the report, but an organisation's name begins with it.
    organisations = find_organisations(clean_text, [place for place, _ in places], knowledge)
    found = [
        *(
            Found(p.start, p.end, "policy", None, p.issuer, p.number)
            for p in find_policies(clean_text, organisations, knowledge)
        ),
        *(Found(*hit.span(), "programme") for hit in knowledge.programme.finditer(clean_text)),
        *(Found(start, end, "organisation") for start, end in organisations),
        *(Found(place.start, place.end, "place", place.adcode) for place, in_name in places if not in_name),
    ]
    locate = SentenceLocator(sentences)
    return [
        Mention(
            row_id(document.document_id, "m", hit.start),
            document.document_id,
            locate.at(hit.start).section_id,
            hit.kind,
            clean_text[hit.start : hit.end],
            hit.code,
            hit.issuer,
            hit.number,
            hit.start,
            hit.end,
            *offset_map.raw_span(hit.start, hit.end),
        )
        for hit in _outermost(found)
    ]


def _outermost(found: Iterable[Found]) -> list[Found]:
    """Those that do not begin within an earlier one; of two that begin together, the longer."""
    kept: list[Found] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
