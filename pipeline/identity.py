"""Ids of what a report states that follow from its words, not from where they stand (稳定标识).

While a report is read, a fact, ranking, commitment or mention is known by the position of its first character. At the
end it gets the id that stays: `<document_id>-<kind><12 hexadecimal digits>` of the sentence it stands in, its quote, the
place of its figure within the quote and its number among those that agree in all of this. So a sentence that is put in,
taken out or changed changes the ids of no other sentence; what changes an id is another source or path, another wording
of the sentence, or a repetition of the very same sentence before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Protocol

from pipeline.ids import position_of
from pipeline.records import Commitment, CommitmentFact, Fact, FactEvidence, Mention, Ranking, Sentence

DIGITS = 12


class Placed(Protocol):
    """What stands somewhere in the clean text."""

    @property
    def document_id(self) -> str:
        """Its document."""

    @property
    def clean_start(self) -> int:
        """Where its words begin."""


class StableIds:
    """Old id -> id that stays, for the statements of one document."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [sentence.clean_start for sentence in sentences]
        self._seen: dict[tuple[str, str, str, int], int] = {}
        self._begun: dict[tuple[str, str], Any] = {}
        self._ids: dict[str, str] = {}

    def __getitem__(self, old: str) -> str:
        return self._ids[old]

    def add(self, kind: str, old: str, row: Placed, words: str) -> str:
        """Give `row`, known as `old`, its id."""
        start, document = row.clean_start, row.document_id
        number = bisect_right(self._starts, start) - 1
        sentence = self._sentences[number].text if number >= 0 else ""
        place = position_of(old) - start
        said = (kind, sentence, words, place)
        self._seen[said] = count = self._seen.get(said, 0) + 1
        # What all statements of a kind in a sentence have in common: a sentence of a hundred pages is hashed once.
        begun = self._begun.get((kind, sentence))
        if begun is None:
            begun = self._begun[kind, sentence] = sha256(f"{document}\n{kind}\n{sentence}".encode())
        own = begun.copy()
        own.update(f"\n{words}\n{place}\n{count}".encode())
        self._ids[old] = new = f"{document}-{kind}{own.hexdigest()[:DIGITS]}"
        return new


def identified_facts(facts: Iterable[Fact], ids: StableIds) -> list[Fact]:
    """The facts with their own ids and those of their wholes."""
    facts = list(facts)
    known = {fact.fact_id: ids.add("f", fact.fact_id, fact, fact.quote) for fact in facts}
    identified = (Fact(known[fact.fact_id], *fact[1:]) for fact in facts)
    return [
        fact._replace(part_of_fact_id=known.get(fact.part_of_fact_id)) if fact.part_of_fact_id else fact
        for fact in identified
    ]


def identified_evidence(evidence: Iterable[FactEvidence], ids: StableIds) -> list[FactEvidence]:
    """The evidence with its facts' ids."""
    return [FactEvidence(ids[row.fact_id], *row[1:]) for row in evidence]


def identified_rankings(rankings: Iterable[Ranking], ids: StableIds) -> list[Ranking]:
    """The rankings with their ids."""
    return [row._replace(ranking_id=ids.add("r", row.ranking_id, row, row.quote)) for row in rankings]


def identified_commitments(commitments: Iterable[Commitment], ids: StableIds) -> list[Commitment]:
    """The commitments with their ids."""
    return [Commitment(ids.add("c", row.commitment_id, row, row.quote), *row[1:]) for row in commitments]


def identified_links(links: Iterable[CommitmentFact], ids: StableIds) -> Iterator[CommitmentFact]:
    """The links of commitments and facts, by the ids of both."""
    return (CommitmentFact(ids[row.commitment_id], ids[row.fact_id], row.document_id) for row in links)


def identified_mentions(mentions: Iterable[Mention], ids: StableIds) -> list[Mention]:
    """The mentions with their ids."""
    return [Mention(ids.add("m", row.mention_id, row, f"{row.kind} {row.text}"), *row[1:]) for row in mentions]
