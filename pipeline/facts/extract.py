"""Quantity facts of a report: what is counted, how much, where, when, planned or achieved (数量事实)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.facts.candidates import Candidate
from pipeline.facts.evidence import evidence_of
from pipeline.facts.indicators import topic_of_sentence
from pipeline.facts.knowledge import FactKnowledge
from pipeline.facts.leaning import goes_on_behind_semicolon
from pipeline.facts.parts import tells_parts
from pipeline.facts.periods import dates_of, not_after, over_years, time_of_parallel
from pipeline.facts.phrases import PADDING
from pipeline.facts.plan import Piece, read_piece
from pipeline.facts.qualifiers import is_mere_number
from pipeline.facts.tables import read_tables
from pipeline.facts.wording import Wording
from pipeline.ids import row_id
from pipeline.language.quantities import Quantity
from pipeline.language.times import Times
from pipeline.offsets import OffsetMap
from pipeline.records import Document, Fact, FactEvidence, Section, Sentence
from pipeline.report_parts import ReportParts, report_parts

QUOTE_BEFORE, QUOTE_AFTER = 14, 12
LONGEST_HEADING = 40
# A line of a project's name has no marks or figures of its own but that of its phase: 迁建项目（一期）.
PHASE = re.compile("[（(][^（）()]{1,6}[）)]$")
SAYS_MORE = re.compile(r"[，。；：、\d]")
SAYS_HOW_MUCH = re.compile(r"\d")
SHORTEST_NAME, LONGEST_NAME = 5, 40
OF_AIMS = frozenset(["aim_is_target", "size_of_aim", "status_of_reference"])
LONGEST_LINE, REACH = 1500, 60


class FactReading(NamedTuple):
    """The facts of a report in text order, and what decided their fields."""

    facts: list[Fact]
    evidence: list[FactEvidence]


def extract_facts(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    knowledge: FactKnowledge,
) -> list[Fact]:
    """The quantity facts of `clean_text` in text order."""
    return read_facts(document, clean_text, offset_map, sections, sentences, knowledge).facts


def read_facts(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    knowledge: FactKnowledge,
    parts: ReportParts | None = None,
    only: Container[int] | None = None,
) -> FactReading:
    """The quantity facts of `clean_text` in text order, with what decided their fields; `parts` of the report where they are known.

    `only` are the numbers of the sentences to read, where it is not all of them (`to_read`).
    """
    parts = parts or report_parts(document, clean_text, sections, sentences, knowledge.parts)
    tables = read_tables(document, clean_text, offset_map, sentences, parts, knowledge)
    reading = FactReading([], list(tables.evidence))
    for piece in _pieces(document, clean_text, sections, sentences, parts, tables.spans, knowledge, only):
        figures = piece.named
        facts = list(_records(piece, figures, parts, offset_map, clean_text, knowledge))
        reading.facts.extend(facts)
        for fact, figure in zip(facts, figures, strict=True):
            reading.evidence.extend(evidence_of(fact, figure, piece, clean_text))
    if tables.facts:
        reading.facts.extend(tables.facts)
        reading.facts.sort(key=lambda fact: fact.clean_start)
    return reading


def _pieces(
    document: Document,
    clean_text: str,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    parts: ReportParts,
    tables: Sequence[tuple[int, int]],
    knowledge: FactKnowledge,
    only: Container[int] | None,
) -> Iterator[Piece]:
    """The pieces of the text that have figures, read one after another: each may lean on the one before."""
    behind_markers = {
        section.clean_start: section.clean_start + len(section.marker)
        for section in sections
        if section.marker and clean_text.startswith(section.marker, section.clean_start)
    }
    section_of = {section.section_id: section for section in sections}
    year = parts.years.first_beyond(document.doc_type == "plan")
    before: Piece | None = None
    times = Times(clean_text, year)
    for number, start, end, found in _by_sentence(clean_text, sentences, behind_markers, tables, knowledge, times):
        if only is not None and number not in only:
            continue
        sentence = sentences[number]
        text = clean_text[start:end]
        quantities = [quantity.shifted(-start) for quantity in found]
        if all(is_mere_number(text, quantity) for quantity in quantities):
            continue
        section = section_of.get(sentence.section_id)
        goes_on = before is not None and before.sentence.section_id == sentence.section_id
        told = before.named if before is not None and goes_on else ()
        continues = goes_on_behind_semicolon(clean_text, start)
        part = parts.of_sentences[number]
        default = part.status
        if default == "actual" and knowledge.statuses.is_planned_before(clean_text, start):
            default = "target"
        if goes_on and tells_parts(text, told):
            divided: Sequence[Candidate] = told
        else:
            divided = before.divided if before is not None and continues else ()
        line = knowledge.line(text, document.place_code, times.within(start, end))
        above = _name_above(clean_text, start, knowledge.wording)
        opens = (knowledge.wording.opens_with_measure, knowledge.wording.opens_with_funds)
        if not above and number and any(pattern.match(text) for pattern in opens):
            above = _topic_of(sentences[number - 1], clean_text, document, knowledge)
        piece = read_piece(
            line,
            quantities,
            document=document,
            sentence=sentence,
            section=section,
            heading=_heading_above(section, text),
            above=above,
            base=start,
            before=told,
            divided=divided,
            continues=continues,
            part=part,
            default_status=default,
            year=year,
            lasting=before.lasts if before is not None and continues else None,
            knowledge=knowledge,
        )
        if piece.named:
            before = piece
            yield piece


def _heading_above(section: Section | None, text: str) -> str:
    """The heading under which a sentence stands; empty where it is long, or is the sentence itself (3．改造花圃、花棚，完成率达88%)."""
    if section is None or len(section.heading) > LONGEST_HEADING:
        return ""
    is_itself = text.startswith(section.heading) or text[:-1] in section.heading
    return "" if is_itself else section.heading


def _name_above(text: str, start: int, wording: Wording) -> str:
    """The line above that at `start`, where it is but the name of a project, as in a list whose cells stand one below the other."""
    if start < SHORTEST_NAME or text[start - 1] != "\n":
        return ""
    end = start - 1
    line = text[max(text.rfind("\n", 0, end) + 1, end - LONGEST_NAME) : end].strip()
    name = PHASE.sub("", line)
    is_name = len(name) >= SHORTEST_NAME and name.endswith(wording.programmes) and SAYS_MORE.search(name) is None
    return line if is_name else ""


def _topic_of(sentence: Sentence, text: str, document: Document, knowledge: FactKnowledge) -> str:
    """What the short sentence without figures is about, which stands before one that says only how much: 花材生产连年丰收。产量达到9万吨."""
    before = text[sentence.clean_start : sentence.clean_end].strip()
    if len(before) > LONGEST_HEADING or SAYS_HOW_MUCH.search(before):
        return ""
    return topic_of_sentence(knowledge.line(before, document.place_code), knowledge.wording)


def _by_sentence(
    text: str,
    sentences: Sequence[Sentence],
    behind_markers: Mapping[int, int],
    tables: Sequence[tuple[int, int]],
    knowledge: FactKnowledge,
    times: Times,
) -> Iterator[tuple[int, int, int, list[Quantity]]]:
    """(index of the sentence, start and end of the piece that is read at once, its quantities that are no names or dates).

    `behind_markers` tells, for a sentence that begins with the marker of its section, where its words begin.
    """
    starts = [sentence.clean_start for sentence in sentences]
    spans = knowledge.exclusions.spans(text, times.found)
    number, start, end = -1, 0, -1
    found: list[Quantity] = []
    for quantity in knowledge.quantities.find(text, spans.merged):
        if tables and any(first <= quantity.start < last for first, last in tables):
            continue
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
    piece: Piece,
    figures: Sequence[Candidate],
    parts: ReportParts,
    offset_map: OffsetMap,
    clean_text: str,
    knowledge: FactKnowledge,
) -> Iterator[Fact]:
    start, base = 0, piece.base
    document, sentence = piece.document, piece.sentence
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
        held = figure.held
        told, place, code = held.get("status"), held.get("place"), held.get("indicator_code")
        status = (told.value if told is not None else "") or piece.usual_status
        period = figure.period
        # 年度任务500人: the aim of the year that is reviewed, as what is only expected.
        expected = told is not None and (told.row in knowledge.parts.expecting or told.rule in OF_AIMS)
        is_over_years = piece.part.around is not None and over_years(piece.line, figure)
        own = parts.days(piece.part, status, expected=expected, over_years=is_over_years)
        dated = time_of_parallel(figure, figures) if period is None and figure.form == "from_to" else period
        first_day, last_day = own if dated is None else dates_of(document, dated, parts, own)
        if status == "actual":
            last_day = not_after(document, first_day, last_day)
        raw_start, raw_end = offset_map.raw_span(start, end)
        indicator, whole = figure.indicator, figure.part_of
        place_name, place_code = place.value if place is not None else (document.issuer_place, document.place_code)
        yield Fact(
            fact_id=_id_of(document, figure),
            document_id=document.document_id,
            section_id=sentence.section_id,
            sentence_id=sentence.sentence_id,
            indicator=indicator,
            indicator_code=code.value if code else None,
            value=plain(quantity.value),
            value_max=None if quantity.value_max is None else plain(quantity.value_max),
            unit=quantity.unit,
            comparator=figure.comparator,
            kind=figure.kind,
            status=status,
            place=place_name,
            place_code=place_code,
            period=period,
            period_start=first_day,
            period_end=last_day,
            part_of_fact_id=_id_of(document, whole) if whole else None,
            quote=clean_text[start:end],
            clean_start=start,
            clean_end=end,
            raw_start=raw_start,
            raw_end=raw_end,
            rule=figure.form,
            indicator_key=knowledge.indicators.key_of(
                indicator, place_name if place is not None else None, document.issuer_place
            ),
        )


def _id_of(document: Document, figure: Candidate) -> str:
    return row_id(document.document_id, "f", figure.base + figure.quantity.start)


@lru_cache(maxsize=8192)
def plain(value: Decimal) -> Decimal:
    """`value` without exponent or trailing zeros: 3227800.00 -> 3227800."""
    return value if value.as_tuple().exponent == 0 else Decimal(format(value.normalize(), "f"))
