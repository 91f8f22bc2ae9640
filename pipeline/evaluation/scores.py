"""Measures of the extractor on labelled documents (评分)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.evaluation.alignment import align
from pipeline.evaluation.gold import Days, GoldFact, GoldRanking, GoldSet, Span
from pipeline.evaluation.likeness import (
    JUDGES,
    another_reading,
    same_days,
    same_phrase,
    same_place,
    same_quantity,
)
from pipeline.evaluation.phenomena import phenomena_of
from pipeline.records import Fact, Ranking

# What must be right besides value and unit for a fact to be right as a whole.
STRICT_FIELDS = ("comparator", "kind", "status", "indicator")


class Predicted(NamedTuple):
    """What the extractor found in one document, in text order."""

    facts: Sequence[Fact]
    rankings: Sequence[Ranking] = ()


class PhenomenonScore(NamedTuple):
    """Of `rows` labelled facts that show a phenomenon: shares detected, and right as a whole."""

    rows: int
    detected: float
    strict: float


class Miss(NamedTuple):
    """One disagreement. `problem` is "missed", "false alarm" or the name of the field that is wrong."""

    doc: str
    problem: str
    quote: str
    expected: str | None
    found: str | None


class Evaluation(NamedTuple):
    """Measures between 0 and 1 by name, counts behind them, shares by phenomenon, and every disagreement."""

    measures: dict[str, float]
    counts: dict[str, int]
    phenomena: dict[str, PhenomenonScore]
    misses: list[Miss]


class _Comparison(NamedTuple):
    """A labelled row that counts, what answers it, and the fields of the answer that are wrong."""

    row: GoldFact
    answer: Fact | None
    wrong: frozenset[str]
    part_right: bool
    days_right: bool

    @property
    def strictly_right(self) -> bool:
        return self.answer is not None and self.wrong.isdisjoint(STRICT_FIELDS)

    @property
    def fully_right(self) -> bool:
        whole_right = self.part_right or (
            self.row.part_of is None and self.answer is not None and self.answer.part_of_fact_id is None
        )
        return self.strictly_right and "place" not in self.wrong and self.days_right and whole_right


def evaluate(documents: Mapping[str, str], gold: GoldSet, predicted: Mapping[str, Predicted]) -> Evaluation:
    """Compare what was found with the labels.

    `documents` are the clean texts that the extractor worked on and `predicted` its rows, both by the name of the gold document.
    A found fact answers a labelled one if value, upper bound and unit are equal and it touches the labelled quote. A row that
    is optional, and a found fact that reads the figure of an optional row in another way, count neither way. Measures:

    - detection_precision, detection_recall, detection_f1: of the labelled quantities
    - comparator, kind, status, indicator, place, period: share of the detected rows where the field is right
    - part_of_f1: of the pairs (part, whole) among detected rows
    - strict_f1: quantities with comparator, kind, status and indicator all right
    - period_days, full_f1: where days are labelled, share of the detected rows with the right first and last day, and
      quantities that are strictly right and have place, days and part_of right too
    - rankings_f1: scope and rank of statements of rank (only where rankings are labelled)
    """
    if missing := [document.doc for document in gold.documents if document.doc not in documents]:
        raise ValueError(f"no text for the gold documents {', '.join(missing)}; clean and extract them first")
    rows_of: defaultdict[str, list[GoldFact]] = defaultdict(list)
    for row in gold.facts:
        rows_of[row.doc].append(row)
    comparisons: list[_Comparison] = []
    misses: list[Miss] = []
    rankings: Counter[str] = Counter()
    for document in gold.documents:
        text = documents[document.doc]
        found = predicted.get(document.doc, Predicted(()))
        rows = rows_of[document.doc]
        spans = {row.n: _span(text, row) for row in rows}
        answers = _answers(spans, rows, found.facts)
        compared = list(_compare(rows, answers))
        comparisons += compared
        misses += [miss for comparison in compared for miss in _misses(comparison)]
        misses += _false_alarms(document.doc, spans, rows, found.facts, answers)
        labelled = [ranking for ranking in gold.rankings if ranking.doc == document.doc]
        rankings["gold"] += len(labelled)
        rankings["found"] += len(found.rankings)
        rankings["right"] += len(_ranking_pairs(text, labelled, found.rankings))
    counts = _counts(comparisons, misses) | {f"rankings_{name}": number for name, number in rankings.items()}
    return Evaluation(_measures(counts), counts, _by_phenomenon(comparisons), misses)


def _answers(spans: Mapping[int, Span], rows: Sequence[GoldFact], facts: Sequence[Fact]) -> dict[int, Fact]:
    """The found fact for each row's n."""

    def likeness(row: GoldFact, fact: Fact) -> float:
        if not _touches(spans[row.n], fact) or not same_quantity(row, fact):
            return 0.0
        return 1.0 + sum(judge(row, fact) for judge in JUDGES.values()) / 100

    return {rows[i].n: facts[j] for i, j in align(rows, facts, likeness)}


def _compare(rows: Sequence[GoldFact], answers: Mapping[int, Fact]) -> Iterator[_Comparison]:
    row_of = {fact.fact_id: n for n, fact in answers.items()}
    for row in rows:
        if row.optional:
            continue
        answer = answers.get(row.n)
        if answer is None:
            yield _Comparison(row, None, frozenset(), part_right=False, days_right=False)
            continue
        wrong = frozenset(field for field, judge in JUDGES.items() if not judge(row, answer))
        whole = row_of.get(answer.part_of_fact_id or "")
        yield _Comparison(
            row,
            answer,
            wrong,
            part_right=row.part_of is not None and whole == row.part_of,
            days_right=same_days(row, answer),
        )


def _misses(comparison: _Comparison) -> list[Miss]:
    row, answer, wrong = comparison.row, comparison.answer, comparison.wrong
    if answer is None:
        return [Miss(row.doc, "missed", row.quote, f"{row.value} {row.unit}", None)]
    misses = [Miss(row.doc, field, row.quote, getattr(row, field), getattr(answer, field)) for field in sorted(wrong)]
    if row.days is not None and not comparison.days_right:
        found = (answer.period_start, answer.period_end)
        misses.append(Miss(row.doc, "period_days", row.quote, _printed(row.days), _printed(found)))
    if row.part_of is not None and not comparison.part_right:
        misses.append(Miss(row.doc, "part_of", row.quote, f"part of row {row.part_of}", answer.part_of_fact_id))
    return misses


def _printed(days: Days) -> str:
    first, last = days
    return f"{first} to {last}" if first or last else "no days"


def _false_alarms(
    doc: str, spans: Mapping[int, Span], rows: Sequence[GoldFact], facts: Sequence[Fact], answers: Mapping[int, Fact]
) -> list[Miss]:
    used = {fact.fact_id for fact in answers.values()}
    optional = [(row, spans[row.n]) for row in rows if row.optional]
    return [
        Miss(doc, "false alarm", fact.quote, None, f"{fact.value} {fact.unit}")
        for fact in facts
        if fact.fact_id not in used
        and not any(_touches(span, fact) and another_reading(row, fact) for row, span in optional)
    ]


def _ranking_pairs(text: str, labelled: Sequence[GoldRanking], found: Sequence[Ranking]) -> list[tuple[int, int]]:
    def likeness(gold: GoldRanking, ranking: Ranking) -> float:
        same_rank = gold.rank == ranking.rank and same_place(gold.scope, ranking.scope)
        if not same_rank or not _touches(_span(text, gold), ranking):
            return 0.0
        return 1.0 + same_phrase(gold.subject, ranking.subject) / 100

    return align(labelled, found, likeness)


def _span(text: str, row: GoldFact | GoldRanking) -> Span:
    """Where a labelled row stands; all of the text where cleaning changed the wording of its quote."""
    if isinstance(row, GoldFact) and row.span is not None:
        return row.span
    start = text.find(row.quote)
    return (start, start + len(row.quote)) if start >= 0 else (0, len(text))


def _touches(span: Span, row: Fact | Ranking) -> bool:
    return row.clean_start < span[1] and span[0] < row.clean_end


def _counts(comparisons: Sequence[_Comparison], misses: Sequence[Miss]) -> dict[str, int]:
    answered = [comparison for comparison in comparisons if comparison.answer is not None]
    return {
        "gold": len(comparisons),
        "detected": len(answered),
        "found": len(answered) + sum(miss.problem == "false alarm" for miss in misses),
        "strict": sum(comparison.strictly_right for comparison in comparisons),
        "full": sum(comparison.fully_right for comparison in comparisons),
        "days_gold": sum(comparison.row.days is not None for comparison in answered),
        "days_right": sum(comparison.row.days is not None and comparison.days_right for comparison in answered),
        "parts_gold": sum(comparison.row.part_of is not None for comparison in answered),
        "parts_found": sum(
            comparison.answer is not None and comparison.answer.part_of_fact_id is not None for comparison in answered
        ),
        "parts_right": sum(comparison.part_right for comparison in answered),
        **{field: sum(field not in comparison.wrong for comparison in answered) for field in JUDGES},
    }


def _measures(counts: Mapping[str, int]) -> dict[str, float]:
    measures = {
        "detection_precision": _share(counts["detected"], counts["found"]),
        "detection_recall": _share(counts["detected"], counts["gold"]),
        "detection_f1": _f1(counts["detected"], counts["found"], counts["gold"]),
        **{field: _share(counts[field], counts["detected"]) for field in JUDGES},
        "part_of_f1": _f1(counts["parts_right"], counts["parts_found"], counts["parts_gold"]),
        "strict_f1": _f1(counts["strict"], counts["found"], counts["gold"]),
    }
    if counts["days_gold"]:
        measures["period_days"] = _share(counts["days_right"], counts["days_gold"])
        measures["full_f1"] = _f1(counts["full"], counts["found"], counts["gold"])
    if counts.get("rankings_gold"):
        measures["rankings_f1"] = _f1(counts["rankings_right"], counts["rankings_found"], counts["rankings_gold"])
    return measures


def _by_phenomenon(comparisons: Sequence[_Comparison]) -> dict[str, PhenomenonScore]:
    showing: defaultdict[str, list[_Comparison]] = defaultdict(list)
    for comparison in comparisons:
        for name in phenomena_of(comparison.row):
            showing[name].append(comparison)
    return {
        name: PhenomenonScore(
            len(group),
            _share(sum(comparison.answer is not None for comparison in group), len(group)),
            _share(sum(comparison.strictly_right for comparison in group), len(group)),
        )
        for name, group in sorted(showing.items())
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(right: int, found: int, expected: int) -> float:
    """Harmonic mean of precision and recall; nothing expected and nothing found is perfect."""
    return 2 * right / (found + expected) if found + expected else 1.0
