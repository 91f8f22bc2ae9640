"""Facts of the tables that stand in a text as lines (表中数量事实)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.facts.claims import Rule
from pipeline.facts.knowledge import FactKnowledge
from pipeline.facts.periods import dates_of
from pipeline.ids import row_id
from pipeline.offsets import OffsetMap
from pipeline.records import Document, Fact, FactEvidence, Sentence
from pipeline.report_parts import ReportParts
from pipeline.tabular import Table, TableFigure, TableWords, find_tables, read_labelled, read_table

RULE = "table_cell"
# The examples are tables as they stand in the text: a row a line, cells parted by tabs.
ROW_HEAD = Rule(
    "row_head",
    "indicator",
    "The heads of a cell's row and column say what it counts.",
    "病名\t发病数\n麻疹\t12\n风疹\t9",
    "风疹发病数",
)
UNIT_OF_HEAD = Rule(
    "unit_of_head",
    "unit",
    "The head of the column, of the row or of the table bears the unit.",
    "单位：万元\n指标\t金额\n财政收入\t360",
    "元",
)
CHANGE_HEAD = Rule(
    "change_head",
    "kind",
    "The head of the column speaks of a change.",
    "指标\t金额\t同比增长（%）\n财政收入\t360\t1.7",
    "delta",
)
TARGET_HEAD = Rule(
    "target_head", "status", "The head of the column speaks of an aim.", "指标\t年度目标\n新增托位\t500", "target"
)
PLACE_HEAD = Rule(
    "place_head",
    "place",
    "The rows of the table are places.",
    "县区\t体检人数\n城阳区\t5210\n崂山区\t3160",
    "崂山区",
)
TIME_HEAD = Rule("time_head", "period", "A head of the cell is a time.", "指标\t2023年\n财政收入\t360", "2023年")
CELL = Rule(
    "numeral_of_cell",
    "value",
    "The numeral of the cell, the scale of its unit multiplied out.",
    "病床（张）：340",
    "340",
)


class TableReading(NamedTuple):
    """The facts of all tables with their evidence, and where the tables stand."""

    facts: list[Fact]
    evidence: list[FactEvidence]
    spans: list[tuple[int, int]]


def unread_tables(text: str, words: TableWords) -> list[Table]:
    """The tables of `text` with numbers of which the heads do not say what they count."""
    return [table for table in find_tables(text) if table.has_figures and not read_table(table, words)]


def read_tables(
    document: Document,
    text: str,
    offsets: OffsetMap,
    sentences: Sequence[Sentence],
    parts: ReportParts,
    knowledge: FactKnowledge,
) -> TableReading:
    """The figures of the tables in `text` as facts: indicator, unit, place and period from the heads, status from the part of the report."""
    reading = TableReading([], [], [])
    figures: list[TableFigure] = []
    for table in find_tables(text):
        found = read_table(table, knowledge.tables)
        if found or table.has_figures:
            reading.spans.append((table.start, table.end))
        figures += found
    for figure in read_labelled(text, knowledge.tables):
        if not any(start <= figure.cell.start < end for start, end in reading.spans):
            reading.spans.append((figure.cell.start, figure.cell.end))
            figures.append(figure)
    starts = [sentence.clean_start for sentence in sentences] if figures else []
    for figure in figures:
        number = bisect_right(starts, figure.cell.start) - 1
        if number >= 0:
            fact = _fact(document, text, offsets, sentences[number], figure, number, parts, knowledge)
            reading.facts.append(fact)
            reading.evidence.extend(_evidence(fact, figure, text))
    return reading


def _fact(
    document: Document,
    text: str,
    offsets: OffsetMap,
    sentence: Sentence,
    figure: TableFigure,
    number: int,
    parts: ReportParts,
    knowledge: FactKnowledge,
) -> Fact:
    part = parts.of_sentences[number]
    status = figure.status or part.status
    first, last = dates_of(document, figure.period, parts, parts.days(part, status, expected=True))
    unit = knowledge.places.resolve(figure.place, document.place_code) if figure.place else None
    place, code = (unit.name, unit.adcode or None) if unit else (figure.place, None)
    named = (place, document.issuer_place)
    start, end = figure.cell.start, figure.cell.end
    raw_start, raw_end = offsets.raw_span(start, end)
    return Fact(
        fact_id=row_id(document.document_id, "f", start),
        document_id=document.document_id,
        section_id=sentence.section_id,
        sentence_id=sentence.sentence_id,
        indicator=figure.indicator,
        indicator_code=knowledge.indicators.code_of(figure.indicator, figure.unit, figure.kind, *named),
        value=figure.value,
        value_max=None,
        unit=figure.unit,
        comparator="=",
        kind=figure.kind,
        status=status,
        place=place if figure.place else document.issuer_place,
        place_code=code if figure.place else document.place_code,
        period=figure.period,
        period_start=first,
        period_end=last,
        part_of_fact_id=None,
        quote=text[start:end],
        clean_start=start,
        clean_end=end,
        raw_start=raw_start,
        raw_end=raw_end,
        rule=RULE,
        indicator_key=knowledge.indicators.key_of(figure.indicator, *named),
    )


def _evidence(fact: Fact, figure: TableFigure, text: str) -> Iterator[FactEvidence]:
    """The heads that decided the fields."""
    cell, label, head = ((one.start, one.end) for one in (figure.cell, figure.label, figure.head))
    named = label if figure.label.text[:2] in figure.indicator else head
    told = (
        (CELL, True, cell),
        (UNIT_OF_HEAD, fact.unit, figure.unit_at),
        (ROW_HEAD, True, named),
        (CHANGE_HEAD, fact.kind == "delta", head),
        (TARGET_HEAD, figure.status, head),
        (PLACE_HEAD, figure.place, label),
        (TIME_HEAD, figure.period, figure.period_at),
    )
    for rule, holds, (start, end) in told:
        if holds:
            yield FactEvidence(
                fact.fact_id, fact.document_id, rule.field, rule.name, text[start:end], start, end, None, None
            )
    if fact.indicator_code:
        field, rule_name = "indicator_code", "canonical_indicator"
        start, end = named
        row = ("indicator_names", fact.indicator_code)
        yield FactEvidence(fact.fact_id, fact.document_id, field, rule_name, text[start:end], start, end, *row)
