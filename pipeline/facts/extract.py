"""Quantity facts of a report: what is counted, how much, where, when, planned or achieved (数量事实)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.facts.canonical import IndicatorIndex
from pipeline.facts.figures import Figure
from pipeline.facts.framing import frame
from pipeline.facts.indicators import read_indicators
from pipeline.facts.lexicon import Lexicon
from pipeline.facts.parts import link_parts, tells_parts
from pipeline.facts.periods import dates_of, set_periods
from pipeline.facts.phrases import PADDING, Line
from pipeline.facts.qualifiers import is_mere_number
from pipeline.facts.respectively import read_respectively
from pipeline.facts.statuses import StatusCues, report_year
from pipeline.facts.territory import Territory
from pipeline.facts.wording import Wording
from pipeline.ids import row_id
from pipeline.language.exclusions import Exclusions
from pipeline.language.quantities import Quantity, QuantityReader
from pipeline.language.times import find_times
from pipeline.offsets import OffsetMap
from pipeline.places import PlaceIndex
from pipeline.records import Document, Fact, Section, Sentence
from pipeline.tables import Tables

QUOTE_BEFORE, QUOTE_AFTER = 14, 12
LONGEST_HEADING = 40
LONGEST_LINE, REACH = 1500, 60


class FactKnowledge:
    """What the extractor knows of the language; built once with `from_tables`."""

    def __init__(
        self,
        quantities: QuantityReader,
        exclusions: Exclusions,
        lexicon: Lexicon,
        statuses: StatusCues,
        indicators: IndicatorIndex,
        territory: Territory,
        wording: Wording,
        places: PlaceIndex,
    ) -> None:
        self.quantities = quantities
        self.exclusions = exclusions
        self.lexicon = lexicon
        self.statuses = statuses
        self.indicators = indicators
        self.territory = territory
        self.wording = wording
        self.places = places

    @classmethod
    def from_tables(cls, tables: Tables, places: PlaceIndex) -> FactKnowledge:
        """Compile the tables of seeds/reference."""
        return cls(
            QuantityReader.from_tables(tables),
            Exclusions.from_tables(tables),
            Lexicon.from_tables(tables),
            StatusCues.from_tables(tables),
            IndicatorIndex.from_tables(tables),
            Territory.from_tables(tables, places),
            Wording.from_tables(tables),
            places,
        )


def extract_facts(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    knowledge: FactKnowledge,
) -> list[Fact]:
    """The quantity facts of `clean_text` in text order."""
    behind_markers = {
        section.clean_start: section.clean_start + len(section.marker)
        for section in sections
        if section.marker and clean_text.startswith(section.marker, section.clean_start)
    }
    year = report_year(document)
    by_sentence = _by_sentence(clean_text, sentences, behind_markers, knowledge, year)
    default_status = knowledge.statuses.of_sentences(document, clean_text, sections, sentences)
    section_of = {section.section_id: section for section in sections}
    facts: list[Fact] = []
    earlier_section = ""
    period: str | None = None
    told: list[Figure] = []
    divided: list[Figure] = []
    for number, start, end, found in by_sentence:
        sentence = sentences[number]
        text = clean_text[start:end]
        quantities = [quantity.shifted(-start) for quantity in found]
        if all(is_mere_number(text, quantity) for quantity in quantities):
            continue
        line = Line(text, knowledge.lexicon, knowledge.places, document.place_code, year)
        section = section_of.get(sentence.section_id)
        heading = section.heading if section and len(section.heading) <= LONGEST_HEADING else ""
        known = told if earlier_section == sentence.section_id else []
        figures = frame(line, quantities)
        continues = clean_text[max(0, start - 2) : start].rstrip()[-1:] in ("；", ";")
        figures = read_indicators(line, figures, knowledge.wording, heading, known, continues=continues)
        if not figures:
            continue
        read_respectively(line, figures, knowledge.wording)
        if earlier_section == sentence.section_id and tells_parts(text, told):
            divided = told
        elif not continues:
            divided = []
        link_parts(line, figures, knowledge.wording, divided)
        for figure in figures:
            figure.base = start
        told, earlier_section = figures, sentence.section_id
        knowledge.territory.locate(document, line, figures, section)
        period = set_periods(line, figures, period if continues else None)
        default = default_status[number]
        if default == "actual" and knowledge.statuses.is_planned_before(clean_text, start):
            default = "target"
        has_cues = knowledge.statuses.has_cue(text)
        for figure in figures:
            if not figure.status:
                lead = figure.quantity.lead
                if figure.quantity.unit_class == "share" and text.endswith("的", 0, lead):
                    # 目前完成总工程量的65%: no relative clause.
                    lead -= 1
                figure.status = knowledge.statuses.of_text(text, 0, lead, default, year) if has_cues else default
        if document.doc_type == "plan":
            set_baselines(figures, year)
        facts += _records(document, sentence, start, offset_map, clean_text, figures, knowledge)
    return facts


def set_baselines(figures: Sequence[Figure], year: int | None) -> None:
    """In a plan, the earlier value beside a target of the same indicator is its baseline: 2020年78.06岁，2025年79.5岁."""
    aims = {figure.indicator for figure in figures if figure.status == "target"}
    for figure in figures:
        period = figure.period or ""
        years = next((time.years for time in find_times(period, year)), None)
        is_earlier = period.startswith(("上年", "去年")) or bool(year and years and years[0] < year)
        if is_earlier and figure.rule != "from_to" and figure.indicator in aims:
            figure.status = "baseline"


def _by_sentence(
    text: str,
    sentences: Sequence[Sentence],
    behind_markers: Mapping[int, int],
    knowledge: FactKnowledge,
    year: int | None,
) -> Iterator[tuple[int, int, int, list[Quantity]]]:
    """(index of the sentence, start and end of the piece that is read at once, its quantities that are no names or dates).

    `behind_markers` tells, for a sentence that begins with the marker of its section, where its words begin.
    """
    starts = [sentence.clean_start for sentence in sentences]
    spans = knowledge.exclusions.spans(text, year)
    number, start, end = -1, 0, -1
    found: list[Quantity] = []
    for quantity in knowledge.quantities.find(text):
        if spans.holds(quantity.start) or knowledge.exclusions.is_name(text, quantity):
            continue
        if quantity.start >= end:
            if found:
                yield number, start, end, found
            found = []
            number = bisect_right(starts, quantity.start) - 1
            if number < 0:
                continue
            start, end = sentences[number].clean_start, sentences[number].clean_end
            start, end = _piece(text, behind_markers.get(start, start), end, quantity.lead)
        if start <= quantity.lead and quantity.tail <= end:
            found.append(quantity)
    if found:
        yield number, start, end, found


def _piece(text: str, start: int, end: int, at: int) -> tuple[int, int]:
    """The sentence text[start:end], or of a very long one (a table or list without marks) the piece from `at` on."""
    if end - start <= LONGEST_LINE:
        return start, end
    # Up to 60 characters before a figure may be its words; a clause mark is the better cut.
    start = max(start, at - REACH)
    mark = max(text.rfind(mark, start, at) for mark in "，；、。")
    start = mark + 1 if mark >= 0 else start
    if end - start <= LONGEST_LINE:
        return start, end
    cut = max(text.rfind(mark, start + REACH, start + LONGEST_LINE) for mark in "，；。")
    return start, cut + 1 if cut > at else max(start + LONGEST_LINE, at + REACH)


def _records(
    document: Document,
    sentence: Sentence,
    base: int,
    offset_map: OffsetMap,
    clean_text: str,
    figures: list[Figure],
    knowledge: FactKnowledge,
) -> Iterator[Fact]:
    start = 0
    for position, figure in enumerate(figures):
        quantity = figure.quantity
        # Quotes begin in text order, though a bracket's quote begins with the bracket and the next one may reach back over it.
        start = max(start, base + max(quantity.start - QUOTE_BEFORE, figure.low - bool(figure.bracket)))
        while clean_text[start].isspace() or clean_text[start] in PADDING:
            start += 1
        limit = figures[position + 1].quantity.start if position + 1 < len(figures) else sentence.clean_end
        end = base + min(
            max(quantity.tail, figure.noun_end if figure.leads_noun else 0),
            quantity.tail + QUOTE_AFTER,
            max(limit, quantity.tail),
        )
        end = min(end, sentence.clean_end)
        while clean_text[end - 1].isspace():
            end -= 1
        first_day, last_day = dates_of(document, figure.period)
        raw_start, raw_end = offset_map.raw_span(start, end)
        yield Fact(
            fact_id=row_id(document.document_id, "f", base + quantity.start),
            document_id=document.document_id,
            section_id=sentence.section_id,
            sentence_id=sentence.sentence_id,
            indicator=figure.indicator,
            indicator_code=knowledge.indicators.code(figure.indicator, quantity.unit, figure.kind),
            value=plain(quantity.value),
            value_max=None if quantity.value_max is None else plain(quantity.value_max),
            unit=quantity.unit,
            comparator=figure.comparator,
            kind=figure.kind,
            status=figure.status,
            place=figure.place,
            place_code=figure.place_code,
            period=figure.period,
            period_start=first_day,
            period_end=last_day,
            part_of_fact_id=row_id(document.document_id, "f", figure.part_of.base + figure.part_of.quantity.start)
            if figure.part_of
            else None,
            quote=clean_text[start:end],
            clean_start=start,
            clean_end=end,
            raw_start=raw_start,
            raw_end=raw_end,
            rule=figure.rule,
        )


def plain(value: Decimal) -> Decimal:
    """`value` without exponent or trailing zeros: 3227800.00 -> 3227800."""
    return value if value.as_tuple().exponent == 0 else Decimal(format(value.normalize(), "f"))
