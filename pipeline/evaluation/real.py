"""Labels of passages of real reports, which are kept as offsets and not as text (真实报告的标注)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from pipeline.evaluation.gold import GoldDocument, GoldFact, GoldSet, decimal, rows_of
from pipeline.records import Fact


class Passage(NamedTuple):
    """Whole paragraphs of a report: `offset` and `length` are str indices of the decoded file, `sha256` that of its bytes.

    `document` is the path below the folder of the reports, `half` is dev or held_out, the same for a whole document.
    """

    passage: str
    half: str
    kind: str
    document: str
    offset: int
    length: int
    sha256: str


def parse_passages(text: str) -> tuple[Passage, ...]:
    """The passages from the text of passages.jsonl."""
    return tuple(Passage(**row) for row in rows_of(text, Passage._fields, "passages.jsonl"))


def present(passages: Iterable[Passage], files: Mapping[str, bytes]) -> list[Passage]:
    """The passages whose file is there and is, byte for byte, the one that was labelled."""
    digests = {path: sha256(content).hexdigest() for path, content in files.items()}
    return [passage for passage in passages if digests.get(passage.document) == passage.sha256]


_LABEL = [
    "passage",
    "n",
    "start",
    "end",
    "value",
    "value_max",
    "unit",
    "comparator",
    "indicator",
    "kind",
    "status",
    "place",
    "period",
    "period_start",
    "period_end",
    "part_of",
    "optional",
]


def real_gold(passages: Sequence[Passage], labels: str, texts: Mapping[str, str]) -> tuple[GoldSet, dict[str, str]]:
    """The gold set of `passages` and their texts, both by the name of the passage.

    `labels` is the text of a file of labels (rows of other passages are passed over), `texts` the decoded files by document.
    """
    cut = {
        passage.passage: texts[passage.document][passage.offset : passage.offset + passage.length]
        for passage in passages
    }
    offsets = {passage.passage: passage.offset for passage in passages}
    facts = tuple(
        _fact(row, cut[row["passage"]], offsets[row["passage"]])
        for row in rows_of(labels, tuple(_LABEL), "labels")
        if row["passage"] in cut
    )
    documents = tuple(GoldDocument(name, None, None, None, None, None) for name in cut)
    return GoldSet(documents, facts, ()), cut


def within(passage: Passage, facts: Iterable[Fact]) -> list[Fact]:
    """The facts found in a passage, in text order, with offsets in its text; a whole that stands outside is forgotten."""
    end = passage.offset + passage.length
    inside = [fact for fact in facts if passage.offset <= fact.raw_start < end]
    ids = {fact.fact_id for fact in inside}
    return [
        fact._replace(
            clean_start=fact.raw_start - passage.offset,
            clean_end=fact.raw_end - passage.offset,
            part_of_fact_id=fact.part_of_fact_id if fact.part_of_fact_id in ids else None,
        )
        for fact in sorted(inside, key=lambda fact: (fact.raw_start, fact.raw_end))
    ]


def _fact(row: dict[str, Any], text: str, offset: int) -> GoldFact:
    start, end = row["start"] - offset, row["end"] - offset
    fields = {field: row[field] for field in GoldFact._fields if field in row}
    return GoldFact(
        **fields
        | {
            "doc": row["passage"],
            "quote": text[start:end],
            "value": decimal(row["value"]),
            "value_max": decimal(row["value_max"]),
            "span": (start, end),
            "days": (_day(row["period_start"]), _day(row["period_end"])),
        }
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
