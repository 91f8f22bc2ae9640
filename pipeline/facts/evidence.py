"""What decided each field of a fact, as rows (事实依据)."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import Fact, FactEvidence


def evidence_of(facts: Iterable[Fact]) -> list[FactEvidence]:
    """The rule and the words of each fact's indicator."""
    return [
        FactEvidence(
            fact.fact_id,
            fact.document_id,
            "indicator",
            fact.rule,
            fact.quote,
            fact.clean_start,
            fact.clean_end,
            None,
            None,
        )
        for fact in facts
    ]
