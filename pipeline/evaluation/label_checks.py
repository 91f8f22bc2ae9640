"""What must hold of labels (标注校验)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pipeline.evaluation.gold import GoldFact, GoldRanking, GoldSet
from pipeline.evaluation.quotes import numbers_in

ALLOWED = {
    "comparator": frozenset({"=", ">=", ">", "<=", "<", "~"}),
    "kind": frozenset({"level", "delta"}),
    "status": frozenset({"actual", "target", "baseline"}),
}


def gold_problems(gold: GoldSet, texts: Mapping[str, str]) -> list[str]:
    """What is wrong with the labels, one line a problem; `texts` are the documents' clean texts by name."""
    return [
        *_document_problems(gold, texts),
        *_fact_problems(gold.facts, texts),
        *_quote_problems(gold.rankings, texts),
    ]


def _document_problems(gold: GoldSet, texts: Mapping[str, str]) -> Iterator[str]:
    names = {document.doc for document in gold.documents}
    for name in sorted(names ^ texts.keys()):
        yield f"{name}: stands in only one of documents.jsonl and the folder"
    for name in sorted(({row.doc for row in gold.facts} | {row.doc for row in gold.rankings}) - names):
        yield f"{name}: is labelled but not in documents.jsonl"


def _fact_problems(facts: Iterable[GoldFact], texts: Mapping[str, str]) -> Iterator[str]:
    facts = list(facts)
    yield from _quote_problems(facts, texts)
    known = {(fact.doc, fact.n): fact for fact in facts}
    before: dict[str, int] = {}
    for fact in facts:
        where = f"{fact.doc} {fact.n} {fact.quote!r}"
        for field, allowed in ALLOWED.items():
            if getattr(fact, field) not in allowed:
                yield f"{where}: {field} {getattr(fact, field)!r} is none of {', '.join(sorted(allowed))}"
        if not fact.indicator:
            yield f"{where}: no indicator"
        if not fact.optional:
            yield from (
                f"{where}: the quote does not hold the value {number}"
                for number in (fact.value, fact.value_max)
                if number is not None and number not in numbers_in(fact.quote)
            )
        if fact.value_max is not None and fact.value_max <= fact.value:
            yield f"{where}: value_max is not above value"
        if fact.part_of is not None and (fact.part_of >= fact.n or (fact.doc, fact.part_of) not in known):
            yield f"{where}: part_of {fact.part_of} is no earlier row"
        place = fact.span[0] if fact.span else texts.get(fact.doc, "").find(fact.quote)
        if place < before.get(fact.doc, 0):
            yield f"{where}: stands before the row above it"
        before[fact.doc] = place


def _quote_problems(rows: Iterable[GoldFact | GoldRanking], texts: Mapping[str, str]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.doc] = counts.get(row.doc, 0) + 1
        if row.n != counts[row.doc]:
            yield f"{row.doc} {row.n}: rows are not numbered 1, 2, 3 …"
        text = texts.get(row.doc, "")
        if isinstance(row, GoldFact) and row.span is not None:
            if not row.quote or text[slice(*row.span)] != row.quote:
                yield f"{row.doc} {row.n} {row.quote!r}: does not stand at {row.span} of its text"
        elif (times := text.count(row.quote)) != 1:
            yield f"{row.doc} {row.n} {row.quote!r}: stands {times} times in the text; quote a piece that is there once"
